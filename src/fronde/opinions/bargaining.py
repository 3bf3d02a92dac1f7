"""Spatial bargaining, the play: turns of challenges, compromises and moves until positions stop changing.

In a turn every actor i
  1. infers risk attitudes from how probable each position is to prevail (ktab.py), and takes another's
     attitude to be (1 - `risk_weight`) of its own plus `risk_weight` of the other's true one;
  2. estimates for every j what challenging would bring: j gives in with probability 1 - salience_j, else a
     contest decides, by the votes of i, j and third parties (capability x salience). A third party n first
     judges who would win with its own vote added (p), then commits the vote
         f( p (u_nn - u_ni) - (1 - p)(u_nn - u_nj) ):
     it keeps its own position only if the side it joined wins (semi-commitment);
  3. proposes to the best target, if the gain exceeds 1e-5, the compromise
         x = (A x_i + B x_j)/(A + B),   A = (s_i p)^2,   B = (s_j (1 - p))^2,   p = P(i beats j),
     in each dimension, rounded to four decimals;
and then carries out one of: staying, its own proposal, the proposals made to it. That one is drawn from (or,
with `seed=None`, is the most probable of) their Condorcet probabilities, the whole elite voting with its
capability on the average utility of the positions that would result. Ideal points follow positions by the
matrix `follow` (identity: at once). A run stops when the summed movement of a turn is below `quiet` of the
first turn's, after two turns at least.
Source: the public KTAB library (ktab2017), checked against the log of its example run.
"""

from dataclasses import dataclass, field

import numpy as np

from fronde.domain.draws import uniform
from fronde.opinions.chance import Decision
from fronde.opinions.ktab import (
    Condorcet,
    Floats,
    RiskRange,
    VictoryLaw,
    VotingRule,
    coalitions,
    condorcet,
    distance,
    risk_attitudes,
    utility,
    vote_shape,
)

_LEAST_GAIN = 1e-5
_LEAST_CONTEST = 1e-10
_LEAST_PULL = 1e-6
_SAME_POSITION = 1e-3


@dataclass(frozen=True)
class Rules:
    """Choices of the model; the defaults are those of the published example."""

    voting: VotingRule = VotingRule.PROP_CUBIC
    law: VictoryLaw = VictoryLaw.LINEAR
    form: Condorcet = Condorcet.MARKOV_INCENTIVE
    risk_range: RiskRange = RiskRange.MID
    risk_weight: float = 1.0 / 3.0


@dataclass(frozen=True)
class Actors:
    """Capability (n,), salience per dimension (n, k) summing to at most 1 per actor, and who follows whose
    position.

    `follow[i, j]`: weight of j's position in i's next ideal point; what is missing to 1 stays with i's old
    ideal.
    """

    capability: Floats
    salience: Floats
    follow: Floats | None = None

    def __post_init__(self) -> None:
        total = self.salience.sum(axis=1)
        if self.capability.min() <= 0 or total.min() <= 0 or total.max() > 1.0 + 1e-9:
            raise ValueError("capability must be positive and each actor's saliences must sum to (0, 1]")

    @property
    def influence(self) -> Floats:
        """Capability times total salience, shape (n,)."""
        return np.asarray(self.capability * self.salience.sum(axis=1))


@dataclass(frozen=True)
class State:
    """Positions and ideal points, shape (n, k), on a scale of 0..1."""

    positions: Floats
    ideals: Floats


@dataclass(frozen=True)
class View:
    """What a state implies: risk attitudes (n,) and `seen[h, i, j]`, worth of j to i as h sees it."""

    risk: Floats
    seen: Floats

    @property
    def own(self) -> Floats:
        """Every actor's own, true utilities, shape (n, n)."""
        n = len(self.risk)
        return np.asarray(self.seen[np.arange(n), np.arange(n)])


@dataclass(frozen=True)
class Proposal:
    """A compromise: who proposes to whom, where each would stand, and the gain the proposer expects."""

    proposer: int
    target: int
    proposer_to: Floats
    target_to: Floats
    probability: float = field(default=0.5)
    gain: float = field(default=0.0)


def look(actors: Actors, state: State, rules: Rules) -> View:
    """Risk attitudes and everybody's estimate of everybody's utilities."""
    apart = distance(state.ideals, actors.salience, state.positions)
    strengths = coalitions(rules.voting, actors.capability, utility(apart))
    risk = risk_attitudes(condorcet(rules.form, strengths, rules.law), rules.risk_range)
    believed = (1.0 - rules.risk_weight) * risk[:, None] + rules.risk_weight * risk[None, :]
    return View(risk, utility(apart[None, :, :], believed[:, :, None]))


def winning_probabilities(actors: Actors, state: State, rules: Rules) -> Floats:
    """Probability that each actor's position prevails, given risk attitudes.

    Positions closer than 0.001 are one option, held by the first of them: its holders share one probability,
    so the figures may sum to more than 1.
    """
    view = look(actors, state, rules)
    apart = np.linalg.norm(state.positions[:, None, :] - state.positions[None, :, :], axis=2)
    holder = np.argmax(apart < _SAME_POSITION, axis=1)
    options = np.unique(holder)
    p = condorcet(rules.form, coalitions(rules.voting, actors.capability, view.own[:, options]), rules.law)
    return np.asarray(p[np.searchsorted(options, holder)])


