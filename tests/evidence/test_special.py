"""Special functions against the standard library."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.evidence.special import log_beta, log_choose, log_gamma, normal_cdf


@given(st.lists(st.floats(1e-8, 1e9), min_size=1, max_size=20))
def test_log_gamma(values):
    expected = np.array([math.lgamma(value) for value in values])
    np.testing.assert_allclose(log_gamma(values), expected, rtol=1e-13, atol=1e-13)


def test_log_gamma_over_its_joint():
    x = np.linspace(0.01, 40.0, 4001)
    expected = np.vectorize(math.lgamma)(x)
    assert np.max(np.abs(log_gamma(x) - expected) / np.maximum(1.0, np.abs(expected))) < 1e-13


def test_log_gamma_refuses_what_it_cannot_do():
    for bad in (0.0, -1.5, math.nan):
        with pytest.raises(ValueError, match="above 0"):
            log_gamma([1.0, bad])


def test_log_choose_and_beta_are_the_integer_ones():
    for n in range(15):
        for k in range(n + 1):
            assert math.exp(float(log_choose(n, k))) == pytest.approx(math.comb(n, k), rel=1e-12)
    assert math.exp(float(log_beta(3, 4))) == pytest.approx(1 / 60)


def test_normal_cdf():
    assert normal_cdf([0.0, 1.959963984540054]).tolist() == pytest.approx([0.5, 0.975])
