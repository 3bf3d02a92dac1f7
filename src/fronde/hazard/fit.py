"""Fitting the hazards anew, and the rolling origin: each year is forecast by a model that saw only the years before.

Logistic regression with a ridge of strength 1/C on standardised features; a row counts half as much for every HALF
years that it lies back; the intercept is then moved so that the last LEVEL years come out right on average. C, HALF
and LEVEL are house choices, made on the rolling origin itself from a handful of settings: the scores are a little kind.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from fronde.hazard.features import features
from fronde.hazard.model import Hazard
from fronde.hazard.panel import Floats, Panel

C, HALF, LEVEL = 0.02, 20.0, 10
RESAMPLES = 60  # of countries, for intervals
TRAILING = 15  # years of the rate that any model has to beat
FIRST_ORIGIN = 1975


def design(panel: Panel) -> tuple[list[str], Floats]:
    """Feature names and their matrix [rows, features], NaN where not known."""
    found = features(panel)
    return list(found), np.column_stack(list(found.values()))


def fit(
    panel: Panel,
    outcome: str,
    before: int,
    matrix: tuple[list[str], Floats] | None = None,
    rows: NDArray[np.intp] | None = None,
) -> Hazard:
    """The model of one outcome from the rows of years below `before` (of `rows` only, where given)."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        raise ImportError('fitting base rates needs the extra: pip install "fronde[history]"') from None
    names, x = matrix or design(panel)
    y, year, rows = panel.outcome(outcome), panel.column("year"), np.arange(panel.size) if rows is None else rows
    y, year, x = y[rows], year[rows], x[rows]
    seen = (year < before) & ~np.isnan(y)
    mean = np.nan_to_num(np.nanmean(np.where(np.isnan(x[seen]).all(axis=0), 0.0, x[seen]), axis=0))
    z = np.nan_to_num(x[seen] - mean, nan=0.0)
    sd = z.std(axis=0)
    used = sd > 1e-9
    z, weight = z[:, used] / sd[used], np.exp2(-(before - year[seen]) / HALF)
    line = LogisticRegression(C=C, solver="newton-cholesky", max_iter=200).fit(z, y[seen], sample_weight=weight)
    logit = z @ line.coef_[0] + line.intercept_[0]
    intercept = float(line.intercept_[0]) + _level(logit, y[seen], year[seen] >= before - LEVEL)
    columns = zip(np.array(names)[used].tolist(), mean[used], sd[used], line.coef_[0], strict=True)
    return Hazard(
        panel.unit,
        outcome,
        before - 1,
        int(seen.sum()),
        int(y[seen].sum()),
        float(y[seen][year[seen] >= before - TRAILING].mean()),
        intercept,
        {name: (float(m), float(s), float(b)) for name, m, s, b in columns},
    )


def spread(panel: Panel, outcome: str, before: int, found: Hazard, draws: int = RESAMPLES) -> Hazard:
    """The model with its line fitted to resamples of whole countries, on the scale of its own features."""
    matrix, lines, chance = design(panel), [], np.random.default_rng(0)
    codes, place = np.unique(panel.column("ccode"), return_inverse=True)
    members = [np.flatnonzero(place == k) for k in range(codes.size)]
    for _ in range(draws):
        rows = np.concatenate([members[k] for k in chance.integers(0, codes.size, codes.size)])
        other = fit(panel, outcome, before, matrix, rows)
        line = [other.intercept]
        for name, (mean, sd, _) in found.columns.items():
            their_mean, their_sd, coefficient = other.columns.get(name, (mean, sd, 0.0))
            line[0] += coefficient * (mean - their_mean) / their_sd
            line.append(coefficient * sd / their_sd)
        lines.append(tuple(line))
    return replace(found, spread=tuple(lines))


def _level(logit: Floats, y: Floats, late: NDArray[np.bool_]) -> float:
    """Shift after which the late rows' mean chance is (events + 1/2) / rows, by Newton's method."""
    shift, wanted = 0.0, y[late].sum() + 0.5
    for _ in range(100):
        p = 1.0 / (1.0 + np.exp(-(logit[late] + shift)))
        step = float(np.clip((wanted - p.sum()) / (p * (1.0 - p)).sum(), -1.0, 1.0))
        shift += step
        if abs(step) < 1e-10:
            break
    return shift


def roll(panel: Panel, outcome: str, first: int = FIRST_ORIGIN) -> Floats:
    """Forecast of each row [rows] by the model of the years before its own; NaN before `first`."""
    matrix, year = design(panel), panel.column("year")
    found = np.full(panel.size, np.nan)
    for now in range(first, int(year.max()) + 1):
        here = year == now
        found[here] = fit(panel, outcome, now, matrix).predict(panel)[here]
    return found
