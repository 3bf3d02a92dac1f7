"""What a set of probability forecasts is worth: order, calibration, and the parts of its Brier score.

    AUC           P(p of a case that came > p of one that did not), ties one half            hanley_mcneil1982
    AUC-PR        sum_k (recall_k - recall_(k-1)) precision_k over distinct p, highest first (average precision)
    top-decile recall   share of what came among the tenth of forecasts with the highest p; ties share alike
    slope, level  logit P(y) = level + slope logit p, by maximum likelihood; 0 and 1 are perfect             cox1958
    Murphy        Brier = reliability - resolution + uncertainty (+ what is lost inside bins)             murphy1973
Average precision is used for the area because linear interpolation between points of that curve is too kind
(davis_goadrich2006). Bins are of equal width or of equal numbers; their counts are part of the result.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from fronde.score.measures import Floats, brier, checked

EDGE = 1e-12  # p is held this far inside 0..1 where a logit is needed
Z90 = 1.6449


def auc(p: ArrayLike, y: ArrayLike) -> float | None:
    """Area under the receiver operating curve; None if everything or nothing came."""
    chance, came = checked(p, y)
    positive = int(came.sum())
    if positive in (0, came.size):
        return None
    _, place, count = np.unique(chance, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    rank = (last - 0.5 * (count - 1))[place]  # mean rank of ties
    return float((rank[came > 0].sum() - positive * (positive + 1) / 2) / (positive * (came.size - positive)))


def average_precision(p: ArrayLike, y: ArrayLike) -> float | None:
    """Area under the precision-recall steps; None if nothing came."""
    chance, came = checked(p, y)
    if came.sum() == 0:
        return None
    order = np.argsort(-chance, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(chance[order])), chance.size - 1)
    hits = np.cumsum(came[order])[ends]
    recall = np.concatenate([[0.0], hits / came.sum()])
    return float((np.diff(recall) * hits / (ends + 1.0)).sum())


def top_recall(p: ArrayLike, y: ArrayLike, share: float = 0.1) -> float | None:
    """Share of what came that lies among the `share` of forecasts with the highest p; None if nothing came."""
    chance, came = checked(p, y)
    if came.sum() == 0:
        return None
    wanted = share * chance.size
    values, place, count = np.unique(-chance, return_inverse=True, return_counts=True)
    hits = np.bincount(place, weights=came, minlength=values.size)
    part = np.clip((wanted - (np.cumsum(count) - count)) / count, 0.0, 1.0)  # of each group of ties
    return float((hits * part).sum() / came.sum())


def calibration_line(p: ArrayLike, y: ArrayLike) -> tuple[float, float] | None:
    """(level, slope) of the logistic line of outcomes on logit p; None where no finite line exists."""
    chance, came = checked(p, y)
    x = np.log(np.clip(chance, EDGE, 1 - EDGE)) - np.log1p(-np.clip(chance, EDGE, 1 - EDGE))
    if came.sum() in (0, came.size) or np.ptp(x) < 1e-9 or _separated(x, came):
        return None
    design = np.column_stack([np.ones_like(x), x])
    beta = np.array([0.0, 1.0])
    for _ in range(100):
        mean = 1.0 / (1.0 + np.exp(-np.clip(design @ beta, -500, 500)))
        weight = np.maximum(mean * (1.0 - mean), 1e-12)
        step = np.linalg.solve((design * weight[:, None]).T @ design, design.T @ (came - mean))
        beta = beta + np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-9:
            return float(beta[0]), float(beta[1])
    return None


def _separated(x: Floats, y: Floats) -> bool:
    """Whether one cut tells outcomes apart without error: then the slope has no finite maximum."""
    yes, no = x[y > 0], x[y == 0]
    return bool(yes.min() >= no.max() or no.min() >= yes.max())


def bin_edges(p: Floats, bins: int, equal_numbers: bool) -> Floats:
    """Inner edges of the bins: of equal width, or quantiles of p without repeats."""
    if not equal_numbers:
        return np.linspace(0.0, 1.0, bins + 1)[1:-1]
    return np.unique(np.quantile(p, np.linspace(0.0, 1.0, bins + 1)[1:-1]))


def reliability(p: ArrayLike, y: ArrayLike, bins: int = 10, equal_numbers: bool = False) -> list[dict[str, Any]]:
    """Non-empty bins: n, came, mean p, observed share with its 90 % Wilson interval."""
    chance, came = checked(p, y)
    place = np.digitize(chance, bin_edges(chance, bins, equal_numbers))
    rows = []
    for k in np.unique(place):
        inside = place == k
        n, hits = int(inside.sum()), int(came[inside].sum())
        low, high = wilson(hits, n)
        mean = float(chance[inside].mean())
        rows.append({"n": n, "came": hits, "p": mean, "observed": hits / n, "low": low, "high": high})
    return rows


def wilson(hits: int, n: int, z: float = Z90) -> tuple[float, float]:
    """Wilson score interval of a share; 90 % by default."""
    share, spread = hits / n, z * z / n
    centre = (share + 0.5 * spread) / (1.0 + spread)
    half = z / (1.0 + spread) * float(np.sqrt(share * (1.0 - share) / n + 0.25 * spread / n))
    return max(0.0, centre - half), min(1.0, centre + half)


def murphy(p: ArrayLike, y: ArrayLike, bins: int = 10, equal_numbers: bool = False) -> dict[str, float]:
    """Brier = reliability - resolution + uncertainty + within; `within` is what binning hides."""
    chance, came = checked(p, y)
    rows = reliability(chance, came, bins, equal_numbers)
    share = np.array([row["n"] for row in rows]) / chance.size
    said, observed = (np.array([row[key] for row in rows]) for key in ("p", "observed"))
    base = float(came.mean())
    parts = {
        "reliability": float((share * (said - observed) ** 2).sum()),
        "resolution": float((share * (observed - base) ** 2).sum()),
        "uncertainty": base * (1.0 - base),
    }
    whole = float(brier(chance, came).mean())
    within = whole - (parts["reliability"] - parts["resolution"] + parts["uncertainty"])
    return {"brier": whole, **parts, "within": within}
