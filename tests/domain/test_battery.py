"""The generator over the keys that runs use: neighbouring replicates, steps, entities and decisions look independent.

Each statistic is normal to a good approximation; bounds are 4.5 standard errors and seeds are fixed. Known-answer tests
are in test_philox.py. Debian 12 packages neither PractRand nor TestU01. It packages dieharder, which reads one long
stream: these tests look at what a stream hides, neighbours along every axis of the keys.
"""

import numpy as np
import pytest

from fronde.domain.draws import Decision, entity_key, uniforms
from fronde.domain.jit import INTERPRETED

pytestmark = pytest.mark.skipif(INTERPRETED, reason="a million draws; the interpreted generator gives the same ones")
SIZE = 256
SIGMAS = 4.5


def cube(axis: str) -> np.ndarray:
    """[line, place]: 1024 lines of 256 neighbours along the axis."""
    numbers, names = np.arange(SIZE, dtype=np.uint64), [f"actor-{k}" for k in range(SIZE)]
    keys = np.array([entity_key(name) for name in names], dtype=np.uint64)
    steps = [uniforms(20220224, Decision.ACT, step, numbers, keys) for step in range(SIZE if axis == "step" else 4)]
    whole = np.stack(steps)  # [step, replicate, entity]
    if axis == "step":
        return np.moveaxis(whole[:, :4], 0, -1).reshape(-1, SIZE)
    if axis == "replicate":
        return np.moveaxis(whole, 1, -1).reshape(-1, SIZE)
    if axis == "entity":
        return whole.reshape(-1, SIZE)
    decisions = [uniforms(1, decision, 0, numbers[:4], keys) for decision in range(SIZE)]
    return np.moveaxis(np.stack(decisions), 0, -1).reshape(-1, SIZE)


@pytest.fixture(params=["replicate", "step", "entity", "decision"], scope="module")
def lines(request: pytest.FixtureRequest) -> np.ndarray:
    return cube(request.param)


def chi_square(cells: np.ndarray) -> float:
    """Distance of chi-square from its mean, in its standard deviations."""
    expected = cells.sum() / cells.size
    statistic = float(((cells - expected) ** 2 / expected).sum())
    return (statistic - (cells.size - 1)) / np.sqrt(2.0 * (cells.size - 1))


def test_uniform(lines: np.ndarray) -> None:
    assert abs(chi_square(np.histogram(lines, 1024, (0.0, 1.0))[0])) < SIGMAS


def test_neighbours_fill_the_square_and_the_cube(lines: np.ndarray) -> None:
    for shift in (1, 2, 7):
        pairs = np.histogram2d(lines[:, :-shift].ravel(), lines[:, shift:].ravel(), 32, [[0, 1], [0, 1]])[0]
        assert abs(chi_square(pairs)) < SIGMAS
    triples = np.stack([lines[:, k : SIZE - 2 + k].ravel() for k in range(3)], axis=1)
    assert abs(chi_square(np.histogramdd(triples, 12, [[0, 1]] * 3)[0])) < SIGMAS


def test_spectrum_is_flat(lines: np.ndarray) -> None:
    """Power at each frequency over its expectation, averaged over lines: exponential of mean 1."""
    power = np.abs(np.fft.rfft(lines - 0.5, axis=1)[:, 1:-1]) ** 2 / (SIZE / 12.0)
    assert np.abs(power.mean(axis=0) - 1.0).max() < SIGMAS / np.sqrt(lines.shape[0])
    assert abs((power < np.log(2.0)).mean() - 0.5) < SIGMAS * 0.5 / np.sqrt(power.size)


@pytest.mark.parametrize("first", [0, 13, 26, 39])
def test_every_bit_counts(lines: np.ndarray, first: int) -> None:
    bits = (lines * 2.0**52).astype(np.uint64)
    share = [float(((bits >> np.uint64(k)) & np.uint64(1)).mean()) for k in range(first, first + 13)]
    assert np.abs(np.array(share) - 0.5).max() < SIGMAS * 0.5 / np.sqrt(lines.size)
    words = (bits >> np.uint64(first)) & np.uint64(255)
    assert abs(chi_square(np.bincount(words.ravel().astype(np.int64), minlength=256))) < SIGMAS


def test_maximum_of_a_line_is_distributed_as_it_must_be(lines: np.ndarray) -> None:
    """max^n of n uniforms is uniform: sensitive to the far tail, where rare hazards live."""
    assert abs(chi_square(np.histogram(lines.max(axis=1) ** SIZE, 32, (0.0, 1.0))[0])) < SIGMAS
    assert abs(chi_square(np.histogram((1.0 - lines.min(axis=1)) ** SIZE, 32, (0.0, 1.0))[0])) < SIGMAS
