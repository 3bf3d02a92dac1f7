"""Rank calibration: are the ranks of the truth among posterior draws uniform, as they must be (talts2018)?"""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def energy_score(particles: Floats, truth: Floats) -> float:
    """E |X - truth| - E |X - X'| / 2 over particles [N, K]: proper for the joint posterior (gneiting_raftery2007).

    Pairs are those of the particles with themselves shifted by half their number: N terms instead of N^2, unbiased for
    exchangeable particles.
    """
    apart = particles - np.roll(particles, particles.shape[0] // 2, axis=0)
    to_truth = np.sqrt(np.square(particles - truth).sum(axis=1)).mean()
    return float(to_truth - 0.5 * np.sqrt(np.square(apart).sum(axis=1)).mean())


def holm(p: Floats) -> Floats:
    """Holm's adjusted p-values: the chance, over all tests together, of one as small (holm1979)."""
    order = np.argsort(p)
    stepped = np.maximum.accumulate(np.sort(p) * np.arange(p.size, 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(1.0, stepped)
    return adjusted


def binomial_tail(hits: int, n: int, p: float) -> float:
    """P(at least `hits` of n) where each happens with probability p."""
    return float(1.0 - sum(math.comb(n, k) * p**k * (1.0 - p) ** (n - k) for k in range(hits)))


def uniform_p(ranks: Floats) -> float:
    """p-value that ranks [D] in 0..1 are uniform: Kolmogorov-Smirnov with Stephens' correction for small D.

    D_n = sup |F_n(x) - x|, lambda = D_n (sqrt n + 0.12 + 0.11 / sqrt n), p = 2 sum_k (-1)^(k-1) exp(-2 k^2 lambda^2)
    (stephens1970).
    """
    n = ranks.size
    ordered = np.sort(ranks)
    above = np.arange(1, n + 1) / n - ordered
    below = ordered - np.arange(n) / n
    distance = max(float(above.max()), float(below.max()))
    scaled = distance * (math.sqrt(n) + 0.12 + 0.11 / math.sqrt(n))
    if scaled < 0.3:
        return 1.0  # the series converges slowly there and p is 1 to five digits
    terms = ((-1.0) ** (k - 1) * math.exp(-2.0 * (k * scaled) ** 2) for k in range(1, 101))
    return min(1.0, max(0.0, 2.0 * sum(terms)))
