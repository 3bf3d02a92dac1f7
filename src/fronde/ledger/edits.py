"""Changes of a pack as pure functions: propose, accept, correct, reject, retract. Each leaves a revision behind.

A revision says which cell was what, and who changed it when and why; revisions are only ever appended. One that
carries `known_at` is news (the paper withdrew its report on that day) and is undone for every earlier `as_of`; one
without is a correction of the coding and holds for all dates.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from fronde.evidence.cells import columns_of
from fronde.evidence.rows import TABLES
from fronde.ledger.sheets import Cells, Sheets, names_of
from fronde.scenario.problems import CaseError, Problem, quoted, suggestion

REVISIONS = "revisions"
FIXED = ("id", "status")  # never corrected: an id is an identity, a status has verbs of its own


@dataclass(frozen=True)
class By:
    """Who changes something, when and why. known_at: the day the world could know it, if the change is news."""

    coder: str
    why: str = ""
    at: datetime | None = None
    known_at: date | None = None

    @property
    def stamp(self) -> str:
        """When, UTC, to the second."""
        return (self.at or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def refuse(found: str, expected: str, remedy: str, table: str = "claims") -> CaseError:
    """A change that cannot be made."""
    return CaseError([Problem(f"evidence/{table}", 0, 0, found, expected, remedy)])


def require(sheets: Sheets, table: str, key: str) -> Cells:
    """The row of an id; raises CaseError naming the nearest."""
    row = sheets.find(table, key)
    if row is None:
        ids = [found["id"] for found in sheets.rows(table)]
        raise refuse(f"no row {quoted(key)}", f"an id of {table}", suggestion(key, ids, "`list` shows them"), table)
    return row


def change(sheets: Sheets, table: str, key: str, cells: Mapping[str, str], by: By) -> Sheets:
    """Other cells in one row, each with its revision; cells that stay as they are leave none."""
    row = require(sheets, table, key)
    legal = names_of(table)
    for name in cells:
        if name not in legal:
            raise refuse(f"unknown column {quoted(name)}", f"a column of {table}", suggestion(name, legal, "see docs"))
    changed = {name: cell for name, cell in cells.items() if row.get(name, "") != cell}
    if not changed:
        return sheets
    rows = [{**row, **changed} if found is row else found for found in sheets.rows(table)]
    log = list(sheets.rows(REVISIONS))
    for name, cell in changed.items():
        log.append(_revision(len(log) + 1, by, table, key, name, row.get(name, ""), cell))
    return sheets.put(table, rows).put(REVISIONS, log)


def _revision(number: int, by: By, table: str, key: str, column: str, before: str, after: str) -> Cells:
    cells = dict.fromkeys(names_of(REVISIONS), "")
    known_at = by.known_at.isoformat() if by.known_at else ""
    return {
        **cells, "id": f"rev-{number:06d}", "coder": by.coder, "coded_at": by.stamp, "status": "accepted",
        "known_at": known_at, "note": by.why, "table": table, "row": key, "variable": column, "before": before,
        "after": after,
    }  # fmt: skip


def add(sheets: Sheets, rows: Mapping[str, Iterable[Mapping[str, str]]], by: By, status: str = "proposed") -> Sheets:
    """Rows appended to their tables with the given status; `coder` and `coded_at` are filled where empty.

    Raises CaseError for an unknown table and for an id that is already used; nothing is overwritten.
    """
    for table, given in rows.items():
        if table not in TABLES:
            raise refuse(f"unknown table {quoted(table)}", "a table of the pack", suggestion(table, TABLES, "see docs"))
        kept = list(sheets.rows(table))
        used = {row["id"] for row in kept}
        for cells in given:
            row = {"coder": by.coder, "coded_at": by.stamp, **{k: v for k, v in cells.items() if v}, "status": status}
            if row.get("id", "") in used:
                raise refuse(f"id {quoted(row['id'])} is already used", "a new id", "give the row another id", table)
            used.add(row.get("id", ""))
            kept.append(row)
        if table in sheets.tables or kept:
            sheets = sheets.put(table, kept)
    return sheets


def leads_to(sheets: Sheets, claim: str) -> list[tuple[str, str]]:
    """(table, id) of a claim and of every row it cannot be read without: its links and what they point to."""
    found: dict[tuple[str, str], None] = {}
    waiting = [("claims", claim)]
    for table in ("hops", "event_claims"):
        waiting += [(table, row["id"]) for row in sheets.rows(table) if row.get("claim") == claim]
    while waiting:
        table, key = waiting.pop(0)
        row = sheets.find(table, key)
        if row is None or (table, key) in found:
            continue
        found[table, key] = None
        for spec in columns_of(TABLES[table]):
            target = spec.metadata["refers"]
            if target and spec.name != "dup_of" and row.get(spec.name):
                waiting.append((target, row[spec.name]))
    return list(found)


def _decide(sheets: Sheets, rows: Iterable[tuple[str, str]], old: tuple[str, ...], new: str, by: By) -> Sheets:
    for table, key in rows:
        row = sheets.find(table, key)
        if row is not None and row.get("status") in old:
            sheets = change(sheets, table, key, {"status": new}, by)
    return sheets


def accept(sheets: Sheets, claim: str, by: By) -> Sheets:
    """Accept a claim, and with it the proposed rows it hangs on: report, voice, outlet, links, event."""
    status = require(sheets, "claims", claim).get("status")
    if status == "accepted":
        return sheets
    sheets = _decide(sheets, [("claims", claim)], (str(status),), "accepted", by)
    return _decide(sheets, leads_to(sheets, claim), ("proposed",), "accepted", by)


def reject(sheets: Sheets, claim: str, by: By) -> Sheets:
    """Turn a proposed or accepted claim down; the row stays, with the reason."""
    require(sheets, "claims", claim)
    if not by.why.strip():
        raise refuse("no reason", "why the claim is rejected", "say why")
    return _decide(sheets, [("claims", claim)], ("proposed", "accepted"), "rejected", by)


def retract(sheets: Sheets, claim: str, by: By) -> Sheets:
    """Take an accepted claim back. With `known_at` the retraction is news and changes nothing earlier."""
    if require(sheets, "claims", claim).get("status") != "accepted":
        raise refuse(f"claim {quoted(claim)} is not accepted", "an accepted claim", "reject it instead")
    if not by.why.strip():
        raise refuse("no reason", "why the claim is retracted", "say why")
    return change(sheets, "claims", claim, {"status": "retracted"}, by)


def correct(sheets: Sheets, claim: str, cells: Mapping[str, str], by: By) -> Sheets:
    """Other codes in a claim's cells; ids and statuses are not corrected."""
    for name in FIXED:
        if name in cells:
            raise refuse(f"`{name}` among the corrections", "any other column", "use accept, reject or retract")
    return change(sheets, "claims", claim, cells, by)
