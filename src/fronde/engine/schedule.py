"""One step of the model, as calls in order. This is the only place that states it.

 1. exogenous   market, conflict, levers; repression and the draft shock relax; the frailty of all moves
 2. fortunes    observed or simulated change of each fortune; sanctions freeze
 3. gather      tie-weighted means of what others showed at the end of the last step
 4. assess      mood, loss, dependence, fear, grievance, private discontent, perceived discontent
 5. acts        each actor's competing hazards: one draw, or the act on record
 6. fold, hear  what the leader hears and is told, pressure, threat, isolation; the public
 7. decide      the leader's option: one draw, or the one on record; strike: attempts against him
 8. record
Everything an actor reads in 2 to 5 was written in an earlier step or by this actor: what others show is kept twice, as
of the last step and of this one. So the order of actors is irrelevant, and a tile of actors goes through 2 to 5 and
fold together while it is near.
"""

import math
from collections import namedtuple

import numpy as np

from fronde.domain.draws import Decision, normal_pair
from fronde.domain.jit import kernel, phase
from fronde.domain.state import LANES
from fronde.engine import actors as people
from fronde.engine import acts, regime
from fronde.engine.layout import (
    LANE_COUNT,
    N_ACTS,
    N_EVENTS,
    N_GROUP_SERIES,
    N_PACE,
    N_TALLIES,
    N_WORLD,
    PASSING_STRIDE,
    STATE_STRIDE,
    TILE,
    P,
    S,
    W,
    aligned,
    strand,
)
from fronde.mechanisms import refusal

Inputs = namedtuple(
    "Inputs",
    "seed actors in_office listed_before entities groups n_groups indptr indices weights days n_observed n_conditioned "
    "market front ratio listed shock sanctions push trap refusals leader_option leader_day focal seen renewed "
    "reported_act reported_ratio pending reported_index",
)
Outputs = namedtuple("Outputs", "counts reported series groups tallies events options weight included acts")

CHUNK, LAST = np.uint64(64), np.uint64(63)  # actors whose chances of silence are multiplied before taking a logarithm
START = np.uint64(0xFFFFFFFF)  # step number of draws made before the first step
PAIR_MOOD = np.uint64(Decision.MOOD >> 1)


@phase
def prominences(actors):
    """Prominence of every actor, [N]."""
    found = np.empty(actors.shape[0])
    for i in range(actors.shape[0]):
        found[i] = refusal.prominence(actors[i, 6], float(actors.shape[0]))
    return found


@phase
def begin(state, world, theta, inputs, replicates):
    """State on the eve of the onset: nobody has acted, moods and frailty are at their stationary spread."""
    state[:] = 0.0
    world[:] = 0.0
    for lane in range(LANE_COUNT):
        world[W.in_power + lane] = 1.0
        world[W.sanctions + lane] = 1.0
        world[W.refusals + lane] = 1.0
        world[W.fresh + lane] = 1.0
        world[W.favoured + lane] = -1.0
        world[W.repression + lane] = theta[P.repression_base + lane]
        world[W.isolation + lane] = theta[P.information_isolation_base + lane]
    regime.frailties(world, theta, replicates, inputs.seed, START, 0.0, True)
    for i in range(np.uint64(inputs.actors.shape[0])):
        base = i * STATE_STRIDE
        wealth = inputs.actors[i, 0]
        own = strand(inputs.entities[i])
        for lane in range(LANE_COUNT):
            _, z = normal_pair(inputs.seed, PAIR_MOOD, replicates[own + lane], START, inputs.entities[i])
            kept = theta[P.wealth_adapted + lane] if inputs.listed_before[i] > 0.0 else 1.0
            foreign = wealth * inputs.actors[i, 1] * kept
            state[base + S.foreign + lane] = foreign
            state[base + S.domestic + lane] = wealth - foreign
            state[base + S.in_office + lane] = inputs.in_office[i]
            state[base + S.mood + lane] = theta[P.grievance_mood_sd + lane] * z


