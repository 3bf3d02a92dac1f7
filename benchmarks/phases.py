"""Where the time of a step goes: every phase of the kernel alone, on the state that a run has after half a year.

`python benchmarks/table.py phases`. Each phase is repeated over all tiles of a block. Timed alone, phases do not
overlap and do not find a tile where the phase before left it, so they sum to more than the whole, which is timed as
well.
"""

import math
from collections import namedtuple

import numpy as np
from subset import subset_block
from timing import least, simulating
from workload import blocks, room, synthetic

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
from fronde.engine.run import _empty

N, TIES, STEPS, REPEATS = 335, 9, 26, 20
Block = namedtuple(
    "Block",
    "state world theta replicates pace shown before passing luck prominence sums by_group heard market work counts "
    "public tallies weight included",
)
ZERO, STEP, DT = np.uint64(0), np.uint64(STEPS - 1), 7.0


@kernel
def gather(b, inputs, outputs):
    """Nine ties."""
    for first in range(ZERO, np.uint64(inputs.actors.shape[0]), TILE):
        last = min(first + TILE, np.uint64(inputs.actors.shape[0]))
        people.gather(b.before, b.passing, first, last, inputs.indptr, inputs.indices, inputs.weights)


@kernel
def fortunes(b, inputs, outputs):
    """After the last observation: one Philox block, a normal quantile, three exponentials, a logarithm."""
    for first in range(ZERO, np.uint64(inputs.actors.shape[0]), TILE):
        last = min(first + TILE, np.uint64(inputs.actors.shape[0]))
        people.fortunes_simulated(
            b.state, b.world, b.theta, b.pace, inputs.actors, first, last, inputs.entities, b.replicates, b.market,
            inputs.seed, STEP, DT, math.sqrt(DT),
        )  # fmt: skip


@kernel
def observed(b, inputs, outputs):
    """While observed: two multiplications, freezing."""
    for first in range(ZERO, np.uint64(inputs.actors.shape[0]), TILE):
        last = min(first + TILE, np.uint64(inputs.actors.shape[0]))
        people.fortunes_observed(b.state, b.world, b.pace, first, last, inputs.ratio[0], inputs.listed[0])


@kernel
def assess(b, inputs, outputs):
    """One Philox block, a normal quantile, the formulas of the state."""
    for first in range(ZERO, np.uint64(inputs.actors.shape[0]), TILE):
        last = min(first + TILE, np.uint64(inputs.actors.shape[0]))
        people.assess(
            b.state, b.passing, b.luck, b.world, b.theta, b.pace, inputs.actors, first, last, inputs.entities,
            inputs.groups, b.replicates, inputs.seed, STEP, 1.0, 1.0,
        )  # fmt: skip


@kernel
def hazards(b, inputs, outputs):
    """Nine exponentials and two logarithms."""
    for first in range(ZERO, np.uint64(inputs.actors.shape[0]), TILE):
        last = min(first + TILE, np.uint64(inputs.actors.shape[0]))
        acts.hazards(
            b.state, b.passing, b.world, b.theta, b.pace, inputs.actors, b.prominence, first, last, b.work[0], 1.0
        )


@kernel
def choose(b, inputs, outputs):
    """Sum, exponential, division, comparisons."""
    for first in range(ZERO, np.uint64(inputs.actors.shape[0]), TILE):
        last = min(first + TILE, np.uint64(inputs.actors.shape[0]))
        acts.choose(b.work[0], b.luck, (last - first) * LANE_COUNT, DT, b.work[3])


@kernel
def act_all(b, inputs, outputs):
    """Hazards, choose, and detection, count and consequences of what happened."""
    for first in range(ZERO, np.uint64(inputs.actors.shape[0]), TILE):
        last = min(first + TILE, np.uint64(inputs.actors.shape[0]))
        schedule.act_all(
            b.state, b.passing, b.luck, b.world, b.theta, b.pace, inputs, b.prominence, first, last, b.replicates,
            STEPS - 1, False, DT, b.work, b.counts, b.public, b.tallies, b.weight, b.included, outputs, 0, LANES,
        )  # fmt: skip


@kernel
def fold(b, inputs, outputs):
    """Two exponentials, a division, sums over the elite and its groups."""
    for first in range(ZERO, np.uint64(inputs.actors.shape[0]), TILE):
        last = min(first + TILE, np.uint64(inputs.actors.shape[0]))
        regime.fold(
            b.state, b.passing, b.shown, b.world, b.theta, inputs.actors, first, last, inputs.groups, b.sums,
            b.by_group, b.heard, 1.0,
        )  # fmt: skip


PHASES = (gather, fortunes, observed, assess, hazards, choose, act_all, fold)


def block(inputs) -> Block:
    """A block of runs after STEPS steps."""
    (theta, replicates), (state, world, counts) = blocks(1)[0], room(N)
    subset_block(theta, replicates, inputs, state, world, counts)
    pace, sizes = aligned(N_PACE * LANES), (N_ACTS * TILE * LANE_COUNT, N_ACTS * LANES, LANES, TILE * LANE_COUNT, LANES)
    regime.paces(world, theta, pace, DT)
    return Block(
        state, world, theta, replicates, pace, aligned(N * SHOWN_STRIDE), aligned(N * SHOWN_STRIDE),
        aligned(TILE * PASSING_STRIDE), aligned(TILE * LANE_COUNT), schedule.prominences(inputs.actors),
        aligned(regime.N_SUMS * LANES), aligned(inputs.n_groups * N_GROUP_SERIES * LANES),
        aligned(inputs.n_groups * LANES), aligned(LANES), tuple(aligned(size) for size in sizes),
        np.zeros((N_ACTS, inputs.n_groups, LANES), np.int16), np.zeros((N_ACTS, inputs.n_groups, LANES), np.int16),
        np.zeros(8 * LANES), np.zeros(LANES), np.zeros((1, LANES)),
    )  # fmt: skip


def measured(rounds: int = 25) -> dict[str, float]:
    """ns an actor-step of each phase and of the whole."""
    inputs = synthetic(N, ties=TIES, steps=STEPS)
    outputs, found = _empty(inputs, LANES, False), {}
    for phase in PHASES:  # each on a state of its own: a phase repeated wears its state out
        b = block(inputs)
        for before in PHASES[: PHASES.index(phase) + 1]:
            before(b, inputs, outputs)
        took = least({"x": lambda b=b, f=phase: [f(b, inputs, outputs) for _ in range(REPEATS)]}, rounds)["x"]
        found[phase.__name__] = 1e9 * took / (N * LANES * REPEATS)
    found["whole"] = 1e9 * least({"x": simulating(inputs, LANES)}, rounds)["x"] / (N * LANES * STEPS)
    return found


def table() -> str:
    """The figures as Markdown, each with the words of its phase."""
    lines = ["| phase | ns | what |", "|---|---|---|"]
    found = measured()
    for phase in PHASES:
        lines.append(f"| {phase.__name__} | {found[phase.__name__]:.1f} | {(phase.__doc__ or '').rstrip('.')} |")
    return "\n".join(
        [*lines, f"| whole | {found['whole']:.1f} | {STEPS} steps, all that is done once a step, and the output |"]
    )
