"""Each theory's answers on a case, with what had to be assumed to ask it at all.

Translations from a case to a theory's inputs are ours and are printed as assumptions:
  - thresholds: a person counts as discontented if he would act once half of the elite does, so group g's
    thresholds are Normal(1/2 - sd Phi^-1(d_g), sd), d_g its discontented share; low and high: sd/2, 3 sd/2;
  - coordination games: the regime's strength is the share of political weight that is not discontented;
  - ruling coalition: groups act as one, power = political weight; low and high: 200 misjudged powers, +-20%;
  - bargaining, expected utility: groups are the actors, capability = political weight.
"""

from collections.abc import Callable
from statistics import NormalDist

import numpy as np

from fronde.domain.draws import uniform
from fronde.opinions import bargaining, base_rates, expected_utility, global_games, thresholds
from fronde.opinions.chance import Decision
from fronde.opinions.coalitions import Ruling, ruling_coalition
from fronde.opinions.global_games import Equilibrium
from fronde.opinions.view import CaseView, Floats, Opinion, Question, Theory, spoken

STANDARD = NormalDist()
PERTURBED = 200
MISJUDGED = 0.2
ROUNDS = 10
HALF = 0.5
_LEAST_SALIENCE = 0.01


def elite_thresholds(view: CaseView, sd: float) -> Floats:
    """Thresholds [share of the elite] of all people, mid-point quantiles by group, shape (people,)."""
    parts = []
    for size, share in zip(view.sizes, np.clip(view.discontent, 1e-3, 1.0 - 1e-3), strict=True):
        people = round(float(size))
        mean = 0.5 - sd * STANDARD.inv_cdf(float(share))
        parts.append([mean + sd * STANDARD.inv_cdf((i + 0.5) / people) for i in range(people)])
    return np.concatenate([np.array(part) for part in parts])


def cascade(view: CaseView) -> Opinion:
    """How far open dissent spreads."""
    sd = view.threshold_sd
    crowd = elite_thresholds(view, sd)
    share = thresholds.cascade_share(crowd)
    others = [thresholds.cascade_share(elite_thresholds(view, factor * sd)) for factor in (0.5, 1.5)]
    push = thresholds.tipping_push(crowd, goal=HALF)
    tip = f"{push:.0%} acting unprompted would carry half along"
    if push == 0.0:
        tip = "half the elite follows by itself"
    elif push > HALF - 1e-3:
        tip = "no push smaller than half carries half along"
    assumed = (
        f"threshold sd {sd:g} (range: half to one and a half of it)",
        "discontented = would act once half of the elite does",
        "everybody sees everybody",
    )
    return spoken(Question.CASCADE, Theory.THRESHOLDS, f"{share:.0%} act in the end; {tip}", share, others, assumed)


def cascade_holds(view: CaseView) -> Opinion:
    """The coalition holds if dissent stays below half."""
    end = cascade(view)
    value, *others = [float(share is not None and share < HALF) for share in (end.value, end.low, end.high)]
    answer = "holds: dissent stays a minority" if value else "breaks: dissent carries half or more"
    assumed = (*end.assumptions, "broken once half the elite dissents openly")
    return spoken(Question.HOLDS, Theory.THRESHOLDS, answer, value, others, assumed)


def _game_assumptions(view: CaseView) -> tuple[str, ...]:
    return (
        "strength = share of political weight not discontented",
        f"signal noise {view.signal_noise:g}",
        f"success is worth {view.gain:g} times what failure costs",
    )


def attack(view: CaseView) -> Opinion:
    """Attackers without public news; the range is over half to one and a half of the signal noise."""
    games = [global_games.private_game(view.gain, factor * view.signal_noise) for factor in (1.0, 0.5, 1.5)]
    mass, *others = [game.attack_mass(view.strength) for game in games]
    answer = f"{mass:.0%} attack; strength {view.strength:.2f}, falls below {games[0].theta_star:.2f}"
    assumed = (*_game_assumptions(view), "range: half to one and a half of the noise")
    return spoken(Question.ATTACK, Theory.PRIVATE_GAME, answer, mass, others, assumed)


