"""Frailty in closed form: a stationary factor common to all, and counts as bunched as a log-Gaussian Cox process's."""

import math
from collections.abc import Iterator

import numpy as np

from fronde.app.limits.row import SIGMAS, Row
from fronde.app.limits.toy import Floats, actor_table, elite, play, quiet
from fronde.domain.state import WORLD_FIELDS, Act

SD, DAYS, DT, STEPS, RUNS, ACTORS, LOG_RATE = 0.6, 30.0, 7.0, 8, 6000, 100, -7.0


def common() -> Iterator[Row]:
    """Variance of the common factor in the first and the last step, and its correlation between them."""
    played = play(elite(actor_table(1), [DT] * STEPS), quiet(RUNS, frailty_sd=SD, frailty_days=DAYS))
    path = played.series[:, list(WORLD_FIELDS).index("frailty")].astype(np.float64)
    for step, name in ((0, "first"), (STEPS - 1, "last")):
        yield Row(
            f"frailty: variance in the {name} step", SD**2, float(path[step].var()), SIGMAS * SD**2 * (2 / RUNS) ** 0.5
        )
    kept = math.exp(-(STEPS - 1) * DT / DAYS)
    found = float(np.corrcoef(path[0], path[-1])[0, 1])
    yield Row("frailty: correlation of first and last step", kept, found, SIGMAS * (1.0 - kept**2) / RUNS**0.5)


def bunching() -> Iterator[Row]:
    """Mean number of critics as without frailty, and variance over mean of their numbers as of a Cox process."""
    played = play(
        elite(actor_table(ACTORS), [DT] * STEPS),
        quiet(RUNS, speak_policy_base=LOG_RATE, frailty_sd=SD, frailty_days=DAYS),
    )
    found = played.counts[:, Act.SPEAK_POLICY].sum(axis=(0, 1)).astype(np.float64)
    mean, variance = _closed_form()
    yield Row("frailty: mean number of acts", mean, float(found.mean()), SIGMAS * (variance / RUNS) ** 0.5)
    kurtosis = float(((found - found.mean()) ** 4).mean() / found.var() ** 2)
    yield Row(
        "frailty: index of dispersion of the number of acts", variance / mean, float(found.var() / found.mean()),
        SIGMAS * variance / mean * ((kurtosis - 1.0) / RUNS) ** 0.5,
    )  # fmt: skip


def _closed_form() -> tuple[float, float]:
    """Mean and variance of the number of actors who act once, to second order in the chance of one, p = H - H^2/2.

    H is the integrated hazard given the path, a sum of lognormals of mean 1 with covariance exp(sd^2 kept^lag) - 1.
    """
    step = np.arange(STEPS)
    shared = np.exp(SD**2 * np.exp(-np.abs(step[:, None] - step) * DT / DAYS))
    h = math.exp(LOG_RATE) * DT
    first, second = h * STEPS, h**2 * float(shared.sum())
    third = h**3 * float(_triples(shared))
    p, p2 = first - second / 2.0 + third / 6.0, second - third
    return ACTORS * p, ACTORS * (p - p2) + ACTORS**2 * (p2 - p**2)


def _triples(shared: Floats) -> float:
    """Sum over three steps of the expected product of their lognormal factors."""
    return float(np.einsum("ij,jk,ik->", shared, shared, shared))
