"""The leader's options and dismissals."""

import math

import pytest

from fronde.domain.state import LEADER_EVENTS
from fronde.mechanisms import leader

from .records import SHARES, actor, any_actor, any_params, any_state, any_world, given, params, plain, state, world

leader_rates, dismiss_rate = map(plain, (leader.leader_rates, leader.dismiss_rate))
DECLARE, MOBILISE, LIMIT, CRACKDOWN, COOPT, PURGE = (
    LEADER_EVENTS.index(name) for name in ("declare", "mobilise", "limit", "crackdown", "coopt", "purge")
)
POINT = {
    "leader_declare_base": -7.0, "leader_mobilise_base": -6.5, "leader_limit_base": -6.0, "leader_crackdown_base": -5.0,
    "leader_coopt_base": -5.5, "leader_purge_base": -4.5, "leader_by_pressure": 2.0, "leader_escalate_by_failure": 0.3,
    "leader_limit_by_failure": 0.4, "leader_crackdown_by_threat": 3.0, "leader_coopt_by_threat": 1.5,
    "leader_purge_by_threat": -1.0,
}  # fmt: skip


def test_options_worked_by_hand() -> None:
    w = world(pressure=0.4, policy=0.1, battlefield=-2.0, threat=0.5)
    logs = [math.log(rate) for rate in leader_rates(params(**POINT), w)]
    by_hand = [-7.0 + 0.6 + 0.6, -6.5 + 0.6 + 0.6, -6.0 - 0.6 + 0.8, -5.0 + 1.5, -5.5 + 0.75, -4.5 - 0.5]
    assert logs == pytest.approx(by_hand, rel=1e-13)


@given(any_params("leader"), any_world())
def test_war_is_declared_once_and_mobilisation_announced_once(p, w) -> None:
    open_world = w._replace(war_declared=0.0, conscripts=0.0)
    before = leader_rates(p, open_world)
    assert min(before) > 0.0
    declared = leader_rates(p, open_world._replace(war_declared=1.0))
    assert declared[DECLARE] == 0.0
    assert declared[1:] == before[1:]
    for conscripts in (1.0, 1e-6):
        mobilised = leader_rates(p, open_world._replace(conscripts=conscripts))
        assert mobilised[MOBILISE] == 0.0
        assert mobilised[DECLARE] == before[DECLARE]


@given(any_params("leader"), any_world(), SHARES)
def test_pressure_from_hawks_escalates_and_keeps_from_limiting_and_touches_nothing_else(p, w, more) -> None:
    before, after = leader_rates(p, w), leader_rates(p, w._replace(pressure=w.pressure + more))
    for option in (DECLARE, MOBILISE):
        assert after[option] >= before[option] * (1.0 - 1e-12)
    assert after[LIMIT] <= before[LIMIT] * (1.0 + 1e-12)
    assert after[CRACKDOWN:] == before[CRACKDOWN:]


@given(any_params("leader"), any_world())
def test_pressure_counts_by_its_distance_from_the_policy(p, w) -> None:
    """Where the elite stands at the policy, pressure is nothing, whatever its coefficient."""
    settled = w._replace(pressure=w.policy)
    assert leader_rates(p, settled) == leader_rates(p._replace(leader_by_pressure=0.0), settled)


@given(any_params("leader"), any_world())
def test_success_at_the_front_is_no_failure(p, w) -> None:
    assert leader_rates(p, w._replace(battlefield=2.5)) == leader_rates(p, w._replace(battlefield=0.0))


@given(any_params("leader"), any_world(), SHARES)
def test_threat_is_met_by_force(p, w, more) -> None:
    assert leader_rates(p, w._replace(threat=w.threat + more))[CRACKDOWN] >= leader_rates(p, w)[CRACKDOWN] * (1 - 1e-12)


def test_dismissal_worked_by_hand() -> None:
    p = params(leader_dismiss_base=-8.0, leader_dismiss_by_voice=2.0, leader_dismiss_by_failure=0.3,
               leader_purge_factor=6.0)  # fmt: skip
    a, s, w = actor(closeness=0.5, coercion=0.1), state(voice=1.0, in_office=1.0), world(battlefield=-1.0)
    rate = math.exp(-8.0 + 2.0 + 0.3 - 0.5)
    assert dismiss_rate(p, a, s, w, 0.0) == pytest.approx(rate, rel=1e-14)
    assert dismiss_rate(p, a, s, w, 1.0) == pytest.approx(6.0 * rate, rel=1e-14)
    assert dismiss_rate(p, a._replace(coercion=0.0), s, w, 0.0) == pytest.approx(rate * math.exp(-0.3), rel=1e-14)


@given(any_params("leader"), any_actor(), any_state(), any_world())
def test_only_holders_of_office_are_dismissed_and_critics_sooner(p, a, s, w) -> None:
    assert dismiss_rate(p, a, s._replace(in_office=0.0), w, 1.0) == 0.0
    quiet, loud = (dismiss_rate(p, a, s._replace(in_office=1.0, voice=v), w, 0.0) for v in (0.0, 2.0))
    assert 0.0 < quiet <= loud * (1.0 + 1e-12)