def attack_holds(view: CaseView) -> Opinion:
    """The coalition holds if its strength exceeds the strength that just falls."""
    falls_below = global_games.private_game(view.gain, view.signal_noise).theta_star
    holds = view.strength > falls_below
    answer = f"{'holds' if holds else 'falls'}: strength {view.strength:.2f}, falls below {falls_below:.2f}"
    return spoken(Question.HOLDS, Theory.PRIVATE_GAME, answer, float(holds), [], _game_assumptions(view))


def _equilibria(view: CaseView) -> tuple[list[Equilibrium], tuple[str, ...]]:
    """Equilibria when the public news tells the true strength on average, and what that assumes."""
    cost = 1.0 / (1.0 + view.gain)
    found = global_games.public_game(view.strength, view.news_noise**-2, view.signal_noise**-2, cost)
    return found, (*_game_assumptions(view), f"news noise {view.news_noise:g}, right on average")


def public_attack(view: CaseView) -> Opinion:
    """Attackers with public news about the true strength: one equilibrium or three."""
    equilibria, assumed = _equilibria(view)
    masses = [e.attack_mass(view.strength) for e in equilibria]
    unique = "one equilibrium" if len(masses) == 1 else f"{len(masses)} equilibria: the news itself coordinates"
    answer = f"{' or '.join(f'{m:.0%}' for m in masses)} attack ({unique})"
    value = masses[0] if len(masses) == 1 else None
    return spoken(Question.ATTACK, Theory.PUBLIC_GAME, answer, value, masses, assumed)


def public_holds(view: CaseView) -> Opinion:
    """The coalition holds in those equilibria whose critical strength lies below its own."""
    equilibria, assumed = _equilibria(view)
    holds = [float(view.strength > e.theta_star) for e in equilibria]
    value = holds[0] if len(set(holds)) == 1 else None
    answer = "holds or falls, as people expect: three equilibria"
    if value is not None:
        answer = "holds" if value else "falls"
    return spoken(Question.HOLDS, Theory.PUBLIC_GAME, answer, value, holds, assumed)


def _rulings(view: CaseView) -> tuple[list[Ruling], tuple[str, ...]]:
    """Ruling coalitions for the powers as they are, then misjudged by up to `MISJUDGED`; and the assumptions."""
    powers = np.maximum(view.shares, 1e-9)
    rulings = [ruling_coalition(powers, view.majority)]
    for replicate in range(PERTURBED):
        luck = np.array([uniform(0, Decision.POWER, replicate, 0, g) for g in range(len(powers))])
        rulings.append(ruling_coalition(powers * (1.0 + MISJUDGED * (2.0 * luck - 1.0)), view.majority))
    return rulings, (
        "a group acts as one",
        f"power = political weight, majority {view.majority:g}",
        "no promise binds, a purge is for good",
        f"range: {PERTURBED} times powers misjudged by up to {MISJUDGED:.0%}",
        *(() if rulings[0].exact else ("smallest groups merged into blocs: an approximation",)),
    )


def expendable(view: CaseView) -> Opinion:
    """Which groups a self-enforcing rest could throw out."""
    rulings, assumed = _rulings(view)
    outside = np.array([[g not in r.members for g in range(len(view.groups))] for r in rulings])
    often = outside[1:].mean(axis=0)
    value, *others = (outside @ view.shares).tolist()
    names = [f"{view.name(g)} (in {often[g]:.0%} of misjudged powers)" for g, out in enumerate(outside[0]) if out]
    answer = "expendable: " + ", ".join(names) if names else "nobody: all groups need one another"
    return spoken(Question.EXPENDABLE, Theory.COALITION, answer, value, others, assumed)


def coalition_holds(view: CaseView) -> Opinion:
    """Whether the groups together are self-enforcing."""
    rulings, assumed = _rulings(view)
    value, *others = [float(ruling.self_enforcing) for ruling in rulings]
    answer = "holds" if value else "sheds groups"
    answer += f": self-enforcing in {np.mean(others):.0%} of misjudged powers"
    return spoken(Question.HOLDS, Theory.COALITION, answer, value, others, (*assumed, "says nothing about when"))


