"""Spatial bargaining, the parts: utilities, votes, coalitions, victory laws, and who prevails in the end.

n actors with capability w > 0 and salience s per dimension; options are points in the unit cube.
    distance   d_ij = sqrt( sum_k (s_ik D_ijk)^2 / sum_k s_ik^2 ),   D in units of the scale (0..1)
    utility    u_ij = (1 - d)(1 + d R_i),   R_i in [-1, 1] risk attitude (0: neutral)
    vote       v_k(i:j) = w_k f(u_ki - u_kj),   f given by the voting rule
    coalition  C_ij = 1e-8 + sum of the positive v_k(i:j)
    victory    V_ij = C_ij^m / (C_ij^m + C_ji^m),   m = 1, 2, 4, 8 by the victory law;   V_ii = 1/2
Three forms of the probabilistic Condorcet winner p (option i holds against all challengers), m options:
    conditional       p_i proportional to prod_j V_ij
    Markov uniform    p_i = sum_j V_ij (p_i + p_j)/m: every option is challenged by every other equally often
    Markov incentive  i challenges j in proportion to I_ij = C_ij V_ij (+ 1e-10 on the diagonal)
Utilities are floats in about [-1, 1]; arrays are (actors, options) or (options, options).
Source: the public KTAB library (ktab2017): formulas restated, defaults of its `smpExample`.
"""

from enum import Enum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_LEAST_COALITION = 1e-8
_LEAST_INCENTIVE = 1e-10
_STEP_UTILITY = 1e-8  # a difference in utility this large already swings a binary vote
_DECISIVE_RATIO = 1.10  # binary victory law: an advantage of a tenth decides


class VotingRule(Enum):
    """How a vote grows with the difference in utility du."""

    BINARY = "Binary"  # sign(du)
    PROP_BINARY = "PropBin"  # 0.8 du + 0.2 sign(du)
    PROPORTIONAL = "Prop"  # du
    PROP_CUBIC = "PropCbc"  # 0.5 du + 0.5 du^3
    CUBIC = "Cubic"  # du^3
    ASYMMETRIC = "ASymProsp"  # losses count in full, gains two thirds (prospect theory)


class VictoryLaw(Enum):
    """How a ratio of strengths becomes a probability; `BINARY` is linear between 1.1 to 1 either way."""

    LINEAR = 1
    SQUARE = 2
    QUARTIC = 4
    OCTIC = 8
    BINARY = 0


class Condorcet(Enum):
    """Form of the probabilistic Condorcet winner."""

    CONDITIONAL = "Conditional"
    MARKOV_UNIFORM = "MarkovUniform"
    MARKOV_INCENTIVE = "MarkovIncentive"


class RiskRange(Enum):
    """Interval the risk attitudes are spread over: least probable to most probable actor."""

    MIN = (0.0, 1.0)
    MID = (-0.5, 1.0)
    MAX = (-1.0, 1.0)


def distance(points: Floats, saliences: Floats, options: Floats) -> Floats:
    """Salience-weighted distance of each actor's point to each option, shape (actors, options)."""
    difference = points[:, None, :] - options[None, :, :]
    weighted = (saliences[:, None, :] * difference) ** 2
    return np.asarray(np.sqrt(weighted.sum(axis=2) / (saliences**2).sum(axis=1)[:, None]))


def utility(distances: Floats, risk: Floats | float = 0.0) -> Floats:
    """Utility of options at `distances`, against which `risk` broadcasts; linear past distance 1."""
    return np.asarray((1.0 - distances) * (1.0 + np.minimum(distances, 1.0) * risk))


def vote_shape(rule: VotingRule, du: Floats) -> Floats:
    """Vote per unit of weight for a difference in utility `du`."""
    step = np.clip(du / _STEP_UTILITY, -1.0, 1.0)
    if rule is VotingRule.BINARY:
        return np.asarray(step)
    if rule is VotingRule.PROP_BINARY:
        return np.asarray(0.8 * du + 0.2 * step)
    if rule is VotingRule.PROPORTIONAL:
        return np.asarray(du)
    if rule is VotingRule.PROP_CUBIC:
        return np.asarray(0.5 * du + 0.5 * du**3)
    if rule is VotingRule.CUBIC:
        return np.asarray(du**3)
    return np.where(du < 0, du, 2.0 * du / 3.0)


def coalitions(rule: VotingRule, weights: Floats, utilities: Floats) -> Floats:
    """Strength behind option i against option j, shape (options, options)."""
    du = utilities[:, :, None] - utilities[:, None, :]
    votes = weights[:, None, None] * vote_shape(rule, du)
    # Each pair is voted on once, as (later option : earlier option): the asymmetric rule depends on it.
    later = np.tril(np.ones(votes.shape[1:]), -1).astype(bool)
    support, against = np.maximum(votes, 0.0).sum(axis=0), np.maximum(-votes, 0.0).sum(axis=0)
    return np.asarray(_LEAST_COALITION + np.where(later, support, 0.0) + np.where(later, against, 0.0).T)


def victory(law: VictoryLaw, strengths: Floats) -> Floats:
    """Probability that option i beats option j, from the matrix of strengths behind i against j."""
    mine, theirs = strengths, strengths.T
    if law is VictoryLaw.BINARY:
        share = mine / (mine + theirs)
        between = (share * (_DECISIVE_RATIO + 1.0) - 1.0) / (_DECISIVE_RATIO - 1.0)
        # The loser of a decided contest keeps one chance in a million, which avoids 0/0 further on.
        least = 1e-6 / (1.0 + 1e-6)
        decided = np.where(mine > theirs, 1.0 - least, least)
        ratio = np.maximum(mine, theirs) / np.minimum(mine, theirs)
        return np.where(ratio >= _DECISIVE_RATIO, decided, between)
    scale = np.maximum(mine, theirs)  # powers of ratios, not of strengths: no overflow
    a, b = (mine / scale) ** law.value, (theirs / scale) ** law.value
    return np.asarray(a / (a + b))


def condorcet(form: Condorcet, strengths: Floats, law: VictoryLaw = VictoryLaw.LINEAR) -> Floats:
    """Probability of each option to be the lasting winner, shape (options,), summing to 1."""
    beats = victory(law, strengths)
    options = len(strengths)
    if form is Condorcet.CONDITIONAL:
        product = beats.prod(axis=1)
        return np.asarray(product / product.sum())
    if form is Condorcet.MARKOV_UNIFORM:
        challenge, tolerance = np.full((options, options), 1.0 / options), 1e-6
    else:
        incentive = strengths * beats + _LEAST_INCENTIVE * np.eye(options)
        challenge, tolerance = incentive / incentive.sum(axis=0), 1e-8
    p = np.full(options, 1.0 / options)
    for _ in range(100_000):
        met = p[:, None] * challenge.T  # i stands, j challenges
        q = (beats * (met + met.T)).sum(axis=1)
        change = np.abs(q - p).max()
        p = 0.5 * (p + q)
        if change <= tolerance:
            return np.asarray(p)
    raise ArithmeticError("condorcet: the Markov form did not settle")


def risk_attitudes(p: Floats, spread: RiskRange = RiskRange.MID) -> Floats:
    """Risk attitude R of each actor from how probable its own position is: the secure tolerate risk, the
    exposed not.

    Linear in p from the lower end of `spread` at the least to 1 at the greatest; 0 for all if they are equal.
    """
    low, high = spread.value
    span = p.max() - p.min()
    if span <= 0:
        return np.zeros_like(p)
    return np.asarray(low + (high - low) * (p - p.min()) / span)
