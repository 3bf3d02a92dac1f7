"""Threshold cascades: everybody joins once enough others are seen to have joined.

    r' = F(r),   r share acting, F the distribution of thresholds,
until the first r = F(r) from the start.
Three forms, which may disagree and therefore say which they are:
  - `cascade_size`: people and whole numbers; a person acts once the count of actors reaches his threshold;
  - `cascade_share`: the same in shares of total weight, for thresholds given as shares;
  - `normal_cascade`: infinitely many people, thresholds Normal(mean, sd) in per cent.
`normal_thresholds` is the finite twin of the last: n people at the mid-point quantiles (i - 1/2)/n, i = 1..n.
Other grids move the critical sd (12.22 in the infinite form, between 12.5 and 12.6 here), so the grid is part
of the model.
Sources: granovetter1978 (riot, normal thresholds), kuran1991 (opposition hides until it is safe).
"""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

STANDARD = NormalDist()
_SLACK = 1e-12  # 0.1 + 0.2 must count as reaching 0.3


def cascade_size(thresholds: ArrayLike, start: int = 0) -> int:
    """People acting in the end; `thresholds` are counts of others already acting [people], shape (n,)."""
    ordered = np.sort(np.asarray(thresholds, dtype=np.float64))
    acting = start
    while True:
        following = max(start, int(np.searchsorted(ordered, acting + _SLACK, side="right")))
        if following == acting:
            return acting
        acting = following


def cascade_share(thresholds: ArrayLike, weights: ArrayLike | None = None, start: float = 0.0) -> float:
    """Share of weight acting in the end; `thresholds` [share of weight seen acting], shape (n,); start in
    0..1.

    `weights` (default: equal) are shared out to sum to 1; `start` acts whatever happens.
    """
    values = np.asarray(thresholds, dtype=np.float64)
    mass = np.ones_like(values) if weights is None else np.asarray(weights, dtype=np.float64)
    if mass.shape != values.shape or mass.sum() <= 0:
        raise ValueError(f"weights: expected shape {values.shape} with a positive sum, found {mass.shape}")
    mass = mass / mass.sum()
    acting = start
    while True:
        following = max(start, float(mass[values <= acting + _SLACK].sum()))
        if following <= acting + _SLACK:
            return acting
        acting = following


def normal_thresholds(mean: float, sd: float, people: int = 100) -> Floats:
    """Thresholds [people] of a finite crowd: mid-point quantiles of Normal(mean, sd), given in per cent."""
    quantiles = [STANDARD.inv_cdf((i - 0.5) / people) for i in range(1, people + 1)]
    return (mean + sd * np.array(quantiles)) * people / 100.0


def normal_cascade(mean: float, sd: float, start: float = 0.0) -> float:
    """Share acting in the end [per cent] of infinitely many people with thresholds Normal(mean, sd) [per
    cent].

    The least fixed point of r -> Phi((r - mean)/sd) above `start`. The map is increasing, so iteration climbs
    to it and never passes it; close to tangency it crawls, and 10^6 steps are allowed before giving up.
    """
    if sd <= 0:
        raise ValueError(f"sd: expected a positive number, found {sd}")
    r = start / 100.0
    for _ in range(1_000_000):
        following = max(start / 100.0, STANDARD.cdf((100.0 * r - mean) / sd))
        if abs(following - r) < 1e-14:
            return 100.0 * following
        r = following
    raise ArithmeticError(f"normal_cascade(mean={mean}, sd={sd}) did not settle: too close to tangency")


def critical_sd(mean: float = 25.0) -> tuple[float, float]:
    """Where the small cascade ceases to exist: (sd, r), both in per cent, for thresholds Normal(mean, sd).

    Tangency of Phi((100 r - mean)/sd) with the diagonal: sd = 100 phi(z) and mean + z sd = 100 Phi(z), z < 0.
    """

    def gap(z: float) -> float:
        return mean + 100.0 * STANDARD.pdf(z) * z - 100.0 * STANDARD.cdf(z)

    low, high = -8.0, 0.0  # gap is `mean` > 0 far left and mean - 50 at 0: one crossing for mean < 50
    if not 0.0 < mean < 50.0:
        raise ValueError(f"mean: expected between 0 and 50 per cent, found {mean}")
    for _ in range(200):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if gap(middle) > 0 else (low, middle)
    z = 0.5 * (low + high)
    return 100.0 * STANDARD.pdf(z), 100.0 * STANDARD.cdf(z)


def tipping_push(thresholds: ArrayLike, weights: ArrayLike | None = None, goal: float = 0.5) -> float:
    """Least share that must act unprompted for the cascade to reach `goal` [share]; 0 if it does so by
    itself.

    At most `goal`. Bisection on `start` to 1e-6: the final share never falls as the start grows.
    """
    if cascade_share(thresholds, weights) >= goal - _SLACK:
        return 0.0
    low, high = 0.0, goal
    while high - low > 1e-6:
        middle = 0.5 * (low + high)
        reaches = cascade_share(thresholds, weights, middle) >= goal - _SLACK
        low, high = (low, middle) if reaches else (middle, high)
    return high
