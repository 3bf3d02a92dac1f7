"""Expected utility: invariances of the rules, and cases small enough to work by hand."""

import numpy as np
import pytest

from fronde.opinions.expected_utility import (
    Choice,
    Denominator,
    Issue,
    Rules,
    expected_utilities,
    median_voter,
    next_round,
    pairwise_vote,
    risk_exponents,
    series,
    weighted_mean,
)
from fronde.opinions.published_processes import CARS


def test_two_actors_by_hand() -> None:
    issue = Issue(np.array([3.0, 1.0]), np.array([0.0, 10.0]), np.array([0.5, 0.5]))
    assert weighted_mean(issue) == pytest.approx(2.5)
    assert pairwise_vote(issue, 0.0, 10.0) == pytest.approx(1.0)
    assert median_voter(issue) == 0.0
    # this pair: P(0 beats 1) = .75; a success at full distance is worth 2, a failure -2, the status quo 0
    e = expected_utilities(issue, issue.position, np.ones(2), 10.0, Rules(Denominator.PAIR))
    assert e[0, 0, 1] == pytest.approx(0.5 * (0.75 * 2 - 0.25 * 2) + 0.5 * 2)
    assert e[0, 1, 0] == pytest.approx(0.5 * (0.25 * 2 - 0.75 * 2) + 0.5 * 2)


def test_risk_exponents_reach_both_ends() -> None:
    r = risk_exponents(CARS, CARS.position, 6.0, Rules())
    assert (r.min(), r.max()) == pytest.approx((0.5, 2.0))


@pytest.mark.parametrize("choice", Choice)
def test_unit_of_capability_and_order_do_not_matter(choice: Choice) -> None:
    order = np.array([9, 3, 1, 0, 8, 7, 2, 6, 5, 4])
    positions = CARS.position + 0.01 * np.arange(10) ** 2  # no ties: those go to the first listed
    issue = Issue(CARS.capability, positions, CARS.salience)
    other = Issue(7.0 * CARS.capability[order], positions[order], CARS.salience[order])
    assert series(other, 6, Rules(choice=choice)) == pytest.approx(series(issue, 6, Rules(choice=choice)))


def test_stretching_and_shifting_the_scale_moves_the_answer_with_it() -> None:
    other = Issue(CARS.capability, 3.0 * CARS.position - 1.0, CARS.salience)
    assert series(other, 6) == pytest.approx(3.0 * series(CARS, 6) - 1.0)


def test_nearest_compromises_do_not_care_for_left_and_right() -> None:
    rules = Rules(choice=Choice.NEAREST)
    mirrored = Issue(CARS.capability, 14.0 - CARS.position, CARS.salience)
    assert series(mirrored, 4, rules) == pytest.approx(14.0 - series(CARS, 4, rules))


def test_the_published_choice_does_care_which_is_why_it_is_called_an_artefact() -> None:
    mirrored = Issue(CARS.capability, 14.0 - CARS.position, CARS.salience)
    assert np.abs(series(mirrored, 10) - (14.0 - series(CARS, 10))).max() > 0.1


def test_the_textbook_probability_settles() -> None:
    means = series(CARS, 12, Rules(Denominator.PAIR, Choice.NEAREST))
    assert np.ptp(means[-4:]) == pytest.approx(0.0, abs=1e-9)


def test_nobody_moves_who_is_not_offered_anything() -> None:
    agreed = np.full(10, 7.0)
    assert np.array_equal(next_round(CARS, agreed, Rules()), agreed)


def test_agreement_is_no_issue() -> None:
    with pytest.raises(ValueError, match="no issue"):
        Issue(np.ones(2), np.ones(2), np.ones(2))
