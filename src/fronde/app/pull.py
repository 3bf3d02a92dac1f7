"""What hangs on each voice: every question's probability with and without each origin, by reweighting the posterior.

Leaving an origin out changes the likelihood of a history x from L(x) to L'(x); the posterior without it has weights
L'(x) / L(x) on the same particles. Where the reweighted sample is too thin (effective share below MINIMUM) or where an
act that was taken as confirmed would lose its confirmation, only a new calibration can tell, and the row says so.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app.build import CERTAIN
from fronde.app.calibrate import Problem
from fronde.app.likelihood import Evidence
from fronde.engine.run import Ensemble
from fronde.evidence.conditions import condition_claims
from fronde.evidence.counts import count_claims
from fronde.evidence.events import event_likelihoods
from fronde.evidence.origin_weights import origins_used

Floats = NDArray[np.float64]
MINIMUM = 0.05  # effective share of particles below which a reweighted number is not shown
MOST = 5  # origins shown for one cell of the matrix
LEAST = 0.001  # smallest change of a cell's probability that is kept


def _rest(histories: Ensemble, evidence: Evidence) -> Floats:
    """ln likelihood of everything but individual acts [N]."""
    return sum((term.values for term in evidence.terms(histories)), start=np.zeros(histories.weight.shape[1]))


def _events(problem: Problem, histories: Ensemble, origin: str) -> Floats | None:
    """Change of ln likelihood of individual acts without the origin [N]; None if a confirmed act hangs on it."""
    after = {(row.event, row.actor, row.act): row for row in event_likelihoods(problem.pack, without={origin})}
    change = np.zeros(histories.weight.shape[1])
    for k, row in enumerate(problem.reports):
        if origin not in row.origins:
            continue
        left = after.get((row.event, row.actor, row.act))
        if row.log_lr >= math.log(CERTAIN):
            if left is None or left.log_lr < math.log(CERTAIN):
                return None
            continue
        lighter = 0.0 if left is None else left.log_lr
        change += np.where(histories.included[k] > 0, 0.0, row.log_lr - lighter)
    return change


def left_out(problem: Problem, histories: Ensemble) -> list[tuple[dict[str, Any], Floats | None]]:
    """Per origin that weighs on anything: its row, and weights [N] of the posterior without it where they can tell."""
    labels = {origin.id: origin for origin in problem.pack.origins}
    titles = {event.id: event.note.split(":")[0] for event in problem.pack.events}
    complete = _rest(histories, problem.evidence)
    found: list[tuple[dict[str, Any], Floats | None]] = []
    for origin in origins_used(problem.pack):
        lighter = replace(
            problem.evidence,
            counts=count_claims(problem.pack, {origin}),
            conditions=condition_claims(problem.pack, {origin}),
        )
        change = _events(problem, histories, origin)
        row: dict[str, Any] = {
            "id": origin,
            "label": labels[origin].label
            if origin in labels
            else f"record: {titles.get(origin.split(':')[-1], origin)}",
            "claims": sum(claim.origin == origin for claim in problem.pack.claims),
        }
        weights = None
        if change is not None:
            shift = change + _rest(histories, lighter) - complete
            weights = np.exp(shift - shift.max())
            weights /= weights.sum()
            row["effective"] = float(1.0 / np.square(weights).sum() / weights.size)
        found.append((row, weights if row.get("effective", 0.0) >= MINIMUM else None))
    return found


def pulls(problem: Problem, histories: Ensemble, by_particle: dict[str, Floats]) -> list[dict]:
    """One row per origin that weighs on anything; by_particle maps a question to its frequency per particle [N]."""
    return on_questions(left_out(problem, histories), by_particle)


def on_questions(found: Sequence[tuple[dict[str, Any], Floats | None]], by_particle: dict[str, Floats]) -> list[dict]:
    """Rows of `left_out`, each with its pull on every question."""
    return [
        {
            **row,
            "pull": []
            if weights is None
            else [
                {"question": name, "with": float(p.mean()), "without": float(np.sum(weights * p))}
                for name, p in by_particle.items()
            ],
        }
        for row, weights in found
    ]


def on_cells(
    found: Sequence[tuple[dict[str, Any], Floats | None]], by_cell: Mapping[tuple[str, str, str], Floats]
) -> list[dict[str, Any]]:
    """Cells of the matrix with the few origins that move each most: `without` maps an origin to p without it.

    by_cell: (group, act, by) -> frequency of at least one act per particle [N].
    """
    origins = [(row["id"], weights) for row, weights in found if weights is not None]
    stacked = np.array([weights for _, weights in origins])
    rows = []
    for (group, act, by), p in by_cell.items():
        complete = float(p.mean())
        without = stacked @ p if origins else np.zeros(0)
        size = np.abs(without - complete)
        moved = [k for k in np.argsort(-size, kind="stable")[:MOST] if size[k] >= LEAST]
        if moved:
            pulled = {origins[k][0]: float(without[k]) for k in moved}
            rows.append({"group": group, "act": act, "by": by, "with": complete, "without": pulled})
    return rows
