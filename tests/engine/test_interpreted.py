"""Compiled and interpreted code give the same bits, and one compiled signature serves every kind of input."""

import json
import os
import subprocess
import sys

import numba
import numpy as np
import pytest

from fronde.app.build import build
from fronde.app.limits.accounts import lively
from fronde.app.limits.hazards import mixed_elite
from fronde.app.limits.toy import actor_table, default, elite, numbers, play
from fronde.domain.jit import INTERPRETED
from fronde.domain.state import LANES, STRANDS, Act, LeaderEvent
from fronde.engine import schedule
from fronde.engine.layout import room
from fronde.engine.run import _empty
from fronde.scenario.case import load_case

from .record import Record, conditioned

pytestmark = pytest.mark.skipif(INTERPRETED, reason="compares compiled with interpreted code")

TINY = """
import hashlib, json
import numpy as np
from fronde.app.limits.toy import actor_table, default, elite, everyone, play
from fronde.domain.draws import normals, uniform
from fronde.domain.jit import INTERPRETED
from fronde.domain.params import to_values
from fronde.mechanisms.registry import PARAMS

n, steps = 3, 4
table = actor_table(n, wealth_start=[2.0, 0.0, 0.5], foreign_share=0.5, state_lever=0.4, rank=[0.0, 0.6, 0.9],
                    closeness=[0.1, 0.4, 0.8], coercion=[0.0, 0.0, 1.0], position=[-0.8, -0.2, 0.5], salience=0.7,
                    roots_abroad=0.5, visibility=[0.3, 0.6, 1.0])
report, index, ratio = np.full((2, n), -1), np.full((2, n), -1), np.full((2, n), np.inf)
report[0, 1], index[0, 1], ratio[0, 1] = 3, 0, 2.0
report[1, 0], index[1, 0] = 5, 1
pending = np.zeros((2, n))
pending[0, 0] = 1.0
option = np.full(steps, -1)
option[1], option[3] = 3, 1
focal = np.zeros((steps, 7))
focal[2:, 4] = 1.0
inputs = elite(table, [7.0, 3.5, 7.0, 7.0], groups=[0, 1, 1], pairs=everyone(n), observed=2, conditioned=2,
               reported_act=report, reported_index=index, reported_ratio=ratio, pending=pending, leader_option=option,
               ratio=np.full((2, n), 0.95), listed=np.array([[0.0, 0, 0], [1, 0, 1]]),
               market=np.array([-0.1, -0.2, 0, 0]), front=np.array([-1.0, -1.5, 0, 0]),
               sanctions=np.array([1.0, 1, 2, 2]), focal=focal)
theta = default(2, speak_policy_base=-3.0, leave_base=[-3.5, -4.0], resign_base=-3.0, leader_coopt_base=-3.0,
                plot_base=-4.0, plot_attempt_rate=2.0)
played = play(inputs, theta, with_acts=True)
parts = {part: hashlib.sha256(np.ascontiguousarray(getattr(played, part)).tobytes()).hexdigest()
         for part in played.__dataclass_fields__}
z = normals(1, 12, 0, np.arange(3, dtype=np.uint64), np.arange(len(PARAMS), dtype=np.uint64))
print(json.dumps({"parts": parts, "acts": int((played.acts < 12).sum()), "interpreted": INTERPRETED,
                  "normals": hashlib.sha256(z.tobytes()).hexdigest(), "uniform": uniform(1, 2, 3, 4, 5),
                  "values": to_values(PARAMS, z).tolist()}))
"""


def outside(interpreted: bool) -> dict:
    """What a fresh Python makes of the tiny case."""
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1" if interpreted else "0"}
    done = subprocess.run([sys.executable, "-c", TINY], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def both() -> tuple[dict, dict]:
    """The tiny case compiled, and interpreted."""
    return outside(False), outside(True)


def test_interpreted_code_gives_the_same_bits(both: tuple[dict, dict]) -> None:
    compiled, plain = both
    assert not compiled["interpreted"]
    assert plain["interpreted"]
    assert plain["parts"] == compiled["parts"]
    assert plain["acts"] == compiled["acts"] > 2


def test_interpreted_draws_are_the_same_and_parameter_values_agree_to_a_rounding(both: tuple[dict, dict]) -> None:
    """to_values calls the C library's erfc, which Python and numba need not round alike."""
    compiled, plain = both
    assert plain["normals"] == compiled["normals"]
    assert plain["uniform"] == compiled["uniform"]
    np.testing.assert_allclose(plain["values"], compiled["values"], rtol=1e-12)


def test_one_signature_of_the_kernel_serves_free_and_conditioned_runs_with_and_without_acts() -> None:
    record = conditioned(lively(), Record({(1, 3): Act.LEAVE}, {2: LeaderEvent.CRACKDOWN}), pending=True)
    for inputs in (mixed_elite(1.0), lively(), record, elite(actor_table(1), [7.0])):
        for acts in (False, True):
            play(inputs, default(3), with_acts=acts)
    schedule.simulate_block(*block_arguments(), 0, 2)
    assert len(schedule.simulate_block.signatures) == 1


def block_arguments() -> tuple:
    """Arguments of the kernel made by hand, as `simulate` makes them."""
    inputs = elite(actor_table(2), [7.0])
    columns = np.ascontiguousarray(default(LANES).T).ravel()
    chance = np.tile(numbers(LANES), STRANDS)
    return columns, chance, chance, inputs, _empty(inputs, 2, False), room(2)


def test_inputs_of_a_case_have_the_signature_of_the_toys() -> None:
    inputs, _ = build(load_case("valdria"))
    assert numba.typeof(inputs) == numba.typeof(mixed_elite(7.0))
