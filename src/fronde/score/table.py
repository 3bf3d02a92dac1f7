"""Rare yes-or-no forecasts on many rows (country-months, country-years): one line of scores a forecaster.

Intervals by drawing whole countries. Brier hardly tells forecasts of such rates apart and stands only for completeness.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from fronde.score import discrimination, measures
from fronde.score.resample import cluster_draws, interval

DRAWS = 400


def line_of(
    name: str, p: ArrayLike, y: ArrayLike, clusters: ArrayLike, draws: int = DRAWS, seed: int = 1
) -> dict[str, Any]:
    """Scores of one forecaster [rows] with 90 % intervals."""
    chance, came = measures.checked(p, y)
    samples = cluster_draws(clusters, draws, seed)
    log = measures.log_score(chance, came)
    fitted = discrimination.calibration_line(chance, came)
    found: dict[str, Any] = {"forecaster": name, "n": int(came.size), "came": int(came.sum()), "log": float(log.mean())}
    found["log90"] = interval(lambda rows: float(log[rows].mean()), samples)
    for key, statistic in (("ap", discrimination.average_precision), ("top10", discrimination.top_recall)):
        found[key] = statistic(chance, came)
        found[f"{key}90"] = interval(lambda rows, of=statistic: of(chance[rows], came[rows]), samples)  # type: ignore[misc]
    found["slope"] = None if fitted is None else fitted[1]
    found["slope90"] = interval(lambda rows: _slope(chance[rows], came[rows]), samples[:100])
    found["auc"] = discrimination.auc(chance, came)
    found["brier"] = float(measures.brier(chance, came).mean())
    found["expected"] = float(chance.sum())
    return found


def _slope(p: measures.Floats, y: measures.Floats) -> float | None:
    found = discrimination.calibration_line(p, y)
    return None if found is None else found[1]


def lines_of(
    said: Mapping[str, ArrayLike], y: ArrayLike, clusters: ArrayLike, draws: int = DRAWS
) -> list[dict[str, Any]]:
    """One line a forecaster on the same rows, and the gain in log score of the first over each of the others."""
    names = list(said)
    rows = [line_of(name, said[name], y, clusters, draws) for name in names]
    samples = cluster_draws(clusters, draws, 1)
    first = measures.log_score(said[names[0]], y)
    for name, row in zip(names[1:], rows[1:], strict=True):
        gain = measures.log_score(said[name], y) - first
        row["first_gains"] = float(gain.mean())
        row["first_gains90"] = interval(lambda at, gain=gain: float(np.mean(gain[at])), samples)  # type: ignore[misc]
    return rows
