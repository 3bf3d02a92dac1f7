"""The scientific checks, re-run on demand: limiting cases, published numbers, calibration, what was believed."""

from collections.abc import Callable
from typing import Any

from fronde.app.limits import check_limits
from fronde.app.methods import compare_methods
from fronde.app.opening import open_case
from fronde.app.predictive import posterior_rows
from fronde.app.prior_check import prior_rows
from fronde.app.proof import calibration_rows, robustness, worlds_of
from fronde.app.store import base_folder
from fronde.app.work import FUTURES, Session, posterior_of
from fronde.evidence.pack import read_pack
from fronde.opinions.published import check_published
from fronde.scenario.case import Case, load_case

SUITES = ("limits", "published", "calibration", "robustness", "methods", "prior", "predictive", "history")
Row = dict[str, Any]


def published_rows() -> list[Row]:
    """Every published number: expected, got, tolerance, and how the expectation is known."""
    return [{**row.as_dict(), "ok": row.ok} for row in check_published()]


def method_rows(case: Case, worlds: int, on_world: Callable[[int], None]) -> list[Row]:
    """Our sampler against the usual ways; it must not be beaten in energy score by more than two standard errors."""
    polls = read_pack(case.folder / "evidence", case.spec.as_of).polls
    rows = []
    for row in compare_methods(case, worlds, polls, on_world=on_world):
        got = (
            f"energy {row['energy_against_smc']:+.3f} (se {row['energy_se']:.3f}), "
            f"contraction {row['contraction']:.3f} ({row['contraction_informed']:.2f} of informed ones), "
            f"50% {row['covered50']:.3f}, 90% {row['covered90']:.3f}, "
            f"{row['cpu_seconds_before']:.0f} s + {row['cpu_seconds_each']:.2f} s each"
        )
        ok = row["energy_against_smc"] >= -2.0 * row["energy_se"]
        rows.append({**row, "name": row["method"], "expected": "no better than ours", "got": got, "bound": "2 se",
                     "ok": ok})  # fmt: skip
    return rows


def predictive(case: str, particles: int, session: Session) -> list[Row]:
    """Posterior predictive checks of a case, from its finished calibration or a new one."""
    made = posterior_of(open_case(case), particles, FUTURES, session)
    return posterior_rows(made.problem, made.posterior, session.threads)


def history_rows(full: bool, say: Callable[[str], None] = lambda _: None) -> tuple[list[Row], Row, Any]:
    """Each case forecast from the others, against the baselines; standings and what each case taught beside them.

    A row says by how much a baseline's log score per count is above ours, with a 90 % interval over cases; it fails
    only where a baseline is better than us beyond that interval. Kept under the runs folder, so it resumes.
    """
    from fronde.app.history import standings, suite

    size = suite.FULL if full else suite.REDUCED
    folder = base_folder(None) / "history" / ("full" if full else "reduced")
    played, taught = suite.play(size, folder, say)
    found = standings.table(played, suite.FORECASTERS)
    rows: list[Row] = []
    for other, margins in found["against"].items():
        for key, text in (("log", "log score of counts [nats]"), ("crps_log", "CRPS of ln(1 + count)")):
            margin = margins[key]
            inside = f"{margin['low90']:.2f} to {margin['high90']:.2f}"
            name = f"{other}: {text}, theirs minus ours"
            row = {"name": name, "expected": "above 0", "got": margin["mean"], "bound": inside}
            rows.append({**row, "ok": margin["high90"] > 0.0})
    return rows, found, taught


def validate(
    suite: str,
    case: str = "russia-2022",
    worlds: int = 20,
    particles: int = 256,
    on_world: Callable[[int], None] | None = None,
    session: Session | None = None,
    part: tuple[int, int] = (0, 1),
) -> list[Row]:
    """Rows of one suite, each with name, expected, got, bound and ok.

    case, worlds, particles: of the suites on synthetic worlds and of the predictive ones; session: where finished
    worlds and calibrations are kept, None to keep none; part: (k, n) to do every n-th world from the k-th only.
    """
    told = on_world or (lambda _: None)
    if suite == "limits":
        return check_limits()
    if suite == "published":
        return published_rows()
    if suite == "history":
        return history_rows(False)[0]
    if suite == "prior":
        return prior_rows(case)
    if suite == "predictive":
        return predictive(case, particles, session or Session())
    if suite == "methods":
        return method_rows(load_case(case), worlds, told)
    runs = session.runs if session else None
    if suite == "robustness":
        return robustness(load_case(case), worlds, particles, runs, told)
    if suite != "calibration":
        raise ValueError(f"unknown suite {suite!r}; expected one of {', '.join(SUITES)}")
    return calibration_rows(worlds_of(load_case(case), worlds, particles, "as assumed", runs, part, on_world=told))
