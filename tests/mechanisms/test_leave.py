"""Leaving the country and coming back."""

import math

import pytest

from fronde.mechanisms import leave

from .records import (
    SHARES,
    actor,
    any_actor,
    any_params,
    any_state,
    any_world,
    given,
    paced,
    params,
    plain,
    state,
    world,
)

leave_rate, return_rate = map(plain, (leave.leave_rate, leave.return_rate))


def test_leaving_worked_by_hand() -> None:
    p = params(leave_base=-8.0, leave_by_grievance=0.8, leave_by_exit=0.5, leave_by_fear=0.4, leave_by_dependence=1.2,
               leave_openness=0.8, leave_closing=0.5, leave_by_shock=0.8)  # fmt: skip
    s = state(grievance=1.5, foreign=4.0, frozen=0.25, fear=0.5, dependence=0.25)
    exit_value = math.log(4.0) + 0.5 * 0.8 * (1.0 - 0.5 * 0.4)
    by_hand = math.exp(-8.0 + 1.2 + 0.5 * exit_value + 0.2 - 0.3 + 0.4)
    w = world(repression=0.4, shock=0.5)
    assert leave_rate(p, actor(roots_abroad=0.5), s, w) == pytest.approx(by_hand, rel=1e-14)


@given(any_params("leave"), any_actor(), any_state(), any_world())
def test_one_leaves_from_home_and_returns_from_abroad(p, a, s, w) -> None:
    home, away = s._replace(abroad=0.0, punished=0.0), s._replace(abroad=1.0, punished=0.0)
    assert leave_rate(p, a, home, w) > 0.0 == leave_rate(p, a, away, w)
    assert return_rate(paced(p), away) == pytest.approx(math.exp(p.leave_return_base), rel=1e-14)
    assert return_rate(paced(p), home) == return_rate(paced(p), away._replace(punished=1.0)) == 0.0


@given(any_params("leave"), any_actor(), any_state(), any_world())
def test_with_everything_abroad_frozen_leaving_is_no_likelier_than_with_nothing_abroad(p, a, s, w) -> None:
    home = s._replace(abroad=0.0)
    assert leave_rate(p, a, home._replace(frozen=1.0), w) == leave_rate(p, a, home._replace(foreign=0.0), w)


@given(any_params("leave"), any_actor(), any_state(), any_world(), SHARES)
def test_freezing_holds_back_where_portable_wealth_pulls(p, a, s, w, more) -> None:
    pulled = p._replace(leave_by_exit=abs(p.leave_by_exit))
    home = s._replace(abroad=0.0)
    tighter = home._replace(frozen=s.frozen + more * (1.0 - s.frozen))
    assert leave_rate(pulled, a, tighter, w) <= leave_rate(pulled, a, home, w) * (1.0 + 1e-12)


@given(any_params("leave"), any_actor(), any_state(), any_world(), SHARES)
def test_repression_closes_the_way_of_those_with_roots_abroad(p, a, s, w, more) -> None:
    pulled, home = p._replace(leave_by_exit=abs(p.leave_by_exit)), s._replace(abroad=0.0)
    tighter = w._replace(repression=w.repression + more * (1.0 - w.repression))
    assert leave_rate(pulled, a, home, tighter) <= leave_rate(pulled, a, home, w) * (1.0 + 1e-12)
