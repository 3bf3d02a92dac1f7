"""Plots: joining, exposure, attempts and their success."""

import math

import pytest
from hypothesis import strategies as st

from fronde.mechanisms import plot

from .records import SHARES, actor, any_actor, any_params, any_state, any_world, given, params, plain, state, world

join_rate, exposure_rate, multiplier, attempt_rate, success_chance = map(
    plain, (plot.join_plot_rate, plot.exposure_rate, plot.attempt_multiplier, plot.attempt_rate, plot.success_chance)
)


def test_joining_worked_by_hand() -> None:
    p = params(plot_base=-9.0, plot_by_grievance=1.0, plot_by_trust=2.0, plot_by_fear=1.5)
    s = state(grievance=0.8, whispers=0.3, fear=0.4)
    assert join_rate(p, actor(coercion=0.1), s, 10.0) == pytest.approx(math.exp(-9.0 + 0.8 + 0.6 - 0.6), rel=1e-14)


@given(any_params("plot"), any_actor(), any_state())
def test_a_plot_needs_force_or_five_times_the_mean_weight_at_home_and_unpunished(p, a, s) -> None:
    free = s._replace(plotting=0.0, abroad=0.0, punished=0.0)
    armed, civilian = a._replace(coercion=0.1), a._replace(coercion=0.0)
    assert join_rate(p, armed, free, 10.0) > 0.0
    assert join_rate(p, civilian._replace(weight=0.49), free, 10.0) == 0.0
    assert join_rate(p, civilian._replace(weight=0.51), free, 10.0) > 0.0
    for flag in ("plotting", "abroad", "punished"):
        assert join_rate(p, armed, free._replace(**{flag: 1.0}), 10.0) == 0.0


@given(any_params("plot"), st.integers(1, 20), SHARES)
def test_exposure_in_m_approaches_is_the_published_probability(p, approaches, whispers) -> None:
    """P(exposed in m approaches) = 1 - (1 - loyal share * reporting)^m, m = approaches per day * days."""
    days = approaches / p.plot_approaches
    exposed = 1.0 - math.exp(-exposure_rate(p, state(plotting=1.0, whispers=whispers)) * days)
    assert exposed == pytest.approx(1.0 - (1.0 - (1.0 - whispers) * p.plot_reporting) ** approaches, abs=1e-12)


@given(any_params("plot"), any_state())
def test_only_plotters_are_exposed_and_not_among_the_discontented(p, s) -> None:
    assert exposure_rate(p, s._replace(plotting=0.0)) == 0.0
    assert exposure_rate(p, s._replace(plotting=1.0)) >= 0.0
    assert exposure_rate(p, s._replace(plotting=1.0, whispers=1.0)) == 0.0


def test_attempts_worked_by_hand() -> None:
    p = params(plot_attempt_rate=0.04, plot_by_coercion=4.0, plot_by_signal=2.0, plot_cap=4.0)
    assert multiplier(p, world(plot_coercion=0.1, signal=0.2)) == pytest.approx(math.exp(0.8), rel=1e-14)
    assert attempt_rate(p, world()) == pytest.approx(0.04 / 365.25, rel=1e-14)
    assert multiplier(p, world(plot_coercion=1.0)) == 4.0


@given(any_params("plot"), any_world())
def test_the_base_rate_is_moved_by_a_bounded_factor_and_by_nothing_without_plotters_and_dissent(p, w) -> None:
    capped = p._replace(plot_cap=max(1.0, p.plot_cap))
    assert 1.0 / capped.plot_cap <= multiplier(capped, w) <= capped.plot_cap
    assert multiplier(capped, w._replace(plot_coercion=0.0, signal=0.0)) == 1.0
    assert attempt_rate(capped, w._replace(in_power=0.0)) == 0.0


def test_success_worked_by_hand() -> None:
    p = params(plot_contest_power=2.0, plot_counterbalance=1.5, plot_mobilised_share=0.2)
    odds = (0.4 / (1.5 * 0.6)) ** 2
    assert success_chance(p, world(plot_coercion=0.4)) == pytest.approx(odds / (1.0 + odds), rel=1e-13)
    odds = (0.2 / (1.5 * 0.8)) ** 2
    assert success_chance(p, world(plot_coercion=0.05)) == pytest.approx(odds / (1.0 + odds), rel=1e-13)


@given(any_params("plot"), any_world(), SHARES)
def test_force_helps_a_plot_and_counterbalancing_hinders_it_without_deterring_it(p, w, more) -> None:
    chance = success_chance(p, w)
    assert 0.0 < chance < 1.0
    assert success_chance(p, w._replace(plot_coercion=w.plot_coercion + more)) >= chance * (1.0 - 1e-12)
    guarded = p._replace(plot_counterbalance=p.plot_counterbalance * (1.0 + more))
    assert success_chance(guarded, w) <= chance * (1.0 + 1e-12)
    assert attempt_rate(guarded, w) == attempt_rate(p, w)


@given(any_params("plot"))
def test_equal_forces_have_equal_chances(p) -> None:
    fair = p._replace(plot_counterbalance=1.0, plot_mobilised_share=0.5)
    assert success_chance(fair, world(plot_coercion=0.5)) == pytest.approx(0.5, rel=1e-12)
