"""The tables of a case folder: actors, their published attributes and ties, and the series.

Everything is read and checked here; what may be *used* at a date is decided by `series.known` alone.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from fronde.scenario import cells
from fronde.scenario.cells import CellError, Line, Parser, Table
from fronde.scenario.fields import ACTOR_SERIES, ATTRIBUTE, FACTS, NEVER_BELOW, SERIES_UNITS, TIE_KINDS
from fronde.scenario.files import LARGEST_TABLE, decode, list_names, read_bytes
from fronde.scenario.problems import CaseError, Problem, capped, quoted, suggestion
from fronde.scenario.rows import ActorRow, AttributeRow, SeriesRow, TieRow

ACTORS = "elite/actors.jsonl"
ATTRIBUTES_FILE = "elite/attributes.csv"
TIES_FILE = "elite/ties.csv"


@dataclass
class Tables:
    """All rows of a case, whenever they became known, with problems and the hash of each file as read."""

    actors: list[ActorRow] = field(default_factory=list)
    attributes: list[AttributeRow] = field(default_factory=list)
    ties: list[TieRow] = field(default_factory=list)
    series: list[SeriesRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def keep(self, table: Table) -> list[Line]:
        """Take over a read file's problems and hash; its rows."""
        self.problems.extend(capped(sorted(table.problems)))
        if table.content:
            self.files[table.file] = sha256(table.content).hexdigest()
        return table.rows


def _one_of(legal: Iterable[str], what: str) -> Parser:
    words = tuple(legal)
    quick = frozenset(words)

    def parse(cell: str) -> str:
        if cell not in quick:
            raise CellError(what, suggestion(cell, words, f"one of {', '.join(words[:12])}"))
        return cell

    return parse


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is not a number")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise ValueError("a key appears twice")
    return result


def _actor(value: Any, line: int) -> ActorRow:
    """One FollowTheMoney entity; raises CellError if it is not one."""
    if not isinstance(value, dict):
        raise CellError("an object with id, schema and properties", "write one entity per line")
    properties = value.get("properties")
    if set(value) < {"id", "schema", "properties"} or not isinstance(properties, dict):
        raise CellError("the keys id, schema and properties", "add the missing key")
    names = properties.get("name")
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name for name in names):
        raise CellError("a list of names under properties.name", 'write "name": ["Given Family"]')
    if not isinstance(value["schema"], str) or not isinstance(value["id"], str):
        raise CellError("text as id and schema", "put quotes around them")
    return ActorRow(cells.actor_id(value["id"]), names[0], value["schema"], properties, line)


def read_actors(folder: Path) -> Table:
    """The JSON lines of elite/actors.jsonl; each Line holds an ActorRow under `actor`."""
    table = Table(ACTORS)
    try:
        table.content = read_bytes(folder, ACTORS, LARGEST_TABLE)
        lines = decode(table.content, ACTORS).split("\n")
    except CaseError as error:
        table.problems.extend(error.problems)
        return table
    seen: dict[str, int] = {}
    for line, text in enumerate(lines, 1):
        if not text.strip():
            continue
        if table.full:
            break
        try:
            value = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_unique_keys)
            actor = _actor(value, line)
        except CellError as error:
            table.add(line, "", quoted(text), error.expected, error.remedy)
        except (ValueError, RecursionError) as error:
            table.add(line, "", f"not JSON: {quoted(str(error))}", "one JSON object per line", "mend the line")
        else:
            if actor.id in seen:
                table.add(
                    line,
                    "",
                    f"actor `{actor.id}` a second time",
                    f"each id once (first in line {seen[actor.id]})",
                    "merge the two entities",
                )
                continue
            seen[actor.id] = line
            table.rows.append(Line(line, {"actor": actor}))
    return table


