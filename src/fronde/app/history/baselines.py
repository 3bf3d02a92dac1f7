"""Baselines that need no theory of elites: a constant rate, persistence, a self-exciting process, survival regression.

All see the same record at the same moment in the steps of the case, and all but persistence lean on the other cases
in the way our model does: each other case gives a posterior N(m, v) of every coefficient's standard coordinate z, and
`inference.pooling` makes a prior of them for this case.

    constant     y_k ~ Poisson(S_k r dt),                    ln r = r0 + r1 z
    hawkes       y_k ~ Poisson(S_k/N (mu + A_k)),            A_k = alpha (1 - d) sum_{j<k} d^(k-1-j) y_j,  per step
                 ln mu, logit alpha, logit d: normal in z; one departure brings on alpha < 1 more
                 (hawkes1971; below 1 so that no forecast explodes)
    survival     logit P(i leaves in step k) = b0 + b . x_ik (allison1982, discrete-time Cox)
                 x: rank, share gone so far, of the last step, of own published ties gone, freshness of the shock
    persistence  the count of the last h goes on over the next h: negative binomial of shape k + 1/2
S_k people not yet gone, N all of them. Coefficients are estimated by importance sampling (constant, hawkes) or by their
mode and curvature (survival).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from fronde.app.history.moments import Stream
from fronde.inference.pooling import Lesson, pool

Floats = NDArray[np.float64]
BANK = 4096  # draws of an importance sample
SHAPES = {  # mean and sd of each coefficient before any case: wide
    "constant": (np.array([-6.0]), np.array([2.5])),
    "hawkes": (np.array([-2.0, 0.0, 0.5]), np.array([2.0, 1.5, 1.5])),
    "survival": (np.array([-6.0, 0.0, 0.0, 0.0, 0.0, 0.0]), np.array([2.5, 2.0, 4.0, 4.0, 2.0, 2.0])),
}
BETWEEN = {  # share of that variance which differs from case to case; the level is the case's own
    "constant": np.array([0.7]),
    "hawkes": np.array([0.9, 0.3, 0.3]),
    "survival": np.array([0.9, 0.2, 0.2, 0.2, 0.2, 0.2]),
}
FRESH_DAYS = 7.0  # a shock's freshness as the survival regression sees it


@dataclass(frozen=True, eq=False)
class Traits:
    """What a survival regression may know of each person: rank [N] and who shares a published tie [N, N] in 0..1."""

    rank: Floats
    ties: Floats


def constant_loglik(values: Floats, record: Stream) -> Floats:
    """ln P(counts so far) of each row of values [R, 1], up to a constant."""
    rate = np.exp(values[:, :1])
    y, at_risk = _risk(record)
    mean = rate * at_risk[None, :] * record.step
    return np.asarray((y * np.log(mean + 1e-300) - mean).sum(axis=1))


def hawkes_rates(values: Floats) -> tuple[Floats, Floats, Floats]:
    """mu [1/step], alpha [1] and the share of excitement that a step keeps, of rows (ln mu, logit alpha, logit d)."""
    return np.exp(values[:, 0]), 1.0 / (1.0 + np.exp(-values[:, 1])), 1.0 / (1.0 + np.exp(-values[:, 2]))


def hawkes_loglik(values: Floats, record: Stream) -> Floats:
    """ln P(counts so far) of each row (ln mu, logit alpha, logit d) [R, 3], up to a constant."""
    y, at_risk = _risk(record)
    mu, alpha, keep = hawkes_rates(values)
    excited, total = np.zeros(len(values)), np.zeros(len(values))
    for count, alive in zip(y, at_risk / record.size, strict=True):
        mean = alive * (mu + alpha * (1.0 - keep) * excited)
        total += count * np.log(mean + 1e-300) - mean
        excited = keep * excited + count
    return total


def _risk(record: Stream) -> tuple[Floats, Floats]:
    """Counts and people at risk in each step so far."""
    y = record.counts(record.end).astype(np.float64)
    return y, record.size - np.concatenate([[0.0], np.cumsum(y)[:-1]])


LOGLIK = {"constant": constant_loglik, "hawkes": hawkes_loglik}


def _values(kind: str, z: Floats) -> Floats:
    mean, sd = SHAPES[kind]
    return mean + sd * z


def sample(kind: str, record: Stream, lessons: Sequence[Lesson], draws: int, seed: int) -> Floats:
    """Draws of the coefficients [draws, K] given the record and the other cases."""
    chance = np.random.default_rng(seed)
    mean, sd = pool(lessons, BETWEEN[kind])
    z = mean + sd * chance.standard_normal((BANK, mean.size))
    values = _values(kind, z)
    weights = LOGLIK[kind](values, record)
    weights = np.exp(weights - weights.max())
    return np.asarray(values[chance.choice(BANK, draws, p=weights / weights.sum())])


def lesson(kind: str, record: Stream, traits: Traits | None = None, seed: int = 0) -> Lesson:
    """What one whole case says of the coefficients, without any other."""
    if kind == "survival":
        assert traits is not None  # a survival regression needs people
        mode, curvature = fit_survival(record, traits, ())
        return Lesson(mode, np.diag(np.linalg.inv(curvature)), 1.0)
    mean, sd = SHAPES[kind]
    z = (sample(kind, record, (), BANK, seed) - mean) / sd
    return Lesson(z.mean(axis=0), z.var(axis=0), 1.0)


def constant(record: Stream, horizons: Sequence[float], lessons: Sequence[Lesson], draws: int, seed: int) -> Floats:
    """Counts over each horizon [draws, horizon] at a constant rate per person."""
    rate = np.exp(sample("constant", record, lessons, draws, seed)[:, 0])
    chance = np.random.default_rng(seed + 1)
    left = record.size - record.when.size
    spans = np.diff([0.0, *horizons])
    counts = np.empty((draws, len(horizons)))
    alive = np.full(draws, left)
    for k, span in enumerate(spans):
        gone = chance.binomial(alive, 1.0 - np.exp(-rate * span)) if span > 0 else np.zeros(draws, dtype=np.int64)
        alive = alive - gone
        counts[:, k] = left - alive
    return counts


def persistence(record: Stream, horizons: Sequence[float], draws: int, seed: int) -> Floats:
    """Counts over each horizon [draws, horizon]: as many as over the same time before."""
    chance = np.random.default_rng(seed)
    left = record.size - record.when.size
    found = np.empty((draws, len(horizons)))
    for k, span in enumerate(horizons):
        back = min(span, record.end)
        rate = chance.gamma(record.between(record.end - back, record.end) + 0.5, 1.0, draws) * span / back
        found[:, k] = np.minimum(chance.poisson(rate), left)
    return found


def hawkes(record: Stream, horizons: Sequence[float], lessons: Sequence[Lesson], draws: int, seed: int) -> Floats:
    """Counts over each horizon [draws, horizon] of the self-exciting process."""
    return run_hawkes(sample("hawkes", record, lessons, draws, seed), record, horizons, seed + 1)


def run_hawkes(values: Floats, record: Stream, horizons: Sequence[float], seed: int) -> Floats:
    """Go on from the record with given coefficients [draws, 3]."""
    chance = np.random.default_rng(seed)
    mu, alpha, keep = hawkes_rates(values)
    excited = np.zeros(len(values))
    for count in record.counts(record.end):
        excited = keep * excited + count
    gone = np.full(len(values), float(record.when.size))
    found = np.empty((len(values), len(horizons)))
    for step in range(1, round(max(horizons) / record.step) + 1):
        mean = (record.size - gone) / record.size * (mu + alpha * (1.0 - keep) * excited)
        new = np.minimum(chance.poisson(np.clip(mean, 0.0, 1e6)), record.size - gone)
        gone, excited = gone + new, keep * excited + new
        for k, span in enumerate(horizons):
            if step <= round(span / record.step):
                found[:, k] = gone - record.when.size
    return found


def design(traits: Traits, gone: Floats, last: Floats, fresh: float) -> Floats:
    """Covariates of everybody [.., N, 6] from who is gone and who went in the last step [.., N]."""
    shape = gone.shape
    share = np.broadcast_to(gone.mean(axis=-1, keepdims=True), shape)
    recent = np.broadcast_to(last.mean(axis=-1, keepdims=True), shape)
    friends = gone @ traits.ties.T
    rank = np.broadcast_to(traits.rank, shape)
    return np.stack([np.ones(shape), rank, share, recent, friends, np.full(shape, fresh)], axis=-1)


def freshness(record: Stream, at: float) -> float:
    """How fresh the last shock is at a moment; the onset is one."""
    starts = np.concatenate([[0.0], record.shocks[record.shocks <= at]])
    return float(np.exp(-(at - starts.max()) / FRESH_DAYS)) if record.step >= 1.0 else float(np.exp(-at))


def gone_by(record: Stream, until: float) -> Floats:
    who = np.zeros(record.size)
    who[record.actor[record.when <= until + 1e-9]] = 1.0
    return who


def fit_survival(record: Stream, traits: Traits, lessons: Sequence[Lesson]) -> tuple[Floats, Floats]:
    """Mode of z [K] and curvature [K, K] of the discrete-time survival regression, by Newton's method."""
    mean, sd = pool(lessons, BETWEEN["survival"])
    centre, scale = SHAPES["survival"]
    rows, outcomes = [], []
    steps = round(record.end / record.step)
    before, last = np.zeros(record.size), np.zeros(record.size)
    for k in range(steps):
        after = gone_by(record, (k + 1) * record.step)
        at_risk = before < 0.5
        rows.append(design(traits, before, last, freshness(record, k * record.step))[at_risk])
        outcomes.append(after[at_risk])
        last, before = after - before, after
    x, y = np.concatenate(rows), np.concatenate(outcomes)
    z = mean.copy()
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ (centre + scale * z), -30.0, 30.0)))
        slope = (x.T @ (y - p)) * scale - (z - mean) / sd**2
        curvature = (x.T * (p * (1.0 - p))) @ x * np.outer(scale, scale) + np.diag(1.0 / sd**2)
        move = np.linalg.solve(curvature, slope)
        z += np.clip(move, -1.0, 1.0)
        if np.abs(move).max() < 1e-8:
            break
    return z, curvature


