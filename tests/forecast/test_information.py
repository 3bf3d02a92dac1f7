"""Information gained by an observation: limits with known answers."""

import numpy as np
import pytest

from fronde.forecast.information import entropy, gain

CHANCE = np.random.default_rng(7)
FAIR = CHANCE.random(40_000) < 0.5


def test_seeing_the_outcome_itself_tells_all_of_it():
    assert gain(FAIR, FAIR)[0] == pytest.approx(entropy(FAIR), abs=1e-3)
    assert entropy(FAIR) == pytest.approx(1.0, abs=1e-3)
    assert gain(FAIR, ~FAIR)[0] == pytest.approx(1.0, abs=1e-3)


def test_an_unrelated_observation_tells_nothing():
    bits, se = gain(CHANCE.random(40_000) < 0.3, FAIR)
    assert abs(bits) < 4.0 * se + 1e-4


def test_a_noisy_channel_has_its_known_capacity():
    flipped = FAIR ^ (CHANCE.random(FAIR.size) < 0.11)
    expected = 1.0 + 0.11 * np.log2(0.11) + 0.89 * np.log2(0.89)
    assert gain(flipped, FAIR)[0] == pytest.approx(expected, abs=0.01)


def test_a_certain_outcome_has_nothing_to_tell():
    never = np.zeros(100, dtype=bool)
    assert entropy(never) == 0.0
    assert gain(FAIR[:100], never)[0] == pytest.approx(0.0)


def test_runs_of_one_particle_count_once_in_the_error():
    same = np.repeat(FAIR[:1000], 8)
    seen = np.repeat(CHANCE.random(1000) < 0.5, 8) ^ same
    assert gain(seen, same, 8)[1] == pytest.approx(gain(seen[::8], same[::8])[1], rel=0.01)
