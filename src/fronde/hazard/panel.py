"""Country-month and country-year panels from a user's own copy; nothing of them ships with Fronde.

Files `panel_month*.csv` and `panel_year*.csv` in one folder, found by the option, or by FRONDE_PANELS. Needed columns:
ccode, year, (month,) and those of `features.py` that are at hand; outcomes coup_attempt, irregular_exit, leader_exit
(or leader_exits) are of the row's own month or year, everything else was known before it. Yearly columns that a month
file lacks are taken from the same country's row of the same year: they hold values of the calendar year before.
"""

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
VARIABLE = "FRONDE_PANELS"
TEXTS = ("regime_type",)
SKIPPED = ("leader_id", "irregular_exit_kind", "country")
UNITS = ("month", "year")
OUTCOMES = ("coup_attempt", "irregular_exit", "leader_exit")
LARGEST = 512 * 2**20  # bytes of one file


class PanelError(ValueError):
    """A panel that cannot be used; the message names file, line, what was found and what to do."""


@dataclass(frozen=True)
class Panel:
    """Columns [rows] of one unit; numbers that are not given are NaN. hashes: file name -> SHA-256."""

    unit: str
    numbers: Mapping[str, Floats]
    texts: Mapping[str, NDArray[np.str_]]
    hashes: Mapping[str, str]

    @property
    def size(self) -> int:
        """Number of rows."""
        return int(self.numbers["year"].size)

    def column(self, name: str) -> Floats:
        """A column of numbers; NaN throughout where the files have none."""
        return self.numbers.get(name, np.full(self.size, np.nan))

    def outcome(self, name: str) -> Floats:
        """0, 1, or NaN where the row says nothing."""
        if name not in OUTCOMES:
            raise PanelError(f"unknown outcome `{name}`; expected one of {', '.join(OUTCOMES)}")
        given = self.numbers.get(name, self.numbers.get(f"{name}s", np.full(self.size, np.nan)))
        return np.where(np.isnan(given), np.nan, (given > 0).astype(np.float64))

    def key(self) -> list[tuple[int, ...]]:
        """(ccode, year) or (ccode, year, month) of each row."""
        names = ("ccode", "year", "month") if self.unit == "month" else ("ccode", "year")
        return list(zip(*(self.numbers[name].astype(int).tolist() for name in names), strict=True))


def panel_folder(given: str | Path | None = None) -> Path:
    """The folder asked for, or that of FRONDE_PANELS."""
    name = given or os.environ.get(VARIABLE)
    if not name:
        raise PanelError(f"no panels: give the folder that holds panel_year*.csv, or set {VARIABLE}")
    folder = Path(name)
    if not folder.is_dir():
        raise PanelError(f"{folder}: no such folder; expected one that holds panel_year*.csv or panel_month*.csv")
    return folder


def has_panel(folder: Path, unit: str) -> bool:
    """Whether the folder holds files of this unit."""
    return any(folder.glob(f"panel_{unit}*.csv"))


def read_panel(folder: Path, unit: str) -> Panel:
    """All files of one unit, sorted by name. Raises PanelError with file and line."""
    if unit not in UNITS:
        raise PanelError(f"unknown unit `{unit}`; expected month or year")
    files = sorted(folder.glob(f"panel_{unit}*.csv"))
    if not files:
        raise PanelError(f"{folder}: holds no panel_{unit}*.csv")
    tables = [_read(path) for path in files]
    names = sorted(set().union(*tables))
    columns = {name: np.concatenate([_filled(table, name) for table in tables]) for name in names}
    numbers = {name: column for name, column in columns.items() if name not in TEXTS}
    texts = {name: column for name, column in columns.items() if name in TEXTS}
    panel = Panel(unit, numbers, texts, {path.name: _hash(path) for path in files})
    _check(panel, folder)
    return _with_yearly(panel, read_panel(folder, "year")) if unit == "month" and has_panel(folder, "year") else panel


def _filled(table: Mapping[str, NDArray], name: str) -> NDArray:
    size = len(table["year"])
    return table[name] if name in table else np.full(size, "" if name in TEXTS else np.nan)


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _read(path: Path) -> dict[str, NDArray]:
    if path.stat().st_size > LARGEST:
        raise PanelError(f"{path}: larger than {LARGEST // 2**20} MB")
    found: dict[str, list] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            kept = [name for name in reader.fieldnames or () if name not in SKIPPED]
            if not {"ccode", "year"} <= set(kept):
                raise PanelError(f"{path}:1: columns {', '.join(kept[:6])} ...; expected ccode and year among them")
            found = {name: [] for name in kept}
            for row in reader:
                for name in kept:
                    found[name].append(row[name] if name in TEXTS else _number(path, reader.line_num, name, row[name]))
    except (UnicodeDecodeError, csv.Error) as error:
        raise PanelError(f"{path}: no CSV table in UTF-8 ({error})") from None
    return {name: np.array(values, dtype=str if name in TEXTS else np.float64) for name, values in found.items()}


def _number(path: Path, line: int, name: str, cell: str | None) -> float:
    if not (cell or "").strip():
        return float("nan")
    try:
        value = float(str(cell))
    except ValueError:
        value = float("inf")
    if abs(value) == float("inf"):
        raise PanelError(f"{path}:{line}: {name} is {str(cell)[:40]!r}; expected a number or nothing")
    return value


def _check(panel: Panel, folder: Path) -> None:
    for name in ("ccode", "year", "month") if panel.unit == "month" else ("ccode", "year"):
        if np.isnan(panel.column(name)).any():
            raise PanelError(f"{folder}: {name} is empty in some rows of panel_{panel.unit}*.csv")
    keys = panel.key()
    if len(set(keys)) < len(keys):
        twice = next(key for place, key in enumerate(sorted(keys)) if place and sorted(keys)[place - 1] == key)
        raise PanelError(f"{folder}: panel_{panel.unit}*.csv hold two rows for {twice}")


def _with_yearly(panel: Panel, yearly: Panel) -> Panel:
    """Yearly columns of values of the year before (`*_l1`) that the months lack."""
    rows = {key: place for place, key in enumerate(yearly.key())}
    place = np.array([rows.get(key[:2], -1) for key in panel.key()])
    lacking = [name for name in yearly.numbers if name.endswith("_l1") and name not in panel.numbers]
    more = {name: np.where(place >= 0, yearly.numbers[name][place], np.nan) for name in lacking}
    return Panel(panel.unit, {**panel.numbers, **more}, panel.texts, {**panel.hashes, **yearly.hashes})
