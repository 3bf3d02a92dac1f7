"""What a headline number rests on: base rate, parameters, push and trap of sanctions, origins, what would move it.

Parameters: first-order Sobol indices of each particle's own probability p_i = k_i / M over the posterior, estimated
from the particles themselves (SALib's `delta` analysis, bootstrap intervals; borgonovo2007, plischke2013): the share
of the variance of p_i that knowing the parameter alone would remove. The chance inside a particle is noise to it, so
`explainable` says how much of the variance of k_i / M lies between particles at all. Parameters of a posterior are not
independent; the shares need not sum to one.
Push and trap: the futures once more with frozen wealth and closed doors taken out of grievance (no push), out of
dependence and of what can be taken along (no trap), and of both; same particles, histories and luck, so that the
differences are paired. push = p - p(no push), trap = p - p(no trap), together = p - p(neither).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app import pull
from fronde.app.build import build
from fronde.app.calibrate import Posterior, Problem
from fronde.app.forecast import FIRST_FUTURE
from fronde.app.opening import RequestError
from fronde.app.reweigh import claim_pulls
from fronde.app.work import Calibrated, Session
from fronde.domain.params import to_values
from fronde.domain.state import ACTS, LEADER_EVENTS, WORLD_FIELDS
from fronde.engine.run import Ensemble, simulate
from fronde.forecast.information import entropy, gain
from fronde.forecast.probability import probability
from fronde.forecast.questions import outcome
from fronde.scenario.model import Question
from fronde.scenario.problems import suggestion

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
FUTURES = 8  # futures of each particle: the more, the less chance in its own probability
DUMMIES = 20  # columns that cannot matter, to measure what a finite sample shows of nothing
SWITCHES = {"push": ("push",), "trap": ("trap",), "together": ("push", "trap")}
WATCH = 28  # days after as_of until which candidate observations are made
MISSING = 'shares of parameters need SALib: pip install "fronde[analysis]"'


def futures_of(
    problem: Problem, posterior: Posterior, futures: int, off: Sequence[str] = (), threads: int | None = None
) -> Ensemble:
    """Every particle continued `futures` times, with push and trap switched off after as_of where named."""
    inputs, _ = build(problem.case, problem.reports, problem.record)
    after = np.arange(inputs.days.size) < problem.case.grid.n_observed
    inputs = inputs._replace(**{name: np.ascontiguousarray(after.astype(np.float64)) for name in off})
    theta = np.repeat(to_values(problem.params, posterior.z), futures, axis=0)
    histories = np.repeat(posterior.replicates, futures, axis=0)
    branches = np.arange(FIRST_FUTURE, FIRST_FUTURE + histories.shape[0], dtype=np.uint64)
    return simulate(inputs, theta, histories, branches, threads=threads)


def sobol(names: Sequence[str], z: Floats, p: Floats, seed: int) -> list[dict[str, Any]] | None:
    """First-order indices with 90% bootstrap intervals, largest first; None without SALib. z [N, K], p [N].

    A finite sample shows a share even where there is none: that of columns moved against the outcomes is taken off,
    and `noise` says how large the largest of them was beyond that.
    """
    try:
        from SALib.analyze import delta
    except ImportError:
        return None
    if p.std() == 0.0:
        return []
    columns = np.hstack([z, np.roll(z[:, :DUMMIES], z.shape[0] // 2, axis=0)])
    inside = np.abs(columns).max(axis=0) + 1.0
    plain = [f"x{k}" for k in range(columns.shape[1])]  # SALib refuses some endings of names
    problem = {"num_vars": len(plain), "names": plain, "bounds": [[-b, b] for b in inside]}
    found = delta.analyze(
        problem,
        columns,
        p,
        num_resamples=100,
        conf_level=0.9,
        seed=seed % 2**32,
        method="sobol",
        print_to_console=False,
    )
    dummies = found["S1"][len(names) :]
    usual, half = dummies.mean(), found["S1_conf"]
    noise = float(dummies.max() - usual)
    rows = [
        {"name": name, "share": float(max(0.0, s - usual)), "noise": noise,
         "interval90": [float(max(0.0, s - usual - h)), float(max(0.0, s - usual + h))]}
        for name, s, h in zip(names, found["S1"], half, strict=False)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: -row["share"])


def explainable(outcomes: Booleans) -> float:
    """Share of the variance of k_i / M that lies between particles; outcomes [N, M]."""
    m = outcomes.shape[1]
    hits = outcomes.sum(axis=1).astype(np.float64)
    total = float((hits / m).var())
    inside = float((hits * (m - hits)).mean() / (m - 1.0)) / m**2
    return 0.0 if total == 0.0 else max(0.0, 1.0 - inside / total)


def paired(base: Booleans, other: Booleans) -> dict[str, Any]:
    """Mean of base - other with its equal-tailed 90% interval for the mean; particles are the units. [N, M]."""
    change = (base.astype(np.float64) - other).mean(axis=1)
    se = float(change.std() / change.size**0.5)
    mean = float(change.mean())
    low, high = mean - 1.645 * se, mean + 1.645 * se
    sign = "raises" if low > 0.0 else ("lowers" if high < 0.0 else "no sure sign")
    return {"change": mean, "interval90": [low, high], "sign": sign}


def candidates(problem: Problem, runs: Ensemble) -> dict[str, Booleans]:
    """Observations that could be made within WATCH days: acts on record by group, the leader's options, approval."""
    grid, groups = problem.case.grid, problem.case.elite.groups
    n = grid.n_observed
    last = max([k for k in range(n, grid.n_steps) if (grid.edges[k + 1] - grid.as_of).days <= WATCH], default=n) + 1
    found: dict[str, Booleans] = {}
    for act in ("leave", "resign", "speak_policy", "speak_leader", "dismissed"):
        counts = runs.reported[n:last, ACTS.index(act)].sum(axis=0)
        for g, name in enumerate(groups):
            found[f"somebody of {name}: {act.replace('_', ' ')}"] = counts[g] > 0
    limit = float(grid.times[last])
    for k, name in enumerate(LEADER_EVENTS[:6]):
        found[f"the leader: {name}"] = np.asarray(runs.events[k] <= limit)
    fields = list(WORLD_FIELDS)
    for name, text in (("poll", "support in surveys above its median"), ("battlefield", "the front above its median")):
        values = runs.series[last - 1, fields.index(name)]
        found[text] = values > np.median(values)
    return found


