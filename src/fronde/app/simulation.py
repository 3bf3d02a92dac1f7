"""Ensembles without a question: what the prior alone expects, or how the posterior goes on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app.build import build
from fronde.app.calibrate import PRIOR_REPLICATES, Posterior, case_params
from fronde.app.forecast import continued
from fronde.app.netcdf import Group, parameters, predictive
from fronde.app.opening import Opened
from fronde.app.totals import Totals, counts_table
from fronde.app.work import Calibrated, Session, warm_up
from fronde.domain.draws import Decision, normals
from fronde.domain.params import Param, to_values
from fronde.domain.state import LEADER_EVENTS
from fronde.engine.run import Ensemble, Progress, simulate
from fronde.scenario.case import Case

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Source:
    """Runs by number, [first, last) at a time, and the parameters of draws by number; `futures` runs to a draw."""

    name: str
    case: Case
    params: tuple[Param, ...]
    runs: int
    futures: int
    play: Callable[[int, int, Progress | None], Ensemble]
    values: Callable[[int, int], Floats]

    def draws(self, runs: int) -> int:
        """How many draws the first so many runs begin."""
        return -(-runs // self.futures)

    def groups(self, ensemble: Ensemble, first: int, last: int) -> dict[str, Group]:
        """What is kept of runs [first, last), the first of the ensemble: the first future of each draw."""
        values = self.values(self.draws(first), self.draws(last))
        chosen = slice(-first % self.futures, last - first, self.futures)
        return {
            self.name: parameters(self.params, values),
            f"{self.name}_predictive": predictive(self.case, ensemble, chosen),
        }


def of_prior(opened: Opened, variant: str | None, runs: int, session: Session) -> Source:
    """Parameters from the prior, nobody's acts imposed; fortunes and the front follow their published paths."""
    warm_up(opened, session)
    inputs, _ = build(opened.case, variant=variant, conditioned=False)
    params = case_params(opened.case)

    def values(first: int, last: int) -> Floats:
        columns = np.arange(len(params), dtype=np.uint64)
        return to_values(params, normals(opened.case.spec.seed, Decision.PRIOR, 0, _numbers(first, last), columns))

    def play(first: int, last: int, progress: Progress | None = None) -> Ensemble:
        numbers = _numbers(first, last)
        return simulate(inputs, values(first, last), numbers, threads=session.threads, progress=progress)

    return Source("prior", opened.case, params, runs, 1, play, values)


def _numbers(first: int, last: int) -> NDArray[np.uint64]:
    return np.arange(PRIOR_REPLICATES + first, PRIOR_REPLICATES + last, dtype=np.uint64)


def of_posterior(made: Calibrated, variant: str | None, runs: int, session: Session) -> Source:
    """Histories that fit the record, each continued with a chance of its own; at least so many runs."""
    problem = made.problem
    posterior, futures = thinned(made.posterior, runs)

    def values(first: int, last: int) -> Floats:
        return to_values(problem.params, posterior.z[first:last])

    def play(first: int, last: int, progress: Progress | None = None) -> Ensemble:
        return continued(problem, posterior, futures, variant, session.threads, progress, (first, last))

    return Source("posterior", problem.case, problem.params, posterior.z.shape[0] * futures, futures, play, values)


def thinned(posterior: Posterior, runs: int) -> tuple[Posterior, int]:
    """Particles spread evenly over the posterior, and futures of each, for at least `runs` runs."""
    total = posterior.z.shape[0]
    futures = -(-runs // total)
    chosen = np.linspace(0, total, -(-runs // futures), endpoint=False).astype(np.int64)
    names = ("z", "replicates", "loglik", "ancestors")
    return replace(posterior, **{name: getattr(posterior, name)[chosen] for name in names}), futures


def document_of(
    source: Source, totals: Totals, run: str, variant: str | None, assigned: Mapping[str, float]
) -> dict[str, Any]:
    """`simulation.json`."""
    case, leader = source.case, totals.events / totals.runs
    return {
        "case": case.name,
        "as_of": case.spec.moment,
        "horizon_days": case.spec.horizon,
        "run": run,
        "source": source.name,
        "variant": variant,
        "runs": totals.runs,
        "set": dict(assigned),
        "counts": counts_table(case, totals),
        "leader": [{"event": name, "p": float(p)} for name, p in zip(LEADER_EVENTS, leader, strict=True)],
    }
