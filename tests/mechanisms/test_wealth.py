"""Fortunes: worked points, limits and directions."""

import math

import pytest

from fronde.mechanisms import wealth

from .records import (
    DAYS,
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

usable, portable, loss, freeze, designation_rate, market_step = map(
    plain, (wealth.usable, wealth.portable, wealth.loss, wealth.freeze, wealth.designation_rate, wealth.market_step)
)


def test_usable_and_portable_wealth_worked_by_hand() -> None:
    s = state(domestic=3.0, foreign=2.0, frozen=0.25)
    assert usable(s) == 4.5
    assert portable(s) == 1.5


@given(any_state())
def test_what_is_portable_is_part_of_what_is_usable(s) -> None:
    assert 0.0 <= portable(s) <= usable(s) <= s.domestic + s.foreign
    assert usable(s) - portable(s) == pytest.approx(s.domestic, abs=1e-12)


@given(any_state())
def test_nothing_is_portable_once_all_is_frozen(s) -> None:
    assert portable(s._replace(frozen=1.0)) == 0.0


def test_loss_worked_by_hand() -> None:
    p = params(wealth_floor=0.5)
    assert loss(p, actor(wealth_start=2.0), state(domestic=0.75)) == pytest.approx(math.log(2.0), rel=1e-14)


@given(any_params("wealth"), any_actor(), any_state())
def test_loss_is_never_negative_and_zero_without_a_loss(p, a, s) -> None:
    assert loss(p, a, s) >= 0.0
    assert loss(p, a, s._replace(domestic=a.wealth_start)) == 0.0


@given(any_params("wealth"), any_actor(), any_state(), SHARES)
def test_freezing_more_never_makes_the_loss_smaller(p, a, s, more) -> None:
    frozen = s.frozen + more * (1.0 - s.frozen)
    assert loss(p, a, s._replace(frozen=frozen)) >= loss(p, a, s) - 1e-12


def test_half_of_a_listing_is_frozen_after_the_half_life() -> None:
    p = params(wealth_freeze_days=10.0)
    assert freeze(paced(p, 10.0 * math.log(2.0)), state(designated=1.0), world()) == pytest.approx(0.5, rel=1e-14)
    doubled = world(sanctions=2.0)
    n = paced(p, 5.0 * math.log(2.0), doubled)
    assert freeze(n, state(designated=1.0), doubled) == pytest.approx(0.5, rel=1e-14)


def test_lifted_sanctions_thaw_at_the_pace_of_freezing() -> None:
    p = params(wealth_freeze_days=10.0)
    lifted = world(sanctions=0.0)
    n = paced(p, 10.0 * math.log(2.0), lifted)
    assert freeze(n, state(designated=1.0, frozen=0.8), lifted) == pytest.approx(0.4, rel=1e-14)


@given(any_params("wealth"), any_state(), any_world(), DAYS)
def test_freezing_in_two_halves_equals_freezing_at_once(p, s, w, dt) -> None:
    short = paced(p, 0.5 * dt, w)
    half = s._replace(frozen=freeze(short, s, w))
    assert freeze(short, half, w) == pytest.approx(freeze(paced(p, dt, w), s, w), abs=1e-13)


@given(any_params("wealth"), any_state(), any_world(), DAYS)
def test_the_frozen_part_stays_a_share_and_nobody_unlisted_is_frozen(p, s, w, dt) -> None:
    assert 0.0 <= freeze(paced(p, dt, w), s, w) <= 1.0
    assert freeze(paced(p, dt, w), s._replace(frozen=0.0, designated=0.0), w) == 0.0


def test_listing_hazard_worked_by_hand() -> None:
    p = params(wealth_designation_base=-5.0, wealth_designation_by_wealth=0.5)
    s = state(domestic=2.0, foreign=1.0)
    rate = designation_rate(p, actor(wealth_start=1.0), s, world(sanctions=2.0))
    assert rate == pytest.approx(2.0 * math.exp(-5.0 + 0.5 * math.log(4.0)), rel=1e-14)


@given(any_params("wealth"), any_actor(), any_state(), any_world())
def test_the_listed_the_poor_and_everyone_after_lifting_are_not_listed(p, a, s, w) -> None:
    assert designation_rate(p, a, s, w) >= 0.0
    assert designation_rate(p, a, s._replace(designated=1.0), w) == 0.0
    assert designation_rate(p, a._replace(wealth_start=0.05), s, w) == 0.0
    assert designation_rate(p, a, s, w._replace(sanctions=0.0)) == 0.0


def test_market_step_worked_by_hand() -> None:
    p = params(wealth_market_drift=0.001, wealth_market_by_sanctions=-0.002, wealth_market_vol=0.01)
    assert market_step(p, world(sanctions=2.0), 4.0, 2.0, 1.5) == pytest.approx(-0.004 + 0.03, rel=1e-12)
    assert market_step(p, world(), 4.0, 2.0, 0.0) == pytest.approx(0.004, rel=1e-12)
