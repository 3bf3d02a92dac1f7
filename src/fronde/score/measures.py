"""Proper scores, array in, one value per forecast out; lower is better for all of them.

    Brier          (p - y)^2                                                      brier1950
    log score      -ln p if y else -ln(1 - p)                        [nats]       good1952
    CRPS, sample   mean|x - y| - 1/2 mean|x - x'|                    [unit of y]  gneiting_raftery2007, eq. 21
    CRPS, curve    integral of (F(t) - 1{t >= T})^2 dt               [unit of t]  matheson_winkler1976
    CRPS, levels   2 sum_k w_k (1{y < q_k} - a_k)(q_k - y)           [unit of y]  the same by quantiles, w the share of
                   levels nearest to a_k; exact only as the levels become dense
An outcome that did not come by the end of the curve is censored: 1{t >= T} is 0 and the integral stops there.
Refused, never repaired: numbers that are not finite, probabilities outside [0, 1], outcomes other than 0 and 1. A
probability of exactly 0 or 1 that fails has an infinite log score.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def finite(values: ArrayLike, name: str) -> Floats:
    """As a float64 array; ValueError names what is not finite."""
    found = np.asarray(values, dtype=np.float64)
    if not np.isfinite(found).all():
        raise ValueError(f"{name} holds {np.count_nonzero(~np.isfinite(found))} values that are no finite number")
    return found


def checked(p: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Probabilities and outcomes of one shape, or a ValueError that says what is wrong."""
    chance, came = finite(p, "p"), finite(y, "outcome")
    if chance.shape != came.shape:
        raise ValueError(f"p has shape {chance.shape} and outcome {came.shape}; expected one outcome per probability")
    if ((chance < 0.0) | (chance > 1.0)).any():
        raise ValueError("p holds values outside 0..1")
    if not np.isin(came, (0.0, 1.0)).all():
        raise ValueError("outcome holds values other than 0 and 1")
    return chance, came


def brier(p: ArrayLike, y: ArrayLike) -> Floats:
    """(p - y)^2 of each forecast; 0 best, 1 worst."""
    chance, came = checked(p, y)
    return np.square(chance - came)


def log_score(p: ArrayLike, y: ArrayLike) -> Floats:
    """-ln of the probability given to what came [nats]; infinite where that was 0."""
    chance, came = checked(p, y)
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(np.where(came > 0.0, chance, 1.0 - chance)) + 0.0)


def crps_sample(draws: ArrayLike, y: float) -> float:
    """CRPS of a sample of forecasts [n] against one outcome; O(n log n) by sorting."""
    x = np.sort(finite(draws, "draws").ravel())
    if not x.size:
        raise ValueError("draws is empty; a CRPS needs at least one draw")
    ranks = 2.0 * np.arange(1, x.size + 1) - x.size - 1.0
    spread = float((ranks * x).sum()) / x.size**2  # 1/2 mean|x - x'|
    return float(np.abs(x - float(finite(y, "y"))).mean()) - spread


def crps_quantiles(levels: ArrayLike, quantiles: ArrayLike, y: float) -> float:
    """CRPS approximated from quantiles at increasing levels in (0, 1): weighted mean of twice the quantile loss."""
    a, q = finite(levels, "levels"), finite(quantiles, "quantiles")
    if a.shape != q.shape or a.ndim != 1 or (np.diff(a) <= 0.0).any() or not ((a > 0.0) & (a < 1.0)).all():
        raise ValueError("levels must increase inside (0, 1), with one quantile each")
    edges = np.concatenate([[0.0], 0.5 * (a[1:] + a[:-1]), [1.0]])
    loss = 2.0 * ((float(y) < q) - a) * (q - float(y))
    return float((np.diff(edges) * loss).sum())


def crps_date(days: ArrayLike, cumulative: ArrayLike, came: float | None, start: float = 0.0) -> float:
    """CRPS of a date [unit of days], from the probability `cumulative` that it came by each of `days`.

    Linear between the days, from 0 at `start`; `came` None, or later than the last day, is censored there.
    """
    t = np.concatenate([[start], finite(days, "days")])
    f = np.concatenate([[0.0], finite(cumulative, "cumulative")])
    if (np.diff(t) <= 0.0).any() or (np.diff(f) < -1e-12).any() or f[-1] > 1.0:
        raise ValueError("days must increase after start, and cumulative must not fall or exceed 1")
    if came is None or came >= t[-1]:
        return _square_integral(t, f)
    when = max(float(came), start)
    at = float(np.interp(when, t, f))
    before, after = t < when, t > when
    left = _square_integral(np.append(t[before], when), np.append(f[before], at)) if before.any() else 0.0
    right = _square_integral(np.append(when, t[after]), 1.0 - np.append(at, f[after]))
    return left + right


def _square_integral(t: Floats, f: Floats) -> float:
    """Integral of the square of a line through (t, f), exact."""
    a, b = f[:-1], f[1:]
    return float((np.diff(t) * (a * a + a * b + b * b) / 3.0).sum())


def covered(low: ArrayLike, high: ArrayLike, y: ArrayLike) -> NDArray[np.bool_]:
    """Whether each outcome lies in its closed interval."""
    return np.asarray((finite(low, "low") <= finite(y, "y")) & (finite(y, "y") <= finite(high, "high")))
