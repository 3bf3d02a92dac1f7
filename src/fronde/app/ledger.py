"""The evidence of a case folder, as people work on it: list, show, propose, accept, correct, reject, retract.

Plain functions on a case (the name of a shipped one, or a folder). Each change is checked as `fronde check` would,
written whole or not at all, and leaves a revision. Shipped cases are read, never changed.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fronde.app.ledger_files import BOOKKEEPING, OF_A_CASE, OF_A_PACK, import_actors, kind_of, rows_of
from fronde.app.opening import RequestError
from fronde.app.store import Lock
from fronde.evidence.pack import PackError, read_pack
from fronde.ledger import edits, review, views
from fronde.ledger.commit import commit, finish
from fronde.ledger.edits import By
from fronde.ledger.sheets import Sheets, read_sheets
from fronde.scenario.case import SHIPPED, find_case, read_case
from fronde.scenario.ledger_check import check_evidence
from fronde.scenario.problems import Problem

Where = str | Path


def read(case: Where) -> Sheets:
    """The pack of a case as text."""
    return read_sheets(find_case(case))


def list_claims(case: Where, query: str = "", limit: int | None = None, **filters: str | None) -> list[dict]:
    """Claims with outlet, date and voice; see `fronde.ledger.views.list_claims` for the filters."""
    return views.list_claims(read(case), query, limit, **filters)


def show(case: Where, claim_id: str) -> dict[str, Any]:
    """One claim with everything it hangs on."""
    return views.show_claim(read(case), claim_id)


def history(case: Where, claim_id: str) -> list[dict[str, str]]:
    """What happened to a claim, oldest first."""
    return views.history(read(case), claim_id)


def propose(case: Where, rows: Mapping[str, Iterable[Mapping[str, str]]], coder: str) -> list[str]:
    """Append rows (table -> cells as text) with status `proposed`; names of the files that changed."""
    return _write(case, lambda sheets: edits.add(sheets, rows, By(coder)))


def accept(case: Where, claim_id: str, coder: str, why: str = "") -> list[str]:
    """Accept a claim and the proposed rows it hangs on."""
    return _write(case, lambda sheets: edits.accept(sheets, claim_id, By(coder, why)))


def correct(case: Where, claim_id: str, changes: Mapping[str, str], coder: str, why: str = "") -> list[str]:
    """Other codes in a claim's cells (column -> text as in the file)."""
    return _write(case, lambda sheets: edits.correct(sheets, claim_id, changes, By(coder, why)))


def reject(case: Where, claim_id: str, why: str, coder: str) -> list[str]:
    """Turn a claim down; the row and the reason stay."""
    return _write(case, lambda sheets: edits.reject(sheets, claim_id, By(coder, why)))


def retract(case: Where, claim_id: str, why: str, coder: str, known_at: date | None = None) -> list[str]:
    """Take an accepted claim back; with known_at only for dates from then on."""
    return _write(case, lambda sheets: edits.retract(sheets, claim_id, By(coder, why, known_at=known_at)))


def code(case: Where, claim_id: str, codes: dict[str, str], coder: str) -> list[str]:
    """A second coding of a claim (variable -> word), given without looking at the first."""
    return _write(case, lambda sheets: review.code(sheets, claim_id, codes, By(coder)))


def agreement(case: Where) -> list[dict[str, Any]]:
    """Per variable: Krippendorff's alpha, claims coded twice, and those in dispute."""
    return review.agreement(read(case))


def import_(case: Where, file: Where, coder: str, kind: str | None = None, accepted: bool = False) -> list[str]:
    """Rows of a file or a pack folder into a case; everything is checked first, or nothing is written.

    kind: csv, jsonl (a table by its file name), pack (folder), plover, label-studio, ftm (actors); by default what the
    name says. New rows are `proposed` unless accepted. A row that is there already, cell for cell, is passed over.
    """
    path = Path(file)
    kind = kind or kind_of(path)
    if kind == "ftm":
        return import_actors(find_case(case), path, unshipped)
    status = "accepted" if accepted else "proposed"

    def change(sheets: Sheets) -> Sheets:
        rows = rows_of(path, kind, sheets)
        fresh = {table: [row for row in found if not _known(sheets, table, row)] for table, found in rows.items()}
        return edits.add(sheets, fresh, By(coder), "accepted" if kind == "label-studio" else status)

    return _write(case, change)


def seal(case: Where) -> list[str]:
    """Write the tables in Fronde's form and their hashes into pack.json, after a change by hand."""
    return _write(case, lambda sheets: sheets)


def export(case: Where, kind: str) -> dict[str, bytes]:
    """File name -> content of a case's evidence in the form of another tool; one of `ledger_files.EXPORTS`."""
    folder = find_case(case)
    sheets = read_sheets(folder)
    return OF_A_PACK[kind](sheets) if kind in OF_A_PACK else OF_A_CASE[kind](folder, sheets)


def check(case: Where) -> list[Problem]:
    """What is wrong with the evidence of a case as it lies there."""
    folder = find_case(case)
    return _checker(folder)(folder)


def _known(sheets: Sheets, table: str, row: Mapping[str, str]) -> bool:
    have = sheets.find(table, row.get("id", ""))
    return have is not None and all(have.get(name, "") == cell for name, cell in row.items() if name not in BOOKKEEPING)


def _checker(folder: Path) -> Callable[[Path], list[Problem]]:
    """Checks a pack that lies in a folder beside the case's own."""

    def check(stage: Path) -> list[Problem]:
        today = date.today()
        spec, tables, _ = read_case(folder, today)
        actors = frozenset(actor.id for actor in tables.actors)
        found = list(check_evidence(stage, today, actors, spec.groups if spec else None))
        if not found:
            try:
                read_pack(stage / "evidence", today)
            except PackError as error:
                found += [Problem(f"evidence/{text}", 0, 0, "see above", "a row of the codebook", "mend it")
                          for text in error.problems]  # fmt: skip
        return found

    return check


def unshipped(folder: Path) -> None:
    """Refuse to change a case of the package."""
    if folder.resolve().is_relative_to(SHIPPED.resolve()):
        raise RequestError(
            f"{folder.name} comes with the package and is not changed; make a copy first: "
            f"`fronde new my-{folder.name} --from {folder.name}`"
        )


def _write(case: Where, change: Callable[[Sheets], Sheets]) -> list[str]:
    folder = find_case(case)
    unshipped(folder)
    lock = Lock(folder)
    try:
        finish(folder)
        return commit(folder, change(read_sheets(folder)), _checker(folder))
    finally:
        lock.release()
