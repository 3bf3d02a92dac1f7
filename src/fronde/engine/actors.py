"""The phases of a step that run over actors: ties, fortunes, assessment.

Each phase reads what the phases before it wrote; see `schedule` for the order. Loops are split so that each has one
short body over lanes: a long fused body would be one chain of dependent instructions. All take a tile of actors
[first, last); what is made anew in every step (`passing`) is kept for the actors of one tile only.
"""

import numpy as np

from fronde.domain.draws import Decision, uniform_pair
from fronde.domain.jit import mechanism, phase
from fronde.domain.maths import exp, normal_quantile
from fronde.engine.layout import (
    LANE_COUNT,
    PASSING_STRIDE,
    SHOWN_STRIDE,
    STATE_STRIDE,
    F,
    N,
    S,
    V,
    W,
    load_actor,
    load_felt,
    load_lasting,
    load_pace,
    load_state,
    load_under,
    load_world,
    params_of,
    strand,
)
from fronde.mechanisms import dependence, fear, grievance, perception, wealth

ZERO, ONE, TWO, THREE, FOUR = (np.uint64(k) for k in range(5))
FORTUNE = params_of("wealth")
TRAP = params_of("wealth", "dependence", "leader")
FEELING = params_of("fear", "grievance")
BELIEF = params_of("perception")
PAIR_MOOD = np.uint64(Decision.ACT >> 1)  # ACT and MOOD share a block
PAIR_FORTUNE = np.uint64(Decision.FORTUNE >> 1)  # FORTUNE and DESIGNATION share a block


@mechanism
def _four(total, shown, field, places, weights):
    """A total and four weighted numbers more, added in this order."""
    a, b, c, d = places
    total += weights[0] * shown[a + field]
    total += weights[1] * shown[b + field]
    total += weights[2] * shown[c + field]
    return total + weights[3] * shown[d + field]


@phase
def gather(shown, passing, first, last, indptr, indices, weights):
    """Tie-weighted means over neighbours: what they showed, how they were punished, what they whispered.

    shown: what every actor showed at the end of the last step. Sums lie in memory between two passes, so a pass takes
    four ties, one after the other.
    """
    for i in range(first, last):
        place = (i - first) * PASSING_STRIDE
        for lane in range(LANE_COUNT):
            passing[place + F.circle + lane] = 0.0
            passing[place + F.examples + lane] = 0.0
            passing[place + F.whispers + lane] = 0.0
        tie, end = indptr[i], indptr[i + ONE]
        while tie + FOUR <= end:
            w = (weights[tie], weights[tie + ONE], weights[tie + TWO], weights[tie + THREE])
            a, b = indices[tie] * SHOWN_STRIDE, indices[tie + ONE] * SHOWN_STRIDE
            c, d = indices[tie + TWO] * SHOWN_STRIDE, indices[tie + THREE] * SHOWN_STRIDE
            for lane in range(LANE_COUNT):
                others = (a + lane, b + lane, c + lane, d + lane)
                circle, examples, whispers = (
                    place + F.circle + lane,
                    place + F.examples + lane,
                    place + F.whispers + lane,
                )
                passing[circle] = _four(passing[circle], shown, V.visible, others, w)
                passing[whispers] = _four(passing[whispers], shown, V.private, others, w)
                passing[examples] = _four(passing[examples], shown, V.punished, others, w)
            tie += FOUR
        while tie < end:
            other, weight = indices[tie] * SHOWN_STRIDE, weights[tie]
            for lane in range(LANE_COUNT):
                passing[place + F.circle + lane] += weight * shown[other + V.visible + lane]
                passing[place + F.whispers + lane] += weight * shown[other + V.private + lane]
                passing[place + F.examples + lane] += weight * shown[other + V.punished + lane]
            tie += ONE


@phase
def fortunes_observed(state, world, pace, first, last, ratio, listed):
    """Impose this step's observed change of each fortune (ratio[i]) and the listings known so far (listed[i])."""
    for i in range(first, last):
        base = i * STATE_STRIDE
        for lane in range(LANE_COUNT):
            state[base + S.domestic + lane] *= ratio[i]
            state[base + S.foreign + lane] *= ratio[i]
            state[base + S.designated + lane] = listed[i]
            _freeze(state, world, pace, base, lane)