@phase
def act_all(
    state,
    passing,
    luck,
    world,
    theta,
    pace,
    inputs,
    prominence,
    begun,
    ended,
    replicates,
    step,
    conditioned,
    dt,
    work,
    counts,
    public,
    tallies,
    weight,
    included,
    outputs,
    first,
    used,
):
    """Step 5: the acts of a tile of actors, their consequences and their count.

    silence[lane], the chance of the silence so far, is 1 before the first tile and enters the weight after the last.
    """
    rates, detect, quiet, chosen, silence = work
    known = 1.0 if conditioned else 0.0
    acts.hazards(state, passing, world, theta, pace, inputs.actors, prominence, begun, ended, rates, inputs.trap[step])
    if not conditioned:
        acts.choose(rates, luck, (ended - begun) * LANE_COUNT, dt, chosen)
    for i in range(begun, ended):
        place, row = (i - begun) * PASSING_STRIDE, (i - begun) * LANE_COUNT
        entity = inputs.entities[i]
        reported = -1
        if conditioned:
            acts.detections(theta, inputs.actors, i, detect)
            acts.choose_unreported(rates, detect, inputs.pending[step, i], luck, row, dt, quiet, chosen)
            reported = inputs.reported_act[step, i]
            if reported >= 0:
                acts.impose(
                    rates, detect, quiet, chosen, row, reported, inputs.reported_ratio[step, i], replicates,
                    inputs.seed, np.uint64(step), entity, weight, included[inputs.reported_index[step, i]],
                )  # fmt: skip
            else:
                for lane in range(LANE_COUNT):
                    silence[lane] *= quiet[lane]
        if i % CHUNK == LAST:  # a product over thousands of actors would underflow
            for lane in range(LANE_COUNT):
                weight[lane] += math.log(silence[lane])
                silence[lane] = 1.0
        if acts.happened(chosen, row) > 0:
            if not conditioned:
                acts.detections(theta, inputs.actors, i, detect)
            acts.count(state, passing, inputs.actors, i, place, chosen, row, tallies)
            acts.enact(state, theta, inputs.actors, i, chosen, row)
            for lane in range(LANE_COUNT):
                if chosen[row + lane] < N_ACTS:
                    act, group = int(chosen[row + lane]), inputs.groups[i]
                    counts[act, group, lane] += 1
                    imposed = reported >= 0 and act == reported
                    own = replicates[strand(entity) + lane]
                    if acts.gets_known(detect, act, lane, imposed, known, own, inputs.seed, np.uint64(step), entity):
                        public[act, group, lane] += 1
        if outputs.acts.size > 0:
            for lane in range(used):
                outputs.acts[step, i, first + lane] = np.int8(chosen[row + lane])


