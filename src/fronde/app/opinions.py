"""Second opinions on a case: the rival theories asked about the same elite, Fronde's own answers beside them."""

from typing import Any

import numpy as np

from fronde.app.calibrate import Problem
from fronde.domain.state import ACTS, GROUP_SERIES, LEADER_EVENTS, WORLD_FIELDS
from fronde.engine.run import Ensemble
from fronde.opinions.together import opinions, table
from fronde.opinions.view import CaseView

OPEN_DISSENT = ("speak_policy", "speak_leader", "resign", "leave")


def case_view(problem: Problem, histories: Ensemble) -> CaseView:
    """What the theories may know: group means on the case's as_of; discontent is the posterior mean."""
    case, elite = problem.case, problem.case.elite
    groups = range(len(elite.groups))
    weights = np.array([elite.weight[elite.group == g].sum() for g in groups])
    sizes = np.bincount(elite.group, minlength=len(elite.groups)).astype(np.float64)
    private = histories.groups[case.grid.n_observed - 1, list(GROUP_SERIES).index("private")].mean(axis=1) / sizes

    def mean(values: np.ndarray) -> np.ndarray:
        return np.array([np.average(values[elite.group == g], weights=elite.weight[elite.group == g]) for g in groups])

    return CaseView(
        groups=elite.group_titles,
        sizes=sizes,
        weights=weights,
        positions=mean(elite.position),
        saliences=mean(elite.salience),
        discontent=np.asarray(private, dtype=np.float64),
        regime=case.spec.leader.regime,
        tenure_years=case.spec.leader.tenure_years,
        horizon_days=float(case.spec.horizon),
    )


def own_answers(problem: Problem, base: Ensemble) -> dict[str, float]:
    """Fronde's answers to the questions it can answer in the theories' units."""
    grid = problem.case.grid
    acts = [ACTS.index(name) for name in OPEN_DISSENT]
    after = base.counts[grid.n_observed :, acts].astype(np.float64).sum(axis=(0, 1, 2))
    attempt, removed = (np.isfinite(base.events[LEADER_EVENTS.index(name)]).mean() for name in ("attempt", "removed"))
    pressure = base.series[grid.n_observed - 1, list(WORLD_FIELDS).index("pressure")].mean()
    return {
        "coalition_holds": float(1.0 - removed),
        "policy_pressure": float(pressure),
        "dissent_cascade": float(after.mean() / problem.case.elite.size),
        "coup_attempt": float(attempt),
    }


def second_opinions(problem: Problem, histories: Ensemble, base: Ensemble) -> list[dict[str, Any]]:
    """One plain row per question and theory, and one for what they say together."""
    return table(opinions(case_view(problem, histories), own_answers(problem, base)))
