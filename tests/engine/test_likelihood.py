"""The weight of a conditioned run is unbiased: its mean is the probability of the record.

That probability is worked out a second time, from free runs that know nothing of the record (`record.py`). Both are
Monte Carlo figures: they must agree within SIGMAS joint standard errors.
"""

import math

import numpy as np
import pytest

from fronde.app.limits.row import SIGMAS
from fronde.app.limits.toy import Floats, actor_table, default, elite, everyone
from fronde.domain.jit import INTERPRETED
from fronde.domain.state import LEADER_EVENTS, Act
from fronde.engine.run import Ensemble
from fronde.engine.schedule import Inputs

from .record import (
    Record,
    awaited,
    chance_of_record,
    conditioned,
    free_runs,
    mean_and_error,
    nothing_before,
    weighted_runs,
)

pytestmark = pytest.mark.skipif(INTERPRETED, reason="tens of thousands of runs need compiled code")

RUNS = 100_000
CRACKDOWN, LIMIT = LEADER_EVENTS.index("crackdown"), LEADER_EVENTS.index("limit")
STEP = 7.0
ACTIVE = {  # much happens, much of it unreported, everything hangs together
    "speak_policy_base": -4.0, "speak_leader_base": -4.5, "speak_silent_base": -3.5, "resign_base": -4.2,
    "resign_rejoin_base": -3.0, "leave_base": -4.5, "leave_return_base": -3.0, "leader_dismiss_base": -5.0,
    "repression_critic": -2.5, "repression_rival": -5.5, "plot_base": -4.0, "plot_attempt_rate": 1.5,
    "leader_crackdown_base": -4.0, "leader_limit_base": -5.0, "leader_coopt_base": -3.5, "leader_purge_base": -3.0,
    "leader_declare_base": -5.0, "leader_mobilise_base": -5.0, "reporting_speak": 0.6, "reporting_resign": 0.7,
    "reporting_leave": 0.5, "reporting_refused": 0.3, "reporting_dismissed": 0.6, "speak_by_perceived": 6.0,
    "resign_by_perceived": 6.0, "perception_rate": 0.3, "grievance_mood_sd": 0.8, "refusal_base": -1.0,
}  # fmt: skip
CALMER = ACTIVE | {  # so that the long record of three actors still comes up in one free run of a thousand
    "speak_policy_base": -3.4, "speak_leader_base": -6.0, "resign_base": -3.2, "leave_base": -5.5,
    "leader_crackdown_base": -2.2, "leader_limit_base": -7.0, "leader_declare_base": -7.0, "leader_mobilise_base": -7.0,
    "leader_coopt_base": -4.5, "leader_purge_base": -4.5, "plot_attempt_rate": 0.8, "leader_dismiss_base": -7.0,
    "repression_critic": -3.5, "repression_rival": -7.0, "grievance_mood_sd": 0.5, "refusal_base": -3.0,
    "speak_by_fear": 0.5, "plot_base": -5.0, "reporting_speak": 0.8,
}  # fmt: skip
ONE, THREE = default(1, **ACTIVE)[0], default(1, **CALMER)[0]


def world_of(n: int, steps: int) -> Inputs:
    """n tied office holders with fortunes; every fortune is imposed, as in the observed period."""
    table = actor_table(
        n, wealth_start=1.0, foreign_share=0.5, state_lever=0.4, rank=np.linspace(0.3, 0.9, n), closeness=0.3,
        coercion=1.0 / n, position=np.linspace(-0.9, 0.2, n), salience=0.7, roots_abroad=0.5,
        visibility=np.linspace(0.4, 1.0, n),
    )  # fmt: skip
    ratio = np.exp(np.random.default_rng(4).normal(0.0, 0.1, (steps, n)))
    listed = (np.arange(steps)[:, None] >= 1) * np.ones((1, n))
    return elite(table, [STEP] * steps, groups=np.arange(n), pairs=everyone(n) if n > 1 else (), observed=steps,
                 ratio=ratio, listed=listed, front=np.full(steps, -1.0))  # fmt: skip


TRIO = "three actors, three acts and a crackdown"
RECORDS = {
    "one actor who leaves": (world_of(1, 3), ONE, Record({(1, 0): Act.LEAVE})),
    "one actor of whom nothing is heard": (world_of(1, 4), ONE, Record({})),
    "one actor who leaves and returns": (world_of(1, 3), ONE, Record({(0, 0): Act.LEAVE, (2, 0): Act.RETURN})),
    "one actor, a crackdown and a limit": (world_of(1, 3), ONE, Record({}, {0: CRACKDOWN, 2: LIMIT})),
    TRIO: (
        world_of(3, 2), THREE,
        Record({(0, 0): Act.SPEAK_POLICY, (1, 1): Act.RESIGN, (1, 2): Act.SPEAK_POLICY}, {1: CRACKDOWN}),
    ),
}  # fmt: skip


