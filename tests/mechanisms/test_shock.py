"""Freshness of the shock."""

import math

import pytest

from fronde.mechanisms import leave, resign, shock, speak

from .records import (
    DAYS,
    SHARES,
    actor,
    any_actor,
    any_params,
    any_state,
    any_world,
    given,
    params,
    plain,
    state,
    world,
)

fade_shock, mean_shock = map(plain, (shock.fade_shock, shock.mean_shock))
RATES = (
    ("speak_by_shock", lambda p, a, s, w: plain(speak.speak_policy_rate)(p, s, w)),
    ("speak_by_shock", lambda p, a, s, w: plain(speak.speak_leader_rate)(p, s, w)),
    ("resign_by_shock", lambda p, a, s, w: plain(resign.resign_rate)(p, a, s, w)),
    ("leave_by_shock", lambda p, a, s, w: plain(leave.leave_rate)(p, a, s, w)),
)


def test_fading_worked_by_hand() -> None:
    assert fade_shock(params(shock_days=21.0), 0.8, 21.0 * math.log(4.0)) == pytest.approx(0.2, rel=1e-14)


@given(any_params("shock"), SHARES, DAYS)
def test_freshness_only_fades_and_composes(p, fresh, dt) -> None:
    faded = fade_shock(p, fresh, dt)
    assert 0.0 <= faded <= fresh
    assert fade_shock(p, fade_shock(p, fresh, 0.5 * dt), 0.5 * dt) == pytest.approx(faded, abs=1e-14)


def test_the_mean_over_a_step_worked_by_hand() -> None:
    mean = mean_shock(params(shock_days=21.0), 0.8, 21.0 * math.log(2.0))
    assert mean == pytest.approx(0.4 / math.log(2.0), rel=1e-13)


@given(any_params("shock"), SHARES, DAYS)
def test_the_mean_over_a_step_lies_between_its_ends_and_is_that_of_its_halves(p, fresh, dt) -> None:
    mean, half = mean_shock(p, fresh, dt), fade_shock(p, fresh, 0.5 * dt)
    assert fade_shock(p, fresh, dt) - 1e-12 <= mean <= fresh + 1e-12
    halves = 0.5 * (mean_shock(p, fresh, 0.5 * dt) + mean_shock(p, half, 0.5 * dt))
    assert halves == pytest.approx(mean, abs=1e-12)


@pytest.mark.parametrize(("slope", "rate"), RATES)
def test_a_fresh_shock_multiplies_voice_and_exit_by_a_power_of_e(slope: str, rate) -> None:
    p, a, s = params(**{slope: 1.5}), actor(rank=0.5), state(in_office=1.0)
    settled, fresh = (rate(p, a, s, world(shock=level)) for level in (0.0, 1.0))
    assert fresh == pytest.approx(math.exp(1.5) * settled, rel=1e-13)


@given(any_params("speak", "resign", "leave"), any_actor(), any_state(), any_world())
def test_without_its_coefficient_freshness_does_not_matter(p, a, s, w) -> None:
    for slope, rate in RATES:
        blind = p._replace(**{slope: 0.0})
        assert rate(blind, a, s, w) == rate(blind, a, s, w._replace(shock=0.0))