@kernel
def simulate_block(theta, histories, futures, inputs, outputs, room, first, used):
    """Simulate LANES runs side by side and write lanes [0, used) of them to runs [first, first + used) of the outputs.

    theta: flat [param, lane]; histories, futures: uint64, flat [strand, lane], the replicate numbers of the draws
    before and after the end of the observed period. Results are pure functions of (inputs, theta column, replicates),
    whatever the block.
    """
    n = np.uint64(inputs.actors.shape[0])
    n_groups = inputs.n_groups
    state, shown, before = room.state, room.shown, room.before
    world, pace = aligned(N_WORLD * LANES), aligned(N_PACE * LANES)
    passing, luck = aligned(TILE * PASSING_STRIDE), aligned(TILE * LANE_COUNT)
    prominence = prominences(inputs.actors)
    sums, by_group = aligned(regime.N_SUMS * LANES), aligned(n_groups * N_GROUP_SERIES * LANES)
    heard_by_group = aligned(n_groups * LANES)
    market_change = aligned(LANES)
    option, offset, attempt, outcome = aligned(LANES), aligned(LANES), aligned(LANES), aligned(LANES)
    work = (
        aligned(N_ACTS * TILE * LANE_COUNT), aligned(N_ACTS * LANES), aligned(LANES), aligned(TILE * LANE_COUNT),
        aligned(LANES),
    )  # fmt: skip
    counts = np.zeros((N_ACTS, n_groups, LANES), dtype=np.int16)
    public = np.zeros((N_ACTS, n_groups, LANES), dtype=np.int16)
    tallies = np.zeros(N_TALLIES * LANES)
    weight = np.zeros(LANES)
    included = np.zeros((max(1, outputs.included.shape[0]), LANES))
    events = np.full((N_EVENTS, LANES), np.inf)
    total_visibility = max(1e-12, inputs.actors[:, 10].sum())
    shown[:] = 0.0  # nobody has shown anything yet
    begin(state, world, theta, inputs, histories)
    start = 0.0
    for step in range(inputs.days.size):
        dt = inputs.days[step]
        observed = step < inputs.n_observed
        conditioned = step < inputs.n_conditioned
        known = 1.0 if conditioned else 0.0
        replicates = histories if observed else futures
        seed, tick = inputs.seed, np.uint64(step)
        counts[:] = 0
        public[:] = 0
        weight[:] = 0.0
        if observed:
            regime.renew(world, inputs.renewed[step])
        regime.exogenous(
            world,
            theta,
            replicates,
            market_change,
            observed,
            inputs.market[step],
            inputs.front[step],
            inputs.shock[step],
            inputs.sanctions[step],
            inputs.refusals[step],
            seed,
            tick,
            dt,
        )
        regime.frailties(world, theta, replicates, seed, tick, dt, False)
        regime.paces(world, theta, pace, dt)
        shown, before = before, shown
        sums[:] = 0.0
        by_group[:] = 0.0
        heard_by_group[:] = 0.0
        work[4][:] = 1.0
        for begun in range(np.uint64(0), n, TILE):
            ended = min(begun + TILE, n)
            if observed:
                people.fortunes_observed(state, world, pace, begun, ended, inputs.ratio[step], inputs.listed[step])
            else:
                people.fortunes_simulated(
                    state, world, theta, pace, inputs.actors, begun, ended, inputs.entities, replicates, market_change,
                    seed, tick, dt, math.sqrt(dt),
                )  # fmt: skip
            people.gather(before, passing, begun, ended, inputs.indptr, inputs.indices, inputs.weights)
            people.assess(
                state, passing, luck, world, theta, pace, inputs.actors, begun, ended, inputs.entities, inputs.groups,
                replicates, seed, tick, inputs.push[step], inputs.trap[step],
            )  # fmt: skip
            act_all(
                state, passing, luck, world, theta, pace, inputs, prominence, begun, ended, replicates, step,
                conditioned, dt, work, counts, public, tallies, weight, included, outputs, first, used,
            )  # fmt: skip
            regime.fold(
                state, passing, shown, world, theta, inputs.actors, begun, ended, inputs.groups, sums, by_group,
                heard_by_group, total_visibility,
            )  # fmt: skip
        for lane in range(LANE_COUNT):
            weight[lane] += math.log(work[4][lane])
        market_change[:] = 0.0
        regime.hear(world, theta, sums, dt)
        regime.decide(
            world,
            theta,
            replicates,
            inputs.seen * known,
            inputs.leader_option[step],
            inputs.leader_day[step],
            inputs.focal[step, : math.ceil(dt)],
            seed,
            tick,
            dt,
            weight,
            option,
            offset,
        )
        for lane in range(LANE_COUNT):
            regime.react(world, theta, heard_by_group, option, lane, market_change, dt)
        regime.strike(world, theta, replicates, conditioned, seed, tick, dt, weight, attempt, outcome)
        record(
            world,
            counts,
            public,
            by_group,
            tallies,
            weight,
            option,
            offset,
            attempt,
            outcome,
            events,
            outputs,
            inputs,
            step,
            start,
            dt,
            first,
            used,
        )
        start += dt
    for lane in range(used):
        for k in range(N_EVENTS):
            outputs.events[k, first + lane] = events[k, lane]
        for k in range(outputs.included.shape[0]):
            outputs.included[k, first + lane] = included[k, lane]


@phase
def record(
    world,
    counts,
    public,
    by_group,
    tallies,
    weight,
    option,
    offset,
    attempt,
    outcome,
    events,
    outputs,
    inputs,
    step,
    start,
    dt,
    first,
    used,
):
    """Step 8: copy what is kept; a leader event counts from its first day after the conditioned
    steps."""
    for lane in range(used):
        run = first + lane
        k = int(option[lane])
        outputs.options[step, run] = k
        if step < inputs.n_conditioned:
            outputs.weight[step, run] = weight[lane]
        else:
            if k < 6 and events[k, lane] == np.inf:
                events[k, lane] = start + offset[lane]
            if attempt[lane] > 0.0 and events[6, lane] == np.inf:
                events[6, lane] = start + 0.5 * dt
            if outcome[lane] > 0.0 and events[7, lane] == np.inf:
                events[7, lane] = start + 0.5 * dt
        if step + 1 == inputs.n_observed:
            for k in range(N_TALLIES):
                outputs.tallies[k, run] = tallies[k * LANES + lane]
        for k in range(N_WORLD):
            outputs.series[step, k, run] = world[k * LANES + lane]
        for g in range(inputs.n_groups):
            for act in range(N_ACTS):
                outputs.counts[step, act, g, run] = counts[act, g, lane]
                outputs.reported[step, act, g, run] = public[act, g, lane]
            for k in range(N_GROUP_SERIES):
                outputs.groups[step, k, g, run] = by_group[(g * N_GROUP_SERIES + k) * LANES + lane]
