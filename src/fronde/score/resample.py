"""Bootstrap intervals of scores: whole clusters (a country, a case) are drawn, since their rows are not independent.

Percentile intervals. The same draws serve both sides of a comparison, so differences are paired. efron_tibshirani1993
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Indices = NDArray[np.intp]
Statistic = Callable[[Indices], float | None]


def cluster_draws(clusters: ArrayLike, draws: int, seed: int = 0) -> list[Indices]:
    """Row numbers of each resample: as many clusters as there are, with replacement, all their rows."""
    _, place = np.unique(np.asarray(clusters), return_inverse=True)
    order = np.argsort(place, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(place))[:-1])
    chance = np.random.default_rng(seed)
    return [np.concatenate([members[k] for k in chance.integers(0, len(members), len(members))]) for _ in range(draws)]


def interval(statistic: Statistic, draws: Sequence[Indices], level: float = 0.9) -> tuple[float, float] | None:
    """Percentile interval of a statistic of row numbers; None if fewer than half of the resamples have one."""
    found = [value for rows in draws if (value := statistic(rows)) is not None and np.isfinite(value)]
    if 2 * len(found) < len(draws) or not found:
        return None
    low, high = np.quantile(found, (0.5 - level / 2, 0.5 + level / 2))
    return float(low), float(high)
