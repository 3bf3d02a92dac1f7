"""Scores of the tournament: how many by when, does it stop, in which order, does the leader fall.

    log score  -ln P(count), P a smoothed histogram of the draws: (hits + 1/2) / (draws + (most + 1)/2),
               most = people left
    CRPS       of the draws, in departures; CRPS of ln(1 + count) beside it, so that one large case does not decide
    stop       Brier score of P(nobody more goes within the longer horizon), as issued; and `stop_again`, after a
               logistic line on its log odds that was fitted on the forecaster's own forecasts of the other cases
    order      AUC of each person's chance: those who went against those who stayed; Kendall's tau of chance and time
    fall       Brier score of P(the leader loses power within the longer horizon): a logistic line on the share gone,
               fitted on the other cases, read at the forecaster's own expected share
    coverage   share of counts inside the central 50 % and 90 % of the draws
Means are over cases, each with the mean of its dates; intervals are percentiles of 2000 resamples of whole cases.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.score.discrimination import auc
from fronde.score.measures import crps_sample

Floats = NDArray[np.float64]
Row = Mapping[str, Any]
Line = tuple[float, float]
RESAMPLES = 2000


def log_count(draws: Floats, came: int, most: int) -> float:
    """-ln of the smoothed share of draws equal to what came [nats]."""
    return float(-np.log(((draws == came).sum() + 0.5) / (draws.size + 0.5 * (most + 1))))


def kendall(chance: Floats, when: Floats) -> float | None:
    """Tau-a between a higher chance and an earlier departure; None for fewer than two distinct times."""
    a, b = np.sign(np.subtract.outer(chance, chance)), -np.sign(np.subtract.outer(when, when))
    upper = np.triu_indices(len(when), 1)
    told = b[upper] != 0
    return float((a[upper] * b[upper])[told].mean()) if told.any() else None


def _fall_line(rows: Sequence[Row], without: str) -> Line:
    """Level and slope of logit P(fall) on the share gone by the horizon, from the other cases."""
    x, y = [], []
    for row in rows:
        truth = row["truth"]
        if row["case"] != without and not truth["already_fallen"]:
            x.append((truth["gone_before"] + truth["counts"][-1]) / truth["size"])
            y.append(float(truth["fell"][-1]))
    return _logistic(x, y)


def _stop_line(rows: Sequence[Row], without: str, forecaster: str) -> Line:
    """Level and slope of logit P(it stops) on the log odds that a forecaster gave, from the other cases."""
    others = [row for row in rows if row["case"] != without]
    said = [_log_odds(_none(row, forecaster)) for row in others]
    return _logistic(said, [float(row["truth"]["counts"][-1] == 0) for row in others])


def _none(row: Row, forecaster: str) -> float:
    """Chance of no departure within the longer horizon, smoothed."""
    last = [draw[-1] for draw in row["forecasts"][forecaster]["counts"]]
    return (last.count(0) + 0.5) / (len(last) + 1)


def _log_odds(p: float) -> float:
    return float(np.log(p / (1.0 - p)))


def _on(line: Line, x: float) -> float:
    """Probability on a logistic line."""
    return float(1.0 / (1.0 + np.exp(-(line[0] + line[1] * x))))


def _logistic(x: Sequence[float], y: Sequence[float]) -> Line:
    """Level and slope of a logistic line (ridge, Newton); (0, 0) without data."""
    if not x:
        return 0.0, 0.0
    design, came = np.column_stack([np.ones(len(x)), np.array(x)]), np.array(y)
    b, ridge = np.zeros(2), np.array([1.0 / 9.0, 1.0 / 25.0])
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-design @ b))
        curvature = (design.T * (p * (1 - p))) @ design + np.diag(ridge)
        b = b + np.linalg.solve(curvature, design.T @ (came - p) - ridge * b)
    return float(b[0]), float(b[1])


def cell(row: Row, forecaster: str, fall: Line, stop: Line) -> dict[str, float]:
    """Scores of one forecaster on one date, with lines that the other cases taught."""
    truth, made = row["truth"], row["forecasts"][forecaster]
    draws = np.asarray(made["counts"], dtype=np.float64)
    left = truth["size"] - truth["gone_before"]
    found: dict[str, list[float]] = defaultdict(list)
    for k, came in enumerate(truth["counts"]):
        d = draws[:, k]
        low90, low50, high50, high90 = np.quantile(d, (0.05, 0.25, 0.75, 0.95), method="inverted_cdf")
        found["log"].append(log_count(d, came, left))
        found["crps"].append(crps_sample(d, came))
        found["crps_log"].append(crps_sample(np.log1p(d), float(np.log1p(came))))
        found["in50"].append(float(low50 <= came <= high50))
        found["in90"].append(float(low90 <= came <= high90))
    none, stopped = _none(row, forecaster), float(truth["counts"][-1] == 0)
    scores = {key: float(np.mean(values)) for key, values in found.items()}
    scores["stop"] = (none - stopped) ** 2
    scores["stop_again"] = (_on(stop, _log_odds(none)) - stopped) ** 2
    if not truth["already_fallen"]:
        share = (truth["gone_before"] + draws[:, -1].mean()) / truth["size"]
        scores["fall"] = float((_on(fall, share) - float(truth["fell"][-1])) ** 2)
    scores |= _order(truth, made)
    return scores


def _order(truth: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, float]:
    if "chance" not in made or not truth["who"]:
        return {}
    chance, people = np.asarray(made["chance"]), np.asarray(truth["at_risk"])
    found = {}
    area = auc(np.clip(chance[people], 0.0, 1.0), np.isin(people, truth["who"]).astype(float))
    if area is not None:
        found["auc"] = area
    who = np.array([int(actor) for actor in truth["order"]])
    tau = kendall(chance[who], np.array(list(truth["order"].values()))) if len(who) > 1 else None
    if tau is not None:
        found["tau"] = tau
    return found


def table(rows: Sequence[Row], forecasters: Sequence[str]) -> dict[str, Any]:
    """Scores by forecaster and case, means over cases with intervals, and differences to ours."""
    names = sorted({row["case"] for row in rows})
    fall = {name: _fall_line(rows, name) for name in names}
    stop = {(f, name): _stop_line(rows, name, f) for f in forecasters for name in names}
    by: dict[str, dict[str, dict[str, list[float]]]] = {f: defaultdict(lambda: defaultdict(list)) for f in forecasters}
    for row in rows:
        for f in forecasters:
            for key, value in cell(row, f, fall[row["case"]], stop[f, row["case"]]).items():
                by[f][row["case"]][key].append(value)
    means = {f: {c: {k: float(np.mean(v)) for k, v in by[f][c].items()} for c in names} for f in forecasters}
    keys = ("log", "crps", "crps_log", "stop", "stop_again", "fall", "auc", "tau", "in50", "in90")
    overall = {f: {k: _interval([means[f][c].get(k) for c in names]) for k in keys} for f in forecasters}
    against = {
        f: {
            k: _interval([_difference(means[f][c].get(k), means["fronde"][c].get(k)) for c in names])
            for k in ("log", "crps_log", "stop", "stop_again", "fall")
        }
        for f in forecasters
        if f != "fronde"
    }
    return {"cases": means, "overall": overall, "against": against, "dates": len(rows)}


def _difference(other: float | None, mine: float | None) -> float | None:
    return None if other is None or mine is None else other - mine


def _interval(values: Sequence[float | None]) -> dict[str, Any] | None:
    """Mean over cases with a 90 % interval from resampled cases; None if no case has the score."""
    found = np.array([value for value in values if value is not None])
    if not found.size:
        return None
    chance = np.random.default_rng(0)
    draws = found[chance.integers(0, found.size, (RESAMPLES, found.size))].mean(axis=1)
    low, high = np.quantile(draws, (0.05, 0.95))
    return {"mean": float(found.mean()), "low90": float(low), "high90": float(high), "cases": int(found.size)}
