"""What can be checked of an evidence pack without understanding it: ids, references, circles, dates, two
clocks.

What the words of the codebook mean, and which columns a table may have, the evidence room checks itself.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from fronde.scenario import cells
from fronde.scenario.cells import Line, Table
from fronde.scenario.files import LARGEST_TABLE, decode, list_names, read_bytes
from fronde.scenario.model import parse_date
from fronde.scenario.problems import CaseError, Problem, capped, quoted, suggestion

PACK = "evidence/pack.json"
EVERY = ("id", "coder", "coded_at", "status")
STATUSES = ("proposed", "accepted", "rejected", "retracted")
REFERENCES = {  # table -> column -> table it points into; an empty cell points nowhere
    "feeds": {"outlet": "sources"},
    "reports": {"outlet": "sources"},
    "origins": {"source": "sources"},
    "origin_pairs": {"origin_a": "origins", "origin_b": "origins"},
    "claims": {"report": "reports", "origin": "origins", "dup_of": "claims"},
    "hops": {"claim": "claims", "source": "sources"},
    "event_claims": {"event": "events", "claim": "claims"},
    "forecasts": {"claim": "claims"},
    "resolutions": {"forecast": "forecasts", "claim": "claims"},
    "codings": {"claim": "claims"},
}
NEEDED = {  # references that may not be empty
    ("claims", "report"),
    ("claims", "origin"),
    ("hops", "claim"),
    ("event_claims", "event"),
    ("event_claims", "claim"),
}
PAST = ("coded_at", "known_at", "published_at", "retrieved_at", "issued_at", "resolved_at")  # never after today
ORDER = (  # (earlier, later, why)
    ("date_low", "date_high", "the earliest day comes first"),
    ("active_from", "active_to", "a feed ends after it begins"),
    ("field_start", "field_end", "a poll ends after it begins"),
    ("field_end", "known_at", "a poll is known after its field work"),
    ("published_at", "retrieved_at", "a report is published before it is retrieved"),
    ("issued_at", "resolve_at", "a forecast is issued before it resolves"),
)
TABLES = (
    "sources",
    "feeds",
    "reports",
    "claims",
    "hops",
    "origins",
    "origin_pairs",
    "events",
    "event_claims",
    "polls",
    "forecasts",
    "resolutions",
    "codings",
    "revisions",
)
Tables = dict[str, Table]


def _day(row: Line, column: str) -> date | None:
    try:
        return parse_date(str(row.cells.get(column, ""))[:10])
    except ValueError:
        return None


def _status(cell: str) -> str:
    if cell not in STATUSES:
        remedy = suggestion(cell, STATUSES, "choose one")
        raise cells.CellError(f"one of {', '.join(STATUSES)}", remedy)
    return cell


def read_pack_tables(folder: Path) -> tuple[Tables, list[Problem]]:
    """The CSV tables of a pack as text, and problems of files that are no table."""
    problems: list[Problem] = []
    try:
        decode(read_bytes(folder, PACK, LARGEST_TABLE), PACK)
        names = list_names(folder, "evidence", ".csv")
    except CaseError as error:
        return {}, list(error.problems)
    tables = {}
    for name in names:
        stem = Path(name).stem
        if stem not in TABLES:
            problems.append(
                Problem(
                    name,
                    0,
                    0,
                    f"unknown table `{stem}`",
                    "a table of the evidence pack",
                    suggestion(stem, TABLES, f"one of {', '.join(TABLES)}"),
                )
            )
            continue
        parsers: dict[str, cells.Parser] = dict.fromkeys(EVERY, cells.text)
        tables[stem] = cells.read_csv(folder, name, {**parsers, "id": cells.filled, "status": _status}, closed=False)
    return tables, problems


def _hashes(folder: Path, tables: Tables) -> Iterator[Problem]:
    """Files whose content is not what pack.json says; a pack without hashes is not sealed, which is no mistake."""
    try:
        manifest = json.loads(decode(read_bytes(folder, PACK, LARGEST_TABLE), PACK))
    except (CaseError, ValueError, RecursionError):
        return  # said elsewhere
    listed = manifest.get("files") if isinstance(manifest, dict) else None
    read = {table.file: table.content for table in tables.values()}
    for name, entry in sorted(listed.items()) if isinstance(listed, dict) else ():
        wanted = entry.get("sha256") if isinstance(entry, dict) else None
        content = read.get(f"evidence/{name}")
        if wanted and content is not None and sha256(content).hexdigest() != wanted:
            remedy = "if the change is yours, `fronde evidence seal CASE` writes the new hash"
            yield Problem(PACK, 0, 0, f"`{name}` is not the file that was sealed", f"SHA-256 {wanted}", remedy)


def _ids(table: Table) -> dict[str, Line]:
    """Rows by id; a second row of the same id is a problem."""
    found: dict[str, Line] = {}
    for row in table.rows:
        name = row.cells["id"]
        if name in found:
            table.add(
                row.line,
                "id",
                f"id {quoted(name)} a second time",
                f"each id once (first in line {found[name].line})",
                "give one of them another id",
            )
        found.setdefault(name, row)
    return found


def _references(name: str, table: Table, ids: dict[str, dict[str, Line]]) -> None:
    for column, target in REFERENCES.get(name, {}).items():
        for row in table.rows:
            pointed = row.cells.get(column, "")
            if not pointed and (name, column) in NEEDED:
                table.add(row.line, column, f"`{column}` is empty", f"an id of {target}", "fill the cell")
            elif pointed and pointed not in ids.get(target, {}):
                remedy = suggestion(pointed, ids.get(target, {}), f"add it to {target}.csv or correct the id")
                table.add(row.line, column, f"`{column}` is {quoted(pointed)}", f"an id of {target}", remedy)


def _circles(table: Table, claims: dict[str, Line]) -> None:
    """Following dup_of must end."""
    done: set[str] = set()
    for name in claims:
        path: dict[str, None] = {}
        while name in claims and name not in done and name not in path:
            path[name] = None
            name = claims[name].cells.get("dup_of", "")
        if name in path:
            table.add(
                claims[name].line,
                "dup_of",
                f"claim {quoted(name)} repeats itself in a circle",
                "a first claim that repeats nothing",
                "empty `dup_of` of the first claim",
            )
        done.update(path)


def _dates(table: Table, today: date) -> None:
    """Every date exists, none that must be past lies ahead, pairs are in order."""
    columns = [
        name for name in table.columns if name.endswith("_at") or name.startswith(("date_l", "date_h", "field_"))
    ]
    for row in table.rows:
        for name in columns:
            cell, day = row.cells.get(name, ""), _day(row, name)
            if cell and day is None:
                table.add(
                    row.line,
                    name,
                    f"`{name}` is {quoted(cell)}",
                    "a date that exists, as YYYY-MM-DD",
                    "write year-month-day",
                )
            elif day and name in PAST and day > today:
                table.add(row.line, name, f"`{name}` is {day}", f"a day not after today, {today}", "correct the date")
        for early, late, why in ORDER:
            first, second = _day(row, early), _day(row, late)
            if first and second and first > second:
                table.add(row.line, late, f"`{late}` {second} before `{early}` {first}", why, "correct one of them")


def _clocks(tables: Tables, ids: dict[str, dict[str, Line]]) -> None:
    """Nothing is known before it is published, and no event before it can have happened."""
    for row in tables["claims"].rows if "claims" in tables else ():
        report = ids.get("reports", {}).get(row.cells.get("report", ""))
        published = _day(report, "published_at") if report else None
        known = _day(row, "known_at")
        if published and known and known < published:
            tables["claims"].add(
                row.line,
                "known_at",
                f"known at {known}",
                f"not before its report of {published}",
                "correct one of the two dates",
            )
    for row in tables["events"].rows if "events" in tables else ():
        low, known = _day(row, "date_low"), _day(row, "known_at")
        if low and known and known < low:
            tables["events"].add(
                row.line,
                "known_at",
                f"known at {known}",
                f"not before {low}, its first day",
                "correct one of the two dates",
            )


LEADER = "leader"  # stands for the leader in events that are his acts


def _people(table: Table, actors: frozenset[str], groups: Iterable[str] | None) -> None:
    """Actors and groups that a claim or an event names are those of the case."""
    for row in table.rows:
        for actor in filter(None, (part.strip() for part in row.cells.get("actors", "").split(";"))):
            if actor not in actors and actor != LEADER:
                table.add(
                    row.line,
                    "actors",
                    f"unknown actor {quoted(actor)}",
                    "an id of elite/actors.jsonl",
                    suggestion(actor, actors, "add the actor or correct the id"),
                )
        group = row.cells.get("group", "")
        if groups is not None and group and group not in groups:
            table.add(
                row.line,
                "group",
                f"unknown group {quoted(group)}",
                "a group of this case",
                suggestion(group, groups, "add the group or correct the name"),
            )


def check_evidence(
    folder: Path, today: date, actors: frozenset[str], groups: Iterable[str] | None
) -> Iterator[Problem]:
    """Problems of the evidence pack of a case; none if it has no evidence folder."""
    if not (folder / "evidence").exists():
        yield Problem(
            PACK, 0, 0, "no evidence", "an evidence pack", "add the tables as docs/how-to/add-evidence.md shows", "note"
        )
        return
    tables, problems = read_pack_tables(folder)
    yield from problems
    ids = {name: _ids(table) for name, table in tables.items()}
    rules: tuple[Callable[[str, Table], None], ...] = (
        lambda name, table: _references(name, table, ids),
        lambda name, table: _dates(table, today),
    )
    for name, table in tables.items():
        for rule in rules:
            rule(name, table)
        if name in ("claims", "events"):
            _people(table, actors, groups)
    if "claims" in tables:
        _circles(tables["claims"], ids["claims"])
    _clocks(tables, ids)
    yield from _hashes(folder, tables)
    for table in tables.values():
        yield from capped(sorted(set(table.problems)))
