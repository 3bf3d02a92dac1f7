"""The conflict: mean reversion, mobilisation with its lag, aid."""

import math

import pytest
from hypothesis import strategies as st

from fronde.mechanisms import battlefield

from .records import DAYS, SHARES, any_params, any_world, given, params, plain, world

arriving, battlefield_step = map(plain, (battlefield.arriving, battlefield.battlefield_step))


def test_the_front_worked_by_hand() -> None:
    p = params(battlefield_mean=-0.5, battlefield_rate=0.02, battlefield_sd=1.0, battlefield_by_mobilisation=0.8,
               battlefield_aid=0.3)  # fmt: skip
    dt = 50.0 * math.log(2.0)
    assert battlefield_step(p, world(battlefield=1.0), dt, 0.0) == pytest.approx(0.5 * (1.0 - 0.8), rel=1e-13)
    noise = math.sqrt(0.75)
    assert battlefield_step(p, world(battlefield=-0.8), dt, 1.0) == pytest.approx(-0.8 + noise, rel=1e-13)
    arrived = battlefield_step(p, world(battlefield=0.0, conscripts=0.25), dt, 0.0)
    assert arrived == pytest.approx(0.5 * (-0.5 + 0.8 * 0.75 - 0.3), rel=1e-13)


def test_without_mobilisation_no_reinforcement_arrives() -> None:
    p = params(battlefield_by_mobilisation=3.0)
    none = p._replace(battlefield_by_mobilisation=0.0)
    assert battlefield_step(p, world(), 7.0, 0.0) == battlefield_step(none, world(), 7.0, 0.0)
    assert arriving(p, 0.0, 7.0) == 0.0


@given(any_params("battlefield"), SHARES, DAYS)
def test_reinforcement_still_to_come_shrinks_and_composes(p, conscripts, dt) -> None:
    assert 0.0 <= arriving(p, conscripts, dt) <= conscripts
    assert arriving(p, arriving(p, conscripts, 0.5 * dt), 0.5 * dt) == pytest.approx(
        arriving(p, conscripts, dt), abs=1e-13
    )


@given(any_params("battlefield"), any_world(), DAYS, st.floats(-4.0, 4.0))
def test_the_step_is_exact_so_two_halves_have_the_mean_and_spread_of_one(p, w, dt, z) -> None:
    """Mean of two half steps, and the variance carried through them, equal those of one step."""
    whole = battlefield_step(p, w, dt, 0.0)
    half = battlefield_step(p, w, 0.5 * dt, 0.0)
    assert battlefield_step(p, w._replace(battlefield=half), 0.5 * dt, 0.0) == pytest.approx(whole, abs=1e-12)
    spread = battlefield_step(p, w, dt, 1.0) - whole
    spread_half = battlefield_step(p, w, 0.5 * dt, 1.0) - half
    kept = math.exp(-p.battlefield_rate * dt)
    assert spread_half**2 * (1.0 + kept) == pytest.approx(spread**2, rel=1e-9)
    assert battlefield_step(p, w, dt, z) == pytest.approx(whole + z * spread, abs=1e-12)


@given(any_params("battlefield"), any_world())
def test_after_a_long_time_the_start_is_forgotten(p, w) -> None:
    long = 1e6
    ends = [battlefield_step(p, w._replace(battlefield=b), long, 1.0) for b in (-3.0, 3.0)]
    assert ends[0] == pytest.approx(ends[1], abs=1e-9)
    assert ends[0] - battlefield_step(p, w, long, 0.0) == pytest.approx(p.battlefield_sd, rel=1e-9)