def _attribute_value(row: dict[str, Any], groups: Iterable[str] | None) -> float | str:
    """The value of an attribute row in its own type; raises CellError."""
    name, cell = row["attribute"], row["value"]
    if name == "group":
        return cell if groups is None else _one_of(groups, "a group of this case")(cell)
    if name == "office":
        return cells.filled(cell)
    value = cells.number(cell)
    if name == "in_office":
        if value not in (0.0, 1.0):
            raise CellError("0 or 1", "write 1 for in office, 0 for not")
        return value
    declared = ATTRIBUTE[name]
    if not declared.low <= value <= declared.high:
        high = "" if declared.high > 1e300 else f" and at most {declared.high:g}"
        raise CellError(f"at least {declared.low:g}{high} [{declared.unit}]", "correct the value or its unit")
    return value


def _unit_problem(row: dict[str, Any]) -> str | None:
    declared = ATTRIBUTE.get(row["attribute"])
    legal = ("", "1") if declared is None or declared.unit == "1" else (declared.unit,)
    return None if row["unit"] in legal or row["attribute"] in FACTS else legal[-1]


def _repeated(table: Table, row: Line, key: tuple[Any, ...], seen: dict[tuple[Any, ...], int], what: str) -> bool:
    """Record a row whose key was there before."""
    if key in seen:
        table.add(
            row.line,
            "",
            f"{what} a second time",
            f"one row (first in line {seen[key]})",
            "keep the better-sourced one, or give a later `known_at` to the correction",
        )
        return True
    seen[key] = row.line
    return False


def _attribute(table: Table, row: Line, groups: Iterable[str] | None) -> AttributeRow | None:
    """A line as a fact; None if its value is wrong."""
    name = row.cells["attribute"]
    try:
        value = _attribute_value(row.cells, groups)
    except CellError as error:
        found = f"`{name}` of {row.cells['actor_id']} is {quoted(row.cells['value'])}"
        table.add(row.line, "value", found, error.expected, error.remedy)
        return None
    unit = _unit_problem(row.cells)
    if unit:
        found = f"unit {quoted(row.cells['unit'])} of `{name}`"
        table.add(row.line, "unit", found, f"`{unit}`", f"convert the value to {unit}")
    return AttributeRow(**{"note": "", **row.cells, "value": value}, line=row.line)


def read_attributes(folder: Path, actors: Iterable[str], groups: Iterable[str] | None, today: date) -> Table:
    """elite/attributes.csv; each Line holds an AttributeRow under `attribute`."""
    legal = (*ATTRIBUTE, *FACTS)
    table = cells.read_csv(
        folder,
        ATTRIBUTES_FILE,
        {
            "actor_id": _one_of(actors, "an id of elite/actors.jsonl"),
            "attribute": _one_of(legal, "an attribute of the model"),
            "value": cells.filled,
            "unit": cells.text,
            "known_at": cells.past_day(today),
            "source": cells.filled,
            "note": cells.text,
        },
        optional=("note",),
    )
    kept: list[Line] = []
    seen: dict[tuple[Any, ...], int] = {}
    for row in table.rows:
        if table.full:
            break
        fact = _attribute(table, row, groups)
        if fact is None:
            continue
        key = (fact.actor_id, fact.attribute, fact.known_at)
        if not _repeated(table, row, key, seen, f"`{key[1]}` of {key[0]} known at {key[2]}"):
            kept.append(Line(row.line, {"attribute": fact}))
    table.rows = kept
    return table


def read_ties(folder: Path, actors: Iterable[str], today: date) -> Table:
    """elite/ties.csv; each Line holds a TieRow under `tie`."""
    known = tuple(actors)
    table = cells.read_csv(
        folder,
        TIES_FILE,
        {
            "from_id": _one_of(known, "an id of elite/actors.jsonl"),
            "to_id": _one_of(known, "an id of elite/actors.jsonl"),
            "kind": _one_of(TIE_KINDS, "a kind of tie"),
            "weight": cells.number,
            "known_at": cells.past_day(today),
            "source": cells.filled,
            "note": cells.text,
        },
        optional=("note",),
    )
    kept, seen = [], {}  # type: ignore[var-annotated]
    for row in table.rows:
        if table.full:
            break
        start, end, kind = (row.cells[name] for name in ("from_id", "to_id", "kind"))
        if row.cells["weight"] <= 0.0:
            table.add(row.line, "weight", f"`weight` is {row.cells['weight']:g}", "above 0", "delete the row if no tie")
        elif start == end:
            table.add(row.line, "to_id", f"a tie of {start} to itself", "two different actors", "delete the row")
        elif not _repeated(
            table, row, (start, end, kind, row.cells["known_at"]), seen, f"tie {start} to {end} ({kind})"
        ):
            kept.append(Line(row.line, {"tie": TieRow(**{"note": "", **row.cells}, line=row.line)}))
    table.rows = kept
    return table


