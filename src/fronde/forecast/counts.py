"""How many will act, by group and date: what enters the public record, and what happens in fact.

Base rate: the group's record so far goes on at a constant rate. With k reported acts in T days, of which the whole
elite's rate would have given m in this group, and a gamma prior of shape 1/2 around that rate, the count over h days is
negative binomial, cut at the n people who can still act (those at risk, less those whom the act has already removed):
    N ~ NB(shape k + 1/2, P(none) = (1 + s)^-(k + 1/2)),   s = (h / T) / (1 + 1 / (2 m))
    base rate = min(N, n),   mean = E min(N, n) = sum over j < n of P(N > j)
The cut matters where h is much longer than T: a record of a few days says little of the next months.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fronde.domain.state import ACTS
from fronde.engine.run import Ensemble
from fronde.forecast.probability import LEVELS, bundle
from fronde.scenario.series import Grid

AT_LEAST = (1, 2, 4, 8)
SHOWN_ACTS = ("speak_policy", "speak_leader", "resign", "resign_refused", "leave", "dismissed", "punished")
OFFICE_ACTS = ("resign", "resign_refused", "dismissed")
FINAL_ACTS = (*OFFICE_ACTS, "leave")  # who has done it cannot do it again
HORIZONS = (28.0, 56.0, 91.0, 182.0)  # days shown in the matrix
HOURLY = (0.25, 0.5, 1.0, 2.0)  # the same, in cases by the hour


def future(counts: NDArray[np.int16], grid: Grid) -> NDArray[np.int64]:
    """Cumulative counts after as_of at each later edge: [T future, act, group, R]."""
    return np.cumsum(counts[grid.n_observed :], axis=0, dtype=np.int64)


def horizons(grid: Grid) -> list[int]:
    """Indices of future steps shown: 4, 8, 13, 26 weeks (6 to 48 hours) where they lie on the grid, and the end."""
    ends = (grid.times[grid.n_observed + 1 :] - grid.times[grid.n_observed]).round(6).tolist()
    found = [ends.index(days) for days in (HOURLY if grid.hourly else HORIZONS) if days in ends]
    return found if found and found[-1] == len(ends) - 1 else [*found, len(ends) - 1]


@dataclass(frozen=True)
class BaseRate:
    """A group's count at its own constant rate: mean, P(at least one), and quantiles at LEVELS."""

    mean: float
    p_any: float
    quantiles: tuple[int, ...]


NIL = BaseRate(0.0, 0.0, (0,) * len(LEVELS))


def base_rate(reported: float, expected: float, exposure: float, days: float, able: float) -> BaseRate:
    """A group's acts over `days` at its own constant rate, leaning on the whole elite's; never more than `able`.

    expected: what the elite's pooled rate gives this group over the exposure [day]; 0 if nobody in it can act.
    able: people who can still act.
    """
    if expected <= 0.0 or able < 1.0:
        return NIL
    shape, scale = reported + 0.5, days / exposure / (1.0 + 0.5 / expected)
    k = np.arange(int(able))
    steps = np.log((shape + k[:-1]) / (k[:-1] + 1.0)) + np.log(scale / (1.0 + scale))
    masses = np.exp(np.concatenate([[0.0], np.cumsum(steps)]) - shape * np.log1p(scale))
    below = np.cumsum(masses)  # P(N <= k) for k < able
    quantiles = np.searchsorted(below, LEVELS)  # `able` where the cut holds the rest
    return BaseRate(float((1.0 - below).sum()), float(1.0 - below[0]), tuple(int(q) for q in quantiles))


def cell(values: NDArray[np.int64], actual: NDArray[np.int64], base: BaseRate) -> dict[str, object]:
    """One forecast of a count: `values` enter the record, `actual` happen."""
    quantiles = np.quantile(values, LEVELS, method="inverted_cdf")
    return {
        "mean": float(values.mean()),
        "quantiles": {f"{level:g}": int(q) for level, q in zip(LEVELS, quantiles, strict=True)},
        "p_at_least": {str(k): float((np.count_nonzero(values >= k) + 0.5) / (values.size + 1)) for k in AT_LEAST},
        "mean_actual": float(actual.mean()),
        "base_rate_mean": base.mean,
        "base_rate_p_any": base.p_any,
        "base_rate_quantiles": {f"{level:g}": q for level, q in zip(LEVELS, base.quantiles, strict=True)},
    }


def count_forecasts(
    ensemble: Ensemble, grid: Grid, groups: Sequence[str], seen: NDArray[np.int64], at_risk: NDArray[np.float64]
) -> list[dict]:
    """Every group (and `all`) x act x horizon; seen [act, group] is the public record, at_risk [act, group] people."""
    public, actual = future(ensemble.reported, grid), future(ensemble.counts, grid)
    exposure = float(grid.times[grid.n_observed])
    rows = []
    for k in horizons(grid):
        by = grid.labels[grid.n_observed + 1 + k]
        days = float(grid.times[grid.n_observed + 1 + k]) - exposure
        for act in SHOWN_ACTS:
            a = ACTS.index(act)
            pooled = (seen[a].sum() + 0.5) / at_risk[a].sum()
            for name in [*groups, "all"]:
                g = list(range(len(groups))) if name == "all" else [groups.index(name)]
                values, happened = public[k, a, g].sum(axis=0), actual[k, a, g].sum(axis=0)
                done, people = float(seen[a, g].sum()), float(at_risk[a, g].sum())
                able = people - done if act in FINAL_ACTS else people
                base = base_rate(done, float(pooled * people), exposure, days, able)
                rows.append({"group": name, "act": act, "by": by, **cell(values, happened, base)})
    return rows


def any_by_particle(
    ensemble: Ensemble, grid: Grid, groups: Sequence[str], particles: int
) -> dict[tuple[str, str, str], NDArray[np.float64]]:
    """(group or `all`, act, by) -> each particle's own frequency of at least one act on record by then [N]."""
    public = future(ensemble.reported, grid)
    found = {}
    for k in horizons(grid):
        by = grid.edges[grid.n_observed + 1 + k].isoformat()
        for act in SHOWN_ACTS:
            counts = public[k, ACTS.index(act)]
            for name, values in (*zip(groups, counts, strict=True), ("all", counts.sum(axis=0))):
                found[name, act, by] = (values > 0).reshape(particles, -1).mean(axis=1)
    return found


def fan(ensemble: Ensemble, grid: Grid, act: str, group: int, seen: NDArray[np.int64]) -> dict[str, object]:
    """Cumulative acts in fact since the onset, by edge, and the cumulative public record up to as_of.

    seen [T observed, act, group] is the record by step.
    """
    a = ACTS.index(act)
    values = np.cumsum(ensemble.counts[:, a, group].astype(np.float64), axis=0)
    observed = np.cumsum(seen[:, a, group])
    blank: list[int | None] = [None] * (grid.n_steps - grid.n_observed)
    return {
        "dates": list(grid.labels[1:]),
        "observed": [*(int(x) for x in observed), *blank],
        **bundle(values, axis=1),
    }