def agree(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two means lie within SIGMAS joint standard errors, both known to a tenth of themselves."""
    assert 0.0 < one[1] < 0.1 * one[0]
    assert 0.0 < other[1] < 0.1 * other[0]
    return abs(one[0] - other[0]) <= SIGMAS * math.hypot(one[1], other[1])


def weights_of(inputs: Inputs, theta: Floats) -> Floats:
    """exp of the summed log weights [R]."""
    return np.concatenate([np.exp(played.weight.sum(0)) for played in weighted_runs(inputs, theta, RUNS // 4)])


@pytest.fixture(scope="module")
def free() -> dict[str, tuple[Floats, ...]]:
    """Of free runs, by record: its chance, whether nothing unrecorded came before it, hidden acts, and record made."""
    found = {}
    for name, (inputs, theta, record) in RECORDS.items():
        parts = [
            (chance_of_record(inputs, record, played, theta), nothing_before(record, played.acts),
             acts_of(played), made(record, played))
            for played in free_runs(inputs, theta, RUNS)
        ]  # fmt: skip
        found[name] = tuple(np.concatenate(part) for part in zip(*parts, strict=True))
    return found


def acts_of(played: Ensemble) -> Floats:
    """Number of acts of each run [R]."""
    return (played.acts < len(Act)).sum((0, 1)).astype(np.float64)


def made(record: Record, played: Ensemble) -> Floats:
    """[R] 1.0 where the acts that the engine lets into the public record are exactly those of the record."""
    wanted = np.zeros(played.reported.shape[:3])
    for (step, actor), act in record.acts.items():
        wanted[step, act, actor] = 1.0
    return (played.reported == wanted[..., None]).all((0, 1, 2)).astype(np.float64)


@pytest.mark.parametrize("name", RECORDS)
def test_the_mean_weight_is_the_probability_of_the_record(free, name: str) -> None:
    inputs, theta, record = RECORDS[name]
    weights = weights_of(conditioned(inputs, record, pending=False), theta)
    assert agree(mean_and_error(free[name][0]), mean_and_error(weights))


@pytest.mark.parametrize("name", ["one actor who leaves", TRIO])
def test_with_pending_acts_it_is_that_of_the_record_and_of_nothing_unrecorded_before_it(free, name: str) -> None:
    """`pending` rules out that somebody on record did anything unrecorded before: a smaller event, weighted right."""
    inputs, theta, record = RECORDS[name]
    chance, blank = free[name][:2]
    weights = weights_of(conditioned(inputs, record, pending=True), theta)
    assert agree(mean_and_error(chance * blank), mean_and_error(weights))
    assert (chance * blank).mean() < chance.mean()


@pytest.mark.parametrize("name", ["one actor who leaves", TRIO])
def test_weighted_runs_hold_as_many_acts_as_the_free_runs_that_made_the_record(free, name: str) -> None:
    """Beyond its mean, the weight gives the right picture of what happened unreported."""
    inputs, theta, record = RECORDS[name]
    played = list(weighted_runs(conditioned(inputs, record, pending=False), theta, RUNS // 4))
    weighted = (np.concatenate([np.exp(part.weight.sum(0)) for part in played]),
                np.concatenate([acts_of(part) for part in played]))  # fmt: skip
    found = []
    for chance, number in ((free[name][0], free[name][2]), weighted):
        mean = float((chance * number).sum() / chance.sum())
        found.append((mean, float(np.sqrt((chance**2 * (number - mean) ** 2).sum()) / chance.sum())))
    assert agree(*found)
    assert found[0][0] > len(record.acts) + 0.05, "something should stay unreported, or the test says nothing"


@pytest.mark.parametrize("name", ["one actor who leaves", "one actor of whom nothing is heard"])
def test_the_engine_lets_free_acts_into_the_record_with_their_chance_of_detection(free, name: str) -> None:
    """Free runs whose own public record is the wanted one, against their chance worked by hand."""
    chance, _, _, record_made = free[name]
    made_and_possible = record_made * (chance > 0.0)  # the leader's options and attempts are judged in `chance` alone
    assert abs(made_and_possible.sum() - chance.sum()) <= SIGMAS * math.sqrt(chance.sum())
    assert chance.sum() > 100.0


def test_an_awaited_act_is_pending_in_every_step_before_it() -> None:
    act = np.full((4, 3), -1)
    act[2, 0], act[0, 1], act[3, 1] = Act.LEAVE, Act.RESIGN, Act.LEAVE
    assert awaited(act)[:, 0].tolist() == [1.0, 1.0, 0.0, 0.0]
    assert awaited(act)[:, 1].tolist() == [1.0, 1.0, 1.0, 0.0]
    assert awaited(act)[:, 2].tolist() == [0.0] * 4