def _check_series_row(table: Table, row: Line, actors: frozenset[str]) -> None:
    """What the model needs of the series it reads; other series are only kept."""
    name, value = row.cells["name"], row.cells["value"]
    if row.cells["known_at"] < row.cells["date"]:
        table.add(
            row.line,
            "known_at",
            f"known at {row.cells['known_at']}",
            f"not before its date {row.cells['date']}",
            "correct one of the two dates",
        )
    if name in NEVER_BELOW and value < NEVER_BELOW[name]:
        table.add(row.line, "value", f"`{name}` is {value:g}", f"at least {NEVER_BELOW[name]:g}", "correct the value")
    if name == "market" and value == 0.0:
        table.add(row.line, "value", "`market` is 0", "above 0", "correct the value or delete the row")
    if name == "designation" and value != 1.0:
        table.add(row.line, "value", f"`designation` is {value:g}", "1", "one row per first listing, value 1")
    if name in SERIES_UNITS and row.cells["unit"] not in SERIES_UNITS[name]:
        table.add(
            row.line,
            "unit",
            f"unit {quoted(row.cells['unit'])} of `{name}`",
            f"`{SERIES_UNITS[name][0]}`",
            "convert the values",
        )
    if name in ACTOR_SERIES and row.cells["subject"] not in actors:
        table.add(
            row.line,
            "subject",
            f"`{name}` of unknown actor {quoted(row.cells['subject'])}",
            "an id of elite/actors.jsonl",
            suggestion(row.cells["subject"], actors, "add the actor"),
        )


def read_series(folder: Path, name: str, actors: Iterable[str], today: date, seen: dict[tuple[Any, ...], int]) -> Table:
    """One file of series/; each Line holds a SeriesRow under `series`. `seen` is shared by the files."""
    table = cells.read_csv(
        folder,
        name,
        {
            "name": cells.filled,
            "subject": cells.filled,
            "date": cells.past_day(today),
            "value": cells.number,
            "unit": cells.text,
            "known_at": cells.past_day(today),
            "source": cells.filled,
        },
    )
    kept, people = [], frozenset(actors)
    for row in table.rows:
        if table.full:
            break
        _check_series_row(table, row, people)
        key = tuple(row.cells[column] for column in ("name", "subject", "date", "known_at"))
        if key[0] not in SERIES_UNITS:  # other series may hold several sources side by side
            key = (*key, row.cells["source"])
        if not _repeated(table, row, key, seen, f"`{key[0]}` of {key[1]} on {key[2]}"):
            kept.append(Line(row.line, {"series": SeriesRow(**row.cells, file=name, line=row.line)}))
    table.rows = kept
    return table


def read_tables(folder: Path, groups: Iterable[str] | None, today: date) -> Tables:
    """Read and check every table of elite/ and series/. Never raises on content: problems are in the result.

    `groups` None (the case file could not be read): group names are not checked.
    """
    tables = Tables()
    tables.actors = [row.cells["actor"] for row in tables.keep(read_actors(folder))]
    people = tuple(actor.id for actor in tables.actors)
    rows = tables.keep(read_attributes(folder, people, groups, today))
    tables.attributes = [row.cells["attribute"] for row in rows]
    tables.ties = [row.cells["tie"] for row in tables.keep(read_ties(folder, people, today))]
    try:
        names = list_names(folder, "series", ".csv")
    except CaseError as error:
        tables.problems.extend(error.problems)
        names = []
    seen: dict[tuple[Any, ...], int] = {}
    for name in names:
        rows = tables.keep(read_series(folder, name, people, today, seen))
        tables.series.extend(row.cells["series"] for row in rows)
    return tables
