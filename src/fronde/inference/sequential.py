"""Updating a posterior as evidence arrives, instead of starting again from the prior (chopin2002).

Particles z, u of p(z) p(u) L_a(z, u) become those of p(z) p(u) L_b(z, u), where b knows more than a: each is weighted
by L_b / L_a. Weights are carried on while enough particles are effective. When fewer are, the way from a to b is gone
in steps L_a^(1-t) L_b^t, with resampling and the moves of `smc` at each, and `final_moves` at the end. Both are
unbiased for those of z, so the result is what a batch run on b samples, up to Monte Carlo error.
Pure: `start` and `update`.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fronde.inference import smc
from fronde.inference.smc import Floats, Likelihood, Particles, Settings

FLOOR = 1e-3  # smallest step of the bridge: a target that cannot be reached must not loop for ever


@dataclass(frozen=True)
class State:
    """Particles of the posterior so far and their log weights [N]."""

    particles: Particles
    log_weights: Floats

    @property
    def weights(self) -> Floats:
        """Normalised weights [N]."""
        raw = np.exp(self.log_weights - self.log_weights.max())
        return np.asarray(raw / raw.sum())


@dataclass(frozen=True)
class Update:
    """What one update did: effective share after reweighting, steps of the bridge (0: none), ln P(new | old)."""

    effective: float
    steps: int
    log_evidence: float


def start(particles: Particles) -> State:
    """Equally weighted particles of a finished batch run."""
    return State(replace(particles, temperature=1.0), np.zeros(particles.z.shape[0]))


def even(seed: int, state: State) -> NDArray[np.int64]:
    """Indices that turn weighted particles into equally weighted ones."""
    return smc.systematic(seed, state.particles.rounds, state.weights)


def _effective(log_weights: Floats) -> float:
    raw = np.exp(log_weights - log_weights.max())
    return smc.effective(raw / raw.sum())


def _next(log_weights: Floats, increment: Floats, t: float, keep: float) -> float:
    """The furthest point of the bridge that leaves `keep` of the particles effective."""
    if _effective(log_weights + (1.0 - t) * increment) >= keep:
        return 1.0
    low, high = 0.0, 1.0 - t
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _effective(log_weights + middle * increment) >= keep else (low, middle)
    return min(1.0, t + max(low, FLOOR))


def update(seed: int, state: State, before: Likelihood, after: Likelihood, settings: Settings) -> tuple[State, Update]:
    """From the posterior under `before` to that under `after`; state.particles.loglik is that under `before`."""
    now = state.particles
    new = smc.checked(after(now.z, now.replicates))
    log_weights = state.log_weights + new - now.loglik
    gained = _log_mean(state.log_weights, new - now.loglik)
    share = _effective(log_weights)
    if share >= settings.keep:
        return State(replace(now, loglik=new), log_weights - log_weights.max()), Update(share, 0, gained)
    old, t, steps, log_weights, gained = now.loglik, 0.0, 0, state.log_weights, 0.0
    while t < 1.0:
        increment = new - old
        ahead = _next(log_weights, increment, t, settings.keep)
        gained += _log_mean(log_weights, (ahead - t) * increment)
        weighted = State(now, log_weights + (ahead - t) * increment)
        chosen = even(seed, weighted)
        now = replace(
            now, z=now.z[chosen], replicates=now.replicates[chosen], loglik=now.loglik[chosen],
            ancestors=now.ancestors[chosen], rounds=now.rounds + 1,
        )  # fmt: skip
        old, new, t, steps, log_weights = old[chosen], new[chosen], ahead, steps + 1, np.zeros(chosen.size)
        for index in range(settings.final_moves if t >= 1.0 else settings.moves):
            now, old, new = _move(seed, now, old, new, t, before, after, settings, renew=index % 2 == 1)
    return State(replace(now, loglik=new), log_weights), Update(share, steps, gained)


def _log_mean(log_weights: Floats, increment: Floats) -> float:
    """ln of the weighted mean of exp(increment)."""
    weights = np.exp(log_weights - log_weights.max())
    top = increment.max()
    return float(np.log(np.sum(weights / weights.sum() * np.exp(increment - top))) + top)


def _move(
    seed: int,
    now: Particles,
    old: Floats,
    new: Floats,
    t: float,
    before: Likelihood,
    after: Likelihood,
    settings: Settings,
    renew: bool,
) -> tuple[Particles, Floats, Floats]:
    """One move under L_a^(1-t) L_b^t; at the end of the bridge the older likelihood is needed no more."""
    z, replicates, extra = smc.propose(seed, now, renew)
    there = smc.checked(after(z, replicates))
    here = smc.checked(before(z, replicates)) if t < 1.0 else old
    accept = smc.accepted(seed, now.rounds, (1.0 - t) * (here - old) + t * (there - new) + extra)
    size = now.size
    if not renew:
        size = float(np.clip(size * np.exp(accept.mean() - settings.target_acceptance), 0.05, 0.95))
    moved = replace(
        now, z=np.where(accept[:, None], z, now.z), replicates=np.where(accept[:, None], replicates, now.replicates),
        rounds=now.rounds + 1, size=size,
    )  # fmt: skip
    return moved, np.where(accept, here, old), np.where(accept, there, new)
