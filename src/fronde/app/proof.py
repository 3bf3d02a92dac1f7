"""Is the calibration to be trusted? Synthetic worlds of a case, calibrated and compared with the truth.

Intervals are equal-tailed posterior intervals. Coverage is judged over all parameters. Ranks are tested parameter by
parameter: among K tests about K/100 fall below .01 by chance, so three things are said: how many did and how likely so
many are by chance, the smallest p after Holm's correction, and the p of each parameter that the records inform.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from fronde.app.distortion import KINDS, Kind
from fronde.app.identity import code_hash, digest
from fronde.app.recovery import Recovery, Shelf, recover
from fronde.evidence.pack import read_pack
from fronde.inference import smc
from fronde.inference.checks import binomial_tail, holm, uniform_p
from fronde.mechanisms.registry import NAMES
from fronde.scenario.case import Case, scenario_hash

INFORMED = 0.1  # mean contraction from which on a parameter counts as informed
Row = dict[str, Any]
Part = tuple[int, int]


def worlds_of(
    case: Case,
    worlds: int,
    particles: int,
    kind: Kind = "as assumed",
    runs: Path | None = None,
    part: Part = (0, 1),
    threads: int | None = None,
    on_world: Callable[[int], None] | None = None,
) -> Recovery:
    """Synthetic worlds, from disk where they are finished; runs: where they are kept, None to keep nothing."""
    settings = smc.Settings(particles=particles)
    polls = read_pack(case.folder / "evidence", case.spec.as_of).polls
    shelf = None
    if runs is not None:
        asked = [[poll.id, poll.n, poll.design_effect, poll.field_end.isoformat()] for poll in polls]
        key = digest([scenario_hash(case), asked, particles, kind, code_hash()])[:10]
        shelf = Shelf(runs / f"worlds-{case.name}-{key}", *part)
    return recover(case, worlds, settings, polls, kind, shelf, threads, on_world)


def slack(level: float, worlds: int) -> float:
    """Bound on coverage: .05, and twice the sampling error of so many worlds times some 20 independent parameters."""
    return 0.05 + (0.0 if worlds >= 200 else 2.0 * (level * (1.0 - level) / (worlds * 20)) ** 0.5)


def calibration_rows(found: Recovery) -> list[Row]:
    """Coverage over all parameters, uniformity of ranks, each parameter that the records inform, and the others."""
    worlds, count = found.ranks.shape
    p = np.array([uniform_p(found.ranks[:, k]) for k in range(count)])
    contraction = found.contraction.mean(axis=0)
    low = int((p < 0.01).sum())
    rows: list[Row] = [
        _row("50% equal-tailed intervals cover", 0.5, found.covered50.mean(), slack(0.5, worlds)),
        _row("90% equal-tailed intervals cover", 0.9, found.covered90.mean(), slack(0.9, worlds)),
        {
            "name": f"parameters of {count} whose ranks are not uniform at p < .01",
            "expected": f"{0.01 * count:.1f} by chance",
            "got": low,
            "bound": "so many by chance: p > .01",
            "ok": binomial_tail(low, count, 0.01) > 0.01,
        },
        {
            "name": "smallest p of the ranks, Holm-corrected for all parameters",
            "expected": "above .01",
            "got": float(holm(p).min()),
            "bound": f"uncorrected {p.min():.2g}, {NAMES[int(p.argmin())]}",
            "ok": bool(holm(p).min() > 0.01),
        },
    ]
    for k in np.argsort(-contraction):
        if contraction[k] >= INFORMED:
            covers = f"50% covers {found.covered50[:, k].mean():.2f}, 90% covers {found.covered90[:, k].mean():.2f}"
            got = f"contraction {contraction[k]:.2f}, {covers}, rank p {p[k]:.2f}"
            rows.append(
                {"name": NAMES[k], "expected": "informed", "got": got, "bound": "p > .001", "ok": bool(p[k] > 0.001)}
            )
    rest = [NAMES[k] for k in np.argsort(-contraction) if contraction[k] < INFORMED]
    rows.append(
        {
            "name": f"not informed by such records (contraction below {INFORMED})",
            "expected": "stated",
            "got": f"{len(rest)} of {count}",
            "bound": "",
            "ok": True,
            "names": {NAMES[k]: round(float(contraction[k]), 3) for k in range(count) if NAMES[k] in set(rest)},
        }
    )
    return rows


def _row(name: str, expected: float, got: float, bound: float) -> Row:
    ok = bool(abs(got - expected) <= bound)
    return {"name": name, "expected": expected, "got": float(got), "bound": bound, "ok": ok}


def robustness_rows(found: dict[Kind, Recovery]) -> list[Row]:
    """What becomes of coverage, contraction and energy score when the calibration is wrong about the world.

    Only the first kind must hold; for the others the figures are the result, and the bounds say what still counts as
    usable: 90% intervals that cover at least .80.
    """
    rows = []
    plain = found["as assumed"]
    for kind in KINDS:
        here = found[kind]
        known = plain.contraction.mean(axis=0) >= INFORMED
        c90, inside = here.covered90.mean(), here.covered90[:, known].mean() if known.any() else np.nan
        worse = here.energy - plain.energy
        got = f"50% {here.covered50.mean():.3f}, 90% {c90:.3f}, of informed ones {inside:.3f}"
        change = f"energy score {worse.mean():+.3f} (se {worse.std() / worse.size**0.5:.3f})"
        rows.append(
            {"name": kind, "expected": "90% covers .80 or more", "got": f"{got}; {change}", "bound": "",
             "ok": bool(c90 >= 0.8)}
        )  # fmt: skip
    return rows


def robustness(
    case: Case, worlds: int, particles: int, runs: Path | None, on_world: Callable[[int], None] | None = None
) -> list[Row]:
    """The same worlds under every kind of mistake."""
    return robustness_rows({kind: worlds_of(case, worlds, particles, kind, runs, on_world=on_world) for kind in KINDS})
