"""Waiting times: with one intercept alone survival is exp(-rate t); and steps of any length agree when all is on."""

import math
from collections.abc import Iterator

import numpy as np

from fronde.app.limits.row import SIGMAS, Row, chi_square_ratio, share
from fronde.app.limits.toy import Floats, actor_table, default, elite, play, quiet
from fronde.domain.state import ACTS, Act
from fronde.engine.schedule import Inputs
from fronde.mechanisms.registry import PARAMS

STEPS = (1.0, 7.0, 14.0)  # days
HORIZON = 84.0  # days, a multiple of every step
LOG_RATE = -4.0
RAISED = 1.2  # added to the log hazards of acts, so that runs hold acts enough to compare
DRIFT = 0.05  # part of a mean by which steps of 7 and 14 days may differ from 1 day: the state is frozen within a step
# Acts that answer an earlier act of the same person wait for the next step: half a step less to happen in, of half the
# horizon left on average, is dt / HORIZON of them lost.
ANSWERS = (Act.FALL_SILENT, Act.RETURN, Act.REJOIN, Act.PUNISHED)


def waiting() -> Iterator[Row]:
    """Criticism with one intercept: survival at two dates and the distribution of waiting times, for each step."""
    actors, runs, rate = 50, 400, math.exp(LOG_RATE)
    for dt in STEPS:
        steps = int(HORIZON / dt)
        played = play(elite(actor_table(actors), [dt] * steps), quiet(runs, speak_policy_base=LOG_RATE))
        spoken = played.counts[:, Act.SPEAK_POLICY].sum((1, 2)).astype(np.float64)
        silent = 1.0 - np.cumsum(spoken) / (actors * runs)
        for day in (28.0, HORIZON):
            name = f"one intercept alone: silent after {day:.0f} days, steps of {dt:.0f}"
            yield share(name, math.exp(-rate * day), float(silent[round(day / dt) - 1]), actors * runs)
        chance = np.append(np.exp(-rate * dt * np.arange(steps)) * -math.expm1(-rate * dt), math.exp(-rate * HORIZON))
        found = np.append(spoken, actors * runs - spoken.sum())
        expected = chance * actors * runs
        yield chi_square_ratio(
            f"waiting times are exponential, steps of {dt:.0f}: chi-square over freedom",
            float(((found - expected) ** 2 / expected).sum()), steps,
        )  # fmt: skip


def mixed_elite(dt: float) -> Inputs:
    """Forty unlike actors in four groups, three in ten pairs tied; HORIZON days in steps of dt, nothing observed."""
    n, chance = 40, np.random.default_rng(1)
    group = np.arange(n) % 4
    actors = actor_table(
        n, wealth_start=np.where(group < 2, chance.lognormal(0.0, 1.0, n), 0.02),
        foreign_share=chance.uniform(0.1, 0.7, n), state_lever=chance.uniform(0.2, 0.9, n),
        rank=np.where(group >= 2, chance.uniform(0.2, 1.0, n), 0.0), closeness=chance.beta(1.0, 4.0, n),
        coercion=np.where(group == 3, 4.0 / n, 0.0), position=np.where(group == 3, 0.4, -0.5),
        salience=chance.uniform(0.2, 0.8, n), roots_abroad=chance.uniform(0.0, 0.8, n),
        visibility=chance.uniform(0.2, 1.0, n),
    )  # fmt: skip
    tied = np.argwhere(chance.uniform(size=(n, n)) < 0.3)
    return elite(actors, [dt] * int(HORIZON / dt), groups=group, pairs=tied[tied[:, 0] != tied[:, 1]])


def step_lengths(runs: int = 2000) -> Iterator[Row]:
    """The whole model, acts made more frequent: mean number of acts of each kind, steps of 7 and 14 days against 1."""
    raised = {
        param.field: param.default + RAISED for param in PARAMS
        if param.unit == "ln(1/day)" and param.mechanism in ("speak", "resign", "leave", "plot", "repression")
    }  # fmt: skip
    totals = {dt: play(mixed_elite(dt), default(runs, **raised)).counts.sum((0, 2)).astype(np.float64) for dt in STEPS}
    base, error = _mean_and_error(totals[1.0])
    for dt in STEPS[1:]:
        mean, other = _mean_and_error(totals[dt])
        for act in Act:
            drift = DRIFT + (dt / HORIZON if act in ANSWERS else 0.0)
            bound = drift * base[act] + SIGMAS * math.hypot(error[act], other[act])
            name = f"acts a run, steps of {dt:.0f} days against 1: {ACTS[act].replace('_', ' ')}"
            yield Row(name, float(base[act]), float(mean[act]), float(bound))


def _mean_and_error(totals: Floats) -> tuple[Floats, Floats]:
    """Mean over runs and its standard error, of [act, R]."""
    return totals.mean(1), totals.std(1) / math.sqrt(totals.shape[1])
