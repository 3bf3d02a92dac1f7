"""The scientific checks, re-run on demand: limiting cases, published numbers, calibration on synthetic worlds."""

from collections.abc import Callable
from typing import Any

import numpy as np

from fronde.app.limits import check_limits
from fronde.app.recovery import Recovery, recover
from fronde.app.store import base_folder
from fronde.inference.checks import uniform_p
from fronde.inference.smc import Settings
from fronde.mechanisms.registry import NAMES
from fronde.opinions.published import check_published
from fronde.scenario.case import load_case

SUITES = ("limits", "published", "calibration", "history")
INFORMED = 0.1  # mean contraction from which on a parameter counts as informed
Row = dict[str, Any]


def published_rows() -> list[Row]:
    """Every published number: expected, got, tolerance, and how the expectation is known."""
    return [{**row.as_dict(), "ok": row.ok} for row in check_published()]


def calibration_rows(found: Recovery) -> list[Row]:
    """Coverage over all parameters, uniformity of ranks, and each parameter that the records inform."""
    worlds, count = found.ranks.shape
    p = np.array([uniform_p(found.ranks[:, k]) for k in range(count)])
    contraction = found.contraction.mean(axis=0)
    slack50, slack90 = (0.05 + 2.0 * (q * (1 - q) / (worlds * 20)) ** 0.5 for q in (0.5, 0.9))
    rows: list[Row] = [
        _row("50% intervals cover", 0.5, found.covered50.mean(), slack50),
        _row("90% intervals cover", 0.9, found.covered90.mean(), slack90),
        {
            "name": f"parameters of {count} whose ranks are not uniform at p < .01",
            "expected": f"about {0.01 * count:.0f} by chance",
            "got": int((p < 0.01).sum()),
            "bound": f"smallest p above {0.01 / count:.1e}",
            "ok": bool(p.min() > 0.01 / count),
        },
    ]
    for k in np.argsort(-contraction):
        if contraction[k] >= INFORMED:
            got = f"contraction {contraction[k]:.2f}, 90% covers {found.covered90[:, k].mean():.2f}, rank p {p[k]:.2f}"
            rows.append(
                {"name": NAMES[k], "expected": "covers .90", "got": got, "bound": "p > .001", "ok": bool(p[k] > 0.001)}
            )
    return rows


def _row(name: str, expected: float, got: float, bound: float) -> Row:
    return {
        "name": name,
        "expected": expected,
        "got": float(got),
        "bound": bound,
        "ok": bool(abs(got - expected) <= bound),
    }


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
) -> list[Row]:
    """Rows of one suite, each with name, expected, got, bound and ok; case, worlds, particles are for calibration."""
    if suite == "limits":
        return check_limits()
    if suite == "published":
        return published_rows()
    if suite == "history":
        return history_rows(False)[0]
    if suite != "calibration":
        raise ValueError(f"unknown suite {suite!r}; expected one of {', '.join(SUITES)}")
    told = on_world or (lambda _: None)
    found = recover(load_case(case), worlds, Settings(particles=particles), on_world=lambda number, _: told(number))
    return calibration_rows(found)
