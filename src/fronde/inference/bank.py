"""Posteriors from a bank of prior simulations: the usual ways of simulation-based inference, to compare our own with.

A bank holds z [B, K] and summaries s [B, S] of what each run would leave on record. First the summaries are turned into
one per parameter, the ridge regression of z on s (fearnhead_prangle2012). Then, for an observed record,
    linear_gaussian   z = prediction + residuals of the bank    (one linear update, as in ensemble Kalman filters)
    rejection         the nearest share of the bank                     (pritchard1999)
    adjusted          the nearest k, moved along a local regression     (beaumont2002)
All return equally weighted draws [N, K]. Nothing here is used for a forecast; `docs/decisions` says why.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RIDGE = 1.0  # penalty per standardised summary, in units of one simulation
USEFUL = 0.02  # share of a parameter's variance that its summary must explain to enter distances


@dataclass(frozen=True)
class Bank:
    """z [B, K], the ridge predictions of z [B, K], and how to make them of summaries."""

    z: Floats
    predicted: Floats
    centre: Floats
    scale: Floats
    weights: Floats
    useful: NDArray[np.int64]

    def predict(self, summaries: Floats) -> Floats:
        """E[z | s] under the linear model [K]."""
        return self.z.mean(axis=0) + ((summaries - self.centre) / self.scale) @ self.weights


def make_bank(z: Floats, summaries: Floats) -> Bank:
    """Fit the ridge regression of z on standardised summaries."""
    centre, scale = summaries.mean(axis=0), summaries.std(axis=0)
    scale = np.where(scale > 0.0, scale, 1.0)
    x = (summaries - centre) / scale
    weights = np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ (z - z.mean(axis=0)))
    predicted = z.mean(axis=0) + x @ weights
    return Bank(z, predicted, centre, scale, weights, np.flatnonzero(predicted.var(axis=0) > USEFUL))


def linear_gaussian(bank: Bank, summaries: Floats, draws: int) -> Floats:
    """The linear prediction with the bank's own residuals around it, every B/draws-th of them."""
    step = max(1, bank.z.shape[0] // draws)
    residuals = (bank.z - bank.predicted)[::step][:draws]
    return np.asarray(bank.predict(summaries) + residuals, dtype=np.float64)


def _nearest(bank: Bank, summaries: Floats, count: int) -> tuple[NDArray[np.int64], Floats]:
    """Indices of the nearest runs and their distances, over useful predictions in units of the prior."""
    apart = np.square(bank.predicted[:, bank.useful] - bank.predict(summaries)[bank.useful]).sum(axis=1)
    chosen = np.argpartition(apart, count)[:count]
    return chosen, np.sqrt(apart[chosen])


def rejection(bank: Bank, summaries: Floats, share: float = 0.005) -> Floats:
    """The nearest share of the bank as it is."""
    chosen, _ = _nearest(bank, summaries, max(2, round(share * bank.z.shape[0])))
    return bank.z[chosen]


def adjusted(bank: Bank, summaries: Floats, draws: int, nearest: int = 4000) -> Floats:
    """The nearest runs with Epanechnikov weights, moved along their own regression, resampled systematically."""
    chosen, distance = _nearest(bank, summaries, min(nearest, bank.z.shape[0] - 1))
    weight = 1.0 - np.square(distance / (distance.max() + 1e-12)) + 1e-12
    x = bank.predicted[chosen][:, bank.useful] - bank.predict(summaries)[bank.useful]
    design = np.column_stack([np.ones(x.shape[0]), x])
    gram = design.T @ (design * weight[:, None]) + RIDGE * np.eye(design.shape[1])
    slopes = np.linalg.solve(gram, design.T @ (bank.z[chosen] * weight[:, None]))[1:]
    moved = bank.z[chosen] - x @ slopes
    ends = np.cumsum(weight / weight.sum())
    return moved[np.minimum(np.searchsorted(ends, (np.arange(draws) + 0.5) / draws), moved.shape[0] - 1)]
