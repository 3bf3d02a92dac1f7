"""How each headline forecast moved week by week, and because of what: sequential updating of one posterior.

Each week the evidence that became known re-weights the particles (`inference.sequential`); a week that moves them too
far rejuvenates them. Then they are continued to the end of the case's window and every question is answered.
A question about acts asks for the same total on record every week: what was on record at the last date, plus what the
question wants beyond it. A question about leader events asks for one after the week's own date.
Because of what: the week's update once more without one origin at a time; its pull is p with it minus p without.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app.build import build
from fronde.app.calibrate import Posterior, Problem, calibrate, prepare
from fronde.app.forecast import continued, public_record
from fronde.app.likelihood import make_evidence
from fronde.app.opening import Opened, open_case
from fronde.app.work import Session
from fronde.domain.state import ACTS
from fronde.evidence.events import event_likelihoods
from fronde.evidence.origin_weights import origins_used
from fronde.evidence.pack import Pack
from fronde.forecast.probability import beta_quantiles
from fronde.forecast.questions import outcome
from fronde.inference import sequential, smc
from fronde.inference.smc import Floats, Likelihood
from fronde.scenario.model import Question

MOST_ORIGINS = 6  # origins of one week whose pull is computed one by one, those with most claims first
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Week:
    """One date: the problem, the state after its evidence, what the update did, and p of each question [particle]."""

    problem: Problem
    state: sequential.State
    update: sequential.Update | None
    answers: dict[str, Floats]


def dates_of(opened: Opened, weeks: int | None) -> list[date]:
    """Dates a week (or a step, if that is longer) apart, ending at as_of; the first at least a step after the onset."""
    spec = opened.case.spec
    apart = max(1, round(7 / spec.step)) * spec.step
    most = int(((spec.as_of - spec.start).days - 1) // apart)
    count = most if weeks is None else min(weeks, most)
    return [spec.as_of - timedelta(days=apart * k) for k in range(count, -1, -1)]


def _problem(opened: Opened, day: date, threads: int) -> Problem:
    """The case as seen on a day, to the same last day."""
    end = opened.case.spec.end
    at = opened.case.spec.moment if day == opened.case.spec.as_of else day  # with its hour
    seen = open_case(opened.given, at, (end - day).days, opened.assigned)
    return prepare(seen.case, seen.pack, threads)


def without(problem: Problem, origins: Iterable[str]) -> Problem:
    """The same problem as if these origins had said nothing; `poll:<pollster>` is one too."""
    gone = set(origins)
    pack = replace(problem.pack, polls=tuple(p for p in problem.pack.polls if f"poll:{p.pollster}" not in gone))
    inputs, reports = build(
        problem.case, event_likelihoods(pack, without=gone), problem.record, steps=problem.case.grid.n_observed
    )
    evidence = make_evidence(problem.case, pack, problem.prior, gone)
    return replace(problem, pack=pack, inputs=inputs, reports=reports, evidence=evidence)


def likelihood_of(problem: Problem, threads: int) -> Likelihood:
    """ln P(evidence | z, u) of a problem."""
    return lambda z, replicates: problem.evidence.loglik(problem.histories(z, replicates, threads))


def thresholds(problem: Problem, questions: Sequence[Question]) -> dict[str, int]:
    """The total on record that a question about acts asks for: the record at as_of plus what it wants beyond."""
    record, groups = public_record(problem).sum(axis=0), problem.case.elite.groups
    found = {}
    for item in questions:
        if item.act is not None:
            chosen = [groups.index(name) for name in item.groups] or list(range(len(groups)))
            found[item.id] = int(record[ACTS.index(item.act), chosen].sum()) + (item.at_least or 1)
    return found


def answer(
    problem: Problem, state: sequential.State, wanted: dict[str, int], futures: int, threads: int
) -> dict[str, NDArray[np.bool_]]:
    """Outcome of each question [particle, future], particles made equally weighted first."""
    chosen = sequential.even(int(problem.case.spec.seed), state)
    now = state.particles
    posterior = Posterior(now.z[chosen], now.replicates[chosen], now.loglik[chosen], now.ancestors[chosen], ())
    runs = continued(problem, posterior, futures, threads=threads)
    grid, groups = problem.case.grid, problem.case.elite.groups
    found = {}
    for item in problem.case.spec.questions:
        if item.act is None:
            yes = outcome(item, runs, grid, groups)
        else:
            last = max(k for k, edge in enumerate(grid.edges[1:]) if edge <= item.by or k == 0)
            rows = [groups.index(name) for name in item.groups] or list(range(len(groups)))
            total = runs.reported[: last + 1, ACTS.index(item.act)][:, rows].sum(axis=(0, 1))
            yes = total >= wanted[item.id]
        found[item.id] = np.asarray(yes).reshape(chosen.size, futures)
    return found


def news(before: Pack | None, now: Pack) -> dict[str, list[str]]:
    """Origins with something new, and ids of what is new: claims, graded events, polls."""
    fresh: dict[str, list[str]] = {}
    old = {row.id for table in ("claims", "events", "polls") for row in getattr(before, table, ())}
    used = set(origins_used(now))
    for claim in now.claims:
        if claim.id not in old and claim.origin in used:
            fresh.setdefault(claim.origin, []).append(claim.id)
    for event in now.events:
        if event.id not in old and f"record:{event.id}" in used:
            fresh.setdefault(f"record:{event.id}", []).append(event.id)
    for poll in now.polls:
        if poll.id not in old:
            fresh.setdefault(f"poll:{poll.pollster}", []).append(poll.id)
    return dict(sorted(fresh.items(), key=lambda item: (-len(item[1]), item[0])))


def _spread(found: NDArray[np.bool_]) -> tuple[float, list[float], float]:
    """p, its quantiles at LEVELS, and the standard error that the number of particles leaves."""
    n, m = found.shape
    hits = found.sum(axis=1).astype(np.float64)
    p = float((hits.sum() + 0.5) / (n * m + 1.0))
    inside = float((hits * (m - hits)).mean() / (m - 1.0)) if m > 1 else p * (1.0 - p)
    between = max(0.0, float((hits / m).var()) - inside / m**2) + p * (1.0 - p) / (n * m)
    return p, beta_quantiles(p, between, LEVELS), float((hits / m).std() / n**0.5)


def _label(pack: Pack, origin: str) -> str:
    if origin in pack.origin:
        return pack.origin[origin].label
    titles = {event.id: event.note.split(":")[0] for event in pack.events}
    kind, _, name = origin.partition(":")
    return f"survey: {name}" if kind == "poll" else f"record: {titles.get(name) or name}"


def weekly(
    opened: Opened, particles: int, session: Session, weeks: int | None = None, futures: int = 4, pulls: bool = True
) -> dict[str, Any]:
    """`weekly.json`: p of every question at each date, what the update did, and the pull of what became known."""
    settings, threads = smc.Settings(particles=particles), session.threads
    seed = int(opened.case.spec.seed)
    dates = dates_of(opened, weeks)
    last = _problem(opened, dates[-1], threads)
    wanted = thresholds(last, last.case.spec.questions)
    asked = [item.id for item in last.case.spec.questions]
    rows: list[dict[str, Any]] = []
    state: sequential.State | None = None
    before: Problem | None = None
    for index, day in enumerate(dates):
        session.progress("weeks", index, len(dates))
        problem = _problem(opened, day, threads)
        problem = _asking(problem, last.case.spec.questions)
        lighter: dict[str, sequential.State] = {}
        fresh = news(before.pack if before else None, problem.pack)
        if state is None or before is None:
            found = calibrate(problem, settings, threads)
            started = smc.Particles(
                found.z, found.replicates, found.loglik, 1.0, 0.5, 1000, found.ancestors
            )  # rounds go on far behind those of the batch run: no draw twice
            now, update = sequential.start(started), None
        else:
            old, new = likelihood_of(before, threads), likelihood_of(problem, threads)
            now, update = sequential.update(seed, state, old, new, settings)
            for origin in list(fresh)[: MOST_ORIGINS if pulls else 0]:
                less = likelihood_of(without(problem, {origin}), threads)
                lighter[origin] = sequential.update(seed, state, old, less, settings)[0]
        answers = answer(problem, now, wanted, futures, threads)
        told = {name: _spread(answers[name]) for name in asked}
        rows.append(_row(problem, now, update, told))
        rows[-1]["news"] = [
            _news_row(problem, origin, ids, told, lighter.get(origin), wanted, futures, threads)
            for origin, ids in fresh.items()
        ]
        state, before = now, problem
    session.progress("weeks", len(dates), len(dates))
    assert state is not None
    return {
        "case": opened.case.name,
        "as_of": opened.case.spec.moment,
        "particles": particles,
        "futures": futures,
        "interval": "equal-tailed, of the particles' own probabilities",
        "questions": [
            {"id": item.id, "text": item.text, "total_on_record": wanted.get(item.id)}
            for item in last.case.spec.questions
        ],
        "weeks": rows,
        "batch": against_batch(last, state, told, wanted, settings, futures, threads),
    }


def _asking(problem: Problem, questions: tuple[Question, ...]) -> Problem:
    """The problem of an earlier date, asked the questions of the last."""
    spec = problem.case.spec.model_copy(update={"questions": questions})
    return replace(problem, case=replace(problem.case, spec=spec))


def _row(
    problem: Problem, now: sequential.State, update: sequential.Update | None, told: dict[str, Any]
) -> dict[str, Any]:
    return {
        "as_of": problem.case.spec.moment,
        "effective": 1.0 if update is None else update.effective,
        "carried": smc.effective(now.weights),
        "bridge_steps": None if update is None else update.steps,
        "distinct": float(np.unique(now.particles.z[:, 0]).size / now.particles.z.shape[0]),
        "log_evidence": None if update is None else update.log_evidence,
        "reports": len(problem.reports),
        "p": {
            name: {"p": p, "se": se, **dict(zip(("q05", "q25", "q50", "q75", "q95"), quantiles, strict=True))}
            for name, (p, quantiles, se) in told.items()
        },
    }


def _news_row(
    problem: Problem,
    origin: str,
    ids: list[str],
    told: dict[str, Any],
    lighter: sequential.State | None,
    wanted: dict[str, int],
    futures: int,
    threads: int,
) -> dict[str, Any]:
    """An origin with what it newly said and, where it was worked out, p without it."""
    row: dict[str, Any] = {"origin": origin, "label": _label(problem.pack, origin), "new": ids, "without": {}}
    if lighter is not None:
        found = answer(without(problem, {origin}), lighter, wanted, futures, threads)
        row["without"] = {name: _spread(found[name])[0] for name in told}
    return row


def against_batch(
    problem: Problem,
    state: sequential.State,
    told: dict[str, Any],
    wanted: dict[str, int],
    settings: smc.Settings,
    futures: int,
    threads: int,
) -> dict[str, Any]:
    """The last state against one calibration on everything at once: parameters and questions, with the error expected.

    Means of z are compared in units of their Monte Carlo error, sqrt((v_a + v_b) / n) with n the distinct families of
    the batch run (particles of one family are not independent).
    """
    batch = calibrate(problem, settings, threads)
    w, z = state.weights, state.particles.z
    mean, n = w @ z, max(2, np.unique(batch.ancestors).size)
    variance = w @ np.square(z - mean) + batch.z.var(axis=0)
    apart = (mean - batch.z.mean(axis=0)) / np.sqrt(variance / n)
    once = sequential.start(smc.Particles(batch.z, batch.replicates, batch.loglik, 1.0, 0.5, 1000, batch.ancestors))
    answers = answer(problem, once, wanted, futures, threads)
    found = {name: _spread(answers[name]) for name in told}
    return {
        "families": int(n),
        "z_rms": float(np.sqrt(np.square(apart).mean())),
        "z_worst": float(np.abs(apart).max()),
        "p": {name: {"sequential": told[name][0], "batch": p, "se": se} for name, (p, _, se) in found.items()},
        "p_worst": float(max((abs(told[name][0] - p) for name, (p, _, _) in found.items()), default=0.0)),
    }
