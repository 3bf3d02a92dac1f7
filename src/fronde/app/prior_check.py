"""What the priors believe before any evidence: coups against base rates, counts and timing against the record.

Free runs from the prior through one year: nobody's acts are imposed; fortunes and the front follow their published
paths up to as_of. The yearly hazard of an attempt is -ln(1 - share of runs with one within a year).
Base rates: N15 of the reading notes (powell_thyne2022). Intervals of base rates are Jeffreys', equal-tailed.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app.build import build
from fronde.app.calibrate import Problem, case_params, prepare, prior_z
from fronde.app.forecast import public_record
from fronde.domain.params import to_values
from fronde.domain.state import ACTS, LEADER_EVENTS
from fronde.engine.run import Ensemble, simulate
from fronde.forecast.probability import beta_quantiles
from fronde.scenario.case import Case, load_case

Floats = NDArray[np.float64]
YEAR = 365
LONG_RULE = 15.0  # years in power
ENTRENCHED = {"attempt": (17, 391), "removed": (9, 391), "success": (8, 30)}  # personalist, 15 years and more
ANYBODY = {"attempt": (0.011, 0.14), "removed": (0.005, 0.10), "success": (0.2, 0.6)}  # lowest and highest row of N15
SHOWN = ("speak_policy", "speak_leader", "resign", "leave", "dismissed")


def jeffreys(hits: int, of: int, low: float = 0.025, high: float = 0.975) -> tuple[float, float]:
    """Jeffreys interval of a share: quantiles of Beta(hits + 1/2, of - hits + 1/2)."""
    a, b = hits + 0.5, of - hits + 0.5
    mean = a / (a + b)
    found = beta_quantiles(mean, mean * (1.0 - mean) / (a + b + 1.0), (low, high))
    return found[0], found[1]


def base_range(case: Case, what: str) -> tuple[float, float]:
    """Published range of a yearly rate (or of success given an attempt) for the case's kind of regime."""
    leader = case.spec.leader
    if leader.regime == "personalist" and leader.tenure_years >= LONG_RULE:
        return jeffreys(*ENTRENCHED[what])
    return ANYBODY[what]


def year_of(name: str, runs: int, threads: int | None = None) -> tuple[Case, Ensemble]:
    """Free prior runs from the onset for at least a year."""
    case = load_case(name)
    observed = int(case.grid.times[case.grid.n_observed])
    horizon = math.ceil(max(1, math.ceil((YEAR - observed) / case.spec.step)) * case.spec.step)
    case = load_case(name, horizon=horizon)
    z, replicates = prior_z(case.spec.seed, runs)
    inputs, _ = build(case, conditioned=False)
    return case, simulate(inputs, to_values(case_params(case), z), replicates, threads=threads)


def hazards(ensemble: Ensemble) -> dict[str, tuple[float, int, int]]:
    """Yearly hazards of an attempt and of removal, success given an attempt: value, hits, runs."""
    within = ensemble.events[[LEADER_EVENTS.index("attempt"), LEADER_EVENTS.index("removed")]] <= YEAR
    (attempts, removals), runs = within.sum(axis=1).tolist(), within.shape[1]
    return {
        "attempt": (-math.log(1.0 - attempts / runs), attempts, runs),
        "removed": (-math.log(1.0 - removals / runs), removals, runs),
        "success": (removals / max(attempts, 1), removals, attempts),
    }


def prior_rows(name: str = "russia-2022", runs: int = 4096, threads: int | None = None) -> list[dict[str, Any]]:
    """Checks of the prior: base rates must lie in their published range, the record inside what the prior expects."""
    case, year = year_of(name, runs, threads)
    titles = {
        "attempt": "coup attempts a year",
        "removed": "leaders removed by a coup a year",
        "success": "attempts that succeed",
    }
    rows = []
    for what, (value, hits, of) in hazards(year).items():
        low, high = base_range(case, what)
        error = (max(value * (1 - value), 1e-9) / max(of, 1)) ** 0.5
        rows.append(
            {"name": titles[what], "expected": f"{low:.3f} to {high:.3f}, published", "got": round(value, 4),
             "bound": f"{hits} of {of} runs, se {error:.3f}", "ok": bool(low <= value <= high)}
        )  # fmt: skip
    return rows + predictive_rows(prepare(case, threads=threads), year, "prior")


def statistics(reported: NDArray[Any], days: Floats, owners: NDArray[np.bool_]) -> dict[str, Floats]:
    """Counts, timing and order of reported acts [T, act, group, R]; NaN where nothing happened."""
    middle = days[1:] - 0.5 * np.diff(days)
    shown = [ACTS.index(name) for name in SHOWN]
    found = {f"{name} on record": reported[:, ACTS.index(name)].sum(axis=(0, 1)).astype(float) for name in SHOWN}
    acts = reported[:, shown].sum(axis=1).astype(float)

    def mean_day(counts: Floats) -> Floats:
        total = counts.sum(axis=(0, 1))
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray((counts.sum(axis=1) * middle[:, None]).sum(axis=0) / total)

    found["mean day of an act on record"] = mean_day(acts)
    happened = acts.sum(axis=1) > 0
    found["day of the first act on record"] = np.where(happened.any(axis=0), middle[happened.argmax(axis=0)], np.nan)
    found["owners' mean day minus that of others"] = mean_day(acts[:, owners]) - mean_day(acts[:, ~owners])
    total = acts.sum(axis=(0, 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        found["owners' share of acts on record"] = acts[:, owners].sum(axis=(0, 1)) / total
    return found


def owners_of(case: Case) -> NDArray[np.bool_]:
    """Groups most of whose members hold no office."""
    inside = np.array([case.elite.in_office[case.elite.group == g].mean() for g in range(len(case.elite.groups))])
    return np.asarray(inside < 0.5)


def place(observed: float, simulated: Floats) -> tuple[float, float, float, float]:
    """Median and 90% equal-tailed interval of what was simulated, and the two-sided mid-p of the observation."""
    usual = simulated[np.isfinite(simulated)]
    q05, q50, q95 = np.quantile(usual, [0.05, 0.5, 0.95])
    below = (usual < observed).mean() + 0.5 * (usual == observed).mean()
    return float(q50), float(q05), float(q95), float(2.0 * min(below, 1.0 - below))


def predictive_rows(problem: Problem, free: Ensemble, what: str) -> list[dict[str, Any]]:
    """The public record among free runs: a row per statistic, missed where its two-sided mid-p is below .01."""
    case, n = problem.case, problem.case.grid.n_observed
    days, owners = case.grid.times[: n + 1], owners_of(case)
    seen = statistics(public_record(problem)[..., None], days, owners)
    expected = statistics(free.reported[:n], days, owners)
    rows = []
    for name, values in expected.items():
        observed = float(seen[name][0])
        if not np.isfinite(observed) or np.isfinite(values).sum() < 100:
            continue
        q50, q05, q95, p = place(observed, values)
        rows.append(predictive_row(name, observed, q50, q05, q95, p, what))
    return rows


def predictive_row(
    name: str, observed: float, q50: float, q05: float, q95: float, p: float, what: str
) -> dict[str, Any]:
    """One statistic of the record against what was simulated."""
    return {
        "name": name,
        "expected": f"{q50:.3g} ({q05:.3g} to {q95:.3g})",
        "got": round(observed, 3),
        "bound": f"{what} 90% equal-tailed interval; p {p:.2f}",
        "ok": bool(p > 0.01),
    }
