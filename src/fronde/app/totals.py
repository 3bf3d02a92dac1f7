"""What is kept of all runs of an ensemble, however many: counts of counts, and sums of the regime over the runs."""

import io
import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app.netcdf import Group, Variable, time_of
from fronde.app.particles import UNREADABLE
from fronde.app.store import Say, write_file
from fronde.domain.state import ACTS, LEADER_EVENTS, WORLD_FIELDS
from fronde.engine.run import Ensemble
from fronde.forecast.counts import SHOWN_ACTS, future
from fronde.forecast.probability import LEVELS
from fronde.scenario.case import Case
from fronde.scenario.series import Grid

BLOCK = 256  # runs
Counts = NDArray[np.int64]


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
    """With the runs of an ensemble; sums go by blocks of runs, so that portions of whole blocks give the same bits."""
    sums, squares = totals.sums.copy(), totals.squares.copy()
    for first in range(0, ensemble.events.shape[1], BLOCK):
        series = ensemble.series[..., first : first + BLOCK].astype(np.float64)
        sums += series.sum(axis=2)
        squares += np.square(series).sum(axis=2)
    return Totals(
        totals.runs + ensemble.events.shape[1],
        _tallied(totals.reported, future(ensemble.reported, grid)[-1]),
        _tallied(totals.actual, future(ensemble.counts, grid)[-1]),
        totals.events + np.isfinite(ensemble.events).sum(axis=1),
        sums,
        squares,
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
    """Acts by the end of the horizon, in the record and in fact, by group and for all."""
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
    acts = ("act", "group", "number")
    found: Group = {
        "time": time_of(case, slice(None)),
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


def save(path: Path, key: str, totals: Totals) -> None:
    """Write them, labelled with the run they belong to, whole or not at all."""
    stream = io.BytesIO()
    np.savez(stream, label=np.array(json.dumps({"run": key})), **asdict(totals))
    write_file(path, stream.getvalue())


def load(path: Path, key: str, say: Say) -> Totals | None:
    """Those of an interrupted run; None, with a word about why, if there are none to use."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as found:
            if json.loads(str(found["label"]))["run"] != key:
                raise ValueError("it belongs to another run")
            arrays: dict[str, Any] = {name: found[name] for name in Totals.__dataclass_fields__}
            return Totals(**{**arrays, "runs": int(arrays["runs"])})
    except UNREADABLE as error:
        say(f"{path} is not used ({error})")
        return None
