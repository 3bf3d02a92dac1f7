"""The expected-utility model of group decision: who gives way to whom on one issue, round by round.

Actors hold capability c, salience s in 0..1 and a position x; |x|_D = |x|/D with D the range of the first
positions.
    vote of k for x over y   v_k = c_k s_k (|x_k - y|_D^r_k - |x_k - x|_D^r_k)
    P(i beats j)             sum of the positive v_k(x_i : x_j), over the sum of |v_k| over all pairs of
                             positions (`Denominator.ALL_PAIRS`) or over this pair (`Denominator.PAIR`)
    success, failure, status quo, with exponent r of the actor who looks
        2 - 4 (1/2 - |x_i - x_j|_D/2)^r,   2 - 4 (1/2 + |x_i - x_j|_D/2)^r,   2 - 4 (1/2)^r
    E_ij = s_j (P success + (1 - P) failure) + (1 - s_j) success - Q status quo,   Q = 1
    danger_i                 sum over j of E_ji with all r = 1
    risk                     R_i = (2 danger_i - max - min)/(max - min)
                             r_i = (1 - R_i/3)/(1 + R_i/3), between 1/2 and 2
In a round every i looks (with its own r) at E_ij and E_ji for each j elsewhere and, with E_ji > 0,
    loses a confrontation  if E_ji > E_ij > 0:          would move to x_j
    compromises            if E_ij < 0, E_ji > |E_ij|:  would move by (x_j - x_i)|E_ij/E_ji|
    capitulates            if E_ij < 0, E_ji < |E_ij|:  would move to x_j
Lost confrontations go before compromises before capitulations; within a kind the nearest move is taken;
but `Choice.LOWEST_WEIGHTED` takes the compromise with the least
    (|E_ij| x_i + |E_ji| x_j)/(|E_ij| + |E_ji|).
All move at once; ties go to the first actor listed. The published series comes from ALL_PAIRS with
LOWEST_WEIGHTED: two artefacts (probabilities are tiny, and the choice favours low positions), kept because they
are what was published. With ALL_PAIRS neither choice converges; with PAIR, the textbook reading, positions
settle within a few rounds.
Sources: buenodemesquita1994 (data, model), scholz_calbert_smith2011 (equations, series).
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Denominator(Enum):
    """What the votes for the challenger are divided by."""

    ALL_PAIRS = "all pairs"
    PAIR = "this pair"


class Choice(Enum):
    """Which of several compromises an actor takes."""

    LOWEST_WEIGHTED = "lowest weighted position"
    NEAREST = "nearest"


@dataclass(frozen=True)
class Issue:
    """Capability and position (any unit) and salience 0..1 of the actors on one issue, shapes (n,)."""

    capability: Floats
    position: Floats
    salience: Floats

    def __post_init__(self) -> None:
        if self.capability.min() < 0 or self.salience.min() < 0 or self.salience.max() > 1:
            raise ValueError("capability must not be negative and salience must lie in 0..1")
        if np.ptp(self.position) <= 0:
            raise ValueError("position: all actors agree, there is no issue")

    @property
    def weight(self) -> Floats:
        """Capability times salience, shape (n,)."""
        return self.capability * self.salience


@dataclass(frozen=True)
class Rules:
    """Choices of the model; the defaults reproduce the published series."""

    denominator: Denominator = Denominator.ALL_PAIRS
    choice: Choice = Choice.LOWEST_WEIGHTED
    status_quo: float = 1.0  # Q: probability that doing nothing leaves things as they are


def weighted_mean(issue: Issue) -> float:
    """Mean position weighted by capability x salience."""
    return float(issue.weight @ issue.position / issue.weight.sum())


def pairwise_vote(issue: Issue, x: float, y: float) -> float:
    """Net vote for position x over y by risk-neutral actors [capability x salience]; positive if x wins."""
    gain = np.abs(issue.position - y) - np.abs(issue.position - x)
    return float(issue.weight @ gain / np.ptp(issue.position))


def median_voter(issue: Issue) -> float:
    """The position that no other actor's position beats; on one line there is always one."""
    candidates = np.unique(issue.position)
    worst = [min(pairwise_vote(issue, float(x), float(y)) for y in candidates) for x in candidates]
    return float(candidates[int(np.argmax(worst))])


