"""Ensembles without a question: what the prior alone expects, or how the posterior goes on."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app.build import build
from fronde.app.calibrate import Posterior, case_params, prior_z
from fronde.app.forecast import continued
from fronde.app.netcdf import Group, parameters, predictive
from fronde.app.opening import Opened
from fronde.app.work import Calibrated, Session, warm_up
from fronde.domain.params import to_values
from fronde.domain.state import ACTS, LEADER_EVENTS
from fronde.engine.run import Ensemble, simulate
from fronde.forecast.counts import SHOWN_ACTS, future
from fronde.forecast.probability import LEVELS
from fronde.scenario.case import Case


def from_prior(opened: Opened, variant: str | None, runs: int, session: Session) -> tuple[Ensemble, dict[str, Group]]:
    """Parameters from the prior, nobody's acts imposed; fortunes and the front follow their published paths."""
    warm_up(opened, session)
    inputs, _ = build(opened.case, variant=variant, conditioned=False)
    params = case_params(opened.case)
    z, replicates = prior_z(opened.case.spec.seed, runs)
    values = to_values(params, z)
    ensemble = simulate(
        inputs, values, replicates, threads=session.threads, progress=lambda *n: session.progress("simulating", *n)
    )
    return ensemble, {"prior": parameters(params, values), "prior_predictive": predictive(opened.case, ensemble)}


def thinned(posterior: Posterior, runs: int) -> tuple[Posterior, int]:
    """Particles spread evenly over the posterior, and futures of each, for at least `runs` runs."""
    total = posterior.z.shape[0]
    futures = -(-runs // total)
    chosen = np.linspace(0, total, -(-runs // futures), endpoint=False).astype(np.int64)
    names = ("z", "replicates", "loglik", "ancestors")
    return replace(posterior, **{name: getattr(posterior, name)[chosen] for name in names}), futures


def from_posterior(
    made: Calibrated, variant: str | None, runs: int, session: Session
) -> tuple[Ensemble, dict[str, Group]]:
    """Histories that fit the record, each continued with a chance of its own."""
    problem = made.problem
    posterior, futures = thinned(made.posterior, runs)
    ensemble = continued(
        problem, posterior, futures, variant, session.threads, lambda *n: session.progress("simulating", *n)
    )
    values = to_values(problem.params, posterior.z)
    groups = {"posterior": parameters(problem.params, values)}
    return ensemble, {**groups, "posterior_predictive": predictive(problem.case, ensemble, futures)}


def counts_table(case: Case, ensemble: Ensemble) -> list[dict[str, Any]]:
    """Acts by the end of the horizon, in the record and in fact, by group and for all."""
    reported, actual = future(ensemble.reported, case.grid)[-1], future(ensemble.counts, case.grid)[-1]
    rows = []
    for act in SHOWN_ACTS:
        for name in (*case.elite.groups, "all"):
            here = list(range(len(case.elite.groups))) if name == "all" else [case.elite.groups.index(name)]
            values, happened = (found[ACTS.index(act), here].sum(axis=0) for found in (reported, actual))
            quantiles = np.quantile(values, LEVELS, method="inverted_cdf")
            rows.append(
                {
                    "group": name,
                    "act": act,
                    "by": case.grid.labels[-1],
                    "mean": float(values.mean()),
                    "quantiles": {f"{level:g}": int(q) for level, q in zip(LEVELS, quantiles, strict=True)},
                    "mean_actual": float(happened.mean()),
                }
            )
    return rows


def document_of(
    case: Case, ensemble: Ensemble, run: str, source: str, variant: str | None, assigned: dict[str, float]
) -> dict[str, Any]:
    """`simulation.json`."""
    leader = np.isfinite(ensemble.events).mean(axis=1)
    return document_from(
        case, counts_table(case, ensemble), leader, ensemble.events.shape[1], run, source, variant, assigned
    )


def document_from(
    case: Case,
    counts: list[dict[str, Any]],
    leader: NDArray[np.float64],
    runs: int,
    run: str,
    source: str,
    variant: str | None,
    assigned: dict[str, float],
) -> dict[str, Any]:
    """`simulation.json` from its parts; leader: share of runs [leader event]."""
    return {
        "case": case.name,
        "as_of": case.spec.moment,
        "horizon_days": case.spec.horizon,
        "run": run,
        "source": source,
        "variant": variant,
        "runs": int(runs),
        "set": assigned,
        "counts": counts,
        "leader": [{"event": name, "p": float(p)} for name, p in zip(LEADER_EVENTS, leader, strict=True)],
    }