def bargained(view: CaseView) -> Opinion:
    """Where spatial bargaining ends, everybody carrying out the most probable bargain."""
    salience = np.maximum(view.saliences, _LEAST_SALIENCE)[:, None]
    actors = bargaining.Actors(np.maximum(view.shares, 1e-9), salience)
    history = bargaining.run(actors, (view.positions[:, None] + 1.0) / 2.0)
    pull = actors.influence / actors.influence.sum()
    means = [2.0 * float(pull @ state.positions[:, 0]) - 1.0 for state in history]
    p = bargaining.winning_probabilities(actors, history[0], bargaining.Rules())
    best, turns = float(view.positions[int(np.argmax(p))]), len(history) - 1
    answer = f"ends at {means[-1]:+.2f} after {turns} turns; at first {best:+.2f} is likeliest to prevail"
    assumed = (
        "a group acts as one, capability = political weight",
        "everybody carries out the most probable bargain",
        "mean weighted by capability x salience; range: over turns",
    )
    return spoken(Question.POLICY, Theory.BARGAINING, answer, means[-1], means, assumed)


def weighted(view: CaseView) -> Opinion:
    """Weighted mean and median, and how the published rules move the mean."""
    assumed = ("a group acts as one, capability = political weight", f"range: over {ROUNDS} rounds")
    pull = view.shares * view.saliences
    if np.ptp(view.positions) == 0 or pull.sum() == 0:
        where = float(view.shares @ view.positions)
        answer = "there is no issue: nobody disagrees, or nobody cares"
        return spoken(Question.POLICY, Theory.EXPECTED_UTILITY, answer, where, [], assumed)
    issue = expected_utility.Issue(view.shares, view.positions, view.saliences)
    means = expected_utility.series(issue, ROUNDS).tolist()
    median = expected_utility.median_voter(issue)
    answer = f"weighted mean {means[0]:+.2f}, median {median:+.2f}, mean after {ROUNDS} rounds {means[-1]:+.2f}"
    return spoken(Question.POLICY, Theory.EXPECTED_UTILITY, answer, means[0], means, assumed)


_BASE_RATE_ASSUMPTIONS = ("the hazard is constant over the horizon", "nothing about this case but its kind")


def coup(view: CaseView) -> Opinion:
    """Chance of an attempt at the rate of the regime's kind and the leader's tenure."""
    rate, said = base_rates.find_rate(view.regime, view.tenure_years)
    p = base_rates.within(rate.attempt, view.horizon_days)
    interval = [base_rates.within(q, view.horizon_days) for q in rate.attempt_interval() or ()]
    answer = f"{p:.1%} within {view.horizon_days:g} days ({rate.attempt:.1%} a year)"
    assumed = (f"as in {said}", *_BASE_RATE_ASSUMPTIONS, "range: 90% for the count, where it is known")
    return spoken(Question.COUP, Theory.BASE_RATE, answer, p, interval, assumed)


def coup_holds(view: CaseView) -> Opinion:
    """The coalition holds if no coup succeeds; other ends are not counted."""
    rate, said = base_rates.find_rate(view.regime, view.tenure_years, success=True)
    p = 1.0 - base_rates.within(rate.success or 0.0, view.horizon_days)
    answer = f"{p:.1%}: only a successful coup counts as breaking ({rate.success:.1%} a year)"
    assumed = (f"as in {said}", *_BASE_RATE_ASSUMPTIONS)
    return spoken(Question.HOLDS, Theory.BASE_RATE, answer, p, [], assumed)


ANSWERS: dict[tuple[Question, Theory], Callable[[CaseView], Opinion]] = {
    (Question.HOLDS, Theory.THRESHOLDS): cascade_holds,
    (Question.HOLDS, Theory.PRIVATE_GAME): attack_holds,
    (Question.HOLDS, Theory.PUBLIC_GAME): public_holds,
    (Question.HOLDS, Theory.COALITION): coalition_holds,
    (Question.HOLDS, Theory.BASE_RATE): coup_holds,
    (Question.POLICY, Theory.BARGAINING): bargained,
    (Question.POLICY, Theory.EXPECTED_UTILITY): weighted,
    (Question.CASCADE, Theory.THRESHOLDS): cascade,
    (Question.ATTACK, Theory.PRIVATE_GAME): attack,
    (Question.ATTACK, Theory.PUBLIC_GAME): public_attack,
    (Question.EXPENDABLE, Theory.COALITION): expendable,
    (Question.COUP, Theory.BASE_RATE): coup,
}
