"""Outcomes of a case's questions in each run; acts are counted as they enter the public record after as_of."""

import numpy as np
from numpy.typing import NDArray

from fronde.domain.state import ACTS, LEADER_EVENTS
from fronde.engine.run import Ensemble
from fronde.forecast.counts import future
from fronde.forecast.probability import probability
from fronde.scenario.model import Question
from fronde.scenario.series import Grid


def outcome(question: Question, ensemble: Ensemble, grid: Grid, groups: tuple[str, ...]) -> NDArray[np.bool_]:
    """Whether the question resolves Yes in each run [R]."""
    limit = grid.elapsed(question.by)
    if question.event:
        rows = [LEADER_EVENTS.index(name) for name in question.event]
        return np.asarray((ensemble.events[rows] <= limit).any(axis=0))
    assert question.act is not None  # the schema asks for an event or an act
    edges = grid.edges[grid.n_observed + 1 :]
    step = max(k for k, edge in enumerate(edges) if edge <= question.by or k == 0)
    chosen = [groups.index(name) for name in question.groups] or list(range(len(groups)))
    counts = future(ensemble.reported, grid)[step, ACTS.index(question.act)][chosen].sum(axis=0)
    return np.asarray(counts >= (question.at_least or 1))


def answers(questions: tuple[Question, ...], outcomes: dict[str, NDArray[np.bool_]]) -> list[dict]:
    """Probability of each question with intervals and base rate; outcomes [particle, future] by question."""
    rows = []
    for question in questions:
        found = outcomes[question.id]
        rows.append(
            {
                "id": question.id,
                "text": question.text,
                **probability(found),
                "base_rate": question.base_rate,
                "base_rate_source": question.base_rate_source,
                "by": question.by.isoformat(),
            }
        )
    return rows
