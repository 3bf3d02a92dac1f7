"""The posterior on other evidence, by reweighting the same histories: one claim more, one claim less, in milliseconds.

    weight of history x = L'(x) / L(x),   L on the evidence of the calibration, L' on the other pack
The effective share 1 / (R sum w^2) says how far the old sample can carry it; below MINIMUM, or where the change is not
one of weights alone (an act nobody had reported, a confirmation gained or lost), only a new calibration can tell, and
`why` says so. The same pack gives equal weights, so a retraction restores the numbers.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fronde.app.build import CERTAIN
from fronde.app.calibrate import Problem
from fronde.app.likelihood import Evidence, make_evidence
from fronde.app.pull import MINIMUM
from fronde.engine.run import Ensemble
from fronde.evidence.events import event_likelihoods
from fronde.evidence.pack import Pack

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reweighted:
    """weights [N], sum 1, and their effective share; `why` a new calibration is needed, empty if it is not."""

    weights: Floats
    effective: float
    why: str = ""


def _moved_acts(problem: Problem, histories: Ensemble, pack: Pack) -> Floats | str:
    """Change of ln likelihood of individual acts [N], or why weights cannot say."""
    after = {(row.event, row.actor, row.act): row for row in event_likelihoods(pack)}
    placed = {(row.event, row.actor, row.act) for row in problem.reports}
    known = {(row.event, row.actor, row.act) for row in event_likelihoods(problem.pack)}
    new = sorted(key[0] for key in after.keys() - known)
    if new:
        return f"event {new[0]} is new"
    change = np.zeros(histories.weight.shape[1])
    for k, row in enumerate(problem.reports):
        left = after.get((row.event, row.actor, row.act))
        other = 0.0 if left is None else left.log_lr
        if (row.log_lr >= math.log(CERTAIN)) != (other >= math.log(CERTAIN)):
            return f"event {row.event} gains or loses its confirmation"
        if row.log_lr < math.log(CERTAIN) and (row.event, row.actor, row.act) in placed:
            change += np.where(histories.included[k] > 0, 0.0, row.log_lr - other)
    return change


def evidence_on(problem: Problem, pack: Pack) -> Evidence:
    """The evidence of another pack; what is usual comes from the prior and stays."""
    return make_evidence(problem.case, pack, problem.prior)


def reweigh(problem: Problem, histories: Ensemble, pack: Pack) -> Reweighted:
    """Weights of the calibrated histories under another pack of the same case and date."""
    even = np.full(histories.weight.shape[1], 1.0 / histories.weight.shape[1])
    change = _moved_acts(problem, histories, pack)
    if isinstance(change, str):
        return Reweighted(even, 0.0, change)
    other = evidence_on(problem, pack)
    before, after = (sum((term.values for term in evidence.terms(histories)), np.zeros_like(change))
                     for evidence in (problem.evidence, other))  # fmt: skip
    change = change + (after - before)
    weights = np.exp(change - change.max())
    weights /= weights.sum()
    effective = float(1.0 / np.square(weights).sum() / weights.size)
    why = f"only {effective:.0%} of the sample still counts" if effective < MINIMUM else ""
    return Reweighted(weights, effective, why)


def without_claim(pack: Pack, claim: str) -> Pack:
    """The pack as if one claim had never been made."""
    return replace(
        pack,
        claims=tuple(row for row in pack.claims if row.id != claim),
        hops=tuple(row for row in pack.hops if row.claim != claim),
        event_claims=tuple(row for row in pack.event_claims if row.claim != claim),
        resolutions=tuple(row for row in pack.resolutions if row.claim != claim),
    )


def claim_pulls(problem: Problem, histories: Ensemble, by_particle: dict[str, Floats]) -> list[dict]:
    """One row per claim: each headline with and without it, and its effective share; largest mover first.

    by_particle maps a question to its frequency per particle [N]. A claim that only a new calibration could take out
    has an empty `pull` and says `why`.
    """
    rows = []
    for claim in problem.pack.claims:
        found = reweigh(problem, histories, without_claim(problem.pack, claim.id))
        pull = [
            {"question": name, "with": float(p.mean()), "without": float(np.sum(found.weights * p))}
            for name, p in by_particle.items()
        ]
        row = {"id": claim.id, "origin": claim.origin, "text": claim.text, "effective": found.effective}
        rows.append({**row, "why": found.why, "pull": [] if found.why else pull})
    return sorted(rows, key=lambda row: -max((abs(p["with"] - p["without"]) for p in row["pull"]), default=0.0))
