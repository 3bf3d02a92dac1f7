"""Resigning, and coming back to office."""

import math

import pytest

from fronde.mechanisms import resign

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

resign_rate, rejoin_rate = map(plain, (resign.resign_rate, resign.rejoin_rate))


def test_resigning_worked_by_hand() -> None:
    p = params(resign_base=-6.0, resign_by_grievance=1.5, resign_by_perceived=2.0, resign_by_rank=0.8,
               resign_by_refused=1.0, resign_by_shock=0.8)  # fmt: skip
    s = state(grievance=0.6, perceived=0.25, refused=1.0, in_office=1.0)
    by_hand = math.exp(-6.0 + 0.9 + 0.5 - 0.4 - 1.0 + 0.4)
    assert resign_rate(p, actor(rank=0.5), s, world(shock=0.5)) == pytest.approx(by_hand, rel=1e-14)


@given(any_params("resign"), any_actor(), any_state(), any_world())
def test_only_who_holds_office_can_resign_and_only_who_does_not_can_rejoin(p, a, s, w) -> None:
    holder, free = s._replace(in_office=1.0), s._replace(in_office=0.0, abroad=0.0, punished=0.0)
    former = a._replace(rank=0.5)
    assert resign_rate(p, former, holder, w) > 0.0 == resign_rate(p, former, free, w)
    assert rejoin_rate(paced(p), former, free) == pytest.approx(math.exp(p.resign_rejoin_base), rel=1e-14)
    assert rejoin_rate(paced(p), former, holder) == 0.0


@given(any_params("resign"), any_actor(), any_state())
def test_nobody_rejoins_from_abroad_after_punishment_or_without_a_rank(p, a, s) -> None:
    assert rejoin_rate(paced(p), a, s._replace(abroad=1.0)) == 0.0
    assert rejoin_rate(paced(p), a, s._replace(punished=1.0)) == 0.0
    assert rejoin_rate(paced(p), a._replace(rank=0.0), s) == 0.0


@given(any_params("resign"), any_actor(), any_state(), any_world(), SHARES)
def test_grievance_and_company_push_resignations_and_a_refusal_discourages(p, a, s, w, more) -> None:
    holder = s._replace(in_office=1.0, refused=0.0)
    before = resign_rate(p, a, holder, w)
    assert resign_rate(p, a, holder._replace(grievance=s.grievance + more), w) >= before * (1.0 - 1e-12)
    assert resign_rate(p, a, holder._replace(perceived=s.perceived + more), w) >= before * (1.0 - 1e-12)
    assert resign_rate(p, a, holder._replace(refused=1.0), w) <= before
