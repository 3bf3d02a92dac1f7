"""A probability and how sure we are of it.

Each of N particles (a parameter draw with its own history) is continued M times. p is the overall frequency; its
interval is the spread of the particles' own probabilities, net of the chance inside each particle:
    var_between = var_i(k_i / M) - mean_i( k_i (M - k_i) / (M - 1) ) / M^2      (method of moments)
plus the Monte Carlo variance p (1 - p) / (N M), as a Beta distribution with that mean and variance.
"""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
FLOOR = 1e-6
KEYS = ("q05", "q25", "q50", "q75", "q95")


def beta_quantiles(mean: float, variance: float, levels: tuple[float, ...]) -> list[float]:
    """Quantiles of the Beta distribution with this mean and variance, by summing its density on the logit scale.

    The variance is held below 0.9 of its limit, and quantiles inside FLOOR .. 1 - FLOOR: no finite sample says more.
    """
    variance = min(variance, 0.9 * mean * (1.0 - mean))
    total = mean * (1.0 - mean) / variance - 1.0
    a, b = mean * total, (1.0 - mean) * total
    span = 12.0 / min(1.0, math.sqrt(min(a, b)), min(a, b))
    centre = math.log(mean / (1.0 - mean))
    t = np.linspace(centre - span, centre + span, 20001)
    log_density = -a * np.logaddexp(0.0, -t) - b * np.logaddexp(0.0, t)
    cumulated = np.cumsum(np.exp(log_density - log_density.max()))
    found = np.interp(levels, cumulated / cumulated[-1], t)
    edge = math.log((1.0 - FLOOR) / FLOOR)
    return [1.0 / (1.0 + math.exp(-min(max(float(x), -edge), edge))) for x in found]


def probability(outcomes: NDArray[np.bool_]) -> dict[str, object]:
    """outcomes [N, M] -> p with its 50 and 90 % intervals. p is (k + 1/2) / (n + 1): never exactly 0 or 1."""
    n, m = outcomes.shape
    hits = outcomes.sum(axis=1).astype(np.float64)
    p = (hits.sum() + 0.5) / (n * m + 1.0)
    inside = float((hits * (m - hits)).mean() / (m - 1.0)) if m > 1 else p * (1.0 - p)
    between = max(0.0, float((hits / m).var()) - inside / m**2) if m > 1 else 0.0
    q05, q25, q75, q95 = beta_quantiles(p, between + p * (1.0 - p) / (n * m), (0.05, 0.25, 0.75, 0.95))
    return {"p": p, "interval50": [q25, q75], "interval90": [q05, q95]}


def bundle(values: Floats, axis: int = 0) -> dict[str, object]:
    """Quantiles and mean along an axis, as plain lists (or numbers) under q05 .. q95 and mean."""
    rows = np.quantile(values, LEVELS, axis=axis)
    found: dict[str, object] = {key: row.tolist() for key, row in zip(KEYS, rows, strict=True)}
    found["mean"] = np.mean(values, axis=axis, dtype=np.float64).tolist()
    return found
