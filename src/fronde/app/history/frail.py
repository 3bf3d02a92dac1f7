"""The survival regression with frailty: the strongest baseline, with the common factor of our own model.

    logit P(i leaves in step k) = b . x_ik + u_k,    u an Ornstein-Uhlenbeck path as in `mechanisms.frailty`
x as in `baselines.survival`; ln sd and ln days have the priors of our model. The path is followed by a bootstrap
particle filter (gordon1993); coefficients are proposed around the mode without frailty, four times as wide in
variance, and weighted by their prior. Leans on the other cases like the others do.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from fronde.app.history.baselines import BETWEEN, SHAPES, Traits, design, fit_survival, freshness, go_on, gone_by
from fronde.app.history.moments import Stream
from fronde.inference.pooling import Lesson, pool

Floats = NDArray[np.float64]
PARTICLES = 2048
WIDER = 2.0  # standard deviation of the proposal against that of the regression without frailty
LN_SD = (0.0, 0.6)  # mean and sd, as `frailty.sd`
LN_DAYS = (np.log(5.0), np.log(0.25), 0.8)  # mean by day and by hour, sd: as `frailty.days` in the cases
SHARES = np.concatenate([BETWEEN["survival"], [0.2, 0.2]])
COEFFICIENTS = 6


def _followed(record: Stream, traits: Traits, lessons: Sequence[Lesson], seed: int) -> tuple[Floats, Floats]:
    """Particles z [R, 8] and frailty now [R], given the record: equally weighted."""
    chance = np.random.default_rng(seed)
    mean, sd = pool(lessons, SHARES)
    first = [Lesson(one.mean[:COEFFICIENTS], one.variance[:COEFFICIENTS], one.power) for one in lessons]
    mode, curvature = fit_survival(record, traits, first)
    root = WIDER * np.linalg.cholesky(np.linalg.inv(curvature))
    noise = chance.standard_normal((PARTICLES, COEFFICIENTS))
    z = mean + sd * chance.standard_normal((PARTICLES, mean.size))
    z[:, :COEFFICIENTS] = mode + noise @ root.T
    prior = np.square((z - mean) / sd)[:, :COEFFICIENTS].sum(axis=1)
    weight = 0.5 * (np.square(noise).sum(axis=1) - prior)
    u = _start(z, chance)
    before, last = np.zeros(record.size), np.zeros(record.size)
    for k in range(round(record.end / record.step)):
        after = gone_by(record, (k + 1) * record.step)
        u = _step(z, u, record, chance)
        x = design(traits, before, last, freshness(record, k * record.step))[before < 0.5]
        eta = _coefficients(z) @ x.T + u[:, None]
        left = after[before < 0.5] > 0.5
        weight += eta[:, left].sum(axis=1) - np.logaddexp(0.0, eta).sum(axis=1)
        shares = np.exp(weight - weight.max())
        if shares.sum() ** 2 < 0.5 * PARTICLES * np.square(shares).sum():
            rows = _even(shares, PARTICLES, chance)
            z, u, weight = z[rows], u[rows], np.zeros(PARTICLES)
        last, before = after - before, after
    rows = _even(np.exp(weight - weight.max()), PARTICLES, chance)
    return z[rows], u[rows]


def _even(shares: Floats, count: int, chance: np.random.Generator) -> NDArray[np.int64]:
    """Systematic resampling."""
    edges = np.cumsum(shares / shares.sum())
    return np.minimum(np.searchsorted(edges, (np.arange(count) + chance.random()) / count), shares.size - 1)


def _coefficients(z: Floats) -> Floats:
    centre, scale = SHAPES["survival"]
    return np.asarray(centre + scale * z[:, :COEFFICIENTS])


def _spread(z: Floats) -> Floats:
    return np.asarray(np.exp(LN_SD[0] + LN_SD[1] * z[:, COEFFICIENTS]))


def _start(z: Floats, chance: np.random.Generator) -> Floats:
    sd = _spread(z)
    return np.asarray(sd * chance.standard_normal(len(z)) - 0.5 * sd**2)


def _step(z: Floats, u: Floats, record: Stream, chance: np.random.Generator) -> Floats:
    sd = _spread(z)
    centre = LN_DAYS[0] if record.step >= 1.0 else LN_DAYS[1]
    kept = np.exp(-record.step / np.exp(centre + LN_DAYS[2] * z[:, COEFFICIENTS + 1]))
    mean = -0.5 * sd**2
    return np.asarray(mean + (u - mean) * kept + sd * np.sqrt(1.0 - kept**2) * chance.standard_normal(len(z)))


def lesson(record: Stream, traits: Traits, seed: int = 0) -> Lesson:
    """What one whole case says of the coefficients, without any other."""
    z, _ = _followed(record, traits, (), seed)
    return Lesson(z.mean(axis=0), z.var(axis=0), 1.0)


def frail(
    record: Stream, traits: Traits, horizons: Sequence[float], lessons: Sequence[Lesson], draws: int, seed: int
) -> tuple[Floats, Floats]:
    """Counts over each horizon [draws, horizon], and each person's chance to go within the longest [N]."""
    z, u = _followed(record, traits, lessons, seed)
    chance = np.random.default_rng(seed + 1)
    rows = chance.choice(PARTICLES, draws, replace=draws > PARTICLES)
    z, u = z[rows], u[rows]
    return go_on(record, traits, horizons, _coefficients(z), _path(z, u, record, chance), chance)


def _path(z: Floats, u: Floats, record: Stream, chance: np.random.Generator) -> Iterator[Floats]:
    """Frailty in the steps to come."""
    while True:
        u = _step(z, u, record, chance)
        yield u
