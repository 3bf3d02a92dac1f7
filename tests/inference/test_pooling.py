"""What other cases lend: limits with known answers, and one hand-worked case."""

import numpy as np
import pytest

from fronde.inference.pooling import Lesson, pool

HALF = np.full(1, 0.5)


def lesson(mean, variance, power=1.0):
    return Lesson(np.array([mean]), np.array([variance]), power)


def test_no_lesson_leaves_the_prior():
    mean, sd = pool([], np.array([0.0, 0.3, 1.0]))
    assert mean.tolist() == [0.0, 0.0, 0.0]
    np.testing.assert_allclose(sd, 1.0)


def test_power_one_and_nothing_between_cases_hands_the_posterior_on():
    mean, sd = pool([lesson(0.8, 0.25)], np.zeros(1))
    assert mean[0] == pytest.approx(0.8)
    assert sd[0] == pytest.approx(0.5)


def test_two_cases_multiply_their_likelihoods():
    mean, sd = pool([lesson(0.8, 0.25), lesson(0.8, 0.25)], np.zeros(1))
    assert sd[0] ** -2 == pytest.approx(1.0 + 2.0 * 3.0)
    assert mean[0] == pytest.approx(2.0 * 3.0 * (0.8 / 0.75) / 7.0)


def test_a_number_of_the_case_alone_learns_nothing_and_neither_does_power_zero():
    for found in (pool([lesson(2.0, 0.1)], np.ones(1)), pool([lesson(2.0, 0.1, 0.0)], np.zeros(1))):
        assert found[0][0] == pytest.approx(0.0)
        assert found[1][0] == pytest.approx(1.0)


def test_discount_widens_and_pulls_toward_the_prior():
    full, half = pool([lesson(1.0, 0.2)], HALF), pool([lesson(1.0, 0.2, 0.5)], HALF)
    assert 0.0 < half[0][0] < full[0][0] < 1.0
    assert full[1][0] < half[1][0] < 1.0


def test_hierarchy_by_simulation():
    """z_1 observed with noise; z_2 of a second case given that observation, by brute force."""
    chance, between, noise, seen = np.random.default_rng(3), 0.3, 0.6, 1.1
    u, e1, e2 = chance.normal(size=(3, 400_000))
    z1, z2 = (np.sqrt(1 - between) * u + np.sqrt(between) * e for e in (e1, e2))
    weight = np.exp(-0.5 * ((seen - z1) / noise) ** 2)
    weight /= weight.sum()
    variance = 1.0 / (1.0 + noise**-2)
    mean, sd = pool([lesson(variance * seen / noise**2, variance)], np.array([between]))
    assert mean[0] == pytest.approx(weight @ z2, abs=0.01)
    assert sd[0] ** 2 == pytest.approx(weight @ z2**2 - (weight @ z2) ** 2, abs=0.01)


def test_silence_and_a_posterior_wider_than_the_prior_are_passed_over():
    mean, sd = pool([lesson(np.nan, np.nan), lesson(0.5, 1.3)], HALF)
    assert (mean[0], sd[0]) == (0.0, 1.0)


def test_a_power_beyond_one_is_refused():
    with pytest.raises(ValueError, match="expected 0 to 1"):
        lesson(0.0, 0.5, 1.5)
