"""Three mechanisms pasted by hand into one loop, against the loop that calls them from their files."""

from collections.abc import Callable

import numpy as np
from workload import blocks

from fronde.domain.jit import kernel
from fronde.domain.maths import exp
from fronde.domain.state import LANES
from fronde.engine.layout import (
    LANE_COUNT,
    N_PASSING,
    N_STATE,
    N_WORLD,
    PASSING_STRIDE,
    STATE_STRIDE,
    F,
    P,
    S,
    W,
    load_state,
    load_world,
    params_of,
)
from fronde.mechanisms import speak

N, ROUNDS = 300, 40
ZERO = np.uint64(0)
ONE, TWO = np.uint64(LANES), np.uint64(2 * LANES)
VOICE = params_of("speak")


@kernel
def split(state, passing, world, theta, rates):
    """As the engine does it: a record of each, and the functions of `mechanisms/speak.py`."""
    for i in range(np.uint64(state.size) // STATE_STRIDE):
        base, place = i * STATE_STRIDE, i * PASSING_STRIDE
        row = i * np.uint64(3) * LANE_COUNT
        for lane in range(LANE_COUNT):
            p = VOICE(theta, ZERO, lane)
            s = load_state(state, base, passing, place, lane)
            w = load_world(world, ZERO, lane)
            rates[row + lane] = speak.speak_policy_rate(p, s, w)
            rates[row + ONE + lane] = speak.speak_leader_rate(p, s, w)
            rates[row + TWO + lane] = speak.fall_silent_rate(p, s)


@kernel
def pasted(state, passing, world, theta, rates):
    """The same formulas, read straight from memory."""
    for i in range(np.uint64(state.size) // STATE_STRIDE):
        base, place = i * STATE_STRIDE, i * PASSING_STRIDE
        row = i * np.uint64(3) * LANE_COUNT
        for lane in range(LANE_COUNT):
            g = passing[place + F.grievance + lane]
            q = state[base + S.perceived + lane]
            f = passing[place + F.fear + lane]
            d = passing[place + F.dependence + lane]
            voice = state[base + S.voice + lane]
            push, fear = theta[P.speak_by_grievance + lane], theta[P.speak_by_fear + lane]
            seen, trap = theta[P.speak_by_perceived + lane], theta[P.speak_by_dependence + lane]
            burst, frailty = theta[P.speak_by_shock + lane] * world[W.shock + lane], world[W.frailty + lane]
            rates[row + lane] = exp(
                theta[P.speak_policy_base + lane] + push * g + seen * q + burst + frailty - fear * f - trap * d
            ) * (1.0 if voice < 0.5 else 0.0)
            rates[row + ONE + lane] = exp(
                theta[P.speak_leader_base + lane] + theta[P.speak_leader_share + lane] * push * g + seen * q + burst
                + frailty - theta[P.speak_leader_factor + lane] * fear * f - trap * d
            ) * (1.0 if voice < 1.5 else 0.0)  # fmt: skip
            rates[row + TWO + lane] = exp(theta[P.speak_silent_base + lane] + fear * f - push * g) * (
                1.0 if voice > 0.5 else 0.0
            )


def _inputs():
    chance = np.random.default_rng(3)
    theta = blocks(1)[0][0]
    sizes = (N * N_STATE, N * N_PASSING, N_WORLD)
    return *(chance.uniform(size=size * LANES) for size in sizes), theta


def bits_equal() -> bool:
    """Whether both give the same numbers."""
    one, other = np.zeros(N * 3 * LANES), np.zeros(N * 3 * LANES)
    split(*_inputs(), one)
    pasted(*_inputs(), other)
    return one.tobytes() == other.tobytes() and bool(one.any())


def calls() -> dict[str, Callable[[], object]]:
    """Both, compiled and ready to be timed."""
    given, rates = _inputs(), np.zeros(N * 3 * LANES)

    def often(form):
        form(*given, rates)
        return lambda: [form(*given, rates) for _ in range(ROUNDS)]

    return {"pasted": often(pasted), "split into files": often(split)}
