"""A pack as text: every table with its columns and cells as they stand in the files, and back to the same bytes.

The typed rows of `fronde.evidence` are what the model reads; these are what a person edits and git keeps. A pack that
Fronde wrote comes back byte for byte; one that another program wrote comes back in Fronde's form (`\\n` at the end of
lines, quotes only where needed) and from then on byte for byte.
"""

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fronde.evidence.cells import columns_of
from fronde.evidence.codebook import VERSION
from fronde.evidence.rows import TABLES
from fronde.scenario.files import LARGEST_TABLE, decode, read_bytes
from fronde.scenario.problems import CaseError, Problem, quoted

EVIDENCE, MANIFEST = "evidence", "pack.json"
FORMATS = ("csv", "jsonl")
Cells = dict[str, str]
LONGEST = 20_000  # signs of one cell


@dataclass(frozen=True)
class Sheet:
    """One table as text. columns: in file order; rows: cells by column, absent ones empty."""

    columns: tuple[str, ...]
    rows: tuple[Cells, ...] = ()
    format: str = "csv"

    def find(self, key: str) -> Cells | None:
        """The row of an id."""
        return next((row for row in self.rows if row["id"] == key), None)


@dataclass(frozen=True)
class Sheets:
    """All tables of a pack by name, and its manifest (pack.json)."""

    tables: dict[str, Sheet] = field(default_factory=dict)
    manifest: dict[str, Any] = field(default_factory=lambda: {"codebook": VERSION})

    def rows(self, table: str) -> tuple[Cells, ...]:
        """The rows of a table; none if the pack has no such table."""
        return self.tables[table].rows if table in self.tables else ()

    def find(self, table: str, key: str) -> Cells | None:
        """One row by id."""
        return self.tables[table].find(key) if table in self.tables else None

    def put(self, table: str, rows: list[Cells]) -> "Sheets":
        """The pack with other rows in one table; columns that its file lacks are added at their place."""
        sheet = self.tables.get(table) or Sheet(columns=tuple(names_of(table)))
        missing = {name for row in rows for name, cell in row.items() if cell} - set(sheet.columns)
        columns = sheet.columns
        if missing:
            legal = names_of(table)
            kept = [name for name in columns if name not in legal]
            columns = tuple([name for name in legal if name in missing or name in columns] + kept)
        changed = replace(sheet, columns=columns, rows=tuple(rows))
        return replace(self, tables={**self.tables, table: changed})


def names_of(table: str) -> list[str]:
    """Column names of a table of the codebook, in file order."""
    return [spec.name for spec in columns_of(TABLES[table])]


def _mistake(name: str, line: int, found: str, expected: str, remedy: str) -> CaseError:
    return CaseError([Problem(f"{EVIDENCE}/{name}", line, 0, found, expected, remedy)])


def _from_csv(name: str, text: str) -> Sheet:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: tuple[str, ...] = ()
    rows = []
    try:
        for record in reader:
            if not record:
                continue
            if max(map(len, record)) > LONGEST:
                raise _mistake(
                    name, reader.line_num, "a cell of great length", f"at most {LONGEST} signs", "shorten it"
                )
            if not columns:
                columns = tuple(cell.strip() for cell in record)
                if len(set(columns)) < len(columns) or "id" not in columns:
                    raise _mistake(
                        name, 1, "no `id`, or a column twice", "each column once, `id` among them", "mend it"
                    )
            elif len(record) != len(columns):
                found = f"{len(record)} cells"
                raise _mistake(name, reader.line_num, found, f"{len(columns)} as in the header", "mend the line")
            else:
                rows.append(dict(zip(columns, record, strict=True)))
    except csv.Error as error:
        raise _mistake(name, reader.line_num, f"not CSV: {quoted(str(error))}", "CSV", "mend the quotes") from None
    return Sheet(columns or ("id",), tuple(rows))


def cell_of(value: object) -> str:
    """A JSON value as the cell of a table: lists are written with semicolons."""
    if value is None:
        return ""
    return ";".join(str(part) for part in value) if isinstance(value, list) else str(value)


def json_object(name: str, line: int, text: str) -> dict[str, Any]:
    """One JSON object of untrusted text: no NaN, no key twice, no bottomless nesting."""

    def constant(word: str) -> None:
        raise ValueError(f"{word} is not a number")

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError("a key appears twice")
        return found

    try:
        value = json.loads(text, parse_constant=constant, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        raise _mistake(name, line, f"not JSON: {quoted(str(error))}", "one JSON object", "mend it") from None
    if not isinstance(value, dict):
        raise _mistake(name, line, quoted(text), "one JSON object", "write {...}")
    return value


def _from_jsonl(name: str, text: str) -> Sheet:
    rows: list[Cells] = []
    columns: dict[str, None] = {"id": None}
    for line, content in enumerate(text.split("\n"), 1):
        if content.strip():
            row = {key: cell_of(value) for key, value in json_object(name, line, content).items()}
            if "id" not in row:
                raise _mistake(name, line, "a row without `id`", "each row with its id", "add an id")
            columns.update(dict.fromkeys(row))
            rows.append(row)
    filled = tuple({column: row.get(column, "") for column in columns} for row in rows)
    return Sheet(tuple(columns), filled, "jsonl")


def parse_sheet(name: str, kind: str, text: str) -> Sheet:
    """A table from the text of a file, csv or jsonl; raises CaseError with the line of what is no table."""
    return _from_csv(name, text) if kind == "csv" else _from_jsonl(name, text)


def read_sheets(case: Path, under: str = EVIDENCE) -> Sheets:
    """The pack of a case folder as text; an absent pack is an empty one.

    Raises CaseError naming file and line for what is no table. Symbolic links, binary files and files above 64 MB are
    refused. Ids, references and words are not looked at: `fronde.evidence` does that.
    """
    folder = case / under
    if not folder.is_dir():
        return Sheets()
    tables = {}
    for table in TABLES:
        for ending in FORMATS:
            name = f"{table}.{ending}"
            if (folder / name).exists() or (folder / name).is_symlink():
                text = decode(read_bytes(case, f"{under}/{name}", LARGEST_TABLE), f"{EVIDENCE}/{name}")
                tables[table] = parse_sheet(name, ending, text)
                break
    manifest = decode(read_bytes(case, f"{under}/{MANIFEST}", LARGEST_TABLE), f"{EVIDENCE}/{MANIFEST}")
    return Sheets(tables, json_object(MANIFEST, 1, manifest))


def sheet_bytes(sheet: Sheet) -> bytes:
    """The file of a table."""
    stream = io.StringIO(newline="")
    if sheet.format == "jsonl":
        for row in sheet.rows:
            stream.write(
                json.dumps({name: row[name] for name in sheet.columns if row[name]}, ensure_ascii=False) + "\n"
            )
    else:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(sheet.columns)
        writer.writerows([row.get(name, "") for name in sheet.columns] for row in sheet.rows)
    return stream.getvalue().encode()


def pack_files(sheets: Sheets) -> dict[str, bytes]:
    """Every file of the pack by name, pack.json last; it holds the hash of each other file as it is now."""
    files = {f"{name}.{sheet.format}": sheet_bytes(sheet) for name, sheet in sheets.tables.items()}
    listed: Mapping[str, Any] = sheets.manifest.get("files") or {}
    licence = sheets.manifest.get("licence", "")
    noted = {
        name: {**listed.get(name, {"licence": licence}), "sha256": hashlib.sha256(files[name]).hexdigest()}
        for name in sorted(files)
    }
    manifest = {**sheets.manifest, "files": noted}
    return {**files, MANIFEST: (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()}
