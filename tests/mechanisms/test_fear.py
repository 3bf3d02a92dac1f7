"""Fear: repression times exposure."""

import pytest

from fronde.mechanisms import fear as module

from .records import SHARES, actor, any_actor, any_params, any_state, any_world, given, params, plain, state, world

fear = plain(module.fear)


def test_fear_worked_by_hand() -> None:
    p = params(fear_by_closeness=0.5, fear_by_abroad=0.8, fear_by_dependence=2.0, fear_by_example=3.0,
               fear_by_refusal=0.7)  # fmt: skip
    a, s = actor(closeness=0.4), state(abroad=1.0, dependence=0.25, examples=0.1, refused=1.0)
    assert fear(p, a, s, world(repression=0.5)) == pytest.approx(0.5 * 0.8 * 0.2 * (1.0 + 0.5 + 0.3 + 0.7), rel=1e-14)
    assert fear(p, a, s._replace(abroad=0.0), world(repression=0.5)) == pytest.approx(0.5 * 0.8 * 2.5, rel=1e-14)


@given(any_params("fear"), any_actor(), any_state(), any_world())
def test_there_is_no_fear_without_repression_and_it_is_never_negative(p, a, s, w) -> None:
    assert fear(p, a, s, w._replace(repression=0.0)) == 0.0
    assert fear(p, a, s, w) >= 0.0


@given(any_params("fear"), any_actor(), any_state(), any_world(), SHARES)
def test_fear_rises_with_repression_dependence_examples_and_refusal(p, a, s, w, more) -> None:
    before = fear(p, a, s, w)
    assert fear(p, a, s, w._replace(repression=w.repression + more)) >= before - 1e-12
    for name in ("dependence", "examples", "refused"):
        assert fear(p, a, s._replace(**{name: getattr(s, name) + more}), w) >= before - 1e-12


@given(any_params("fear"), any_actor(), any_state(), any_world())
def test_closeness_and_distance_protect(p, a, s, w) -> None:
    assert fear(p, a._replace(closeness=1.0), s, w) <= fear(p, a._replace(closeness=0.0), s, w) + 1e-12
    assert fear(p, a, s._replace(abroad=1.0), w) <= fear(p, a, s._replace(abroad=0.0), w) + 1e-12


@given(any_params("fear"), any_actor(), any_state(), any_world())
def test_fear_is_proportional_to_repression(p, a, s, w) -> None:
    single, double = (fear(p, a, s, w._replace(repression=level)) for level in (0.4, 0.8))
    assert double == pytest.approx(2.0 * single, rel=1e-12, abs=1e-15)