def _success_probability(issue: Issue, x: Floats, exponent: Floats, span: float, rules: Rules) -> Floats:
    """P(i beats j), shape (n, n); 0 between actors who agree."""
    loss = (np.abs(x[:, None] - x[None, :]) / span) ** exponent[:, None]
    votes = issue.weight[:, None, None] * (loss[:, None, :] - loss[:, :, None])
    total = np.abs(votes).sum(axis=0)
    if rules.denominator is Denominator.ALL_PAIRS:
        total = np.full_like(total, total.sum())
    agree = x[:, None] == x[None, :]
    return np.where(agree, 0.0, np.maximum(votes, 0.0).sum(axis=0) / np.where(agree, 1.0, total))


def expected_utilities(issue: Issue, x: Floats, exponent: Floats, span: float, rules: Rules) -> Floats:
    """E[k, i, j]: expected utility to i of challenging j as k sees it, shape (n, n, n)."""
    chance = _success_probability(issue, x, exponent, span, rules)
    apart = np.abs(x[:, None] - x[None, :]) / span
    r = exponent[:, None, None]
    success = 2.0 - 4.0 * np.maximum(0.5 - 0.5 * apart, 0.0)[None] ** r
    failure = 2.0 - 4.0 * (0.5 + 0.5 * apart)[None] ** r
    resist = issue.salience[None, None, :]
    contest = chance * success + (1.0 - chance) * failure
    return np.asarray(resist * contest + (1.0 - resist) * success - rules.status_quo * (2.0 - 4.0 * 0.5**r))


def risk_exponents(issue: Issue, x: Floats, span: float, rules: Rules) -> Floats:
    """Exponents r, shape (n,): 2 for the safest actor, 1/2 for the most endangered; 1 if all are alike."""
    gains = expected_utilities(issue, x, np.ones_like(x), span, rules)[0]
    danger = gains.sum(axis=0) - np.diag(gains)
    if np.ptp(danger) <= 0:
        return np.ones_like(x)
    risk = (2.0 * danger - danger.max() - danger.min()) / np.ptp(danger)
    return np.asarray((1.0 - risk / 3.0) / (1.0 + risk / 3.0))


def _move(i: int, x: Floats, mine: Floats, theirs: Floats, rules: Rules) -> float:
    """Where actor i goes, given its views of E_ij (`mine`) and E_ji (`theirs`), shapes (n,)."""
    elsewhere = (x != x[i]) & (theirs > 0)
    confronted = elsewhere & (mine > 0) & (theirs > mine)
    compromise = elsewhere & (mine < 0) & (theirs > -mine)
    capitulate = elsewhere & (mine < 0) & (theirs < -mine)
    distance = np.abs(x - x[i])
    if confronted.any():
        return float(x[np.argmin(np.where(confronted, distance, np.inf))])
    if compromise.any():
        pull, push = np.abs(mine), np.where(compromise, theirs, 1.0)
        to = x[i] + (x - x[i]) * pull / push
        key = np.abs(to - x[i])
        if rules.choice is Choice.LOWEST_WEIGHTED:
            key = (pull * x[i] + push * x) / (pull + push)
        return float(to[np.argmin(np.where(compromise, key, np.inf))])
    if capitulate.any():
        return float(x[np.argmin(np.where(capitulate, distance, np.inf))])
    return float(x[i])


def next_round(issue: Issue, x: Floats, rules: Rules) -> Floats:
    """Positions after one round in which all actors have positions `x`, shape (n,)."""
    span = float(np.ptp(issue.position))
    exponent = risk_exponents(issue, x, span, rules)
    seen = expected_utilities(issue, x, exponent, span, rules)
    return np.array([_move(i, x, seen[i, i], seen[i, :, i], rules) for i in range(len(x))])


def series(issue: Issue, rounds: int, rules: Rules | None = None) -> Floats:
    """Weighted mean position at the start and after each round, shape (rounds + 1,)."""
    choices = rules or Rules()
    x = issue.position.astype(np.float64)
    means = [weighted_mean(issue)]
    for _ in range(rounds):
        x = next_round(issue, x, choices)
        means.append(float(issue.weight @ x / issue.weight.sum()))
    return np.array(means)
