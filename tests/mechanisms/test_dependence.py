"""Dependence: the part of what is left that the leader can cancel."""

import pytest
from hypothesis import strategies as st

from fronde.mechanisms import dependence as module

from .records import SHARES, actor, any_actor, any_params, any_state, given, params, plain, state

dependence = plain(module.dependence)


def test_dependence_worked_by_hand() -> None:
    p = params(dependence_rank_value=0.5)
    a = actor(state_lever=0.6, rank=0.4)
    s = state(domestic=1.0, foreign=0.8, frozen=0.5, in_office=1.0)
    assert dependence(p, a, s) == pytest.approx((0.6 + 0.2) / (1.4 + 0.2), rel=1e-14)
    assert dependence(p, a, s._replace(in_office=0.0)) == pytest.approx(0.6 / 1.4, rel=1e-14)


@given(any_params("dependence"), any_actor(), any_state())
def test_dependence_is_a_share(p, a, s) -> None:
    assert 0.0 <= dependence(p, a, s) <= 1.0 + 1e-12


@given(any_params("dependence"), any_actor(), any_state(), SHARES)
def test_freezing_what_is_abroad_never_lowers_dependence(p, a, s, more) -> None:
    tighter = s._replace(frozen=s.frozen + more * (1.0 - s.frozen))
    assert dependence(p, a, tighter) >= dependence(p, a, s) - 1e-12


@given(any_params("dependence"), any_actor())
def test_who_has_nothing_depends_on_nothing(p, a) -> None:
    assert dependence(p, a, state()) == 0.0


@given(any_params("dependence"), any_actor(), st.floats(0.01, 50.0))
def test_the_limits_are_the_lever_all_at_home_and_nothing_all_abroad(p, a, money) -> None:
    assert dependence(p, a, state(domestic=money)) == pytest.approx(a.state_lever, abs=1e-12)
    assert dependence(p, a, state(foreign=money)) == 0.0


@given(any_params("dependence"), st.floats(0.01, 1.0))
def test_an_official_without_fortune_depends_wholly(p, rank) -> None:
    assert dependence(p, actor(rank=rank), state(in_office=1.0)) == pytest.approx(1.0, rel=1e-12)
