"""A mechanism that draws, added to the model, moves no draw of the others: with plain Python every draw can be watched.

The newcomer takes the next free decision and draws for the regime and for every actor in every step, before all others.
Once in vain, once with consequences: it blows on the shock, and so moves every hazard of voice and exit.
"""

import json
import os
import subprocess
import sys

import pytest

from fronde.domain.jit import INTERPRETED

pytestmark = pytest.mark.skipif(INTERPRETED, reason="starts plain Python itself")

WATCHED = """
import hashlib, json
import numpy as np
from fronde.app.limits.accounts import LIVELY
from fronde.app.limits.toy import actor_table, default, elite, everyone, play
from fronde.domain import draws
from fronde.engine import actors, acts, regime, schedule
from fronde.engine.layout import W

FREE = np.uint64(max(decision for decision in draws.Decision if decision < draws.Decision.ATTRIBUTE) // 2 + 1)
plain, arriving = draws.uniform_pair, regime.exogenous
table = actor_table(3, wealth_start=[2.0, 0.0, 0.5], rank=[0.0, 0.6, 0.9], coercion=[0.0, 0.0, 1.0], salience=0.7)
inputs = elite(table, [7.0] * 4, pairs=everyone(3))

def watched(seen):
    def uniform_pair(seed, pair, replicate, step, entity):
        found = plain(seed, pair, replicate, step, entity)
        key = f"{pair} {replicate} {step} {entity}"
        assert seen.setdefault(key, found) == found, "one key, two draws"
        return found
    return uniform_pair

def newcomer(effect):
    step = [0]
    def exogenous(world, *rest):
        for entity in (regime.TOP, *inputs.entities):
            for lane in range(2):
                u, _ = draws.uniform_pair(inputs.seed, FREE, np.uint64(lane), np.uint64(step[0]), entity)
        step[0] += 1
        arriving(world, *rest)
        for lane in range(schedule.LANES):
            world[W.shock + np.uint64(lane)] *= 1.0 + effect * u
    return exogenous

def run(mechanism):
    seen = {}
    for module in (draws, actors, acts, regime, schedule):
        if hasattr(module, "uniform_pair"):
            module.uniform_pair = watched(seen)
    regime.exogenous = mechanism
    played = play(inputs, default(2, **LIVELY | {"speak_policy_base": -2.0, "frailty_sd": 0.1}), with_acts=True)
    parts = [np.ascontiguousarray(getattr(played, part)).tobytes() for part in played.__dataclass_fields__]
    return {"draws": seen, "hash": hashlib.sha256(b"".join(parts)).hexdigest(), "acts": int((played.acts < 12).sum())}

print(json.dumps({"free": int(FREE), "without": run(arriving), "idle": run(newcomer(0.0)), "busy": run(newcomer(4.0))}))
"""


@pytest.fixture(scope="module")
def runs() -> dict:
    """The same small elite without the newcomer, with one that draws in vain, and with one that matters."""
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run([sys.executable, "-c", WATCHED], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def others(runs: dict, name: str) -> dict:
    """Draws by key but for those of the newcomer."""
    return {key: drawn for key, drawn in runs[name]["draws"].items() if int(key.split()[0]) != runs["free"]}


def test_a_newcomer_that_draws_in_vain_leaves_every_bit_as_it_was(runs: dict) -> None:
    assert runs["without"]["acts"] > 3
    assert others(runs, "without") == runs["without"]["draws"]
    assert (
        len(runs["idle"]["draws"]) - len(others(runs, "idle")) == 4 * 2 * 4
    )  # steps, runs, the regime and three actors
    assert others(runs, "idle") == others(runs, "without")
    assert runs["idle"]["hash"] == runs["without"]["hash"]


def test_a_newcomer_that_matters_changes_what_happens_and_no_draw(runs: dict) -> None:
    """Which draws are asked for may change with what happens (whether an act gets known); none has another value."""
    before, after = others(runs, "without"), others(runs, "busy")
    assert runs["busy"]["hash"] != runs["without"]["hash"]
    shared = before.keys() & after.keys()
    assert len(shared) > 0.9 * len(before)
    assert {key: before[key] for key in shared} == {key: after[key] for key in shared}
