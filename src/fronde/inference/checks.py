"""Rank calibration: are the ranks of the truth among posterior draws uniform, as they must be (talts2018)?"""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


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
