"""The rolling origin of the hazard models on a user's panels, beside published forecasts where the folder holds them.

Each year from 1975 is forecast by models of the years before it. The benchmark files of other authors are read in the
layout in which they are handed round: `benchmark_beger*.csv`, `benchmark_ward_ilc*.csv`, `benchmark_ward_jpr*.csv`.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from fronde.app.panels import OURS, RATE, Published, read_published, tables_of
from fronde.hazard.fit import TRAILING, roll
from fronde.hazard.panel import UNITS, Floats, Panel, has_panel, panel_folder, read_panel

ASKED = ("coup_attempt", "irregular_exit")
GW_TO_COW = {260: 255, 678: 679, 340: 345}  # united Germany, Yemen, Serbia: the two code lists differ here
NAMES = {  # what the monthly benchmark calls countries that the code list calls otherwise
    "Russia": 365, "Cote d'Ivoire": 437, "Congo": 484, "Congo, DRC": 490, "Czech Republic": 316, "Macedonia": 343,
    "Myanmar": 775, "Solomon Is.": 940, "Swaziland": 572, "Taiwan": 713, "Turkey": 640,
}  # fmt: skip


def rolling(
    folder: str | Path | None = None, progress: Callable[[str, int, int], None] = lambda *_: None
) -> list[dict[str, Any]]:
    """Score tables of coup attempts and irregular exits by month and year."""
    place = panel_folder(folder)
    published = {**read_published(place), **benchmarks(place)}
    units = [unit for unit in UNITS if has_panel(place, unit)]
    tables = []
    for number, unit in enumerate(units):
        panel = read_panel(place, unit)
        for step, outcome in enumerate(ASKED):
            progress("rolling origin", len(ASKED) * number + step, len(ASKED) * len(units))
            said = {OURS: roll(panel, outcome), RATE: trailing(panel, outcome)}
            tables += tables_of(panel, outcome, said, published)
    progress("rolling origin", 1, 1)
    return tables


def trailing(panel: Panel, outcome: str) -> Floats:
    """Rate of the 15 years before each row's own, (events + 1/2) / (rows + 1)."""
    year, y = panel.column("year"), np.nan_to_num(panel.outcome(outcome))
    found = np.full(panel.size, np.nan)
    for now in np.unique(year):
        before = (year < now) & (year >= now - TRAILING)
        found[year == now] = (y[before].sum() + 0.5) / (before.sum() + 1.0)
    return found


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def _chance(text: str) -> float:
    return min(max(float(text), 1e-6), 1.0 - 1e-6)


def benchmarks(folder: Path) -> Published:
    """Published out-of-sample forecasts that lie beside the panels."""
    found: Published = {}
    for path in sorted(folder.glob("benchmark_beger*.csv")):
        rows = [row for row in _rows(path) if row["outcome"] == "attempt" and row["p"]]
        found["Beger", "coup_attempt", "year"] = {
            (int(row["ccode"]), int(row["for_year"])): _chance(row["p"]) for row in rows
        }
    countries = {row["country"]: int(row["ccode"]) for path in folder.glob("countries.csv") for row in _rows(path)}
    for path in sorted(folder.glob("benchmark_ward_ilc*.csv")):
        chances = {}
        for row in _rows(path):
            code = countries.get(row["country"], NAMES.get(row["country"]))
            if code is not None and row["period"] != "train" and row["p_ensemble"]:
                chances[code, *map(int, row["month"].split("-")[:2])] = _chance(row["p_ensemble"])
        found["Ward ILC ensemble", "irregular_exit", "month"] = chances
    for path in sorted(folder.glob("benchmark_ward_jpr*.csv")):
        chances = {}
        for row in _rows(path):
            code = GW_TO_COW.get(int(row["gwcode"]), int(row["gwcode"]))
            if row["p_ebma"]:
                chances[code, *map(int, row["month"].split("-")[:2])] = _chance(row["p_ebma"])
        found["Ward JPR ensemble", "irregular_exit", "month"] = chances
    return found
