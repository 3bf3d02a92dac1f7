"""Refusal: whom the leader does not let go."""

import math

import pytest

from fronde.mechanisms import refusal

from .records import SHARES, actor, any_actor, any_params, any_world, given, params, plain, world

prominence = plain(refusal.prominence)


def refusal_chance(p, a, w, actors: float, departure: float) -> float:
    """Of an actor among so many."""
    return plain(refusal.refusal_chance)(p, a, prominence(a.weight, actors), w, departure)


def logistic(x: float) -> float:
    """1 / (1 + e**-x)."""
    return 1.0 / (1.0 + math.exp(-x))


def test_refusal_worked_by_hand() -> None:
    p = params(refusal_base=-2.0, refusal_by_rank=3.0, refusal_by_weight=0.5, refusal_by_threat=1.0,
               refusal_departure=-1.5)  # fmt: skip
    a, w = actor(rank=0.5, weight=0.02), world(threat=0.25)
    logit = -2.0 + 1.5 + 0.5 * math.log(3.0) + 0.25
    assert refusal_chance(p, a, w, 100.0, 0.0) == pytest.approx(logistic(logit), rel=1e-14)
    assert refusal_chance(p, a, w, 100.0, 1.0) == pytest.approx(logistic(logit - 1.5), rel=1e-14)


@given(any_params("refusal"), any_actor(), any_world())
def test_a_refusal_is_a_probability_and_none_where_refusals_are_lifted(p, a, w) -> None:
    assert 0.0 <= refusal_chance(p, a, w, 50.0, 0.0) <= 1.0
    assert refusal_chance(p, a, w._replace(refusals=0.0), 50.0, 0.0) == 0.0
    full, beyond = (refusal_chance(p, a, w._replace(refusals=level), 50.0, 0.0) for level in (1.0, 3.0))
    assert beyond == full <= 1.0


@given(any_params("refusal"), any_actor(), any_world(), SHARES)
def test_rank_and_weight_make_a_refusal_likelier(p, a, w, more) -> None:
    before = refusal_chance(p, a, w, 50.0, 0.0)
    assert refusal_chance(p, a._replace(rank=a.rank + more), w, 50.0, 0.0) >= before - 1e-15
    assert refusal_chance(p, a._replace(weight=a.weight + more), w, 50.0, 0.0) >= before - 1e-15


@given(any_params("refusal"), any_actor(), any_world())
def test_what_counts_is_weight_relative_to_the_mean(p, a, w) -> None:
    whole = refusal_chance(p, a, w, 50.0, 0.0)
    assert refusal_chance(p, a._replace(weight=a.weight / 2.0), w, 100.0, 0.0) == pytest.approx(whole, rel=1e-12)
