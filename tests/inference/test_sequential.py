"""Evidence that arrives in pieces ends in the same posterior as all of it at once."""

import numpy as np
import pytest

from fronde.inference import sequential, smc

SEED, DIMENSIONS = 5, 12
SEEN = np.array([0.9, -0.6, 1.4])  # one number a week, each about another coordinate, then about the first again
SETTINGS = smc.Settings(particles=2000)


def known(weeks, noise=0.5):
    """ln likelihood of the first `weeks` observations; exact posterior mean SEEN / (1 + noise^2)."""

    def likelihood(z, replicates):
        return -0.5 * np.square((z[:, :weeks] - SEEN[:weeks]) / noise).sum(axis=1)

    return likelihood


@pytest.fixture(scope="module")
def weekly():
    first, _ = smc.run(SEED, known(1), DIMENSIONS, SETTINGS)
    state, found = sequential.start(first), []
    for week in (2, 3):
        state, update = sequential.update(SEED, state, known(week - 1), known(week), SETTINGS)
        found.append(update)
    return state, found


def test_sequential_mean_and_variance_are_exact(weekly):
    state, _ = weekly
    z, w = state.particles.z, state.weights
    mean = w @ z
    variance = w @ np.square(z - mean)
    error = 4.0 / np.sqrt(SETTINGS.particles * smc.effective(w) / 4.0)  # particles are correlated: a quarter counts
    np.testing.assert_allclose(mean[:3], SEEN / 1.25, atol=error)
    np.testing.assert_allclose(mean[3:], 0.0, atol=error)
    np.testing.assert_allclose(variance[:3], 0.2, atol=error)


def test_evidence_of_the_pieces_multiplies_to_that_of_the_whole(weekly):
    _, found = weekly
    _, infos = smc.run(SEED, known(1), DIMENSIONS, SETTINGS)
    pieces = sum(info.log_evidence for info in infos) + sum(update.log_evidence for update in found)
    exact = (-0.5 * np.log(1.0 + 4.0) - 0.5 * SEEN**2 / 1.25).sum()
    assert pieces == pytest.approx(exact, abs=0.15)


def test_little_news_only_reweights_and_a_contradiction_rejuvenates():
    first, _ = smc.run(SEED, known(1), DIMENSIONS, SETTINGS)
    state = sequential.start(first)
    same, update = sequential.update(SEED, state, known(1), known(1), SETTINGS)
    assert update.steps == 0
    assert update.log_evidence == pytest.approx(0.0)
    assert np.array_equal(same.particles.z, state.particles.z)

    def far(z, replicates):
        return known(1)(z, replicates) - 0.5 * np.square((z[:, 1] - 3.0) / 0.2)

    moved, update = sequential.update(SEED, state, known(1), far, SETTINGS)
    assert update.effective < 0.5
    assert update.steps >= 2
    assert moved.weights @ moved.particles.z[:, 1] == pytest.approx(3.0 / 1.04, abs=0.05)
    assert np.unique(moved.particles.z[:, 0]).size > 1000
