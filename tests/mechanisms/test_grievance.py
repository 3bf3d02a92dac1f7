"""Grievance: one sum, worked by hand; doves and hawks; moods keep their spread."""

import math

import pytest
from hypothesis import strategies as st

from fronde.mechanisms import grievance as module

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

closure, grievance, discontent, mood_step, mood_kept, mood_sd = map(
    plain,
    (module.closure, module.grievance, module.discontent, module.mood_step, module.mood_kept, module.mood_sd),
)
WEIGHTS = {
    "grievance_loss": 0.5, "grievance_policy": 2.0, "grievance_life": 0.4, "grievance_solidarity": 0.8,
    "grievance_failure": 0.25, "grievance_rent": 0.6, "grievance_closure": 0.5,
}  # fmt: skip


def test_grievance_worked_by_hand() -> None:
    a = actor(position=-0.5, salience=0.4, roots_abroad=0.5, coercion=0.1, rank=0.5)
    s = state(loss=1.2, examples=0.25, in_office=1.0, rent=0.1, mood=0.05)
    w = world(policy=0.5, battlefield=-2.0)
    by_hand = 0.5 * 1.2 + 2.0 * 0.4 * 1.0 + 0.4 * 0.5 * 0.5 + 0.8 * 0.25 + 0.25 * 2.0 - 0.6 * (0.5 + 0.1) + 0.05
    assert grievance(params(**WEIGHTS), a, s, w) == pytest.approx(by_hand, rel=1e-14)


@pytest.mark.parametrize(
    ("change", "by"),
    [
        ({"a": {"coercion": 0.0}}, -0.5),  # who holds no force does not blame the leader for failure
        ({"w": {"battlefield": 2.0}}, -0.5),  # nor does anybody for success
        ({"s": {"in_office": 0.0}}, 0.3),  # who lost the post lost its rent
        ({"w": {"sanctions": 0.0}}, -0.1),  # life abroad is open again
        ({"w": {"sanctions": 2.0}}, 0.0),  # and cannot be closed more than it is
        ({"a": {"position": 0.5}}, -0.8),
    ],
)
def test_each_condition_moves_grievance_by_its_own_term(change, by) -> None:
    a = actor(position=-0.5, salience=0.4, roots_abroad=0.5, coercion=0.1, rank=0.5)
    s, w = state(in_office=1.0), world(policy=0.5, battlefield=-2.0)
    before = grievance(params(**WEIGHTS), a, s, w)
    changed = (a._replace(**change.get("a", {})), s._replace(**change.get("s", {})), w._replace(**change.get("w", {})))
    assert grievance(params(**WEIGHTS), *changed) - before == pytest.approx(by, abs=1e-14)


@given(any_params("grievance"), any_actor(), any_state(), any_world(), SHARES)
def test_doves_and_hawks_at_equal_distance_are_equally_aggrieved(p, a, s, w, distance) -> None:
    calm = w._replace(policy=0.0)
    dove, hawk = a._replace(position=-distance), a._replace(position=distance)
    assert grievance(p, dove, s, calm) == grievance(p, hawk, s, calm)


@given(any_params("grievance"), any_actor(), any_state(), any_world())
def test_with_every_coefficient_zero_only_the_mood_is_left(p, a, s, w) -> None:
    nothing = p._replace(**dict.fromkeys(WEIGHTS, 0.0))
    assert grievance(nothing, a, s, w) == s.mood


@given(any_params("grievance"), st.floats(0.0, 5.0))
def test_closure_is_a_share_and_zero_without_sanctions(p, level) -> None:
    assert 0.0 <= closure(p, world(sanctions=level)) <= p.grievance_closure
    assert closure(p, world(sanctions=0.0)) == 0.0


@given(st.floats(-50.0, 50.0), st.floats(0.0, 10.0))
def test_private_discontent_is_a_share_that_grows_with_grievance(g, more) -> None:
    assert 0.0 <= discontent(g) < 1.0
    assert discontent(g + more) >= discontent(g)
    assert discontent(-abs(g)) == 0.0


def test_private_discontent_worked_by_hand() -> None:
    assert discontent(1.0) == 0.5
    assert discontent(3.0) == 0.75


@given(any_params("grievance"), DAYS)
def test_the_mood_step_keeps_the_stationary_spread_and_composes(p, dt) -> None:
    decay = mood_kept(p, dt)
    kept = decay**2 * p.grievance_mood_sd**2 + mood_sd(p, decay) ** 2
    assert kept == pytest.approx(p.grievance_mood_sd**2, rel=1e-12)
    assert mood_kept(p, 0.5 * dt) ** 2 == pytest.approx(decay, rel=1e-13)


def test_mood_worked_by_hand() -> None:
    n = paced(params())._replace(mood_kept=0.5, mood_sd=0.1)
    assert mood_step(n, 0.8, -2.0) == pytest.approx(0.2, rel=1e-14)
    assert mood_kept(params(grievance_mood_rate=0.01), 100.0 * math.log(2.0)) == pytest.approx(0.5, rel=1e-14)
