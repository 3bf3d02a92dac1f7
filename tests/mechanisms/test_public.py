"""The public: support, and what pollsters hear."""

import math

import pytest

from fronde.mechanisms import public

from .records import SHARES, any_params, any_world, given, params, plain, world

approval, hidden_share, poll = map(plain, (public.approval, public.hidden_share, public.poll))
POINT = {
    "public_baseline": 0.5, "public_rally": 0.2, "public_rally_days": 100.0, "public_pain": 0.1,
    "public_casualties": 0.05, "public_media_control": 0.6, "public_draft": 0.15, "public_hidden_base": 0.1,
    "public_hidden_by_repression": 0.5,
}  # fmt: skip


def test_support_worked_by_hand() -> None:
    w = world(day=100.0 * math.log(2.0), market=-0.5, battlefield=-2.0, mobilised=0.4)
    assert approval(params(**POINT), w) == pytest.approx(0.5 + 0.1 - 0.05 - 0.05 * 2.0 * 0.4 - 0.06, rel=1e-13)


def test_polls_worked_by_hand() -> None:
    w = world(approval=0.6, repression=0.4)
    assert hidden_share(params(**POINT), w) == pytest.approx(0.3, rel=1e-14)
    assert poll(params(**POINT), w) == pytest.approx(0.6 + 0.3 * 0.4, rel=1e-14)


@given(any_params("public"), any_world())
def test_support_and_polls_are_shares_and_polls_never_below_support(p, w) -> None:
    true = approval(p, w)
    assert 0.02 <= true <= 0.98
    assert 0.0 <= hidden_share(p, w) <= 0.95
    answered = poll(p, w._replace(approval=true))
    assert true <= answered <= 1.0


@given(any_params("public"), any_world())
def test_without_anything_to_hide_polls_tell_the_truth(p, w) -> None:
    candid = p._replace(public_hidden_base=0.0)
    assert poll(candid, w._replace(repression=0.0)) == w.approval


@given(any_params("public"), any_world(), SHARES)
def test_repression_hides_and_losses_and_the_draft_cost(p, w, more) -> None:
    assert hidden_share(p, w._replace(repression=w.repression + more)) >= hidden_share(p, w)
    before = approval(p, w) + 1e-12
    assert approval(p, w._replace(mobilised=w.mobilised + more)) <= before
    assert approval(p, w._replace(battlefield=w.battlefield - more)) <= before
    assert approval(p, w._replace(market=w.market - more)) <= before
    assert approval(p, w._replace(day=w.day + 100.0 * more)) <= before


@given(any_params("public"), any_world())
def test_losses_that_nobody_hears_of_cost_nothing(p, w) -> None:
    closed = p._replace(public_media_control=1.0)
    assert approval(closed, w._replace(battlefield=-3.0)) == approval(closed, w._replace(battlefield=0.0))
