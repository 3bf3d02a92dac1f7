"""The same part of the model as `reference.c`, made of the engine's state phases."""

import numpy as np

from fronde.domain.jit import kernel
from fronde.domain.state import LANES
from fronde.engine import actors as people
from fronde.engine import acts, regime, schedule
from fronde.engine.layout import LANE_COUNT, N_ACTS, N_GROUP_SERIES, aligned


@kernel
def subset_block(theta, replicates, inputs, state, world, counts):
    """One block of LANES runs: mood to acts, fold, leader; arguments as of `reference_block`."""
    n = np.uint64(inputs.actors.shape[0])
    groups = inputs.n_groups
    luck = aligned(n * LANE_COUNT)
    sums, by_group, heard = (
        aligned(regime.N_SUMS * LANES),
        aligned(groups * N_GROUP_SERIES * LANES),
        aligned(groups * LANES),
    )
    decay, innovation, market, option, offset, weight = (
        np.zeros(LANES), np.zeros(LANES), np.zeros(LANES), np.zeros(LANES), np.zeros(LANES), np.zeros(LANES)
    )  # fmt: skip
    rates, detect, quiet, chosen = aligned(N_ACTS * LANES), np.zeros(N_ACTS * LANES), aligned(LANES), aligned(LANES)
    visible = max(1e-12, inputs.actors[:, 10].sum())
    schedule.begin(state, world, theta, inputs, replicates)
    for step in range(inputs.days.size):
        dt = inputs.days[step]
        people.gather(state, theta, inputs.indptr, inputs.indices, inputs.weights)
        regime.moods(theta, decay, innovation, dt)
        sums[:] = 0.0
        by_group[:] = 0.0
        heard[:] = 0.0
        for begun in range(np.uint64(0), n, schedule.TILE):
            ended = min(begun + schedule.TILE, n)
            people.assess(
                state, world, theta, inputs.actors, begun, ended, inputs.entities, inputs.groups, replicates, decay,
                innovation, luck, inputs.seed, np.uint64(step), dt, 1.0, 1.0,
            )  # fmt: skip
            for i in range(begun, ended):
                acts.hazards(state, world, theta, inputs.actors, i, rates, 1.0)
                acts.choose(rates, detect, 0.0, 0.0, luck, i, dt, quiet, chosen)
                happened = 0.0
                for lane in range(LANES):
                    happened += 1.0 if chosen[lane] < N_ACTS else 0.0
                if happened > 0.0:
                    acts.enact(state, theta, inputs.actors, i, chosen)
                    for lane in range(LANES):
                        if chosen[lane] < N_ACTS:
                            counts[int(chosen[lane]), inputs.groups[i], lane] += 1
            regime.fold(state, world, theta, inputs.actors, begun, ended, inputs.groups, sums, by_group, heard, visible)
        regime.hear(world, theta, sums, dt)
        regime.decide(
            world, theta, replicates, inputs.seen * 0.0, -1, 0.0, inputs.focal[step], inputs.seed, np.uint64(step), dt,
            weight, option, offset,
        )  # fmt: skip
        for lane in range(np.uint64(LANES)):
            regime.react(world, theta, heard, option, lane, market, dt)
