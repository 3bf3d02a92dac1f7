"""`fronde check`: everything that is wrong with a case folder, all at once, and notes on what to look at."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median

from fronde.domain.params import Param
from fronde.scenario.case import find_case, read_case, see
from fronde.scenario.elite import make_elite
from fronde.scenario.fields import ACTOR_SERIES, SERIES_UNITS
from fronde.scenario.files import LARGEST_YAML, decode, read_bytes
from fronde.scenario.ledger_check import check_evidence
from fronde.scenario.model import CaseSpec
from fronde.scenario.problems import CaseError, Problem, nearest
from fronde.scenario.rows import SeriesRow
from fronde.scenario.series import known
from fronde.scenario.tables import ACTORS, Tables

LICENCES = "series/LICENCES.md"
LONGEST_GAP = 30  # days


def _licences(folder: Path, tables: Tables) -> Iterator[Problem]:
    """Every series file is named in series/LICENCES.md."""
    names = [name for name in tables.files if name.startswith("series/")]
    if not names:
        return
    try:
        text = decode(read_bytes(folder, LICENCES, LARGEST_YAML), LICENCES)
    except CaseError as error:
        yield from error.problems
        return
    named = set(re.findall(r"[\w.-]+\.csv", text))
    for name in sorted(names):
        if Path(name).name not in named:
            yield Problem(
                LICENCES,
                0,
                0,
                f"no licence of `{Path(name).name}`",
                "every series file with its licence",
                "add a line with file, licence and source",
            )


def _gaps(rows: list[SeriesRow]) -> Iterator[Problem]:
    """Holes of more than LONGEST_GAP days that are also unusual for their series."""
    by_series: dict[tuple[str, str], list[SeriesRow]] = {}
    for row in rows:
        if row.name not in ACTOR_SERIES:
            by_series.setdefault((row.name, row.subject), []).append(row)
    for (name, subject), found in by_series.items():
        found.sort(key=lambda row: row.date)
        steps = [(after.date - before.date).days for before, after in pairwise(found)]
        usual = median(steps) if steps else 0.0
        for row, step in zip(found[1:], steps, strict=True):
            if step > LONGEST_GAP and step > 2 * usual:
                yield Problem(
                    row.file,
                    row.line,
                    0,
                    f"`{name}` of {subject} has a hole of {step} days before {row.date}",
                    f"no hole of more than {LONGEST_GAP} days",
                    "add the missing dates if they exist",
                    "note",
                )


def _coverage(spec: CaseSpec, rows: list[SeriesRow]) -> Iterator[Problem]:
    """The market and the battlefield reach from the eve of the onset to as_of."""
    for name in ("market", "battlefield"):
        found = sorted((row for row in known(rows, spec.as_of) if row.name == name), key=lambda row: row.date)
        if not found:
            yield Problem(
                "series/",
                0,
                0,
                f"no `{name}` known by {spec.as_of}",
                "a series of it",
                "add one; without it the path is flat at 0",
                "note",
            )
            continue
        first, last = found[0], found[-1]
        if name == "market" and first.date > spec.start:
            yield Problem(
                first.file,
                first.line,
                0,
                f"`{name}` begins on {first.date}",
                f"a value by {spec.start}",
                "add the value on the eve of the onset",
                "note",
            )
        if (spec.as_of - last.date).days > LONGEST_GAP:
            yield Problem(
                last.file,
                last.line,
                0,
                f"`{name}` ends on {last.date}",
                f"values up to {spec.as_of}",
                "add later values; the last one is held until as_of",
                "note",
            )


def _near_names(rows: list[SeriesRow]) -> Iterator[Problem]:
    """Series that look like a misspelt one of the model's."""
    seen: set[str] = set()
    for row in rows:
        if row.name not in SERIES_UNITS and row.name not in seen:
            seen.add(row.name)
            near = nearest(row.name, SERIES_UNITS, cutoff=0.85)
            if near:
                yield Problem(
                    row.file,
                    row.line,
                    0,
                    f"series `{row.name}` is not read by the model",
                    f"one of {', '.join(SERIES_UNITS)}, or a name unlike them",
                    f"did you mean `{near}`?",
                    "note",
                )


def _people(spec: CaseSpec, tables: Tables) -> Iterator[Problem]:
    """The elite can be built, now and with everything known later; actors without a group are noted."""
    for as_of in (spec.as_of, date.max):
        rows = see(tables, as_of)
        try:
            make_elite(spec, rows.actors, rows.attributes, rows.ties, {})
        except CaseError as error:
            yield from error.problems
            break
    grouped = {row.actor_id for row in tables.attributes if row.attribute == "group"}
    for actor in tables.actors:
        if actor.id not in grouped:
            yield Problem(
                ACTORS,
                actor.line,
                0,
                f"`{actor.id}` has no group",
                "a `group` row in elite/attributes.csv",
                "add one, unless this person stands outside the elite",
                "note",
            )


def check(path: str | Path, today: date | None = None, parameters: Mapping[str, Param] | None = None) -> list[Problem]:
    """Problems and notes of a case (a name or a path), sorted by file and line; never raises on content."""
    today = today or date.today()
    try:
        folder = find_case(path)
    except CaseError as error:
        return list(error.problems)
    spec, tables, found = read_case(folder, today, parameters)
    found += _licences(folder, tables)
    found += _gaps(tables.series)
    found += _near_names(tables.series)
    if spec is not None:
        found += _coverage(spec, tables.series)
        if not found_problems(tables.problems):
            found += _people(spec, tables)
    actors = frozenset(actor.id for actor in tables.actors)
    found += check_evidence(folder, today, actors, spec.groups if spec else None)
    return sorted(set(found))


def found_problems(found: list[Problem]) -> list[Problem]:
    """Those that make a case unusable, without the notes."""
    return [problem for problem in found if problem.severity == "problem"]
