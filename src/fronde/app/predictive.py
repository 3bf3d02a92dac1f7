"""Posterior predictive checks: would histories like this one come out again? (gelman1996)

Parameters from the posterior, chance drawn anew, nobody's acts imposed: counts, timing and order by group of what gets
on record, surveys, and fortunes. Fortunes are imposed up to as_of elsewhere, so here a second set of runs lets them go
freely from the onset. Each row has the two-sided mid-p of what was observed.
"""

from typing import Any

import numpy as np

from fronde.app.build import build
from fronde.app.calibrate import Posterior, Problem
from fronde.app.likelihood import WORLD_STATES, window
from fronde.app.prior_check import place, predictive_row, predictive_rows
from fronde.domain.draws import Decision, normals
from fronde.domain.params import to_values
from fronde.engine.run import simulate
from fronde.evidence.priors import prior

FIRST_AGAIN = 7 << 28  # replicate numbers of histories drawn anew


def posterior_rows(problem: Problem, posterior: Posterior, threads: int | None = None) -> list[dict[str, Any]]:
    """Every statistic of the record against posterior histories drawn anew."""
    case, n = problem.case, problem.case.grid.n_observed
    values = to_values(problem.params, posterior.z)
    numbers = np.arange(FIRST_AGAIN, FIRST_AGAIN + values.shape[0], dtype=np.uint64)
    inputs, _ = build(case, conditioned=False, steps=n)
    again = simulate(inputs, values, numbers, threads=threads)
    rows = predictive_rows(problem, again, "posterior")
    polls = [poll for poll in problem.pack.polls if poll.field_end > case.grid.start and poll.answer == "support"]
    if polls:
        heard = np.array(
            [
                again.series[slice(*window(case.grid, poll.field_start, poll.field_end)), WORLD_STATES.index("poll")]
                .mean(axis=0)
                .astype(np.float64)
                for poll in polls
            ]
        )
        noise = np.array([_house_error(heard[k], k, numbers) for k in range(len(polls))])
        shares = np.array([poll.share for poll in polls])
        rows.append(_compared("mean share of support in surveys", float(shares.mean()), noise.mean(axis=0)))
        rows.append(_compared("spread of surveys, sd", float(shares.std()), noise.std(axis=0)))
    if case.paths.has_market:
        loose = simulate(inputs._replace(n_observed=0, n_conditioned=0), values, numbers, threads=threads)
        end = loose.series[n - 1, WORLD_STATES.index("market")].astype(np.float64)
        rows.append(_compared("ln of total fortunes at as_of, against the onset", float(case.paths.market[-1]), end))
    return rows


def _house_error(heard: Any, index: int, numbers: Any) -> Any:
    """A survey's answers: normal with the sd of the beta-binomial's house error, sqrt(m (1 - m) / (kappa + 1))."""
    z = normals(0, Decision.POLL, index, numbers, np.zeros(1, dtype=np.uint64))[:, 0]
    return heard + z * np.sqrt(heard * (1.0 - heard) / (prior("poll.concentration") + 1.0))


def _compared(name: str, observed: float, simulated: Any) -> dict[str, Any]:
    return predictive_row(name, observed, *place(observed, simulated), "posterior")
