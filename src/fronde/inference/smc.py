"""Sequential Monte Carlo from prior to posterior, for a batched simulator whose likelihood is noisy.

Target: p(z) p(u | z) L(evidence | z, u)^t with t from 0 to 1, where z ~ N(0, 1) are the parameters and u the chance of
a run, named by its replicate numbers (one a strand). The likelihood of a run is unbiased for that of its parameters, so
the marginal of z at t = 1 is the exact posterior (andrieu_roberts2009); u comes along and is the history that the
forecast continues.
Moves: preconditioned Crank-Nicolson around the particles' own mean and covariance (cotter2013, kantas2014), which keeps
the Gaussian prior invariant in any dimension. Half of the moves keep u (its draws are common random numbers between z
and z', deligiannidis2018), every other one renews a quarter of the strands of u and keeps z (tran2016, block
pseudo-marginal).
Pure functions: `init`, `temper`, `move`; `run` puts them in a loop. All chance comes from `domain.draws`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fronde.domain.draws import Decision, normals, uniforms
from fronde.domain.state import OWN, STRANDS

Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]
RENEWED = 4  # a move renews every fourth strand
Likelihood = Callable[[Floats, Keys], Floats]  # (z [N, K], replicates [N, strand]) -> log L [N]


@dataclass(frozen=True)
class Settings:
    """Size and pace. `keep` is the share of effective particles each temperature keeps."""

    particles: int = 1024
    moves: int = 6
    final_moves: int = 12
    keep: float = 0.5
    target_acceptance: float = 0.25


@dataclass(frozen=True)
class Particles:
    """z [N, K], replicate numbers [N, strand], log L [N], temperature, proposal size, number of moves so far."""

    z: Floats
    replicates: Keys
    loglik: Floats
    temperature: float
    size: float
    rounds: int
    ancestors: NDArray[np.int64]


@dataclass(frozen=True)
class Info:
    """What one step did: temperature, effective share before resampling, acceptance of z and of u moves."""

    temperature: float
    effective: float
    accepted_z: float
    accepted_u: float
    log_evidence: float


def _numbers(count: int, first: int = 0) -> Keys:
    return np.arange(first, first + count, dtype=np.uint64)


def init(seed: int, likelihood: Likelihood, dimensions: int, settings: Settings) -> Particles:
    """Prior draws and their likelihood: temperature 0."""
    n = settings.particles
    z = normals(seed, Decision.PRIOR, 0, _numbers(n), _numbers(dimensions))
    replicates = np.repeat(_numbers(n)[:, None], STRANDS, axis=1)
    return Particles(z, replicates, checked(likelihood(z, replicates)), 0.0, 0.5, 1, np.arange(n))


def checked(loglik: Floats) -> Floats:
    """The likelihood itself; a NaN would pass every comparison unnoticed, so it is refused."""
    if np.isnan(loglik).any():
        raise FloatingPointError(
            f"the likelihood is not a number for {int(np.isnan(loglik).sum())} of {loglik.size} runs"
        )
    return loglik


def _weights(loglik: Floats, increment: float) -> tuple[Floats, float]:
    """Normalised weights of a temperature increment and the log of their mean."""
    scaled = increment * loglik
    top = scaled.max()
    raw = np.exp(scaled - top)
    return raw / raw.sum(), float(np.log(raw.mean()) + top)


def effective(weights: Floats) -> float:
    """Effective share of normalised weights, 1/N to 1 (kong1994)."""
    return float(1.0 / np.square(weights).sum() / weights.size)


def next_temperature(loglik: Floats, temperature: float, keep: float) -> float:
    """The highest temperature that leaves `keep` of the particles effective, by bisection."""
    if effective(_weights(loglik, 1.0 - temperature)[0]) >= keep:
        return 1.0
    low, high = 0.0, 1.0 - temperature
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if effective(_weights(loglik, middle)[0]) >= keep else (low, middle)
    return temperature + low


def systematic(seed: int, rounds: int, weights: Floats) -> NDArray[np.int64]:
    """Indices of N particles drawn in proportion to their weights [N], evenly spread (kitagawa1996)."""
    n = weights.size
    u = float(uniforms(seed, Decision.RESAMPLE, rounds, _numbers(1), _numbers(1))[0, 0])
    return np.minimum(np.searchsorted(np.cumsum(weights), (np.arange(n) + u) / n), n - 1)


def temper(seed: int, particles: Particles, settings: Settings) -> tuple[Particles, float, float]:
    """Raise the temperature and resample (systematic). Returns particles, effective share, log evidence gained."""
    new = next_temperature(particles.loglik, particles.temperature, settings.keep)
    weights, gained = _weights(particles.loglik, new - particles.temperature)
    chosen = systematic(seed, particles.rounds, weights)
    resampled = replace(
        particles,
        z=particles.z[chosen],
        replicates=particles.replicates[chosen],
        loglik=particles.loglik[chosen],
        ancestors=particles.ancestors[chosen],
        temperature=new,
    )
    return resampled, effective(weights), gained


def reference(z: Floats, effective_count: float) -> tuple[Floats, Floats, Floats]:
    """Gaussian around the particles: mean [K], Cholesky factor [K, K] and its inverse.

    A coordinate whose mean and variance are those of the prior within sampling error stays the prior exactly: any
    reference is valid, and noise in a hundred uninformed coordinates would only lower the acceptance.
    einsum, not matrix products: its sums have one order whatever the number of threads.
    """
    n, k = z.shape
    error = 3.0 / np.sqrt(effective_count)
    mean, variance = z.mean(axis=0), z.var(axis=0)
    informed = np.flatnonzero((np.abs(mean) > error) | (np.abs(variance - 1.0) > np.sqrt(2.0) * error))
    centre = np.zeros(k)
    centre[informed] = mean[informed]
    covariance = np.eye(k)
    centred = z[:, informed] - mean[informed]
    block = np.einsum("ni,nj->ij", centred, centred) / n
    spread = np.sqrt(np.diag(block))
    correlation = block / np.outer(spread, spread)
    correlation[np.abs(correlation) < error] = 0.0
    np.fill_diagonal(correlation, 1.0)
    shrunk = 0.9 * correlation + 0.1 * np.eye(informed.size)
    covariance[np.ix_(informed, informed)] = _positive(shrunk) * np.outer(spread, spread)
    factor = np.linalg.cholesky(covariance)
    return centre, np.asarray(factor, dtype=np.float64), np.asarray(np.linalg.inv(factor), dtype=np.float64)


def _positive(correlation: Floats) -> Floats:
    """The correlation matrix with its smallest eigenvalue lifted to 0.05: thresholding can make it indefinite."""
    if not correlation.size:
        return correlation
    lowest = float(np.linalg.eigvalsh(correlation).min())
    if lowest >= 0.05:
        return correlation
    lift = (0.05 - lowest) / (1.0 - lowest)
    return (1.0 - lift) * correlation + lift * np.eye(correlation.shape[0])


def _log_ratio(z: Floats, mean: Floats, inverse: Floats) -> Floats:
    """ln prior(z) - ln reference(z), up to a constant [N]."""
    standard = np.einsum("nj,ij->ni", z - mean, inverse)
    return 0.5 * (np.square(standard).sum(axis=1) - np.square(z).sum(axis=1))


def _renewed(turn: int) -> NDArray[np.bool_]:
    """Strands that a move draws anew [strand]: every fourth, by turns of those of actors and those common to all."""
    strands = np.arange(STRANDS)
    return ((strands < OWN) == (turn % 2 == 0)) & ((strands + turn // 2) % RENEWED == 0)


def propose(seed: int, particles: Particles, renew: bool) -> tuple[Floats, Keys, Floats]:
    """Proposed z and u of all particles, and ln of what their prior gains over the proposal's [N]."""
    n, k = particles.z.shape
    rounds, size = particles.rounds, particles.size
    z, replicates = particles.z, particles.replicates
    if renew:
        part = _renewed(rounds // 2)
        return z, np.where(part[None, :], _numbers(n, rounds * n)[:, None], replicates), np.zeros(n)
    lines = np.unique(particles.ancestors).size
    mean, factor, inverse = reference(z, effective_count=float(min(n, 2 * lines)))
    noise = normals(seed, Decision.MOVE, rounds, _numbers(n), _numbers(k))
    step = np.einsum("nj,ij->ni", noise, factor)
    proposed = mean + np.sqrt(1.0 - size**2) * (z - mean) + size * step
    return proposed, replicates, _log_ratio(proposed, mean, inverse) - _log_ratio(z, mean, inverse)


def accepted(seed: int, rounds: int, gain: Floats) -> NDArray[np.bool_]:
    """Metropolis-Hastings: accept with probability exp(gain) [N]."""
    return np.log(uniforms(seed, Decision.ACCEPT, rounds, _numbers(gain.size), _numbers(1))[:, 0]) < gain


def move(seed: int, particles: Particles, likelihood: Likelihood, renew: bool) -> tuple[Particles, float]:
    """One Metropolis-Hastings move of all particles; `renew` draws part of u anew instead of the parameters."""
    rounds, z, replicates = particles.rounds, particles.z, particles.replicates
    proposed, renewed, extra = propose(seed, particles, renew)
    loglik = checked(likelihood(proposed, renewed))
    accept = accepted(seed, rounds, particles.temperature * (loglik - particles.loglik) + extra)
    moved = replace(
        particles,
        z=np.where(accept[:, None], proposed, z),
        replicates=np.where(accept[:, None], renewed, replicates),
        loglik=np.where(accept, loglik, particles.loglik),
        rounds=rounds + 1,
    )
    return moved, float(accept.mean())


def step(seed: int, particles: Particles, likelihood: Likelihood, settings: Settings) -> tuple[Particles, Info]:
    """One temperature: reweight, resample, move; the proposal size follows the acceptance rate."""
    particles, share, gained = temper(seed, particles, settings)
    count = settings.final_moves if particles.temperature >= 1.0 else settings.moves
    accepted: dict[bool, list[float]] = {True: [], False: []}
    for index in range(count):
        renew = index % 2 == 1
        particles, rate = move(seed, particles, likelihood, renew)
        accepted[renew].append(rate)
        if not renew:
            factor = np.exp(rate - settings.target_acceptance)
            particles = replace(particles, size=float(np.clip(particles.size * factor, 0.05, 0.95)))
    mean = {key: float(np.mean(rates)) if rates else float("nan") for key, rates in accepted.items()}
    return particles, Info(particles.temperature, share, mean[False], mean[True], gained)


def run(
    seed: int,
    likelihood: Likelihood,
    dimensions: int,
    settings: Settings,
    start: Particles | None = None,
    on_step: Callable[[Particles, Info], None] | None = None,
) -> tuple[Particles, list[Info]]:
    """From the prior (or a saved state) to temperature 1; `on_step` sees every step, for progress and checkpoints."""
    particles = start if start is not None else init(seed, likelihood, dimensions, settings)
    infos: list[Info] = []
    while particles.temperature < 1.0:
        particles, info = step(seed, particles, likelihood, settings)
        infos.append(info)
        if on_step is not None:
            on_step(particles, info)
    return particles, infos
