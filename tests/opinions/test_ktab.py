"""Parts of the spatial bargaining model: rules by hand, laws, and what defines each Condorcet form."""

import numpy as np
import pytest

from fronde.opinions.ktab import (
    Condorcet,
    RiskRange,
    VictoryLaw,
    VotingRule,
    coalitions,
    condorcet,
    distance,
    risk_attitudes,
    utility,
    victory,
    vote_shape,
)

RANDOM = np.random.default_rng(11)
UTILITIES = RANDOM.uniform(0.0, 1.0, (6, 4))
WEIGHTS = RANDOM.uniform(1.0, 5.0, 6)


@pytest.mark.parametrize(
    ("rule", "up", "down"),
    [
        (VotingRule.BINARY, 1.0, -1.0),
        (VotingRule.PROP_BINARY, 0.8 * 0.4 + 0.2, -0.8 * 0.4 - 0.2),
        (VotingRule.PROPORTIONAL, 0.4, -0.4),
        (VotingRule.PROP_CUBIC, 0.2 + 0.032, -0.2 - 0.032),
        (VotingRule.CUBIC, 0.064, -0.064),
        (VotingRule.ASYMMETRIC, 0.8 / 3, -0.4),
    ],
)
def test_votes_by_hand(rule: VotingRule, up: float, down: float) -> None:
    assert vote_shape(rule, np.array([0.4, -0.4, 0.0])) == pytest.approx([up, down, 0.0])


def test_distance_weighs_dimensions_by_salience() -> None:
    points, options = np.array([[0.0, 0.0]]), np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    assert distance(points, np.array([[3.0, 4.0]]), options)[0] == pytest.approx([0.6, 0.8, 1.0])


def test_utility_is_bent_by_risk_attitude_and_fixed_at_the_ends() -> None:
    d = np.array([0.0, 0.5, 1.0])
    assert utility(d) == pytest.approx([1.0, 0.5, 0.0])
    assert utility(d, 1.0) == pytest.approx([1.0, 0.75, 0.0])
    assert utility(d, -0.5) == pytest.approx([1.0, 0.375, 0.0])


@pytest.mark.parametrize("rule", [r for r in VotingRule if r is not VotingRule.ASYMMETRIC])
def test_coalitions_sum_the_votes_on_either_side(rule: VotingRule) -> None:
    strengths = coalitions(rule, WEIGHTS, UTILITIES)
    votes = WEIGHTS * vote_shape(rule, UTILITIES[:, 2] - UTILITIES[:, 1])
    assert strengths[2, 1] == pytest.approx(1e-8 + votes[votes > 0].sum())
    assert strengths[1, 2] == pytest.approx(1e-8 - votes[votes < 0].sum())


@pytest.mark.parametrize("law", VictoryLaw)
def test_somebody_wins_and_strength_helps(law: VictoryLaw) -> None:
    strengths = coalitions(VotingRule.PROPORTIONAL, WEIGHTS, UTILITIES)
    beats = victory(law, strengths)
    assert beats + beats.T == pytest.approx(np.ones_like(beats))
    assert np.diag(beats) == pytest.approx(0.5)
    assert np.all((beats >= 0.5) == (strengths >= strengths.T))


def test_binary_law_is_linear_between_decisive_ratios() -> None:
    def first(a: float, b: float) -> float:
        return float(victory(VictoryLaw.BINARY, np.array([[1.0, a], [b, 1.0]]))[0, 1])

    assert first(1.1, 1.0) == pytest.approx(1.0, abs=1e-5)
    assert first(1.0, 1.1) == pytest.approx(0.0, abs=1e-5)
    assert 0.5 < first(1.02, 1.0) < first(1.05, 1.0) < first(1.09, 1.0) < 1.0


def test_strong_ratios_do_not_overflow() -> None:
    assert victory(VictoryLaw.OCTIC, np.array([[1.0, 1e200], [1e-200, 1.0]]))[0, 1] == 1.0


@pytest.mark.parametrize("form", Condorcet)
def test_condorcet_is_a_distribution_and_prefers_the_preferred(form: Condorcet) -> None:
    everybody_likes_2 = np.tile([0.2, 0.3, 0.9, 0.1], (6, 1))
    p = condorcet(form, coalitions(VotingRule.PROPORTIONAL, WEIGHTS, everybody_likes_2))
    assert p.sum() == pytest.approx(1.0)
    assert p[2] == pytest.approx(1.0, abs=1e-4)


def test_two_options_under_the_conditional_form_are_one_contest() -> None:
    strengths = np.array([[1.0, 3.0], [1.0, 1.0]])
    assert condorcet(Condorcet.CONDITIONAL, strengths) == pytest.approx([0.75, 0.25])


def test_markov_forms_are_stationary() -> None:
    strengths = coalitions(VotingRule.PROP_CUBIC, WEIGHTS, UTILITIES)
    beats, options = victory(VictoryLaw.LINEAR, strengths), strengths.shape[0]
    p = condorcet(Condorcet.MARKOV_UNIFORM, strengths)
    again = [sum(beats[i, j] * (p[i] + p[j]) for j in range(options)) / options for i in range(options)]
    assert p == pytest.approx(again, abs=2e-6)

    p = condorcet(Condorcet.MARKOV_INCENTIVE, strengths)
    incentive = strengths * beats + 1e-10 * np.eye(options)
    chance = incentive / incentive.sum(axis=0)
    again = [
        sum(beats[i, j] * (p[i] * chance[j, i] + p[j] * chance[i, j]) for j in range(options)) for i in range(options)
    ]
    assert p == pytest.approx(again, abs=2e-8)


@pytest.mark.parametrize("spread", RiskRange)
def test_risk_attitudes_span_their_range(spread: RiskRange) -> None:
    risk = risk_attitudes(np.array([0.1, 0.4, 0.2, 0.3]), spread)
    assert (risk.min(), risk.max()) == pytest.approx(spread.value)
    assert np.argmax(risk) == 1


def test_equals_are_risk_neutral() -> None:
    assert risk_attitudes(np.full(4, 0.25)).tolist() == [0.0] * 4
