"""Fronde's own forecasts of the cases of history, each leaning on what the other cases taught.

A case's whole record gives one posterior, on its own (`teach`). A forecast in a case (`forecast`) takes the prior that
the other cases' posteriors make (`app.pooling.lean`), conditions on the case's record up to the moment, and continues
those histories. Parameters that a case.yaml overrides are the case's own effects and are not passed on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fronde.app.build import build
from fronde.app.calibrate import Posterior, Problem, calibrate, prepare
from fronde.app.forecast import FIRST_FUTURE
from fronde.app.history.baselines import Traits
from fronde.app.history.moments import ENDS, Moment
from fronde.app.pooling import lean
from fronde.domain.params import to_values
from fronde.domain.state import Act
from fronde.engine.run import simulate
from fronde.evidence.pack import read_pack
from fronde.inference.pooling import Lesson
from fronde.inference.smc import Settings
from fronde.scenario.case import Case, load_case

Floats = NDArray[np.float64]
RESIGN = int(Act.RESIGN)


@dataclass(frozen=True, eq=False)
class Outlook:
    """counts [run, horizon] departures; chance [N] that each goes within the longest horizon; z [N, K] particles."""

    counts: Floats
    chance: Floats
    posterior: Posterior


def open_at(name: str, as_of: date, hour: str | None, horizon: int) -> Problem:
    """A case as known at a day and hour, ready for inference."""
    case = load_case(name, as_of, horizon=horizon, time=hour)
    pack = read_pack(case.folder / "evidence", case.spec.as_of, case.spec.as_of_time)
    return prepare(case, pack, threads=1)


def settings_of(particles: int) -> Settings:
    """Size of each of the many small calibrations."""
    return Settings(particles=particles, moves=4, final_moves=8)


def teach(name: str, particles: int) -> tuple[Lesson, Problem, Posterior]:
    """Posterior of a case from its whole record, on its own: mean and variance of z."""
    problem = open_at(name, date.fromisoformat(ENDS[name][0]), None, 7)
    posterior = calibrate(problem, settings_of(particles), threads=1)
    z = posterior.z
    lines = max(2, np.unique(posterior.ancestors).size)
    # few lines of descent narrow a cloud of particles: the variance is corrected, the mean is left
    variance = np.minimum(z.var(axis=0) * lines / (lines - 1), 1.0)
    error = 3.0 / np.sqrt(min(len(z), 2 * lines))
    informed = (np.abs(z.mean(axis=0)) > error) | (z.var(axis=0) < 1.0 - np.sqrt(2.0) * error)
    shared = np.array([param.source != "case" and param.scope == "common" for param in problem.params])
    says = informed & shared
    return Lesson(np.where(says, z.mean(axis=0), np.nan), np.where(says, variance, np.nan), 1.0), problem, posterior


def whole_days(days: float) -> int:
    """Horizon in whole days that reaches at least so far."""
    return max(1, int(np.ceil(days - 1e-9)))


def forecast(name: str, moment: Moment, lessons: Sequence[Lesson], particles: int, futures: int) -> Outlook:
    """Departures after a moment, as expected from the case's record so far and the other cases."""
    longest = whole_days(moment.horizons[-1])
    step = load_case(name).spec.step
    horizon = longest if step < 1 else int(-(-longest // step) * step)
    problem = open_at(name, moment.as_of, moment.hour, horizon)
    problem = replace(problem, params=lean(problem.params, lessons))
    posterior = calibrate(problem, settings_of(particles), threads=1)
    inputs, _ = build(problem.case, problem.reports, problem.record)
    theta = np.repeat(to_values(problem.params, posterior.z), futures, axis=0)
    histories = np.repeat(posterior.replicates, futures, axis=0)
    branches = np.arange(FIRST_FUTURE, FIRST_FUTURE + len(theta), dtype=np.uint64)
    ensemble = simulate(inputs, theta, histories, branches, threads=1, with_acts=True)
    grid = problem.case.grid
    went = ensemble.acts[grid.n_observed :] == RESIGN  # [T, N, run]
    after = grid.times[grid.n_observed + 1 :] - grid.times[grid.n_observed]
    counts = np.stack([went[after <= span + 1e-9].any(axis=0).sum(axis=0) for span in moment.horizons], axis=1)
    return Outlook(
        counts.astype(np.float64), went[after <= moment.horizons[-1] + 1e-9].any(axis=0).mean(axis=1), posterior
    )


def traits(case: Case) -> Traits:
    """What the survival regression may know: published or assumed rank, and published ties, row-normalised."""
    elite = case.elite
    ties = np.zeros((elite.size, elite.size))
    for i in range(elite.size):
        rows = slice(elite.tie_indptr[i], elite.tie_indptr[i + 1])
        kept = elite.tie_published[rows]
        ties[i, elite.tie_indices[rows][kept]] = elite.tie_weight[rows][kept]
    total = ties.sum(axis=1, keepdims=True)
    return Traits(
        np.asarray(elite.rank, dtype=np.float64), np.divide(ties, total, out=np.zeros_like(ties), where=total > 0)
    )
