"""The bargaining process: figures from the published log, symmetries, and repeatability."""

import numpy as np
import pytest

from fronde.opinions import ktab_example as example
from fronde.opinions.bargaining import (
    Actors,
    Rules,
    State,
    challenge,
    look,
    offer_probabilities,
    offers_to,
    propose,
    run,
    turn,
)

RULES = Rules()
START = State(example.POSITIONS, example.POSITIONS)
VIEW = look(example.ACTORS, START, RULES)


def test_estimates_of_a_challenge_as_printed_in_the_log() -> None:
    for i, j, wins, gain in (
        (4, 2, 0.5467, 0.0632),
        (3, 2, 0.7837, 0.4318),
        (2, 0, 0.4396, 0.0975),
        (1, 2, 0.7180, 0.2315),
    ):
        assert challenge(example.ACTORS, VIEW.seen[i], i, j, i, RULES) == pytest.approx((wins, gain), abs=5.1e-5)
    # the same contest in the eyes of its target, and what it would cost the target
    assert challenge(example.ACTORS, VIEW.seen[2], 4, 2, 4, RULES) == pytest.approx((0.5363, 0.0654), abs=5.1e-5)
    assert challenge(example.ACTORS, VIEW.seen[4], 4, 2, 2, RULES)[1] == pytest.approx(-0.0798, abs=5.1e-5)


def test_proposals_and_their_chances_as_printed_in_the_log() -> None:
    proposals = [propose(example.ACTORS, START, VIEW, i, RULES) for i in range(5)]
    assert [p.target for p in proposals if p] == [4, 2, 0, 2, 2]
    assert proposals[4] is not None
    assert 100 * proposals[4].proposer_to == pytest.approx([70.06, 76.0, 34.98])
    assert 100 * proposals[4].target_to == pytest.approx([70.06, 76.01, 34.98])
    # of actor 0: to stay, its own proposal to 4, and 2's to it
    chances = offer_probabilities(example.ACTORS, START, VIEW, offers_to(0, START, proposals), RULES)
    assert chances == pytest.approx([0.0054, 0.2444, 0.7502], abs=5.1e-5)


def test_the_order_of_actors_does_not_matter() -> None:
    order = np.array([3, 0, 4, 1, 2])
    shuffled = Actors(example.CAPABILITY[order], example.SALIENCES[order], example.FOLLOW[np.ix_(order, order)])
    moved = turn(example.ACTORS, START, RULES)
    again = turn(shuffled, State(example.POSITIONS[order], example.POSITIONS[order]), RULES)
    assert again.positions == pytest.approx(moved.positions[order])
    assert again.ideals == pytest.approx(moved.ideals[order])


def test_mirrored_positions_mirror_the_outcome() -> None:
    moved = turn(example.ACTORS, START, RULES).positions
    mirrored = turn(example.ACTORS, State(1.0 - example.POSITIONS, 1.0 - example.POSITIONS), RULES).positions
    assert mirrored == pytest.approx(1.0 - moved, abs=1e-4 + 1e-9)  # offers are rounded to four decimals


def test_people_who_agree_stay() -> None:
    agreed = np.full((5, 3), 0.4)
    history = run(example.ACTORS, agreed)
    assert len(history) == 3
    assert np.array_equal(history[-1].positions, agreed)


def test_runs_repeat_and_seeds_differ() -> None:
    first, again = (run(example.ACTORS, example.POSITIONS, seed=5) for _ in range(2))
    assert np.array_equal(first[-1].positions, again[-1].positions)
    other = run(example.ACTORS, example.POSITIONS, seed=6)
    assert not np.array_equal(first[1].positions, other[1].positions)


def test_positions_stay_inside_the_span_they_started_with() -> None:
    for state in run(example.ACTORS, example.POSITIONS):
        assert np.all(state.positions >= example.POSITIONS.min(axis=0) - 1e-4)
        assert np.all(state.positions <= example.POSITIONS.max(axis=0) + 1e-4)


def test_slow_ideals_lag_behind() -> None:
    slow = Actors(example.CAPABILITY, example.SALIENCES, 0.25 * np.eye(5))
    after = turn(slow, START, RULES)
    assert after.ideals == pytest.approx(0.25 * after.positions + 0.75 * example.POSITIONS)


def test_impossible_actors_are_refused() -> None:
    with pytest.raises(ValueError, match="salience"):
        Actors(np.ones(2), np.full((2, 3), 0.5))
