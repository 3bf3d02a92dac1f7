"""How many will act, by group and date: what enters the public record, and what happens in fact.

Base rate: the group's record so far goes on at a constant rate. With k reported acts in T days, of which the whole
elite's rate would have given m in this group, and a gamma prior of shape 1/2 around that rate, the count over h days is
negative binomial with
    mean = (k + 1/2) s,   P(none) = (1 + s)^-(k + 1/2),   s = (h / T) / (1 + 1 / (2 m))
"""

import math
from collections.abc import Sequence
from datetime import date
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from fronde.domain.state import ACTS
from fronde.engine.run import Ensemble
from fronde.forecast.probability import LEVELS, bundle
from fronde.scenario.series import Grid

AT_LEAST = (1, 2, 4, 8)
SHOWN_ACTS = ("speak_policy", "speak_leader", "resign", "resign_refused", "leave", "dismissed", "punished")
OFFICE_ACTS = ("resign", "resign_refused", "dismissed")
HORIZONS = (4, 8, 13, 26)  # weeks shown in the matrix


def future(counts: NDArray[np.int16], grid: Grid) -> NDArray[np.int64]:
    """Cumulative counts after as_of at each later edge: [T future, act, group, R]."""
    return np.cumsum(counts[grid.n_observed :], axis=0, dtype=np.int64)


def horizons(grid: Grid) -> list[int]:
    """Indices of future steps shown: 4, 8, 13, 26 weeks where they lie on the grid, and the end."""
    ends = [(edge - grid.as_of).days for edge in grid.edges[grid.n_observed + 1 :]]
    found = [ends.index(7 * weeks) for weeks in HORIZONS if 7 * weeks in ends]
    return found if found and found[-1] == len(ends) - 1 else [*found, len(ends) - 1]


def base_rate(reported: float, expected: float, exposure: float, days: float) -> tuple[float, float]:
    """(mean, P(at least one)) of a group's acts over `days` at its own constant rate, leaning on the whole elite's.

    expected: what the elite's pooled rate gives this group over the exposure; 0 if nobody in it can act.
    """
    if expected <= 0.0:
        return 0.0, 0.0
    scale = days / exposure / (1.0 + 0.5 / expected)
    return (reported + 0.5) * scale, 1.0 - (1.0 + scale) ** -(reported + 0.5)


def base_quantiles(mean: float, p_any: float, levels: Sequence[float]) -> list[int]:
    """Quantiles of the negative binomial of `base_rate`, found again from its mean and P(at least one)."""
    if mean <= 0.0 or p_any <= 0.0:
        return [0] * len(levels)
    if p_any > 0.9999 or mean > 200.0:  # P(none) is lost in rounding: a Poisson count, by its normal form
        return [max(0, round(mean + math.sqrt(mean) * NormalDist().inv_cdf(level))) for level in levels]
    target, low, high = -math.log1p(-min(p_any, 1.0 - 1e-12)) / mean, 1e-9, 1e9
    for _ in range(200):  # ln(1 + s) / s falls in s, from 1 to 0
        scale = math.sqrt(low * high)
        low, high = (scale, high) if math.log1p(scale) / scale > target else (low, scale)
    shape, k, found = mean / scale, 0, []
    cumulated = mass = math.exp(-shape * math.log1p(scale))
    for level in levels:
        while cumulated < level and k < 100_000:
            mass *= (shape + k) / (k + 1) * scale / (1.0 + scale)
            k += 1
            cumulated += mass
        found.append(k)
    return found


def cell(values: NDArray[np.int64], actual: NDArray[np.int64], base: tuple[float, float]) -> dict[str, object]:
    """One forecast of a count: `values` enter the record, `actual` happen."""
    quantiles = np.quantile(values, LEVELS, method="inverted_cdf")
    return {
        "mean": float(values.mean()),
        "quantiles": {f"{level:g}": int(q) for level, q in zip(LEVELS, quantiles, strict=True)},
        "p_at_least": {str(k): float((np.count_nonzero(values >= k) + 0.5) / (values.size + 1)) for k in AT_LEAST},
        "mean_actual": float(actual.mean()),
        "base_rate_mean": base[0],
        "base_rate_p_any": base[1],
    }


def count_forecasts(
    ensemble: Ensemble, grid: Grid, groups: Sequence[str], seen: NDArray[np.int64], at_risk: NDArray[np.float64]
) -> list[dict]:
    """Every group (and `all`) x act x horizon; seen [act, group] is the public record, at_risk [act, group] people."""
    public, actual = future(ensemble.reported, grid), future(ensemble.counts, grid)
    exposure = float((grid.as_of - grid.start).days)
    rows = []
    for k in horizons(grid):
        by = grid.edges[grid.n_observed + 1 + k]
        days = float((by - grid.as_of).days)
        for act in SHOWN_ACTS:
            a = ACTS.index(act)
            pooled = (seen[a].sum() + 0.5) / at_risk[a].sum()
            for name in [*groups, "all"]:
                g = list(range(len(groups))) if name == "all" else [groups.index(name)]
                values, happened = public[k, a, g].sum(axis=0), actual[k, a, g].sum(axis=0)
                base = base_rate(float(seen[a, g].sum()), float(pooled * at_risk[a, g].sum()), exposure, days)
                rows.append({"group": name, "act": act, "by": by.isoformat(), **cell(values, happened, base)})
    return rows


def fan(ensemble: Ensemble, grid: Grid, act: str, group: int, seen: NDArray[np.int64]) -> dict[str, object]:
    """Cumulative acts in fact since the onset, by edge, and the cumulative public record up to as_of.

    seen [T observed, act, group] is the record by step.
    """
    a = ACTS.index(act)
    values = np.cumsum(ensemble.counts[:, a, group].astype(np.float64), axis=0)
    observed = np.cumsum(seen[:, a, group])
    blank: list[int | None] = [None] * (grid.n_steps - grid.n_observed)
    return {
        "dates": _iso(grid.edges[1:]),
        "observed": [*(int(x) for x in observed), *blank],
        **bundle(values, axis=1),
    }


def _iso(days: Sequence[date]) -> list[str]:
    return [day.isoformat() for day in days]
