"""Country-months and country-years against the hazard models: those that ship (frozen), or the rolling origin.

Published forecasts of the same rows, in `forecasts*.csv` (columns who, outcome, ccode, year, p, and month or none),
are compared on the rows that both have.
"""

import csv
from collections import defaultdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app.frozen import freeze
from fronde.hazard.model import Release, shipped
from fronde.hazard.panel import OUTCOMES, UNITS, Floats, Panel, PanelError, has_panel, read_panel
from fronde.score.table import lines_of

OURS, RATE = "Fronde hazard", "rate of the last 15 years"
PUBLISHED = ("who", "outcome", "ccode", "year", "month", "p")
Published = dict[tuple[str, str, str], dict[tuple[int, ...], float]]  # (who, outcome, unit) -> row -> p


def score_panels(folder: Path, ledger: Path | None = None, release: Release | None = None) -> list[dict[str, Any]]:
    """Tables of scores, one for each unit, outcome and set of rows; forecasts are frozen before outcomes are read."""
    models, tables = release or shipped(), []
    published = read_published(folder)
    for unit in UNITS:
        if not has_panel(folder, unit):
            continue
        panel = read_panel(folder, unit)
        said = {outcome: models.find(unit, outcome).predict(panel) for outcome in OUTCOMES}
        digest = _freeze(panel, said, models, ledger) if ledger else ""
        for outcome in OUTCOMES:
            rate = np.full(panel.size, models.find(unit, outcome).recent)
            tables += tables_of(panel, outcome, {OURS: said[outcome], RATE: rate}, published, digest)
    return tables


def _freeze(panel: Panel, said: dict[str, Floats], models: Release, ledger: Path) -> str:
    """Put the hash of all forecasts of a panel into the ledger."""
    rows = "".join(
        f"{','.join(map(str, key))},{','.join(f'{said[name][place]:.6g}' for name in OUTCOMES)}\n"
        for place, key in enumerate(panel.key())
    )
    content = {
        "kind": "panel",
        "forecaster": OURS,
        "unit": panel.unit,
        "rows": panel.size,
        "columns": [*(("ccode", "year", "month") if panel.unit == "month" else ("ccode", "year")), *OUTCOMES],
        "forecasts_sha256": sha256(rows.encode()).hexdigest(),
        "fitted_to": models.models[0].year_limit,
    }
    return freeze(ledger, content).sha256


def tables_of(
    panel: Panel, outcome: str, said: dict[str, Floats], published: Published, digest: str = ""
) -> list[dict[str, Any]]:
    """One table for all rows, one for autocracies, and one for the rows of each published forecast."""
    y = panel.outcome(outcome)
    known = ~np.isnan(y) & ~np.isnan(np.column_stack(list(said.values()))).any(axis=1)
    sets = {"all": known, "autocracies": known & (panel.column("autocracy") == 1.0)}
    found = [_table(panel, outcome, name, said, y, rows, digest) for name, rows in sets.items() if y[rows].any()]
    place = {key: k for k, key in enumerate(panel.key())}
    for (who, of, unit), chances in published.items():
        if (of, unit) != (outcome, panel.unit):
            continue
        at = np.array([place[key] for key in chances if key in place and known[place[key]]], dtype=np.intp)
        if at.size and y[at].any():
            rows = np.zeros(panel.size, dtype=bool)
            rows[at] = True
            theirs = np.full(panel.size, np.nan)
            theirs[at] = [chances[key] for key in chances if key in place and known[place[key]]]
            beside = {OURS: said[OURS], who: theirs, **{k: v for k, v in said.items() if k != OURS}}
            table = _table(panel, outcome, f"rows of {who}", beside, y, rows, digest)
            found.append({**table, "published_rows": len(chances)})
    return found


def _table(
    panel: Panel, outcome: str, name: str, said: dict[str, Floats], y: Floats, rows: NDArray[np.bool_], digest: str
) -> dict[str, Any]:
    years = panel.column("year")[rows]
    lines = lines_of({who: p[rows] for who, p in said.items()}, y[rows], panel.column("ccode")[rows])
    span = [int(years.min()), int(years.max())]
    return {"unit": panel.unit, "outcome": outcome, "rows": name, "years": span, "sha256": digest, "lines": lines}


def read_published(folder: Path) -> Published:
    """Published forecasts in a folder. Raises PanelError with file and line."""
    found: Published = defaultdict(dict)
    for path in sorted(folder.glob("forecasts*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            lacking = set(PUBLISHED) - {"month"} - set(reader.fieldnames or ())
            if lacking:
                raise PanelError(f"{path}:1: lacks {', '.join(sorted(lacking))}; expected {', '.join(PUBLISHED)}")
            for row in reader:
                _published_row(found, path, reader.line_num, row)
    return dict(found)


def _published_row(found: Published, path: Path, line: int, row: dict[str, str]) -> None:
    try:
        month = (row.get("month") or "").strip()
        key = (int(row["ccode"]), int(row["year"]), *((int(month),) if month else ()))
        p = float(row["p"])
        if not 0.0 <= p <= 1.0 or row["outcome"] not in OUTCOMES:
            raise ValueError(f"p {row['p']}, outcome {row['outcome']}")
    except (TypeError, ValueError) as error:
        raise PanelError(
            f"{path}:{line}: {error}; expected whole ccode, year and month, p from 0 to 1, and an outcome "
            f"among {', '.join(OUTCOMES)}"
        ) from None
    found[row["who"], row["outcome"], "month" if month else "year"][key] = min(max(p, 1e-6), 1.0 - 1e-6)
