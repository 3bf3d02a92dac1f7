"""Repression and punishment."""

import math

import pytest

from fronde.mechanisms import repression

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

repression_step, crackdown = map(plain, (repression.repression_step, repression.crackdown))


def punish_rate(p, a, s, w, exposure: float) -> float:
    """At the pace of this regime."""
    return plain(repression.punish_rate)(p, paced(p, 7.0, w), a, s, w, exposure)


def test_repression_worked_by_hand() -> None:
    p = params(repression_base=0.4, repression_rate=0.01, repression_jump=0.3)
    assert repression_step(p, 0.8, 100.0 * math.log(2.0)) == pytest.approx(0.6, rel=1e-14)
    assert crackdown(p, 0.5) == pytest.approx(0.8, rel=1e-14)
    assert crackdown(p, 0.9) == 1.0


@given(any_params("repression"), SHARES, DAYS)
def test_repression_stays_a_share_relaxes_and_composes(p, level, dt) -> None:
    after = repression_step(p, level, dt)
    low, high = min(level, p.repression_base), max(level, p.repression_base)
    assert low - 1e-12 <= after <= high + 1e-12
    assert repression_step(p, repression_step(p, level, 0.5 * dt), 0.5 * dt) == pytest.approx(after, abs=1e-13)
    assert level <= crackdown(p, level) <= 1.0


def test_punishment_worked_by_hand() -> None:
    p = params(repression_critic=-5.0, repression_exile=-7.0, repression_rival=-9.0, repression_by_capability=0.5,
               wealth_floor=0.02)  # fmt: skip
    a = actor(visibility=0.8, closeness=0.25, coercion=0.1)
    s = state(voice=2.0, abroad=1.0, domestic=1.0)
    critic, exile, rival = math.exp(-5.0) * 2.0 * 0.8 * 0.75, math.exp(-7.0), math.exp(-9.0 - 0.5 * (1.0 - 1.5))
    w = world(repression=0.6, battlefield=-1.5)
    assert punish_rate(p, a, s, w, 0.001) == pytest.approx(0.6 * (critic + exile + rival) + 0.001, rel=1e-13)


@given(any_params("repression", "wealth"), any_actor(), any_state(), any_world(), SHARES)
def test_one_is_punished_once_and_only_for_something(p, a, s, w, exposure) -> None:
    assert punish_rate(p, a, s._replace(punished=1.0), w, exposure) == 0.0
    blameless = s._replace(voice=0.0, abroad=0.0, punished=0.0)
    assert punish_rate(p, a._replace(coercion=0.0), blameless, w, 0.0) == 0.0
    assert punish_rate(p, a, s._replace(punished=0.0), w._replace(repression=0.0), exposure) == exposure


@given(any_params("repression", "wealth"), any_actor(), any_state(), any_world())
def test_punishment_falls_on_visible_critics_and_spares_the_closest(p, a, s, w) -> None:
    free = s._replace(punished=0.0)
    loud, quiet = (punish_rate(p, a, free._replace(voice=v), w, 0.0) for v in (2.0, 0.0))
    assert loud >= quiet
    unseen, seen = (punish_rate(p, a._replace(visibility=v), free, w, 0.0) for v in (0.0, 1.0))
    assert seen >= unseen
    close, far = (punish_rate(p, a._replace(closeness=c), free, w, 0.0) for c in (1.0, 0.0))
    assert far >= close
    assert punish_rate(p, a._replace(closeness=1.0), free._replace(voice=2.0), w, 0.0) == pytest.approx(
        punish_rate(p, a._replace(closeness=1.0), free._replace(voice=0.0), w, 0.0), rel=1e-12
    )


@given(any_params("repression", "wealth"), any_actor(), any_state(), any_world())
def test_an_exile_who_owns_nothing_at_home_loses_nothing(p, a, s, w) -> None:
    poor = s._replace(domestic=0.0, punished=0.0, voice=0.0)
    civilian = a._replace(coercion=0.0)
    assert punish_rate(p, civilian, poor._replace(abroad=1.0), w, 0.0) == 0.0