@phase
def fortunes_simulated(
    state, world, theta, pace, actors, first, last, entities, replicates, market_change, seed, step, dt, root_dt
):
    """Market, own risk and new listings after the last observation; market_change[lane] is d ln M."""
    for i in range(first, last):
        base = i * STATE_STRIDE
        actor = load_actor(actors, i)
        own = strand(entities[i])
        for lane in range(LANE_COUNT):
            u, listing = uniform_pair(seed, PAIR_FORTUNE, replicates[own + lane], step, entities[i])
            p = FORTUNE(theta, ZERO, lane)
            growth = exp(market_change[lane] + p.wealth_idio_vol * root_dt * normal_quantile(u))
            s = load_lasting(state, base, lane)
            chance = 1.0 - exp(-dt * wealth.designation_rate(p, actor, s, load_world(world, ZERO, lane)))
            state[base + S.domestic + lane] *= growth
            state[base + S.foreign + lane] *= growth
            before = state[base + S.designated + lane]
            state[base + S.designated + lane] = 1.0 if listing < chance else before
        for lane in range(LANE_COUNT):
            _freeze(state, world, pace, base, lane)


@mechanism
def _freeze(state, world, pace, base, lane):
    s = load_lasting(state, base, lane)
    state[base + S.frozen + lane] = wealth.freeze(load_pace(pace, ZERO, lane), s, load_world(world, ZERO, lane))


@phase
def assess(
    state,
    passing,
    luck,
    world,
    theta,
    pace,
    actors,
    first,
    last,
    entities,
    groups,
    replicates,
    seed,
    step,
    push,
    trap,
):
    """What each actor lost, fears, resents and believes; luck[actor of the tile, lane] is the uniform of the act.

    push, trap: how far sanctions count in grievance and in dependence (1.0 except in counterfactuals).
    """
    for i in range(first, last):
        base, place, drawn = i * STATE_STRIDE, (i - first) * PASSING_STRIDE, (i - first) * LANE_COUNT
        actor = load_actor(actors, i)
        group = float(groups[i])
        own = strand(entities[i])
        for lane in range(LANE_COUNT):
            u, v = uniform_pair(seed, PAIR_MOOD, replicates[own + lane], step, entities[i])
            luck[drawn + lane] = u
            state[base + S.mood + lane] = grievance.mood_step(
                load_pace(pace, ZERO, lane), state[base + S.mood + lane], normal_quantile(v)
            )
        for lane in range(LANE_COUNT):
            p = TRAP(theta, ZERO, lane)
            passing[place + F.loss + lane] = wealth.loss(p, actor, load_felt(state, base, passing, place, lane, push))
            s = load_felt(state, base, passing, place, lane, trap)
            passing[place + F.dependence + lane] = dependence.dependence(p, actor, s)
            favour = p.leader_favour if world[W.favoured + lane] == group else 0.0
            rent = s.rent * pace[N.rent_kept + lane] + favour
            state[base + S.rent + lane] = rent if rent < 1.0 else 1.0
        for lane in range(LANE_COUNT):
            p = FEELING(theta, ZERO, lane)
            w, under = load_world(world, ZERO, lane), load_under(world, ZERO, lane, push)
            s = load_state(state, base, passing, place, lane)
            passing[place + F.fear + lane] = fear.fear(p, actor, s, w)
            g = grievance.grievance(p, actor, s, under)
            passing[place + F.grievance + lane] = g
            passing[place + F.private + lane] = grievance.discontent(g)
        for lane in range(LANE_COUNT):
            p, n = BELIEF(theta, ZERO, lane), load_pace(pace, ZERO, lane)
            s = load_state(state, base, passing, place, lane)
            state[base + S.display + lane] = perception.fade(p, n, s.display, perception.standing(p, s))
            state[base + S.perceived + lane] = perception.perceive(p, n, s.perceived, s.circle, world[W.signal + lane])
