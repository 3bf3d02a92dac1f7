"""Ensembles of any size in bounded memory: portions of runs, sums over all of them, trajectories of the first few.

A run depends on its own number alone, so the sums do not know that there were portions, and the first runs of a large
ensemble are those of a small one. After each portion the sums are on disk, whole: a run that is killed goes on there.
"""

import io
import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app.build import build
from fronde.app.calibrate import PRIOR_REPLICATES, case_params
from fronde.app.forecast import continued
from fronde.app.netcdf import Group, Variable, parameters, predictive
from fronde.app.opening import Opened
from fronde.app.particles import UNREADABLE
from fronde.app.simulation import thinned
from fronde.app.store import Writer, write_file
from fronde.app.work import Calibrated, Session, warm_up
from fronde.domain.draws import Decision, normals
from fronde.domain.params import to_values
from fronde.domain.state import ACTS, LEADER_EVENTS, WORLD_FIELDS
from fronde.engine.run import Ensemble, simulate
from fronde.forecast.counts import SHOWN_ACTS, future
from fronde.forecast.probability import LEVELS
from fronde.scenario.case import Case
from fronde.scenario.series import Grid

PORTION = 2048  # runs at a time: some 60 MB of the flagship
TOTALS = "totals.npz"
Counts = NDArray[np.int64]
Runs = Callable[[int, int], Ensemble]  # runs [first, last) of the ensemble


@dataclass(frozen=True)
class Totals:
    """What is kept of all runs; its size does not depend on their number.

    reported, actual  int64 [act, group and all, k]  runs with k such acts by the end of the horizon
    events  int64 [leader event]                     runs in which it happened
    sums, squares  float64 [T, world field]          over runs, at the end of each step
    """

    runs: int
    reported: Counts
    actual: Counts
    events: Counts
    sums: NDArray[np.float64]
    squares: NDArray[np.float64]


def none(case: Case) -> Totals:
    """Of no runs."""
    steps, rows = len(case.grid.edges) - 1, (len(ACTS), len(case.elite.groups) + 1, 1)
    empty = np.zeros((steps, len(WORLD_FIELDS)))
    return Totals(0, np.zeros(rows, np.int64), np.zeros(rows, np.int64), np.zeros(len(LEADER_EVENTS), np.int64), empty,
                  empty.copy())  # fmt: skip


def added(totals: Totals, ensemble: Ensemble, grid: Grid) -> Totals:
    """With the runs of an ensemble."""
    series = ensemble.series.astype(np.float64)
    return Totals(
        totals.runs + ensemble.events.shape[1],
        _tallied(totals.reported, future(ensemble.reported, grid)[-1]),
        _tallied(totals.actual, future(ensemble.counts, grid)[-1]),
        totals.events + np.isfinite(ensemble.events).sum(axis=1),
        totals.sums + series.sum(axis=2),
        totals.squares + np.square(series).sum(axis=2),
    )


def _tallied(before: Counts, acts: NDArray[Any]) -> Counts:
    """`before` [act, group and all, k] with the numbers of acts [act, group, R]."""
    values = np.concatenate([acts, acts.sum(axis=1, keepdims=True)], axis=1).astype(np.int64)
    found = np.zeros((*values.shape[:2], max(before.shape[2], int(values.max()) + 1)), dtype=np.int64)
    found[..., : before.shape[2]] = before
    for place in np.ndindex(values.shape[:2]):
        happened = np.bincount(values[place])
        found[place][: happened.size] += happened
    return found


def quantiles(tally: Counts) -> dict[str, int]:
    """Quantiles of the numbers behind a tally [k], as np.quantile(..., method="inverted_cdf") of the numbers."""
    runs, cumulated = int(tally.sum()), np.cumsum(tally)
    ranks = {f"{level:g}": max(0, math.ceil(runs * level - 1.0)) for level in LEVELS}
    return {name: int(np.searchsorted(cumulated, rank, side="right")) for name, rank in ranks.items()}


def counts_table(case: Case, totals: Totals) -> list[dict[str, Any]]:
    """As `simulation.counts_table`."""
    rows = []
    for act in SHOWN_ACTS:
        for g, name in enumerate((*case.elite.groups, "all")):
            reported, actual = (tally[ACTS.index(act), g] for tally in (totals.reported, totals.actual))
            means = [float((tally * np.arange(tally.size)).sum() / totals.runs) for tally in (reported, actual)]
            rows.append({"group": name, "act": act, "by": case.grid.labels[-1], "mean": means[0],
                         "quantiles": quantiles(reported), "mean_actual": means[1]})  # fmt: skip
    return rows


