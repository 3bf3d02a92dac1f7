"""The same part of the model as `reference.c`, made of the engine's state phases."""

import numpy as np

from fronde.domain.jit import kernel
from fronde.domain.state import LANES
from fronde.engine import actors as people
from fronde.engine import acts, regime, schedule
from fronde.engine.layout import (
    LANE_COUNT,
    N_ACTS,
    N_GROUP_SERIES,
    N_PACE,
    PASSING_STRIDE,
    SHOWN_STRIDE,
    TILE,
    aligned,
)


@kernel
def subset_block(theta, replicates, inputs, state, world, counts):
    """One block of LANES runs: mood to acts, fold, leader; arguments as of `reference_block`."""
    n = np.uint64(inputs.actors.shape[0])
    groups = inputs.n_groups
    shown, before, pace = aligned(n * SHOWN_STRIDE), aligned(n * SHOWN_STRIDE), aligned(N_PACE * LANES)
    passing, luck = aligned(TILE * PASSING_STRIDE), aligned(TILE * LANE_COUNT)
    sums, by_group, heard = (
        aligned(regime.N_SUMS * LANES),
        aligned(groups * N_GROUP_SERIES * LANES),
        aligned(groups * LANES),
    )
    market, option, offset, weight = np.zeros(LANES), np.zeros(LANES), np.zeros(LANES), np.zeros(LANES)
    rates, chosen = aligned(N_ACTS * TILE * LANE_COUNT), aligned(TILE * LANE_COUNT)
    visible = max(1e-12, inputs.actors[:, 10].sum())
    prominence = schedule.prominences(inputs.actors)
    schedule.begin(state, world, theta, inputs, replicates)
    for step in range(inputs.days.size):
        dt = inputs.days[step]
        regime.paces(world, theta, pace, dt)
        shown, before = before, shown
        sums[:] = 0.0
        by_group[:] = 0.0
        heard[:] = 0.0
        for begun in range(np.uint64(0), n, TILE):
            ended = min(begun + TILE, n)
            people.gather(before, passing, begun, ended, inputs.indptr, inputs.indices, inputs.weights)
            people.assess(
                state, passing, luck, world, theta, pace, inputs.actors, begun, ended, inputs.entities, inputs.groups,
                replicates, inputs.seed, np.uint64(step), 1.0, 1.0,
            )  # fmt: skip
            acts.hazards(state, passing, world, theta, pace, inputs.actors, prominence, begun, ended, rates, 1.0)
            acts.choose(rates, luck, (ended - begun) * LANE_COUNT, dt, chosen)
            for i in range(begun, ended):
                row = (i - begun) * LANE_COUNT
                if acts.happened(chosen, row) > 0:
                    acts.enact(state, theta, inputs.actors, i, chosen, row)
                    for lane in range(LANE_COUNT):
                        if chosen[row + lane] < N_ACTS:
                            counts[int(chosen[row + lane]), inputs.groups[i], lane] += 1
            regime.fold(
                state, passing, shown, world, theta, inputs.actors, begun, ended, inputs.groups, sums, by_group, heard,
                visible,
            )  # fmt: skip
        regime.hear(world, theta, sums, dt)
        regime.decide(
            world, theta, replicates, inputs.seen * 0.0, -1, 0.0, inputs.focal[step], inputs.seed, np.uint64(step), dt,
            weight, option, offset,
        )  # fmt: skip
        for lane in range(np.uint64(LANES)):
            regime.react(world, theta, heard, option, lane, market, dt)
