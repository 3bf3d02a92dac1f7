"""Forecast of a calibrated case: posterior histories continued, counted, compared, and put into plain dictionaries."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app import pull
from fronde.app.build import build
from fronde.app.calibrate import Posterior, Problem, prior_z
from fronde.app.opinions import second_opinions
from fronde.domain.params import to_values
from fronde.domain.state import ACTS, LEADER_EVENTS
from fronde.engine.run import Ensemble, Progress, simulate
from fronde.evidence.priors import NUMBERS
from fronde.forecast import beliefs, compare, counts, patterns, questions, regime
from fronde.hazard.case import DAYS_PER_YEAR, base_rates

FIRST_FUTURE = 1 << 30  # replicate numbers of futures lie apart from those of histories
CALM = {"attempt": 0.043 / 365.25, "removed": 0.023 / 365.25}  # N15: personalist, 15 years and more in power


@dataclass(frozen=True)
class Forecast:
    """forecast is the public document (`forecast.json`), summary what the report shows (`summary.json`)."""

    forecast: dict[str, Any]
    summary: dict[str, Any]
    ensemble: Ensemble


def continued(
    problem: Problem,
    posterior: Posterior,
    futures: int,
    variant: str | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    part: tuple[int, int] | None = None,
) -> Ensemble:
    """Every particle's history continued `futures` times to the end of the horizon; runs ordered [particle, future].

    part: only the runs [first, last) of these.
    """
    reports = problem.reports if problem.played is None else problem.played
    inputs, _ = build(problem.case, reports, problem.record, variant)
    first, last = part or (0, posterior.z.shape[0] * futures)
    owner = np.arange(first, last) // futures
    theta = to_values(problem.params, posterior.z)[owner]
    branches = np.arange(FIRST_FUTURE + first, FIRST_FUTURE + last, dtype=np.uint64)
    histories = posterior.replicates[owner]
    return simulate(inputs, theta, histories, branches, threads=threads, progress=progress)


def public_record(problem: Problem) -> NDArray[np.int64]:
    """Reported acts by step, act and group [T observed, act, group]; reports of middling weight count too."""
    case, inputs = problem.case, problem.inputs
    seen = np.zeros((case.grid.n_observed, len(ACTS), len(case.elite.groups)), dtype=np.int64)
    for step, i in zip(*np.nonzero(inputs.reported_act >= 0), strict=True):
        seen[step, inputs.reported_act[step, i], case.elite.group[i]] += 1
    return seen


def at_risk(problem: Problem) -> NDArray[np.float64]:
    """People who can do each act [act, group]: office holders for acts of office, everybody for the others."""
    elite = problem.case.elite
    groups = len(elite.groups)
    everyone = np.bincount(elite.group, minlength=groups).astype(np.float64)
    holders = np.bincount(elite.group, weights=elite.in_office, minlength=groups)
    return np.array([holders if name in counts.OFFICE_ACTS else everyone for name in ACTS])


def calm_rates(problem: Problem) -> dict[str, float]:
    """Hazard [1/day] of each leader event before any pressure: the prior's own base rates.

    For attempts and removal those of such countries where the case has a `country` block, else N15.
    """
    names = {param.name: param for param in problem.params}
    spec, rates = problem.case.spec, dict(CALM)
    if spec.country is not None:
        known = base_rates(spec.as_of.year, spec.leader.regime, spec.leader.tenure_years, spec.country.columns())
        rates = {event: -math.log1p(-row["annual"]) / DAYS_PER_YEAR for event, row in known.items()}
    for event in LEADER_EVENTS[:6]:
        rates[event] = math.exp(names[f"leader.{event}_base"].default)
    return rates


def forecast(
    problem: Problem,
    posterior: Posterior,
    run: str,
    futures: int = 8,
    variants: Sequence[str] = (),
    threads: int | None = None,
    on_stage: Callable[[str], Progress | None] = lambda _: None,
) -> Forecast:
    """Simulate the baseline and the variants and gather what the documents hold."""
    case = problem.case
    base = continued(problem, posterior, futures, None, threads, on_stage("forecast"))
    particles = posterior.z.shape[0]
    outcomes = {
        item.id: questions.outcome(item, base, case.grid, case.elite.groups).reshape(particles, -1)
        for item in case.spec.questions
    }
    asked = questions.answers(case.spec.questions, outcomes)
    compared = []
    if variants:
        single = continued(problem, posterior, 1, None, threads)
        for name in variants:
            other = continued(problem, posterior, 1, name, threads, on_stage(f"variant {name}"))
            block = case.spec.variants[name]
            rows = compare.paired(single, other, case.grid)
            compared.append({"id": name, "title": block.title, "asks": block.asks, "differences": rows})
    seen = public_record(problem)
    cells = counts.count_forecasts(base, case.grid, case.elite.groups, seen.sum(axis=0), at_risk(problem))
    summary = _summary(problem, posterior, run, base, asked, cells, compared, seen)
    frequencies = {name: found.mean(axis=1) for name, found in outcomes.items()}
    histories = problem.histories(posterior.z, posterior.replicates, threads)
    summary["opinions"] = second_opinions(problem, histories, base)
    found = pull.left_out(problem, histories)
    summary["origins"] = pull.on_questions(found, frequencies)
    summary["cell_pulls"] = pull.on_cells(found, counts.any_by_particle(base, case.grid, case.elite.groups, particles))
    return Forecast(_document(problem, run, base, asked, cells, summary), summary, base)


def _document(
    problem: Problem, run: str, base: Ensemble, asked: list[dict], cells: list[dict], summary: dict[str, Any]
) -> dict[str, Any]:
    spec = problem.case.spec
    keep = ("id", "text", "p", "interval50", "interval90", "base_rate")
    return {
        "case": problem.case.name,
        "as_of": spec.moment,
        "horizon_days": spec.horizon,
        "issued_at": spec.moment,
        "run": run,
        "runs": int(base.events.shape[1]),
        "questions": [{key: row[key] for key in keep} for row in asked],
        "counts": cells,
        "series": {
            "leader": {row["event"]: {"dates": row["dates"], "p": row["p"]} for row in summary["leader"]["events"]},
            "regime": {
                name: {key: row[key] for key in ("dates", "q05", "q25", "q50", "q75", "q95")}
                for name, row in summary["regime"].items()
            },
            "fortunes": summary["fortunes"],
        },
        "assumptions": summary["assumptions"]["count"],
        "evidence": {key: summary["evidence"][key] for key in ("claims", "origins", "used")},
    }


def _summary(
    problem: Problem,
    posterior: Posterior,
    run: str,
    base: Ensemble,
    asked: list[dict],
    cells: list[dict],
    compared: list[dict],
    seen: NDArray[np.int64],
) -> dict[str, Any]:
    case, spec, grid = problem.case, problem.case.spec, problem.case.grid
    groups = case.elite.groups
    focal = [{"date": row.date.isoformat(), "title": row.title} for row in spec.focal_dates if row.date > spec.as_of]
    wealthy = np.array([case.elite.wealth_start[case.elite.group == g].sum() >= 5.0 for g in range(len(groups))])
    values = to_values(problem.params, posterior.z)
    prior_values = to_values(problem.params, prior_z(spec.seed, 4096)[0])
    table = beliefs.posterior_table(problem.params, posterior.z, values, prior_values)
    return {
        "case": case.name,
        "title": spec.title,
        "as_of": spec.moment,
        "onset": spec.onset.isoformat(),
        "horizon_days": spec.horizon,
        "run": run,
        "groups": _groups(problem),
        "matrix": _matrix(cells),
        "fans": {
            act: {name: counts.fan(base, grid, act, g, seen) for g, name in enumerate(groups)}
            for act in counts.SHOWN_ACTS
        },
        "fortunes": regime.fortunes(base, grid, groups, wealthy),
        "leader": {"events": regime.options(base, grid, focal, calm_rates(problem))},
        "regime": regime.regime_series(base, grid, case.paths),
        "posterior": table,
        "patterns": patterns.pattern_table(case, base),
        "questions": asked,
        "variants": compared,
        "sources_forecasts": _sources_forecasts(problem, asked),
        "diagnostics": beliefs.diagnostics(
            posterior.z,
            posterior.ancestors,
            posterior.infos[-1].accepted_z,
            posterior.infos[-1].accepted_u,
            sum(row["contraction"] >= 0.1 for row in table),
        ),
        "assumptions": assumptions_of(problem),
        "evidence": evidence_of(problem),
        "not_known": NOT_KNOWN,
    }


def _groups(problem: Problem) -> list[dict]:
    elite = problem.case.elite
    rows = []
    for g, name in enumerate(elite.groups):
        inside = elite.group == g
        synthetic = int((inside & elite.synthetic).sum())
        size = int(inside.sum())
        rows.append(
            {
                "id": name,
                "title": elite.group_titles[g],
                "size": size,
                "named": size - synthetic,
                "synthetic": synthetic,
                "color_index": g,
            }
        )
    return rows


def _matrix(cells: list[dict]) -> dict[str, Any]:
    rows = [
        {
            "group": row["group"],
            "act": row["act"],
            "by": row["by"],
            "p_any": row["p_at_least"]["1"],
            "mean": row["mean"],
            **{f"q{level}": row["quantiles"][key] for level, key in LEVEL_NAMES},
            "base_p_any": row["base_rate_p_any"],
            "base_mean": row["base_rate_mean"],
        }
        for row in cells
    ]
    return {"dates": sorted({row["by"] for row in rows}), "acts": list(counts.SHOWN_ACTS), "cells": rows}


LEVEL_NAMES = (("05", "0.05"), ("25", "0.25"), ("50", "0.5"), ("75", "0.75"), ("95", "0.95"))


def assumptions_of(problem: Problem) -> dict[str, Any]:
    """Numbers whose only source is `assumption`: of the model, of the case's groups, of the evidence priors."""
    by: dict[str, int] = {}
    for param in problem.params:
        if param.source == "assumption":
            by[param.mechanism] = by.get(param.mechanism, 0) + 1
    sources = [
        block.source for group in problem.case.spec.groups.values() for block in (group, *group.attributes.values())
    ]
    by["case groups"] = sources.count("assumption")
    by["evidence priors"] = sum(number.source == "assumption" for number in NUMBERS)
    total = len(problem.params) + len(sources) + len(NUMBERS)
    return {"count": sum(by.values()), "of": total, "by_mechanism": by}


