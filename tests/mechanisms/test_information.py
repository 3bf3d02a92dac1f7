"""What the leader hears."""

import math

import pytest

from fronde.mechanisms import information

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

listening_weight, report, threat, isolation_step = map(
    plain, (information.listening_weight, information.report, information.threat, information.isolation_step)
)


def test_listening_worked_by_hand() -> None:
    p = params(information_by_closeness=6.0, information_by_agreement=3.0)
    a, w = actor(weight=0.1, closeness=0.5, position=-0.4), world(policy=0.2, isolation=0.5)
    omega = 0.1 * math.exp(0.5 * (-6.0 * 0.5 - 3.0 * 0.3))
    assert listening_weight(p, a, state(), w) == pytest.approx(omega, rel=1e-14)
    assert listening_weight(p, a, state(abroad=1.0), w) == 0.0


@given(any_params("information"), any_actor(), any_state(), any_world())
def test_a_leader_who_is_not_isolated_listens_by_political_weight_alone(p, a, s, w) -> None:
    home = s._replace(abroad=0.0)
    assert listening_weight(p, a, home, w._replace(isolation=0.0)) == a.weight


@given(any_params("information"), any_actor(), any_state(), any_world())
def test_the_closest_who_agree_keep_their_full_weight(p, a, s, w) -> None:
    favourite = a._replace(closeness=1.0, position=w.policy)
    assert listening_weight(p, favourite, s._replace(abroad=0.0), w) == a.weight


@given(any_params("information"), any_actor(), any_state(), any_world(), SHARES)
def test_the_closer_the_better_heard(p, a, s, w, more) -> None:
    closer = a._replace(closeness=a.closeness + more * (1.0 - a.closeness))
    assert listening_weight(p, closer, s, w) >= listening_weight(p, a, s, w) * (1.0 - 1e-12)


def test_reports_worked_by_hand() -> None:
    p = params(information_shading=2.0)
    assert report(p, state(private=0.8, fear=0.5)) == pytest.approx(0.8 * math.exp(-1.0), rel=1e-14)


@given(any_params("information"), any_state())
def test_a_report_never_exaggerates_and_is_true_without_shading_or_fear(p, s) -> None:
    assert 0.0 <= report(p, s) <= s.private
    assert report(p._replace(information_shading=0.0), s) == s.private
    assert report(p, s._replace(fear=0.0)) == s.private


@given(any_params("information"), SHARES, SHARES, SHARES)
def test_threat_is_a_share_that_grows_with_what_is_heard_and_seen(p, heard, signal, more) -> None:
    felt = threat(p, heard, signal)
    assert 0.0 <= felt <= 1.0
    assert threat(p, heard + more, signal) >= felt
    assert threat(p, heard, signal + more) >= felt


def test_threat_and_isolation_worked_by_hand() -> None:
    p = params(information_public_weight=0.5, information_isolation_base=0.4, information_by_threat=0.5,
               information_rate=0.01)  # fmt: skip
    assert threat(p, 0.2, 0.3) == pytest.approx(0.35, rel=1e-14)
    half_way = isolation_step(p, world(isolation=0.2, threat=0.4), 100.0 * math.log(2.0))
    assert half_way == pytest.approx(0.5 * (0.2 + 0.6), rel=1e-13)


@given(any_params("information"), any_world(), DAYS)
def test_isolation_stays_a_share_and_composes(p, w, dt) -> None:
    once = isolation_step(p, w, dt)
    assert 0.0 <= once <= 1.0
    half = w._replace(isolation=isolation_step(p, w, 0.5 * dt))
    assert isolation_step(p, half, 0.5 * dt) == pytest.approx(once, abs=1e-13)
