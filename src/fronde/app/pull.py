"""What hangs on each voice: every question's probability with and without each origin, by reweighting the posterior.

Leaving an origin out changes the likelihood of a history x from L(x) to L'(x); the posterior without it has weights
L'(x) / L(x) on the same particles. Where the reweighted sample is too thin (effective share below MINIMUM) or where an
act that was taken as confirmed would lose its confirmation, only a new calibration can tell, and the row says so.
"""

import math
from dataclasses import replace

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


def pulls(problem: Problem, histories: Ensemble, by_particle: dict[str, Floats]) -> list[dict]:
    """One row per origin that weighs on anything; by_particle maps a question to its frequency per particle [N]."""
    labels = {origin.id: origin for origin in problem.pack.origins}
    titles = {event.id: event.note.split(":")[0] for event in problem.pack.events}
    complete = _rest(histories, problem.evidence)
    rows = []
    for origin in origins_used(problem.pack):
        lighter = replace(
            problem.evidence,
            counts=count_claims(problem.pack, {origin}),
            conditions=condition_claims(problem.pack, {origin}),
        )
        change = _events(problem, histories, origin)
        row: dict = {
            "id": origin,
            "label": labels[origin].label
            if origin in labels
            else f"record: {titles.get(origin.split(':')[-1], origin)}",
            "claims": sum(claim.origin == origin for claim in problem.pack.claims),
            "pull": [],
        }
        if change is not None:
            shift = change + _rest(histories, lighter) - complete
            weights = np.exp(shift - shift.max())
            weights /= weights.sum()
            row["effective"] = float(1.0 / np.square(weights).sum() / weights.size)
            if row["effective"] >= MINIMUM:
                row["pull"] = [
                    {"question": name, "with": float(p.mean()), "without": float(np.sum(weights * p))}
                    for name, p in by_particle.items()
                ]
        rows.append(row)
    return rows