def summary_group(case: Case, totals: Totals) -> Group:
    """Totals for results.nc."""
    mean = totals.sums / totals.runs
    spread = np.sqrt(np.maximum(totals.squares / totals.runs - mean**2, 0.0))
    days = case.grid.times[1:].astype(np.int32)
    since = {"units": f"days since {case.grid.start.isoformat()}", "calendar": "proleptic_gregorian"}
    acts = ("act", "group", "number")
    found: Group = {
        "time": Variable(("time",), days, {**since, "long_name": "end of the step"}),
        "act": Variable(("act",), list(ACTS), {"long_name": "what an actor does"}),
        "group": Variable(("group",), [*case.elite.groups, "all"], {"long_name": "group of the elite"}),
        "event": Variable(("event",), list(LEADER_EVENTS), {"long_name": "what the leader does or suffers"}),
        "happened": Variable(("event",), totals.events, {"unit": "runs", "long_name": "runs in which it happened"}),
    }
    width = max(totals.reported.shape[2], totals.actual.shape[2])
    for name, tally in (("acts_reported", totals.reported), ("acts", totals.actual)):
        padded = np.zeros((*tally.shape[:2], width), dtype=np.int64)
        padded[..., : tally.shape[2]] = tally
        found[name] = Variable(acts, padded, {"unit": "runs", "long_name": "runs with this number of acts by the end"})
    for k, (name, unit) in enumerate(WORLD_FIELDS.items()):
        found[f"mean.{name}"] = Variable(("time",), mean[:, k], {"unit": unit, "long_name": f"mean of {name}"})
        found[f"sd.{name}"] = Variable(("time",), spread[:, k], {"unit": unit, "long_name": f"sd of {name}"})
    return found


def summed(writer: Writer, case: Case, runs: int, play: Runs, session: Session) -> Totals:
    """Totals of all runs, portion by portion, from where an interrupted run of the same kind stopped."""
    path, key = writer.folder / TOTALS, str(writer.manifest["run"])
    totals = (None if session.fresh else _load(path, key, session)) or none(case)
    while totals.runs < runs:
        last = min(runs, totals.runs + PORTION)
        totals = added(totals, play(totals.runs, last), case.grid)
        _save(path, key, totals)
        session.progress("simulating", totals.runs, runs)
    return totals


def _save(path: Path, key: str, totals: Totals) -> None:
    stream = io.BytesIO()
    np.savez(stream, label=np.array(json.dumps({"run": key})), **asdict(totals))
    write_file(path, stream.getvalue())


def _load(path: Path, key: str, session: Session) -> Totals | None:
    if not path.is_file():
        return None
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as found:
            if json.loads(str(found["label"]))["run"] != key:
                raise ValueError("it belongs to another run")
            arrays: dict[str, Any] = {name: found[name] for name in Totals.__dataclass_fields__}
            totals = Totals(**{**arrays, "runs": int(arrays["runs"])})
    except UNREADABLE as error:
        session.say(f"{path} is not used ({error})")
        return None
    session.say(f"going on after {totals.runs} runs")
    return totals


def of_prior(opened: Opened, variant: str | None, session: Session) -> tuple[Runs, Callable[[int], dict[str, Group]]]:
    """Runs of the prior by number, and the groups of the first few."""
    warm_up(opened, session)
    inputs, _ = build(opened.case, variant=variant, conditioned=False)
    params = case_params(opened.case)

    def values(first: int, last: int) -> NDArray[np.float64]:
        columns = np.arange(len(params), dtype=np.uint64)
        return to_values(params, normals(opened.case.spec.seed, Decision.PRIOR, 0, _numbers(first, last), columns))

    def play(first: int, last: int) -> Ensemble:
        return simulate(inputs, values(first, last), _numbers(first, last), threads=session.threads)

    def shown(keep: int) -> dict[str, Group]:
        found = {"prior": parameters(params, values(0, keep))}
        return {**found, "prior_predictive": predictive(opened.case, play(0, keep))}

    return play, shown


def _numbers(first: int, last: int) -> NDArray[np.uint64]:
    return np.arange(PRIOR_REPLICATES + first, PRIOR_REPLICATES + last, dtype=np.uint64)


def of_posterior(
    made: Calibrated, variant: str | None, runs: int, session: Session
) -> tuple[int, Runs, Callable[[int], dict[str, Group]]]:
    """How many runs there will be, runs of the posterior by number, and the groups of the first few."""
    problem = made.problem
    posterior, futures = thinned(made.posterior, runs)
    total = posterior.z.shape[0] * futures

    def play(first: int, last: int) -> Ensemble:
        return continued(problem, posterior, futures, variant, session.threads, part=(first, last))

    def shown(keep: int) -> dict[str, Group]:
        draws = -(-keep // futures)
        values = to_values(problem.params, posterior.z[:draws])
        ensemble = play(0, draws * futures)
        return {"posterior": parameters(problem.params, values),
                "posterior_predictive": predictive(problem.case, ensemble, futures)}  # fmt: skip

    return total, play, shown
