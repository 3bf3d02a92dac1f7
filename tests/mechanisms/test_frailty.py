"""Frailty: an exact Ornstein-Uhlenbeck step whose exponential has mean 1."""

import math

import numpy as np
import pytest
from hypothesis import strategies as st

from fronde.mechanisms import frailty, leave, resign, speak

from .records import DAYS, actor, any_params, given, params, plain, state, world

frailty_start, frailty_step = map(plain, (frailty.frailty_start, frailty.frailty_step))
LEVELS = st.floats(-4.0, 4.0)


def test_a_step_worked_by_hand() -> None:
    p = params(frailty_sd=0.5, frailty_days=10.0)
    dt = 10.0 * math.log(2.0)
    assert frailty_start(p, 2.0) == pytest.approx(1.0 - 0.125, rel=1e-14)
    assert frailty_step(p, 0.875, dt, 0.0) == pytest.approx(0.5 - 0.125, rel=1e-14)
    assert frailty_step(p, 0.875, dt, 1.0) == pytest.approx(0.5 - 0.125 + 0.5 * math.sqrt(0.75), rel=1e-14)


@given(any_params("frailty"), LEVELS, DAYS)
def test_two_half_steps_have_the_mean_and_the_variance_of_one(p, before, dt) -> None:
    half, whole = (frailty_step(p, before, span, 0.0) for span in (0.5 * dt, dt))
    assert frailty_step(p, half, 0.5 * dt, 0.0) == pytest.approx(whole, abs=1e-11)
    kept = math.exp(-0.5 * dt / p.frailty_days)
    spread = [(frailty_step(p, before, span, 1.0) - level) ** 2 for span, level in ((0.5 * dt, half), (dt, whole))]
    assert spread[0] * (1.0 + kept**2) == pytest.approx(spread[1], abs=1e-10)


@given(any_params("frailty"), DAYS, LEVELS)
def test_without_spread_there_is_none(p, dt, z) -> None:
    none = p._replace(frailty_sd=0.0)
    assert frailty_start(none, z) == 0.0
    assert frailty_step(none, 0.0, dt, z) == 0.0


def test_the_mean_hazard_is_that_without_frailty() -> None:
    factors = np.exp(frailty_start(params(frailty_sd=0.7), np.random.default_rng(1).standard_normal(400_000)))
    assert factors.mean() == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(
    "rate",
    [
        lambda p, w: plain(speak.speak_policy_rate)(p, state(), w),
        lambda p, w: plain(speak.speak_leader_rate)(p, state(), w),
        lambda p, w: plain(resign.resign_rate)(p, actor(rank=0.5), state(in_office=1.0), w),
        lambda p, w: plain(leave.leave_rate)(p, actor(), state(), w),
    ],
)
def test_it_multiplies_voice_and_exit_alike(rate) -> None:
    usual, ready = (rate(params(), world(frailty=level)) for level in (0.0, 0.7))
    assert ready == pytest.approx(math.exp(0.7) * usual, rel=1e-13)
