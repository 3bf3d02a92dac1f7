"""The weight of a conditioned run is unbiased: its mean is the probability of the record.

That probability is worked out a second time, from free runs that know nothing of the record (`record.py`). Both are
Monte Carlo figures: they must agree within SIGMAS joint standard errors.
"""

import math

import numpy as np
import pytest

from fronde.app.limits.row import SIGMAS
from fronde.app.limits.toy import actor_table, default, elite, everyone
from fronde.domain.jit import INTERPRETED
from fronde.domain.state import LEADER_EVENTS, Act
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

RUNS = 60_000
CRACKDOWN, LIMIT = LEADER_EVENTS.index("crackdown"), LEADER_EVENTS.index("limit")
STEP = 7.0
ACTIVE = default(  # much happens, much of it unreported, everything hangs together
    1, speak_policy_base=-4.0, speak_leader_base=-4.5, speak_silent_base=-3.5, resign_base=-4.2, resign_rejoin_base=-3.0,
    leave_base=-4.5, leave_return_base=-3.0, leader_dismiss_base=-5.0, repression_critic=-2.5, repression_rival=-5.5,
    plot_base=-4.0, plot_attempt_rate=1.5, leader_crackdown_base=-4.0, leader_limit_base=-5.0, leader_coopt_base=-3.5,
    leader_purge_base=-3.0, leader_declare_base=-5.0, leader_mobilise_base=-5.0, reporting_speak=0.6,
    reporting_resign=0.7, reporting_leave=0.5, reporting_refused=0.3, reporting_dismissed=0.6, speak_by_perceived=6.0,
    resign_by_perceived=6.0, perception_rate=0.3, grievance_mood_sd=0.8, refusal_base=-1.0,
)[0]  # fmt: skip


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


RECORDS = {
    "one actor who leaves": (world_of(1, 3), Record({(1, 0): Act.LEAVE})),
    "one actor of whom nothing is heard": (world_of(1, 4), Record({})),
    "one actor who leaves and returns": (world_of(1, 4), Record({(0, 0): Act.LEAVE, (2, 0): Act.RETURN})),
    "one actor, a crackdown and a limit": (world_of(1, 3), Record({}, {0: CRACKDOWN, 2: LIMIT})),
    "three actors, three acts and a crackdown": (
        world_of(3, 3),
        Record({(0, 0): Act.SPEAK_POLICY, (1, 1): Act.RESIGN, (2, 0): Act.LEAVE}, {1: CRACKDOWN}),
    ),
}


def agree(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two means lie within SIGMAS joint standard errors, both known to a tenth of themselves."""
    assert max(one[1] / one[0], other[1] / other[0]) < 0.1
    return abs(one[0] - other[0]) <= SIGMAS * math.hypot(one[1], other[1])


def weights_of(inputs: Inputs, runs: int = RUNS // 2) -> np.ndarray:
    """exp of the summed log weights [R]."""
    return np.concatenate([np.exp(played.weight.sum(0)) for played in weighted_runs(inputs, ACTIVE, runs)])


@pytest.mark.parametrize("name", RECORDS)
def test_the_mean_weight_is_the_probability_of_the_record(name: str) -> None:
    inputs, record = RECORDS[name]
    free = np.concatenate([chance_of_record(inputs, record, played, ACTIVE) for played in free_runs(inputs, ACTIVE, RUNS)])
    assert agree(mean_and_error(free), mean_and_error(weights_of(conditioned(inputs, record, pending=False))))


@pytest.mark.parametrize("name", ["one actor who leaves", "three actors, three acts and a crackdown"])
def test_with_pending_acts_it_is_that_of_the_record_and_of_nothing_unrecorded_before_it(name: str) -> None:
    """`pending` rules out that somebody on record did anything unrecorded before: a smaller event, weighted right."""
    inputs, record = RECORDS[name]
    both = [
        (chance := chance_of_record(inputs, record, played, ACTIVE), chance * nothing_before(record, played.acts))
        for played in free_runs(inputs, ACTIVE, RUNS)
    ]
    whole, blank = (np.concatenate(part) for part in zip(*both, strict=True))
    assert agree(mean_and_error(blank), mean_and_error(weights_of(conditioned(inputs, record, pending=True))))
    assert blank.mean() <= whole.mean()


def test_weighted_runs_hold_as_many_hidden_acts_as_free_runs_that_made_the_record() -> None:
    """Beyond its mean, the weight gives the right picture of what stayed unreported."""
    inputs, record = RECORDS["three actors, three acts and a crackdown"]
    free = [(chance_of_record(inputs, record, played, ACTIVE), (played.acts < len(Act)).sum((0, 1)))
            for played in free_runs(inputs, ACTIVE, RUNS)]  # fmt: skip
    weighted = [(np.exp(played.weight.sum(0)), (played.acts < len(Act)).sum((0, 1)))
                for played in weighted_runs(conditioned(inputs, record, pending=False), ACTIVE, RUNS // 2)]  # fmt: skip
    found = []
    for parts in (free, weighted):
        chance, acts = (np.concatenate(part) for part in zip(*parts, strict=True))
        mean = (chance * acts).sum() / chance.sum()
        found.append((mean, float(np.sqrt((chance**2 * (acts - mean) ** 2).sum()) / chance.sum())))
    assert found[0][0] > len(record.acts)
    assert agree(*found)


def test_the_engine_reports_free_acts_with_their_chance_of_detection() -> None:
    """With an actor a group, `reported` is the record a free run makes: it must thin as `record.py` thins by hand."""
    inputs, record = RECORDS["three actors, three acts and a crackdown"]
    made, expected, size = 0, 0.0, 0
    for played in free_runs(inputs, ACTIVE, RUNS):
        wanted = np.zeros(played.reported.shape[:3])
        for (step, actor), act in record.acts.items():
            wanted[step, act, actor] = 1.0
        matched = (played.reported == wanted[..., None]).all((0, 1, 2))
        chance = chance_of_record(inputs, record, played, ACTIVE)
        made += int((matched & (chance > 0.0)).sum())
        expected += float(chance.sum())
        size += chance.size
        assert (played.reported <= played.counts).all()
    assert abs(made - expected) <= SIGMAS * math.sqrt(expected)
    assert expected > 50.0


def test_an_awaited_act_is_pending_in_every_step_before_it() -> None:
    act = np.full((4, 3), -1)
    act[2, 0], act[0, 1], act[3, 1] = Act.LEAVE, Act.RESIGN, Act.LEAVE
    assert awaited(act)[:, 0].tolist() == [1.0, 1.0, 0.0, 0.0]
    assert awaited(act)[:, 1].tolist() == [1.0, 1.0, 1.0, 0.0]
    assert awaited(act)[:, 2].tolist() == [0.0] * 4
