"""The sampler against posteriors that are known in closed form."""

import numpy as np
import pytest

from fronde.domain.draws import Decision, normals
from fronde.domain.state import STRANDS
from fronde.inference import smc

DIMENSIONS, INFORMED, NOISE = 30, 4, 0.5
DATA = np.array([1.0, -0.8, 0.5, 0.0])


def likelihood(z, replicates):
    """ln N(DATA; z[:4], NOISE^2): posterior mean DATA / (1 + NOISE^2), variance NOISE^2 / (1 + NOISE^2)."""
    return -0.5 * np.square((z[:, :INFORMED] - DATA) / NOISE).sum(axis=1)


def noisy(z, replicates):
    """The same times a lognormal factor of mean 1 that depends on the strands of chance."""
    luck = np.column_stack(
        [
            normals(1, Decision.POLL, 0, replicates[:, s].copy(), np.array([s], dtype=np.uint64))[:, 0]
            for s in range(STRANDS)
        ]
    )
    spread = 0.35
    return likelihood(z, replicates) + spread * luck.sum(axis=1) - 0.5 * spread**2 * STRANDS


@pytest.mark.parametrize("target", [likelihood, noisy])
def test_posterior_is_the_exact_one(target):
    particles, _ = smc.run(3, target, DIMENSIONS, smc.Settings(particles=2048, final_moves=20))
    exact_mean, exact_variance = DATA / (1.0 + NOISE**2), NOISE**2 / (1.0 + NOISE**2)
    informed = particles.z[:, :INFORMED]
    assert np.abs(informed.mean(axis=0) - exact_mean).max() < 0.08
    assert np.abs(informed.var(axis=0) / exact_variance - 1.0).max() < 0.3
    rest = particles.z[:, INFORMED:]
    assert np.abs(rest.mean(axis=0)).mean() < 0.08
    assert abs(rest.var(axis=0).mean() - 1.0) < 0.08


def test_log_evidence_is_the_exact_one():
    particles, infos = smc.run(4, likelihood, DIMENSIONS, smc.Settings(particles=2048))
    exact = float(np.sum(0.5 * np.log(NOISE**2 / (1.0 + NOISE**2)) - 0.5 * DATA**2 / (1.0 + NOISE**2)))
    assert sum(info.log_evidence for info in infos) == pytest.approx(exact, abs=0.25)
    assert particles.temperature == 1.0


def test_same_seed_same_particles_and_a_resumed_run_ends_in_the_same_bits():
    saved = []
    settings = smc.Settings(particles=256)
    whole, _ = smc.run(5, likelihood, DIMENSIONS, settings, on_step=lambda particles, _: saved.append(particles))
    again, _ = smc.run(5, likelihood, DIMENSIONS, settings)
    resumed, _ = smc.run(5, likelihood, DIMENSIONS, settings, start=saved[0])
    assert np.array_equal(whole.z, again.z)
    assert np.array_equal(whole.z, resumed.z)
    assert np.array_equal(whole.replicates, resumed.replicates)


def test_no_evidence_leaves_the_prior():
    particles, infos = smc.run(6, lambda z, _: np.zeros(z.shape[0]), DIMENSIONS, smc.Settings(particles=512))
    assert len(infos) == 1
    assert abs(particles.z.mean()) < 0.03
    assert abs(particles.z.var() - 1.0) < 0.05


def test_a_likelihood_that_is_no_number_is_refused():
    with pytest.raises(FloatingPointError, match="not a number for 1 of 64"):
        smc.run(7, lambda z, _: np.where(np.arange(z.shape[0]) == 3, np.nan, 0.0), 3, smc.Settings(particles=64))


def test_temperature_keeps_the_asked_share_effective():
    loglik = normals(1, Decision.MOVE, 0, np.arange(4096, dtype=np.uint64), np.arange(1, dtype=np.uint64))[:, 0] * 20.0
    temperature = smc.next_temperature(loglik, 0.0, 0.5)
    weights = np.exp(temperature * (loglik - loglik.max()))
    assert smc.effective(weights / weights.sum()) == pytest.approx(0.5, abs=1e-6)


def test_reference_is_the_prior_where_particles_look_like_it():
    z = normals(1, Decision.MOVE, 1, np.arange(1024, dtype=np.uint64), np.arange(20, dtype=np.uint64))
    z[:, 3] = 0.4 * z[:, 3] + 1.5
    centre, factor, inverse = smc.reference(z, 1024.0)
    assert centre[3] == pytest.approx(1.5, abs=0.1)
    assert factor[3, 3] == pytest.approx(0.4, abs=0.05)
    others = [k for k in range(20) if k != 3]
    assert np.all(centre[others] == 0.0)
    assert np.allclose(factor @ inverse, np.eye(20))
