"""What an observation would tell about an outcome: expected information gain over runs of the forecast.

    gain = I(X; Y) = sum_xy P(x, y) log2( P(x, y) / (P(x) P(y)) )                         [bit]      (lindley1956)
minus its bias in n runs, (values of X - 1) (values of Y - 1) / (2 n ln 2) (miller1955). X an observation, Y the
outcome, both Yes or No. The gain is at most the entropy of Y; a gain below its standard error is no gain.
"""

import math

import numpy as np
from numpy.typing import NDArray

Booleans = NDArray[np.bool_]


def gain(observed: Booleans, outcome: Booleans, futures: int = 1) -> tuple[float, float]:
    """Expected information gain [bit], bias removed, and its standard error.

    observed, outcome: [R] runs; each `futures` of them in a row share a particle and count once in the error.
    """
    n = observed.size
    terms = np.zeros(n)
    for x in (False, True):
        for y in (False, True):
            cell = (observed == x) & (outcome == y)
            joint, apart = cell.mean(), (observed == x).mean() * (outcome == y).mean()
            if joint > 0.0:
                terms[cell] = math.log2(joint / apart)
    varied = min(observed.any(), not observed.all()) and min(outcome.any(), not outcome.all())
    bias = 1.0 / (2.0 * n * math.log(2.0)) if varied else 0.0
    units = terms.reshape(-1, futures).mean(axis=1)
    return float(terms.mean() - bias), float(units.std() / math.sqrt(units.size))


def entropy(outcome: Booleans) -> float:
    """Entropy of a Yes-or-No outcome [bit]: the most that an observation could tell."""
    p = float(outcome.mean())
    return 0.0 if p in (0.0, 1.0) else -p * math.log2(p) - (1.0 - p) * math.log2(1.0 - p)
