"""Polls: beta-binomial by hand, sums to one, falsified preferences, stable for large samples."""

from datetime import date
from math import comb, lgamma

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.evidence.codebook import Status
from fronde.evidence.polls import log_beta_binomial, log_poll, measured_share
from fronde.evidence.rows import Poll


def poll(share=0.74, n=1600, design_effect=1.5):
    day = date(2031, 3, 10)
    return Poll(
        id="p", pollster="b", field_start=day, field_end=day, n=n, question="q", answer="a", share=share,
        design_effect=design_effect, known_at=day, status=Status.ACCEPTED,
    )  # fmt: skip


def by_hand(k, n, a, b):
    return comb(n, k) * np.exp(
        lgamma(k + a) + lgamma(n - k + b) - lgamma(n + a + b) - lgamma(a) - lgamma(b) + lgamma(a + b)
    )


@given(st.integers(1, 40), st.floats(0.05, 0.95), st.floats(1.0, 300.0))
def test_beta_binomial_by_hand_and_sums_to_one(n, mean, concentration):
    k = np.arange(n + 1)
    found = np.exp(log_beta_binomial(k, n, mean, concentration))
    expected = [by_hand(int(each), n, concentration * mean, concentration * (1.0 - mean)) for each in k]
    np.testing.assert_allclose(found, expected, rtol=1e-9)
    assert found.sum() == pytest.approx(1.0)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_hidden_opposition_only_adds_support(p, q):
    m = float(measured_share(p, q))
    assert p - 1e-12 <= m <= 1.0
    assert measured_share(p, 0.0) == p
    assert measured_share(p, 1.0) == pytest.approx(1.0)


def test_peak_is_where_measured_support_meets_the_poll():
    p = np.linspace(0.0, 1.0, 1001)
    assert p[np.argmax(log_poll(p, 0.0, poll()))] == pytest.approx(0.74, abs=0.003)
    hidden = p[np.argmax(log_poll(p, 0.2, poll()))]
    assert hidden == pytest.approx((0.74 - 0.2) / 0.8, abs=0.003)


def test_a_larger_sample_and_a_smaller_design_effect_say_more():
    def contrast(row):
        return float(np.diff(log_poll(np.array([0.6, 0.74]), 0.0, row))[0])

    assert contrast(poll(n=4000)) > contrast(poll(n=400)) > 0.0
    assert contrast(poll(design_effect=1.0)) > contrast(poll(design_effect=3.0))
    assert contrast(poll(n=None, design_effect=None)) == pytest.approx(contrast(poll(n=1000)))


def test_house_error_keeps_even_a_huge_poll_modest():
    found = log_poll(np.array([0.74, 0.68]), 0.0, poll(n=10_000_000))
    assert found[0] - found[1] < 3.0


@given(st.sampled_from([0.0, 1e-9, 0.5, 1.0]), st.sampled_from([0.0, 0.5, 1.0]), st.floats(0.0, 1.0))
def test_finite_everywhere(p, q, share):
    assert np.all(np.isfinite(log_poll(np.array([p]), np.array([q]), poll(share=share, n=50_000))))


@pytest.mark.parametrize(("p", "q"), [(1.2, 0.1), (0.5, -0.1), (np.nan, 0.1)])
def test_shares_outside_their_range_are_refused(p, q):
    with pytest.raises(ValueError, match="lie in"):
        log_poll(np.array([p]), q, poll())