def challenge(actors: Actors, seen: Floats, i: int, j: int, affected: int, rules: Rules) -> tuple[float, float]:
    """P(i beats j) and the change in the utility of `affected`, as the holder of `seen` (n, n) thinks."""
    influence = actors.influence

    def votes(du: Floats) -> Floats:
        return np.asarray(influence * vote_shape(rules.voting, du))

    for_i = votes(seen[:, i] - seen[:, j])
    principals = for_i[[i, j]]
    pro = _LEAST_CONTEST + float(principals[principals > 0].sum())
    contra = _LEAST_CONTEST - float(principals[principals < 0].sum())
    with_n_pro, with_n_contra = pro + np.maximum(for_i, 0.0), contra + np.maximum(-for_i, 0.0)
    p = with_n_pro / (with_n_pro + with_n_contra)
    own = np.diag(seen)
    third = votes(p * (own - seen[:, i]) - (1.0 - p) * (own - seen[:, j]))
    third[[i, j]] = 0.0
    pro += float(third[third > 0].sum())
    contra -= float(third[third < 0].sum())
    wins = pro / (pro + contra)
    resists = float(actors.salience[j].sum())
    if_wins, if_loses = 2.0 * seen[affected, i], 2.0 * seen[affected, j]
    outcome = (1.0 - resists) * if_wins + resists * (wins * if_wins + (1.0 - wins) * if_loses)
    return wins, float(outcome - seen[affected, i] - seen[affected, j])


def propose(actors: Actors, state: State, view: View, i: int, rules: Rules) -> Proposal | None:
    """The compromise actor i proposes to its most profitable target, if there is one."""
    best: tuple[float, float, int] | None = None
    for j in range(len(view.risk)):
        if j != i:
            wins, gain = challenge(actors, view.seen[i], i, j, i, rules)
            if gain > _LEAST_GAIN and (best is None or gain > best[0]):
                best = (gain, wins, j)
    if best is None:
        return None
    gain, wins, j = best
    a, b = (actors.salience[i] * wins) ** 2, (actors.salience[j] * (1.0 - wins)) ** 2
    x_i, x_j = state.positions[i], state.positions[j]
    whole = a + b + _LEAST_PULL  # where neither pulls, everybody stays put
    to_i = _four_decimals(((a + _LEAST_PULL) * x_i + b * x_j) / whole)
    to_j = _four_decimals((a * x_i + (b + _LEAST_PULL) * x_j) / whole)
    return Proposal(i, j, to_i, to_j, wins, gain)


def _four_decimals(x: Floats) -> Floats:
    return np.asarray(np.floor(0.5 + x * 1e4) / 1e4)


def offers_to(k: int, state: State, proposals: list[Proposal | None]) -> list[Proposal]:
    """What actor k chooses between: staying first, then the proposals it takes part in, by proposer."""
    stay = Proposal(k, k, state.positions[k], state.positions[k])
    return [stay, *(x for x in proposals if x is not None and k in (x.proposer, x.target))]


def offer_probabilities(actors: Actors, state: State, view: View, offers: list[Proposal], rules: Rules) -> Floats:
    """Condorcet probabilities of `offers`: all vote on the mean utility of the resulting positions."""
    columns = []
    for offer in offers:
        total = view.own.sum(axis=1)
        if offer.proposer != offer.target:
            for mover, to in ((offer.proposer, offer.proposer_to), (offer.target, offer.target_to)):
                apart = distance(state.ideals, actors.salience, to[None, :])[:, 0]
                total = total - view.own[:, mover] + utility(apart, view.risk)
        columns.append(total / len(total))
    strengths = coalitions(rules.voting, actors.capability, np.column_stack(columns))
    return condorcet(rules.form, strengths, rules.law)


def advance(actors: Actors, state: State, to: Floats) -> State:
    """The next state: actors move `to` (n, k), ideal points follow."""
    n = len(to)
    follow = np.eye(n) if actors.follow is None else actors.follow
    stays = np.maximum(0.0, 1.0 - follow.sum(axis=1))
    return State(to, follow @ to + stays[:, None] * state.ideals)


def turn(actors: Actors, state: State, rules: Rules, seed: int | None = None, step: int = 0) -> State:
    """One turn; with a seed bargains are drawn, without one everybody carries out the most probable."""
    view = look(actors, state, rules)
    n = len(view.risk)
    proposals = [propose(actors, state, view, i, rules) for i in range(n)]
    to = np.empty_like(state.positions)
    for k in range(n):
        offers = offers_to(k, state, proposals)
        p = offer_probabilities(actors, state, view, offers, rules)
        if seed is None:
            choice = int(np.argmax(p))
        else:
            luck = uniform(seed, Decision.BARGAIN, 0, step, k)
            choice = min(int(np.searchsorted(np.cumsum(p), luck)), len(offers) - 1)
        to[k] = offers[choice].proposer_to if offers[choice].proposer == k else offers[choice].target_to
    return advance(actors, state, to)


def moved(before: State, after: State) -> float:
    """Summed Euclidean movement of all actors."""
    return float(np.linalg.norm(after.positions - before.positions, axis=1).sum())


def run(
    actors: Actors,
    positions: Floats,
    rules: Rules | None = None,
    seed: int | None = None,
    quiet: float = 0.02,
    most_turns: int = 100,
) -> list[State]:
    """All states from the start until movement dies down."""
    choices = rules or Rules()
    history = [State(positions, positions.copy())]
    for step in range(most_turns):
        history.append(turn(actors, history[-1], choices, seed, step))
        first = moved(history[0], history[1]) + 1e-4
        if step >= 1 and moved(history[-2], history[-1]) / first < quiet:
            break
    return history
