"""Threshold cascades: by hand, by brute force, and in the limit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.opinions.thresholds import (
    cascade_share,
    cascade_size,
    critical_sd,
    normal_cascade,
    normal_thresholds,
    tipping_push,
)

CROWDS = st.lists(st.integers(0, 40), min_size=1, max_size=30)


def one_by_one(thresholds: list[int]) -> int:
    """Let people join one at a time, whoever is ready first."""
    waiting, acting = list(thresholds), 0
    while any(t <= acting for t in waiting):
        waiting.remove(next(t for t in waiting if t <= acting))
        acting += 1
    return acting


@given(CROWDS)
def test_cascade_ends_where_joining_one_by_one_ends(thresholds: list[int]) -> None:
    assert cascade_size(thresholds) == one_by_one(thresholds)


@given(CROWDS)
def test_shares_and_counts_are_one_rule(thresholds: list[int]) -> None:
    people = len(thresholds)
    share = cascade_share(np.array(thresholds) / people)
    assert share * people == pytest.approx(cascade_size(thresholds), abs=1e-9)


@given(CROWDS, st.integers(0, 29))
def test_raising_one_threshold_never_helps(thresholds: list[int], who: int) -> None:
    higher = list(thresholds)
    higher[who % len(thresholds)] += 1
    assert cascade_size(higher) <= cascade_size(thresholds)


def test_weights_count_as_many_people() -> None:
    assert cascade_share([0.0, 0.5, 0.9], weights=[2, 1, 1]) == pytest.approx(0.75)
    assert cascade_share([0.0, 0.5, 0.9], weights=[1, 1, 1]) == pytest.approx(1 / 3)


def test_finite_crowd_tends_to_the_infinite_one() -> None:
    for sd in (10.0, 12.0):
        finite = cascade_size(normal_thresholds(25.0, sd, 20_000)) / 200.0
        assert finite == pytest.approx(normal_cascade(25.0, sd), abs=0.02)


def test_the_small_cascade_ends_at_the_critical_sd() -> None:
    sd, share = critical_sd(25.0)
    assert normal_cascade(25.0, sd - 1e-3) < share
    assert normal_cascade(25.0, sd + 1e-3) > 99.0


def test_push_that_tips_is_the_least_one() -> None:
    thresholds = np.array([0.2, 0.2, 0.2, 0.3, 0.4, 0.7, 0.8, 0.9, 1.0, 1.0])
    push = tipping_push(thresholds)
    assert push == pytest.approx(0.2, abs=1e-5)
    assert cascade_share(thresholds, start=push) >= 0.5
    assert cascade_share(thresholds, start=push - 1e-3) < 0.5
    assert tipping_push([0.0, 0.1, 0.2, 0.9]) == 0.0


def test_impossible_input_is_refused() -> None:
    with pytest.raises(ValueError, match="sd"):
        normal_cascade(25.0, 0.0)
    with pytest.raises(ValueError, match="mean"):
        critical_sd(60.0)
    with pytest.raises(ValueError, match="weights"):
        cascade_share([0.1, 0.2], weights=[1.0])
