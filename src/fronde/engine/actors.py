"""The phases of a step that run over actors: ties, fortunes, assessment, acts.

Each phase reads what the phases before it wrote; see `schedule` for the order. Loops are split so that each has one
short body over lanes: a long fused body would be one chain of dependent instructions. All but `gather` take a tile of
actors [first, last), small enough that a tile stays in the first cache from one phase to the next.
"""

import numpy as np

from fronde.domain.draws import Decision, uniform_pair
from fronde.domain.jit import phase
from fronde.domain.maths import exp, normal_quantile
from fronde.engine.layout import (
    LANE_COUNT,
    STATE_STRIDE,
    P,
    S,
    W,
    load_actor,
    load_felt,
    load_state,
    load_under,
    load_world,
    params_of,
    strand,
)
from fronde.mechanisms import dependence, fear, grievance, perception, wealth

ZERO = np.uint64(0)
FORTUNE = params_of("wealth")
TRAP = params_of("wealth", "dependence", "leader")
FEELING = params_of("fear", "grievance")
BELIEF = params_of("perception")
PAIR_MOOD = np.uint64(Decision.ACT >> 1)  # ACT and MOOD share a block
PAIR_FORTUNE = np.uint64(Decision.FORTUNE >> 1)  # FORTUNE and DESIGNATION share a block


@phase
def gather(state, theta, indptr, indices, weights):
    """Tie-weighted means over neighbours: what they show, how they were punished, what they whisper."""
    for i in range(np.uint64(indptr.size - 1)):
        base = i * STATE_STRIDE
        for lane in range(LANE_COUNT):
            state[base + S.circle + lane] = 0.0
            state[base + S.examples + lane] = 0.0
            state[base + S.whispers + lane] = 0.0
        for tie in range(indptr[i], indptr[i + np.uint64(1)]):
            other = indices[tie] * STATE_STRIDE
            weight = weights[tie]
            for lane in range(LANE_COUNT):
                private = state[other + S.private + lane]
                shown = state[other + S.display + lane] + theta[P.perception_leak + lane] * private
                state[base + S.circle + lane] += weight * shown
                state[base + S.whispers + lane] += weight * private
                state[base + S.examples + lane] += weight * state[other + S.punished + lane]


@phase
def fortunes_observed(state, world, theta, actors, first, last, ratio, listed, dt):
    """Impose this step's observed change of each fortune (ratio[i]) and the listings known so far (listed[i])."""
    for i in range(first, last):
        base = i * STATE_STRIDE
        for lane in range(LANE_COUNT):
            state[base + S.domestic + lane] *= ratio[i]
            state[base + S.foreign + lane] *= ratio[i]
            state[base + S.designated + lane] = listed[i]
        _freeze(state, world, theta, base, dt)


@phase
def fortunes_simulated(
    state, world, theta, actors, first, last, entities, replicates, market_change, seed, step, dt, root_dt
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
            chance = 1.0 - exp(
                -dt * wealth.designation_rate(p, actor, load_state(state, base, lane), load_world(world, ZERO, lane))
            )
            state[base + S.domestic + lane] *= growth
            state[base + S.foreign + lane] *= growth
            before = state[base + S.designated + lane]
            state[base + S.designated + lane] = 1.0 if listing < chance else before
        _freeze(state, world, theta, base, dt)


@phase
def _freeze(state, world, theta, base, dt):
    for lane in range(LANE_COUNT):
        state[base + S.frozen + lane] = wealth.freeze(
            FORTUNE(theta, ZERO, lane), load_state(state, base, lane), load_world(world, ZERO, lane), dt
        )


@phase
def assess(
    state,
    world,
    theta,
    actors,
    first,
    last,
    entities,
    groups,
    replicates,
    decay,
    innovation,
    luck,
    seed,
    step,
    dt,
    push,
    trap,
):
    """What each actor lost, fears, resents and believes; luck[i, lane] keeps the uniform that decides the act.

    push, trap: how far sanctions count in grievance and in dependence (1.0 except in counterfactuals).
    """
    for i in range(first, last):
        base = i * STATE_STRIDE
        actor = load_actor(actors, i)
        group = float(groups[i])
        own = strand(entities[i])
        for lane in range(LANE_COUNT):
            u, v = uniform_pair(seed, PAIR_MOOD, replicates[own + lane], step, entities[i])
            luck[i * LANE_COUNT + lane] = u
            state[base + S.mood + lane] = grievance.mood_step(
                state[base + S.mood + lane], decay[lane], innovation[lane], normal_quantile(v)
            )
        for lane in range(LANE_COUNT):
            p = TRAP(theta, ZERO, lane)
            state[base + S.loss + lane] = wealth.loss(p, actor, load_felt(state, base, lane, push))
            s = load_felt(state, base, lane, trap)
            state[base + S.dependence + lane] = dependence.dependence(p, actor, s)
            favour = p.leader_favour if world[W.favoured + lane] == group else 0.0
            rent = state[base + S.rent + lane] * exp(-dt / p.leader_favour_days) + favour
            state[base + S.rent + lane] = rent if rent < 1.0 else 1.0
        for lane in range(LANE_COUNT):
            p = FEELING(theta, ZERO, lane)
            w = load_world(world, ZERO, lane)
            state[base + S.fear + lane] = fear.fear(p, actor, load_state(state, base, lane), w)
            g = grievance.grievance(p, actor, load_state(state, base, lane), load_under(world, ZERO, lane, push))
            state[base + S.grievance + lane] = g
            state[base + S.private + lane] = grievance.discontent(g)
        for lane in range(LANE_COUNT):
            p = BELIEF(theta, ZERO, lane)
            s = load_state(state, base, lane)
            state[base + S.display + lane] = perception.fade(p, s.display, perception.standing(p, s), dt)
            state[base + S.perceived + lane] = perception.perceive(p, s.perceived, s.circle, world[W.signal + lane], dt)
