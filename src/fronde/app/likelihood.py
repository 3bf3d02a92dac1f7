"""ln P(evidence | history) of an ensemble of histories: reported acts, counts, conditions and polls together.

Reported acts of individuals are in `Ensemble.weight` already (exact thinning, see `engine.acts`); count claims, moods
and polls are weighed here against the recorded counts and states. Forecasts made by sources are never evidence.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fronde.domain.state import ACTS, GROUP_SERIES, WORLD_FIELDS
from fronde.engine.run import Ensemble
from fronde.evidence.conditions import ConditionClaim, condition_claims, log_condition
from fronde.evidence.counts import CountClaim, count_claims, log_count
from fronde.evidence.event_classes import EVENT_CLASSES
from fronde.evidence.pack import Pack
from fronde.evidence.polls import log_poll
from fronde.scenario.case import Case
from fronde.scenario.series import Grid

Floats = NDArray[np.float64]
GROUP_STATES = tuple(GROUP_SERIES)
WORLD_STATES = tuple(WORLD_FIELDS)


Scale = tuple[str, str, date | None, date | None]


def scale_of(mood: ConditionClaim) -> Scale:
    """What a mood is about: state, group and window."""
    return (mood.state, mood.group, mood.date_low, mood.date_high)


@dataclass(frozen=True)
class Term:
    """One piece of evidence beside reported acts: its key, the origins it rests on, and ln likelihood [R]."""

    key: str
    origins: tuple[str, ...]
    claims: tuple[str, ...]
    values: Floats = field(repr=False)


def members(case: Case, name: str) -> list[int]:
    """Groups a claim speaks of: the group itself, all groups whose name starts so, or everybody."""
    groups = case.elite.groups
    if name in groups:
        return [groups.index(name)]
    found = [k for k, group in enumerate(groups) if name and group.startswith(name)]
    return found or list(range(len(groups)))


def window(grid: Grid, low: date | None, high: date | None) -> tuple[int, int]:
    """First and last-plus-one observed step of a window; open ends reach to the ends of the observed period."""
    ends = grid.edges[1 : grid.n_observed + 1]
    first = 0 if low is None else next((k for k, end in enumerate(ends) if end >= low), len(ends) - 1)
    last = len(ends) if high is None else next((k + 1 for k, end in enumerate(ends) if end >= high), len(ends))
    if high is not None and grid.hourly:  # all the hours of that day
        last = sum(end <= high for end in ends)
    return min(first, len(ends) - 1), max(last, first + 1)


def _count_term(case: Case, claim: CountClaim, ensemble: Ensemble) -> Floats | None:
    act = EVENT_CLASSES[claim.event_class].act
    if act is None:
        return None
    groups = members(case, claim.group)
    first, last = window(case.grid, claim.date_low, claim.date_high)
    counts = ensemble.counts[:, ACTS.index(act)][:, groups].sum(axis=1)
    now = counts[first:last].sum(axis=0).astype(np.float64)
    half = (first + last) // 2
    before = counts[first:half].sum(axis=0).astype(np.float64)
    size = float(np.isin(case.elite.group, groups).sum())
    if claim.qualifier == "growing":
        return log_count(claim, now - before, size, before=before)
    return log_count(claim, now, size)


def state_of(case: Case, claim: ConditionClaim, ensemble: Ensemble) -> Floats | None:
    """The model state a mood speaks about, mean over its window [R]; None if the model has none."""
    first, last = window(case.grid, claim.date_low, claim.date_high)
    if claim.state in GROUP_STATES:
        groups = members(case, claim.group)
        size = float(np.isin(case.elite.group, groups).sum())
        values = ensemble.groups[first:last, GROUP_STATES.index(claim.state)][:, groups].sum(axis=1) / size
    elif claim.state in WORLD_STATES:
        values = ensemble.series[first:last, WORLD_STATES.index(claim.state)]
    else:
        return None
    return values.mean(axis=0).astype(np.float64)


@dataclass(frozen=True)
class Evidence:
    """What a pack says beside individual acts, with the usual level and spread of each mood's state.

    usual maps what a mood is about to (mean, sd) over the prior: a mood is a place on the scale of what could be.
    """

    case: Case
    pack: Pack
    counts: tuple[CountClaim, ...]
    conditions: tuple[ConditionClaim, ...]
    usual: dict[Scale, tuple[float, float]]

    def terms(self, ensemble: Ensemble) -> list[Term]:
        """Every count, mood and poll with its ln likelihood per run."""
        found: list[Term] = []
        for count in self.counts:
            values = _count_term(self.case, count, ensemble)
            if values is not None:
                found.append(Term(f"count:{count.claims[0]}", count.origins, count.claims, values))
        for mood in self.conditions:
            state = state_of(self.case, mood, ensemble)
            key = f"mood:{mood.claims[0]}"
            if state is not None and scale_of(mood) in self.usual:
                centre, scale = self.usual[scale_of(mood)]
                values = log_condition(
                    state, mood.direction, mood.strength, mood.likelihood_ratio, centre=centre, scale=scale
                )
                found.append(Term(key, mood.origins, mood.claims, values))
        return found + self._polls(ensemble)

    def _polls(self, ensemble: Ensemble) -> list[Term]:
        found = []
        approval_at, poll_at = WORLD_STATES.index("approval"), WORLD_STATES.index("poll")
        for poll in self.pack.polls:
            if poll.field_end <= self.case.grid.start or poll.answer != "support":
                continue
            first, last = window(self.case.grid, poll.field_start, poll.field_end)
            approval = ensemble.series[first:last, approval_at].mean(axis=0).astype(np.float64)
            heard = ensemble.series[first:last, poll_at].mean(axis=0).astype(np.float64)
            hidden = np.clip((heard - approval) / (1.0 - approval), 0.0, 1.0)
            found.append(Term(f"poll:{poll.id}", (f"poll:{poll.pollster}",), (), log_poll(approval, hidden, poll)))
        return found

    def loglik(self, ensemble: Ensemble) -> Floats:
        """ln P(everything known | history) [R]."""
        total = ensemble.weight.sum(axis=0)
        for term in self.terms(ensemble):
            total = total + term.values
        return total


def make_evidence(case: Case, pack: Pack, prior: Ensemble, without: Collection[str] = ()) -> Evidence:
    """Evidence of a pack; `prior` is an unconditioned ensemble that says what is usual."""
    conditions = condition_claims(pack, without)
    usual: dict[Scale, tuple[float, float]] = {}
    for mood in conditions:
        state = state_of(case, mood, prior)
        if state is not None and state.std() > 0.0:
            usual[scale_of(mood)] = (float(state.mean()), float(state.std()))
    return Evidence(case, pack, count_claims(pack, without), conditions, usual)