def observations(problem: Problem, runs: Ensemble, yes: Booleans, futures: int) -> list[dict[str, Any]]:
    """Candidates by expected information gain, with p after each answer; yes [R]."""
    rows = []
    for name, seen in candidates(problem, runs).items():
        if seen.sum() < 30 or (~seen).sum() < 30:
            continue
        bits, se = gain(seen, yes, futures)
        rows.append(
            {
                "observation": name,
                "within_days": WATCH,
                "p_observation": float(seen.mean()),
                "p_if_yes": float(yes[seen].mean()),
                "p_if_no": float(yes[~seen].mean()),
                "gain_bits": bits,
                "gain_se": se,
            }
        )
    return sorted(rows, key=lambda row: -row["gain_bits"])


def chosen(problem: Problem, question: str | None) -> tuple[Question, ...]:
    """The question asked for, or all of the case."""
    questions = problem.case.spec.questions
    if question is None:
        return questions
    found = tuple(item for item in questions if item.id == question)
    if not found:
        names = [item.id for item in questions]
        raise RequestError(f"no question `{question}`; {suggestion(question, names, ', '.join(names) or 'none')}")
    return found


def _moved(row: dict[str, Any]) -> float:
    """Sorts what moves a number most to the front."""
    return -abs(row["with"] - row["without"])


def explain(made: Calibrated, question: str | None, session: Session, futures: int = FUTURES) -> dict[str, Any]:
    """`explain.json`: a block per question."""
    problem, posterior, threads = made.problem, made.posterior, session.threads
    asked = chosen(problem, question)
    grid, groups, n = problem.case.grid, problem.case.elite.groups, posterior.z.shape[0]
    session.progress("explaining", 0, 5)
    base = futures_of(problem, posterior, futures, threads=threads)
    without = {}
    for k, (name, off) in enumerate(SWITCHES.items()):
        session.progress("explaining", 1 + k, 5)
        runs = futures_of(problem, posterior, futures, off, threads)
        without[name] = {item.id: outcome(item, runs, grid, groups).reshape(n, -1) for item in asked}
    yes = {item.id: outcome(item, base, grid, groups).reshape(n, -1) for item in asked}
    frequencies = {name: found.mean(axis=1) for name, found in yes.items()}
    histories = problem.histories(posterior.z, posterior.replicates, threads)
    origins = pull.pulls(problem, histories, frequencies)
    claims = claim_pulls(problem, histories, frequencies)
    session.progress("explaining", 4, 5)
    names = [param.name for param in problem.params]
    rows = []
    for item in asked:
        shares = sobol(names, posterior.z, frequencies[item.id], int(problem.case.spec.seed))
        flat = yes[item.id].ravel()
        pulls = [{"id": row["id"], "label": row["label"], "claims": row["claims"], **one}
                 for row in origins for one in row["pull"] if one["question"] == item.id]  # fmt: skip
        single = [{"id": row["id"], "origin": row["origin"], "text": row["text"], "effective": row["effective"], **one}
                  for row in claims for one in row["pull"] if one["question"] == item.id]  # fmt: skip
        rows.append(
            {
                "id": item.id,
                "text": item.text,
                **probability(yes[item.id]),
                "base_rate": item.base_rate,
                "base_rate_source": item.base_rate_source,
                "explainable": explainable(yes[item.id]),
                "parameters": shares,
                "sanctions": {name: paired(yes[item.id], found[item.id]) for name, found in without.items()},
                "origins": sorted(pulls, key=_moved),
                "claims": sorted(single, key=_moved),
                "entropy_bits": entropy(flat),
                "observations": observations(problem, base, flat, futures),
            }
        )
    session.progress("explaining", 5, 5)
    return {
        "case": problem.case.name,
        "as_of": problem.case.spec.moment,
        "run": made.identity.run,
        "particles": n,
        "futures": futures,
        "intervals": {
            "p": "equal-tailed, over parameters and histories",
            "parameters": "90% bootstrap over particles",
            "sanctions": "90% normal interval of the mean paired difference",
        },
        "note": None if rows and rows[0]["parameters"] is not None else MISSING,
        "not_reweighed": {row["id"]: row["why"] for row in claims if row["why"]},
        "questions": rows,
    }
