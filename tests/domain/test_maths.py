"""Accuracy of the elementary functions, as stated in their module."""

import math
from statistics import NormalDist

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fronde.domain import maths

STANDARD = NormalDist()
RANDOM = np.random.default_rng(20220224)
FINITE = {"allow_nan": False, "allow_infinity": False}


@numba.njit
def each(function, values):
    """function of each value; one compiled loop for all scalar functions."""
    out = np.empty_like(values)
    for k in range(values.size):
        out[k] = function(values[k])
    return out


@numba.njit
def there_and_back(value):
    """The float of the bits of a float; the intrinsics exist only inside compiled code."""
    return maths.float_of(maths.bits_of(value))


def ulps(found, exact):
    """Distance in units in the last place of the exact value."""
    return np.abs(found - exact) / np.spacing(np.abs(exact))


@pytest.mark.parametrize(("low", "high"), [(-1.0, 1.0), (-30.0, 30.0), (-700.0, 700.0), (-1e-9, 1e-9)])
def test_exp_is_within_four_units_in_the_last_place(low: float, high: float) -> None:
    x = RANDOM.uniform(low, high, 5_000)
    assert ulps(each(maths.exp, x), np.array([math.exp(v) for v in x])).max() <= 4.0


@pytest.mark.parametrize(("low", "high"), [(0.5, 2.0), (1.0 - 1e-9, 1.0 + 1e-9), (1e-3, 1e3), (1e-300, 1e300)])
def test_log_is_within_four_units_in_the_last_place(low: float, high: float) -> None:
    x = np.exp(RANDOM.uniform(math.log(low), math.log(high), 5_000))
    exact = np.array([math.log(v) for v in x])
    assert ulps(each(maths.log, x), exact)[exact != 0.0].max() <= 4.0


def test_exp_and_log_hit_the_exact_points() -> None:
    assert maths.exp(0.0) == maths.exp(-0.0) == 1.0
    assert maths.log(1.0) == 0.0
    for k in range(-1022, 1024, 31):
        assert maths.log(2.0**k) == pytest.approx(k * math.log(2.0), rel=1e-15, abs=0.0)


def test_exp_is_held_at_its_ends() -> None:
    assert maths.exp(-1e9) == maths.exp(-700.0) == pytest.approx(math.exp(-700.0), rel=1e-15)
    assert maths.exp(1e9) == maths.exp(700.0) == pytest.approx(math.exp(700.0), rel=1e-15)


@settings(deadline=None, derandomize=True)
@given(st.floats(-699.0, 699.0, **FINITE), st.floats(1e-12, 1.0))
def test_exp_does_not_fall(x: float, step: float) -> None:
    assert maths.exp(x + step) >= maths.exp(x) > 0.0


@settings(deadline=None, derandomize=True)
@given(st.floats(-700.0, 700.0, **FINITE))
def test_log_undoes_exp(x: float) -> None:
    assert maths.log(maths.exp(x)) == pytest.approx(x, rel=1e-14, abs=1e-15)


@settings(deadline=None, derandomize=True)
@given(st.floats(0.0, 1e6, **FINITE))
def test_log1p_is_within_a_rounding_of_one(x: float) -> None:
    assert abs(maths.log1p(x) - math.log1p(x)) <= 4e-16 * max(1.0, 4.0 * math.log1p(x))


@settings(deadline=None, derandomize=True)
@given(st.floats(-690.0, 690.0, **FINITE))
def test_logistic_is_the_logistic(x: float) -> None:
    assert maths.logistic(x) == pytest.approx(1.0 / (1.0 + math.exp(-x)), rel=1e-14)
    assert maths.logistic(x) + maths.logistic(-x) == pytest.approx(1.0, rel=1e-14)


@settings(deadline=None, derandomize=True)
@given(st.floats(**FINITE), st.floats(**FINITE), st.floats(**FINITE))
def test_clip_holds_inside_and_leaves_alone(x: float, one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    held = maths.clip(x, low, high)
    assert low <= held <= high
    assert held == (x if low <= x <= high else min(max(x, low), high))


@settings(deadline=None, derandomize=True)
@given(st.floats(**FINITE), st.floats(min_value=0.0, **FINITE))
def test_clip_does_not_fall(x: float, more: float) -> None:
    assert maths.clip(x + more, -1.0, 1.0) >= maths.clip(x, -1.0, 1.0)


@pytest.mark.parametrize(
    ("low", "high", "bound"),
    [(-0.30103, -0.301, 4e-7), (-2.0, -0.30103, 4e-7), (-7.5, -2.0, 4e-7), (-9.0, -7.5, 1e-4), (-10.0, -9.0, 1e-3)],
)
def test_normal_quantile_is_within_the_stated_error(low: float, high: float, bound: float) -> None:
    """Relative error on either side of the median, by powers of ten of the tail: one draw in 3e7 leaves the first."""
    u = 10.0 ** RANDOM.uniform(low, high, 4_000)
    u = u[np.abs(u - 0.5) > 1e-9]
    exact = np.array([STANDARD.inv_cdf(v) for v in u])
    assert np.abs(each(maths.normal_quantile, u) / exact - 1.0).max() <= bound
    mirrored = 1.0 - u
    exact = np.array([STANDARD.inv_cdf(v) for v in mirrored])
    assert np.abs(each(maths.normal_quantile, mirrored) / exact - 1.0).max() <= bound


def test_normal_quantile_is_odd_around_the_median() -> None:
    assert maths.normal_quantile(0.5) == 0.0
    for k in range(2, 40):  # 1 - 2**-k is exact
        assert maths.normal_quantile(1.0 - 2.0**-k) == -maths.normal_quantile(2.0**-k)


def test_normal_quantile_rises() -> None:
    u = np.concatenate([np.geomspace(1e-13, 0.4, 20_000), np.linspace(0.4, 0.5, 5_000)[1:]])
    both = np.concatenate([u, (1.0 - u)[::-1][1:]])
    assert np.all(np.diff(each(maths.normal_quantile, both)[np.diff(both, prepend=-1.0) > 0.0]) > 0.0)


def test_bits_go_forth_and_back() -> None:
    values = np.array([0.0, -0.0, 1.0, -math.pi, 5e-324, 1e308])
    again = np.array([there_and_back(value) for value in values])
    np.testing.assert_array_equal(again, values)
    np.testing.assert_array_equal(np.signbit(again), np.signbit(values))