def survival(
    record: Stream, traits: Traits, horizons: Sequence[float], lessons: Sequence[Lesson], draws: int, seed: int
) -> tuple[Floats, Floats]:
    """Counts over each horizon [draws, horizon], and each person's chance to go within the longest [N]."""
    mode, curvature = fit_survival(record, traits, lessons)
    chance = np.random.default_rng(seed)
    centre, scale = SHAPES["survival"]
    b = centre + scale * chance.multivariate_normal(mode, np.linalg.inv(curvature), draws)
    return go_on(record, traits, horizons, b, repeat(np.zeros(draws)), chance)


def go_on(
    record: Stream,
    traits: Traits,
    horizons: Sequence[float],
    b: Floats,
    common: Iterator[Floats],
    chance: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Go on from the record: counts [D, horizon], and each person's chance to go within the longest [N].

    b: coefficients [D, 6]; common: what is added to everybody's log odds in each step [D].
    """
    gone = np.tile(gone_by(record, record.end), (len(b), 1))
    last = np.tile(gone_by(record, record.end) - gone_by(record, record.end - record.step), (len(b), 1))
    found = np.empty((len(b), len(horizons)))
    for step in range(1, round(max(horizons) / record.step) + 1):
        x = design(traits, gone, last, freshness(record, record.end + (step - 1) * record.step))
        eta = np.einsum("rnk,rk->rn", x, b) + next(common)[:, None]
        p = 1.0 / (1.0 + np.exp(-np.clip(eta, -30.0, 30.0)))
        last = ((chance.random(p.shape) < p) & (gone < 0.5)).astype(np.float64)
        gone = gone + last
        for k, span in enumerate(horizons):
            if step <= round(span / record.step):
                found[:, k] = gone.sum(axis=1) - record.when.size
    return found, gone.mean(axis=0)
