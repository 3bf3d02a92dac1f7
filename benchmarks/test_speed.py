"""One model, four ways, one run: `python -m pytest benchmarks --benchmark-timer=time.process_time`.

Every benchmark does the same work: one actor for one step of one run is `actor_steps`. The relative column of
pytest-benchmark compares whole calls, so each call does the work that its kind can do in a moment, and the table of
`benchmarks/table.py` divides by it.
"""

import numpy as np
import pytest
from pasted import bits_equal
from plain import mesa_run, numpy_runs
from reference import load, problem, reference_block
from subset import subset_block
from workload import blocks, room, synthetic

from fronde.domain.state import LANES
from fronde.mechanisms.registry import NAMES

N, STEPS = 300, 52
INPUTS = synthetic(N, steps=STEPS)
THETA, STRANDS = blocks(1)[0]
ROWS = THETA.reshape(-1, LANES).T


def measure(benchmark, runs, call):
    benchmark.extra_info["actor_steps"] = N * STEPS * runs
    return benchmark(call)


def test_c_reference(benchmark):
    library, about, places = load(), problem(INPUTS), room(N)
    measure(benchmark, LANES, lambda: reference_block(library, about, THETA, STRANDS, *places))


def test_engine_phases(benchmark):
    places = room(N)
    measure(benchmark, LANES, lambda: subset_block(THETA, STRANDS, INPUTS, *places))


def test_numpy(benchmark):
    rows = np.repeat(ROWS, 4, axis=0)
    measure(benchmark, rows.shape[0], lambda: numpy_runs(INPUTS, rows))


def test_mesa(benchmark):
    measure(benchmark, 1, lambda: mesa_run(INPUTS, ROWS[0]))


def test_the_engine_gives_the_bits_of_the_reference():
    ours, theirs = room(N), room(N)
    reference_block(load(), problem(INPUTS), THETA, STRANDS, *theirs)
    subset_block(THETA, STRANDS, INPUTS, *ours)
    for one, other in zip(ours, theirs, strict=True):
        assert one.tobytes() == other.tobytes()


def test_split_and_pasted_give_the_same_bits():
    assert bits_equal()


@pytest.mark.parametrize("kind", ["numpy", "mesa"])
def test_the_others_are_the_same_model(kind):
    """Mean number of acts a run at one parameter value, against the engine's, within 4.5 standard errors."""
    inputs, runs = synthetic(60, ties=6, steps=26), {"numpy": 640, "mesa": 96}[kind]
    row = ROWS[3].copy()
    row[NAMES.index("frailty.sd")] = 0.0  # the plain forms know no common factor
    found = []
    for _, strands in blocks(40):
        places = room(60)
        subset_block(np.ascontiguousarray(np.repeat(row[:, None], LANES, 1)).ravel(), strands, inputs, *places)
        found.append(places[2].sum(axis=1))
    ours = np.concatenate(found, axis=1)
    if kind == "numpy":
        theirs = numpy_runs(inputs, np.tile(row, (runs, 1)))
    else:
        theirs = np.array([mesa_run(inputs, row, seed) for seed in range(runs)]).T
    error = np.sqrt(ours.var(axis=1) / ours.shape[1] + theirs.var(axis=1) / theirs.shape[1])
    assert ours.sum() > 500
    assert (np.abs(ours.mean(axis=1) - theirs.mean(axis=1)) <= 4.5 * error + 0.02).all()
