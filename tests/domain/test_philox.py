"""The generator is Philox4x32-10, and the address of a draw is (seed, decision, replicate, step, entity)."""

import hashlib

import numpy as np
import pytest

from fronde.domain import draws
from fronde.domain.draws import Decision, entity_key, normals, philox, uniform, uniform_pair, uniforms

# Known answers of the reference implementation (Random123, file kat_vectors): counter, key -> output.
KNOWN_ANSWERS = {
    "zeros": ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    "ones": ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    "digits of pi": ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
}


def words(text: str) -> list[np.uint64]:
    """Hexadecimal words as uint64."""
    return [np.uint64(int(word, 16)) for word in text.split()]


@pytest.mark.parametrize("name", KNOWN_ANSWERS)
def test_philox_gives_the_published_words(name: str) -> None:
    counter, key, expected = KNOWN_ANSWERS[name]
    assert [int(word) for word in philox(*words(counter), *words(key))] == [int(word) for word in words(expected)]


def unit(high: int, low: int) -> float:
    """The readable form of two words as a number in (0, 1): the middle of one of 2**52 cells."""
    return (((high << 20) | (low >> 12)) + 0.5) / 2.0**52


def test_a_draw_reads_the_words_of_its_address() -> None:
    seed, pair, replicate, step, entity = 0x1234_5678_9ABC, 8, 77, 19, 0xABCD_1234_5678
    block = philox(*words("12345678 abcd0008 0000004d 00000013"), *words("56789abc 00001234"))
    first, second = unit(int(block[0]), int(block[1])), unit(int(block[2]), int(block[3]))
    assert uniform_pair(*(np.uint64(k) for k in (seed, pair, replicate, step, entity))) == (first, second)
    assert uniform(seed, 2 * pair, replicate, step, entity) == first
    assert uniform(seed, 2 * pair + 1, replicate, step, entity) == second


@pytest.mark.parametrize(("high", "low"), [(0, 0), (0xFFFFFFFF, 0xFFFFFFFF), (1, 0x80000000)])
def test_a_uniform_is_never_zero_or_one(high: int, low: int) -> None:
    value = float(draws._unit(np.uint64(high), np.uint64(low)))
    assert value == unit(high, low)
    assert 0.0 < value < 1.0


def test_arrays_hold_the_same_draws_as_the_single_door() -> None:
    replicates, entities = np.array([3, 500], dtype=np.uint64), np.array([9, 2**47], dtype=np.uint64)
    for decision in (Decision.ACT, Decision.MOOD, Decision.TIE):
        found = uniforms(5, decision, 11, replicates, entities)
        single = [[uniform(5, decision, int(r), 11, int(e)) for e in entities] for r in replicates]
        np.testing.assert_array_equal(found, single)


def test_normals_are_the_quantiles_of_the_uniforms() -> None:
    keys = np.arange(50, dtype=np.uint64)
    u, z = uniforms(5, Decision.MOOD, 0, keys, keys), normals(5, Decision.MOOD, 0, keys, keys)
    assert np.all(np.diff(z.ravel()[np.argsort(u.ravel())]) > 0.0)
    assert np.all((z > 0.0) == (u > 0.5))


def test_decisions_keep_their_numbers() -> None:
    """A number once used keeps its meaning: changing one of these changes every published result."""
    kept = dict(ACT=0, MOOD=1, FORTUNE=2, DESIGNATION=3, LEADER=4, LEADER_DAY=5, MARKET=6, BATTLEFIELD=7,
                PLOT_ATTEMPT=8, PLOT_OUTCOME=9, INCLUSION=10, REPORTED=11, PRIOR=12, MOVE=14,
                ACCEPT=15, RESAMPLE=16, ATTRIBUTE=1000,
                TIE=2000)  # fmt: skip
    assert {name: Decision[name].value for name in kept} == kept


def test_decisions_that_share_a_block_are_the_two_halves_of_it() -> None:
    for first, second in (
        (Decision.ACT, Decision.MOOD),
        (Decision.FORTUNE, Decision.DESIGNATION),
        (Decision.LEADER, Decision.LEADER_DAY),
        (Decision.MARKET, Decision.BATTLEFIELD),
        (Decision.PLOT_ATTEMPT, Decision.PLOT_OUTCOME),
        (Decision.INCLUSION, Decision.REPORTED),
    ):
        assert first % 2 == 0
        assert second == first + 1


def test_an_entity_key_is_the_start_of_its_hash_and_fits_48_bits() -> None:
    key = entity_key("ru-somebody")
    assert key == int(hashlib.sha256(b"ru-somebody").hexdigest()[:12], 16)
    assert 0 <= key < 2**48
    assert len({entity_key(f"actor-{k}") for k in range(20_000)}) == 20_000
