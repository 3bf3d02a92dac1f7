"""Ruling coalitions against the definition, spelled out the slow way."""

from functools import cache
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fronde.opinions.coalitions import merge_small, ruling_coalition

POWERS = st.lists(st.floats(0.1, 10.0), min_size=1, max_size=6, unique_by=lambda x: round(x, 2))
MAJORITIES = st.sampled_from([0.5, 0.6, 0.67, 0.8])


def by_definition(powers: list[float], majority: float) -> tuple[int, ...]:
    """Recursion over coalitions as sets, straight from the definition."""

    def power(members: tuple[int, ...]) -> float:
        return sum(powers[i] for i in members)

    def parts(members: tuple[int, ...]) -> chain:
        return chain.from_iterable(combinations(members, k) for k in range(1, len(members)))

    @cache
    def ruling(members: tuple[int, ...]) -> tuple[int, ...]:
        winning = [y for y in parts(members) if power(y) > majority * power(members) and ruling(y) == y]
        return min(winning, key=power) if winning else members

    return ruling(tuple(range(len(powers))))


@settings(max_examples=60, deadline=None)
@given(POWERS, MAJORITIES)
def test_fast_method_is_the_definition(powers: list[float], majority: float) -> None:
    assert ruling_coalition(powers, majority).members == by_definition(powers, majority)


@settings(max_examples=30, deadline=None)
@given(POWERS, MAJORITIES, st.randoms(use_true_random=False))
def test_order_and_unit_of_power_do_not_matter(powers: list[float], majority: float, random) -> None:
    order = list(range(len(powers)))
    random.shuffle(order)
    ruling = {powers[i] for i in ruling_coalition(powers, majority).members}
    shuffled = [4.0 * powers[i] for i in order]
    assert {shuffled[i] / 4.0 for i in ruling_coalition(shuffled, majority).members} == ruling


def test_the_ruling_coalition_has_no_further_purge() -> None:
    powers = np.random.default_rng(3).lognormal(size=9)
    ruling = ruling_coalition(powers)
    again = ruling_coalition(powers[list(ruling.members)])
    assert again.self_enforcing


def test_a_majority_of_one_rules_alone() -> None:
    assert ruling_coalition([1.0, 1.0, 5.0]).members == (2,)


def test_exactly_half_does_not_win() -> None:
    assert ruling_coalition([1.0, 2.0, 3.0]).members == (0, 1, 2)


def test_many_players_are_merged_and_the_answer_says_so() -> None:
    blocs = merge_small(np.array([5.0, 1.0, 1.5, 4.0]), 3)
    assert sorted(blocs) == [(0,), (1, 2), (3,)]
    powers = np.concatenate([[40.0, 50.0, 60.0], np.full(27, 0.01) + 1e-6 * np.arange(27)])
    ruling = ruling_coalition(powers, exact_limit=8)
    assert not ruling.exact
    assert {0, 1, 2} <= set(ruling.members)


@pytest.mark.parametrize("powers", [[], [1.0, 0.0], [1.0, float("nan")], [[1.0, 2.0]]])
def test_impossible_powers_are_refused(powers: list) -> None:
    with pytest.raises(ValueError, match="powers"):
        ruling_coalition(powers)


def test_impossible_majorities_are_refused() -> None:
    with pytest.raises(ValueError, match="majority"):
        ruling_coalition([1.0, 2.0], 0.4)
