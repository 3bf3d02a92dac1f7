"""Draws are uniform, normal and independent along every axis along which the model counts.

Each test walks one axis of the address, neighbour by neighbour, as the engine and the sampler do. Limits are five
standard errors of the statistic under the hypothesis; the draws are fixed, so a test passes or fails for good.
"""

import math
from itertools import permutations

import numba
import numpy as np
import pytest

from fronde.domain.draws import normal_pair, uniform_pair
from fronde.domain.jit import INTERPRETED

pytestmark = pytest.mark.skipif(INTERPRETED, reason="millions of draws need compiled code")

DRAWS = 2**20
BINS = 64
AXES = ("seed", "decision", "replicate", "step", "entity")
START = np.array([7, 0, 3, 2, 1000], dtype=np.uint64)


@numba.njit
def walk(start, axis, count, normal):
    """Draws of `count` neighbouring addresses [2, count]: the two halves of each block."""
    out = np.empty((2, count))
    a = start.copy()
    for k in range(count):
        if normal:
            out[0, k], out[1, k] = normal_pair(a[0], a[1], a[2], a[3], a[4])
        else:
            out[0, k], out[1, k] = uniform_pair(a[0], a[1], a[2], a[3], a[4])
        a[axis] += np.uint64(1)
    return out


def stream(axis: str, normal: bool = False, count: int = DRAWS):
    """Neighbouring draws along an axis; decisions are fewer than 2**16 pairs."""
    many = min(count, 2**16) if axis == "decision" else count
    return walk(START, AXES.index(axis), many, normal)


def excess(table) -> float:
    """Chi-square of counts against equal expectations, in standard errors from its mean."""
    expected = table.sum() / table.size
    chi_square = ((table - expected) ** 2 / expected).sum()
    freedom = table.size - 1
    return float((chi_square - freedom) / math.sqrt(2.0 * freedom))


@pytest.mark.parametrize("axis", AXES)
def test_uniforms_fill_the_unit_interval_evenly(axis: str) -> None:
    for half in stream(axis):
        assert abs(excess(np.bincount((half * 1024).astype(int), minlength=1024))) < 5.0


@pytest.mark.parametrize("axis", AXES)
def test_the_finest_bits_are_even_too(axis: str) -> None:
    for half in stream(axis):
        fine = np.floor(half * 2.0**52).astype(np.int64) & 1023
        assert abs(excess(np.bincount(fine, minlength=1024))) < 5.0


@pytest.mark.parametrize("axis", AXES)
def test_neighbouring_draws_are_independent(axis: str) -> None:
    for half in stream(axis):
        cells = (half * BINS).astype(int)
        for lag in (1, 2, 16):
            pairs = cells[:-lag] * BINS + cells[lag:]
            assert abs(excess(np.bincount(pairs, minlength=BINS * BINS))) < 5.0
            correlation = np.corrcoef(half[:-lag], half[lag:])[0, 1]
            assert abs(correlation) * math.sqrt(half.size) < 5.0


@pytest.mark.parametrize("axis", AXES)
def test_the_two_decisions_of_a_block_are_independent(axis: str) -> None:
    first, second = stream(axis)
    cells = (first * BINS).astype(int) * BINS + (second * BINS).astype(int)
    assert abs(excess(np.bincount(cells, minlength=BINS * BINS))) < 5.0


@pytest.mark.parametrize(("axis", "other"), list(permutations(AXES, 2)))
def test_streams_one_address_apart_are_independent(axis: str, other: str) -> None:
    """Walks along one axis, started at neighbouring points of another: runs side by side, actors side by side."""
    moved = START.copy()
    moved[AXES.index(other)] += np.uint64(1)
    count = 2**16
    here, there = walk(START, AXES.index(axis), count, False), walk(moved, AXES.index(axis), count, False)
    for a in here:
        for b in there:
            assert abs(np.corrcoef(a, b)[0, 1]) * math.sqrt(count) < 5.0


def test_ten_million_normals_have_the_moments_of_the_normal() -> None:
    """Kurtosis finds a generator whose uniform once rounds to 1 (z = -620 once in 2**24 draws)."""
    z = stream("entity", normal=True, count=5_000_000).ravel()
    n = z.size
    assert abs(z.mean()) < 5.0 / math.sqrt(n)
    assert abs((z**2).mean() - 1.0) < 5.0 * math.sqrt(2.0 / n)
    assert abs((z**3).mean()) < 5.0 * math.sqrt(15.0 / n)
    assert abs((z**4).mean() - 3.0) < 5.0 * math.sqrt(96.0 / n)
    assert 4.5 < np.abs(z).max() < 6.5


@pytest.mark.parametrize("axis", [axis for axis in AXES if axis != "decision"])
def test_normals_along_every_axis_have_the_right_tails(axis: str) -> None:
    z = stream(axis, normal=True)
    for bound, chance in ((1.0, 0.31731050786291415), (3.0, 0.0026997960632601866)):
        share = (np.abs(z) > bound).mean()
        assert abs(share - chance) < 5.0 * math.sqrt(chance * (1.0 - chance) / z.size)