def evidence_of(problem: Problem) -> dict[str, Any]:
    """How much evidence there is and how much of it moved the result."""
    pack = problem.pack
    used = {claim for report in problem.reports for claim in report.claims}
    terms = problem.evidence.terms(problem.prior)
    used |= {claim for term in terms for claim in term.claims}
    return {
        "claims": len(pack.claims),
        "origins": len(pack.origins),
        "events": len(problem.reports),
        "polls": len(pack.polls),
        "used": len(used) + sum(not report.claims for report in problem.reports) + len(pack.polls),
        "vintage": pack.vintage.isoformat() if pack.vintage else None,
    }


def _sources_forecasts(problem: Problem, asked: list[dict]) -> list[dict]:
    """The sources' own forecasts; ours of the same day beside those on all-out war, by event and date."""
    pack = problem.pack
    by_event: dict[tuple[frozenset[str], date | None], float] = {
        (frozenset(q.event), q.by): row["p"] for q, row in zip(problem.case.spec.questions, asked, strict=True)
    }
    rows = []
    for item in pack.forecasts:
        key = (frozenset(("declare", "mobilise")), item.resolve_at)
        ours = by_event.get(key) if item.event_class in ("escalation", "mobilisation") else None
        issuer = pack.source.get(item.issuer)
        rows.append(
            {
                "who": issuer.name if issuer else item.issuer,
                "words": item.words,
                "statement": item.statement,
                "p_low": item.p_low,
                "p_high": item.p_high,
                "resolve_at": item.resolve_at.isoformat() if item.resolve_at else None,
                "fronde": ours,
            }
        )
    return rows


NOT_KNOWN = [
    "What named people think. Positions, fears and ties that are not published are drawn from group distributions.",
    "How secret moves run: plots are modelled from historical base rates and bounded factors, never from a report.",
    "Whether the size of each group is right; sizes are stated assumptions.",
    "Anything that became known after the as-of date.",
]
