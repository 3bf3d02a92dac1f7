"""Probabilities and their intervals: values worked by hand and known limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.forecast.counts import NIL, base_rate
from fronde.forecast.probability import beta_quantiles, bundle, probability


def test_beta_quantiles_of_the_uniform_are_the_levels():
    assert beta_quantiles(0.5, 1.0 / 12.0, (0.05, 0.5, 0.95)) == pytest.approx([0.05, 0.5, 0.95], abs=1e-3)


def test_beta_quantiles_of_a_beta_1_3_match_its_closed_form():
    mean, variance = 0.25, 3.0 / 80.0  # Beta(1, 3): quantile = 1 - (1 - q)^(1/3)
    expected = [1.0 - (1.0 - q) ** (1.0 / 3.0) for q in (0.05, 0.25, 0.75, 0.95)]
    assert beta_quantiles(mean, variance, (0.05, 0.25, 0.75, 0.95)) == pytest.approx(expected, abs=1e-3)


def test_particles_that_agree_have_little_more_than_monte_carlo_error():
    luck = np.random.default_rng(1).random((500, 8)) < 0.3
    found = probability(luck)
    assert found["interval90"][1] - found["interval90"][0] < 0.15


def test_particles_that_disagree_widen_the_interval():
    chances = np.random.default_rng(2).beta(1.0, 1.0, size=500)
    luck = np.random.default_rng(3).random((500, 8)) < chances[:, None]
    low, high = probability(luck)["interval90"]
    assert low < 0.12
    assert high > 0.88


@given(st.integers(0, 40), st.integers(2, 6), st.integers(5, 30))
def test_intervals_nest_and_never_touch_the_ends(hits, futures, particles):
    outcomes = np.zeros(particles * futures, dtype=bool)
    outcomes[: min(hits, outcomes.size)] = True
    found = probability(outcomes.reshape(particles, futures))
    (low50, high50), (low90, high90) = found["interval50"], found["interval90"]
    assert 0.0 < found["p"] < 1.0
    assert low90 <= low50 <= high50 <= high90


def test_base_rate_of_a_group_with_the_mean_of_all_is_its_own_rate():
    found = base_rate(reported=5.0, expected=5.0, exposure=60.0, days=60.0, able=500.0)
    assert found.mean == pytest.approx(5.0)
    assert 0.9 < found.p_any < 1.0


def test_base_rate_of_a_group_nobody_of_which_can_act_is_nil():
    assert base_rate(0.0, 0.0, 60.0, 60.0, 0.0) == NIL


def test_bundle_names_its_levels_in_order():
    found = bundle(np.arange(101, dtype=float))
    assert [found[key] for key in ("q05", "q25", "q50", "q75", "q95")] == [5.0, 25.0, 50.0, 75.0, 95.0]
    assert found["mean"] == 50.0
