"""Ensembles: blocks of runs over a thread pool, results as plain arrays with a fixed axis order."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fronde.domain.state import LANES, STRANDS
from fronde.engine.layout import N_ACTS, N_EVENTS, N_GROUP_SERIES, N_PARAMS, N_TALLIES, N_WORLD, Room, room
from fronde.engine.schedule import Inputs, Outputs, simulate_block

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


class Elsewhere(Protocol):
    """Fills the outputs of an ensemble by other means than the threads of this process, with the same numbers."""

    def __call__(
        self,
        inputs: Inputs,
        theta: Floats,
        histories: NDArray[np.uint64],
        futures: NDArray[np.uint64],
        progress: Progress | None,
        outputs: Outputs,
    ) -> None:
        """Simulate all rows of theta."""


_ELSEWHERE: ContextVar[Elsewhere | None] = ContextVar("elsewhere", default=None)


@contextmanager
def elsewhere(means: Elsewhere | None) -> Iterator[None]:
    """Inside the block, ensembles of more than one block of runs are simulated by these means; None: here."""
    token = _ELSEWHERE.set(means)
    try:
        yield
    finally:
        _ELSEWHERE.reset(token)


@dataclass(frozen=True)
class Ensemble:
    """Results of R runs over T steps (axes in this order everywhere).

    counts  int16   [T, act, group, R]      acts in each step
    reported int16  [T, act, group, R]      those of them that enter the public record
    series  float32 [T, world field, R]     regime at the end of each step
    groups  float32 [T, group series, group, R]
    tallies float64 [tally, R]              running sums at the end of the observed period
    events  float32 [leader event, R]       first day after the conditioned steps, days since the start; inf never
    options int8    [T, R]                  the leader's option in each step, 6 for none
    weight  float64 [T conditioned, R]      log importance weight of each conditioned step
    included uint8  [report, R]             whether the run took the report as true
    acts    int8    [T, N, R]               act of each actor (12 for none); empty unless asked for
    """

    counts: NDArray[np.int16]
    reported: NDArray[np.int16]
    series: NDArray[np.float32]
    groups: NDArray[np.float32]
    tallies: Floats
    events: NDArray[np.float32]
    options: NDArray[np.int8]
    weight: Floats
    included: NDArray[np.uint8]
    acts: NDArray[np.int8]


def _empty(inputs: Inputs, runs: int, with_acts: bool) -> Outputs:
    steps, groups = inputs.days.size, inputs.n_groups
    reports = int(inputs.reported_index.max(initial=-1)) + 1
    return Outputs(
        counts=np.zeros((steps, N_ACTS, groups, runs), dtype=np.int16),
        reported=np.zeros((steps, N_ACTS, groups, runs), dtype=np.int16),
        series=np.zeros((steps, N_WORLD, runs), dtype=np.float32),
        groups=np.zeros((steps, N_GROUP_SERIES, groups, runs), dtype=np.float32),
        tallies=np.zeros((N_TALLIES, runs)),
        events=np.full((N_EVENTS, runs), np.inf, dtype=np.float32),
        options=np.full((steps, runs), 6, dtype=np.int8),
        weight=np.zeros((inputs.n_conditioned, runs)),
        included=np.zeros((reports, runs), dtype=np.uint8),
        acts=np.full((steps, inputs.actors.shape[0], runs) if with_acts else (0, 0, 0), N_ACTS, dtype=np.int8),
    )


def default_threads() -> int:
    """FRONDE_THREADS, or the cores this process may use."""
    named = os.environ.get("FRONDE_THREADS")
    if named:
        return max(1, int(named))
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _strands(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Replicate numbers as [R, strand]."""
    return np.repeat(numbers[:, None], STRANDS, axis=1) if numbers.ndim == 1 else numbers


def simulate(
    inputs: Inputs,
    theta: Floats,
    histories: NDArray[np.uint64],
    futures: NDArray[np.uint64] | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    with_acts: bool = False,
) -> Ensemble:
    """Simulate one run per row of theta.

    theta: [R, param] parameter values; histories: uint64 [R] or [R, strand] below 2**32, the replicate numbers of each
    run's chance; futures: the same for steps after the observed period (default: histories), so that one history can
    have several.
    Run r depends on (inputs, theta[r], histories[r], futures[r]) alone: not on R, its neighbours, blocks or threads.
    Raises ValueError for misshapen or non-finite input and for a non-finite result.
    """
    runs = theta.shape[0]
    before = _strands(histories)
    after = before if futures is None else _strands(futures)
    if theta.shape != (runs, N_PARAMS) or before.shape[0] != runs or after.shape[0] != runs:
        raise ValueError(
            f"theta {theta.shape}, histories {before.shape}, futures {after.shape}; "
            f"expected ({runs}, {N_PARAMS}) and {runs} rows of {STRANDS} strands"
        )
    if not np.isfinite(theta).all():
        raise ValueError("theta holds a value that is not finite")
    outputs = _empty(inputs, runs, with_acts)
    means = _ELSEWHERE.get()
    if means is not None and runs > LANES:
        means(inputs, theta, before, after, progress, outputs)
    else:
        _in_threads(inputs, theta, before, after, progress, outputs, threads or default_threads())
    if not (np.isfinite(outputs.series).all() and np.isfinite(outputs.groups).all()):
        raise ValueError("a run left the finite numbers: the inputs hold a value outside its range")
    return Ensemble(**outputs._asdict())


def _in_threads(
    inputs: Inputs,
    theta: Floats,
    before: NDArray[np.uint64],
    after: NDArray[np.uint64],
    progress: Progress | None,
    outputs: Outputs,
    threads: int,
) -> None:
    """Fill the outputs block by block."""
    runs = theta.shape[0]
    rooms: SimpleQueue[Room] = SimpleQueue()
    for _ in range(min(threads, -(-runs // LANES))):
        rooms.put(room(inputs.actors.shape[0]))

    def block(first: int) -> int:
        used = min(LANES, runs - first)
        rows = np.minimum(np.arange(first, first + LANES), runs - 1)
        columns = np.ascontiguousarray(theta[rows].T).ravel()
        chance = (np.ascontiguousarray(numbers[rows].T).ravel() for numbers in (before, after))
        mine = rooms.get()
        simulate_block(columns, *chance, inputs, outputs, mine, first, used)
        rooms.put(mine)
        return used

    done = 0
    with ThreadPoolExecutor(threads) as pool:
        for used in pool.map(block, range(0, runs, LANES)):
            done += used
            if progress is not None:
                progress(done, runs)
