"""Posteriors from a bank against a linear-Gaussian problem whose answer is known."""

import numpy as np
import pytest

from fronde.inference.bank import adjusted, linear_gaussian, make_bank, rejection
from fronde.inference.checks import binomial_tail, energy_score, holm

NOISE, SEEN = 0.5, np.array([1.0, -0.5, 0.3])


@pytest.fixture(scope="module")
def bank():
    chance = np.random.default_rng(1)
    z = chance.normal(size=(20_000, 5))
    return make_bank(z, z[:, :3] + NOISE * chance.normal(size=(20_000, 3)))


@pytest.mark.parametrize(
    "way", [lambda b: linear_gaussian(b, SEEN, 1000), lambda b: adjusted(b, SEEN, 1000), lambda b: rejection(b, SEEN)]
)
def test_mean_and_spread_of_a_known_posterior(bank, way):
    found = way(bank)
    np.testing.assert_allclose(found[:, :3].mean(axis=0), SEEN / (1 + NOISE**2), atol=0.25)
    np.testing.assert_allclose(found[:, 3:].mean(axis=0), 0.0, atol=0.25)
    np.testing.assert_allclose(found[:, 3:].std(axis=0), 1.0, atol=0.2)
    assert found[:, :3].std(axis=0).max() < 0.65


def test_energy_score_prefers_the_posterior_to_the_prior(bank):
    truth = np.concatenate([SEEN / (1 + NOISE**2), [0.0, 0.0]])
    assert energy_score(adjusted(bank, SEEN, 1000), truth) < energy_score(bank.z[:1000], truth)


def test_energy_score_of_a_point_is_its_distance():
    assert energy_score(np.zeros((10, 2)), np.array([3.0, 4.0])) == pytest.approx(5.0)


def test_holm_by_hand():
    assert holm(np.array([0.01, 0.04, 0.03])).tolist() == pytest.approx([0.03, 0.06, 0.06])


def test_binomial_tail_by_hand():
    assert binomial_tail(0, 5, 0.5) == 1.0
    assert binomial_tail(5, 5, 0.5) == pytest.approx(0.5**5)
