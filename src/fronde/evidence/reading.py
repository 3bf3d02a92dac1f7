"""Files of a pack to rows, with every problem kept as `file:line: what is wrong`."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fronde.evidence.cells import columns_of, nearest, read_cell
from fronde.evidence.codebook import VERSION
from fronde.evidence.rows import TABLES, Row

OPTIONAL_TABLES = frozenset(
    {"feeds", "hops", "origin_pairs", "polls", "forecasts", "resolutions", "event_claims", "codings", "revisions"}
)

Cells = dict[str, str]
LARGEST = 64 * 2**20  # bytes of one table


class Reading(NamedTuple):
    """Rows of each table, ids of each table (those of unreadable rows too), problems found on the way."""

    tables: dict[str, list[Row]]
    ids: dict[str, set[str]]
    problems: list[str]


def read_tables(folder: Path) -> Reading:
    """All rows of all tables, accepted or not, known or not."""
    tables: dict[str, list[Row]] = {}
    ids: dict[str, set[str]] = {name: set() for name in TABLES}
    problems = _check_manifest(folder)
    for name, row_class in TABLES.items():
        tables[name] = []
        path = next((p for p in (folder / f"{name}.csv", folder / f"{name}.jsonl") if p.exists()), None)
        if path is not None:
            tables[name] = _read_table(path, row_class, ids[name], problems)
        elif name not in OPTIONAL_TABLES:
            problems.append(f"{name}.csv: file is missing in {folder.name}/")
    return Reading(tables, ids, problems)


def _check_manifest(folder: Path) -> list[str]:
    path = folder / "pack.json"
    if not path.exists():
        return [f"pack.json: file is missing in {folder.name}/"]
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        return [f"pack.json:{error.lineno}: {error.msg}"]
    except (ValueError, RecursionError, OSError) as error:
        return [f"pack.json: cannot be read: {error}"]
    found = str(manifest.get("codebook", "")) if isinstance(manifest, dict) else ""
    if found != VERSION:
        return [f"pack.json: codebook is `{found}`; this version of Fronde reads `{VERSION}`"]
    return []


def _read_table(path: Path, row_class: type[Row], ids: set[str], problems: list[str]) -> list[Row]:
    specs = {spec.name: spec for spec in columns_of(row_class)}
    rows: list[Row] = []
    seen: dict[str, int] = {}
    refused: set[str] = set()
    for line, cells in _records(path, problems):
        for name in cells.keys() - specs.keys() - refused:
            refused.add(name)
            problems.append(f"{path.name}:{line}: unknown column `{name}`{nearest(name, list(specs))}")
        ids.add(cells.get("id", "").strip())
        values = {}
        found = len(problems)
        for name, spec in specs.items():
            try:
                values[name] = read_cell(spec, cells.get(name, ""))
            except ValueError as error:
                problems.append(f"{path.name}:{line}: {name}: {error}")
        if len(problems) > found:
            continue
        row = row_class(**values, at_line=line)
        if row.id in seen:
            problems.append(f"{path.name}:{line}: id `{row.id}` is already used in line {seen[row.id]}")
        seen.setdefault(row.id, line)
        rows.append(row)
    return rows


def _records(path: Path, problems: list[str]) -> Iterator[tuple[int, Cells]]:
    """Line number and cells of every record of a CSV or JSON-lines file; one that is no text is a problem."""
    try:
        yield from _records_of(path, problems)
    except UnicodeDecodeError as error:
        problems.append(f"{path.name}: is not UTF-8 text: {error.reason} at byte {error.start}")
    except OSError as error:
        problems.append(f"{path.name}: cannot be read: {error.strerror}")


def _records_of(path: Path, problems: list[str]) -> Iterator[tuple[int, Cells]]:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
        problems.append(f"{path.name}: expected a plain file of at most {LARGEST // 2**20} MB")
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        if path.suffix == ".csv":
            reader = csv.reader(stream, strict=True)
            yield from _csv_records(reader, path, problems)
            return
        for line, content in enumerate(stream, start=1):
            if not content.strip():
                continue
            try:
                yield line, {key: _cell_of(value) for key, value in json.loads(content).items()}
            except (ValueError, AttributeError, RecursionError) as error:
                problems.append(f"{path.name}:{line}: not a JSON object: {error}")


def _csv_records(reader, path: Path, problems: list[str]) -> Iterator[tuple[int, Cells]]:
    header: list[str] = []
    start = 1
    try:
        for record in reader:
            line, start = start, reader.line_num + 1
            if not record:
                continue
            if not header:
                header = [name.strip() for name in record]
            elif len(record) != len(header):
                problems.append(f"{path.name}:{line}: has {len(record)} cells; the header has {len(header)}")
            else:
                yield line, dict(zip(header, record, strict=True))
    except csv.Error as error:
        problems.append(f"{path.name}:{reader.line_num}: {error}")


def _cell_of(value: object) -> str:
    if value is None:
        return ""
    return ";".join(str(part) for part in value) if isinstance(value, list) else str(value)
