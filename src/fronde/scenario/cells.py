"""Strict CSV: exact columns, each cell parsed by a named rule, every mistake with file:line:field."""

import csv
import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from fronde.scenario.files import LARGEST_TABLE, decode, read_bytes
from fronde.scenario.model import parse_date
from fronde.scenario.problems import MOST_SHOWN, CaseError, Problem, quoted, suggestion

MOST_ROWS = 2_000_000
NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$", re.ASCII)
ACTOR_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")

Parser = Callable[[str], Any]


class CellError(ValueError):
    """A cell that its column's rule refuses: what was expected, what to do."""

    def __init__(self, expected: str, remedy: str) -> None:
        """Keep both halves of the message."""
        super().__init__(expected)
        self.expected = expected
        self.remedy = remedy


@dataclass(frozen=True)
class Line:
    """Parsed cells of one line."""

    line: int
    cells: dict[str, Any]


@dataclass
class Table:
    """Rows of one file that could be read, and what is wrong with the others."""

    file: str
    columns: tuple[str, ...] = ()
    rows: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    content: bytes = b""

    @property
    def full(self) -> bool:
        """Whether so much is wrong that reading on would tell nobody anything."""
        return len(self.problems) > MOST_SHOWN

    def add(self, line: int, column: str, found: str, expected: str, remedy: str, severity: str = "problem") -> None:
        """Record a problem in a cell (column name, or empty for the whole line)."""
        ordinal = self.columns.index(column) + 1 if column in self.columns else 0
        self.problems.append(Problem(self.file, line, ordinal, found, expected, remedy, severity))


def text(cell: str) -> str:
    """Any text, empty included."""
    return cell


def filled(cell: str) -> str:
    """Text that is not empty."""
    if not cell.strip():
        raise CellError("a value", "fill the cell")
    return cell


def number(cell: str) -> float:
    """A finite decimal number."""
    value = float(cell) if NUMBER.fullmatch(cell) else math.nan
    if not math.isfinite(value):
        raise CellError("a finite number with a decimal point", "write the number in digits or delete the row")
    return value


def day(cell: str) -> date:
    """An ISO date."""
    try:
        return parse_date(cell)
    except ValueError as error:
        raise CellError(str(error), "write year-month-day, as in 2022-04-30") from None


def past_day(today: date) -> Parser:
    """An ISO date not later than today."""

    def parse(cell: str) -> date:
        value = day(cell)
        if value > today:
            raise CellError(f"a day not after today, {today}", "nobody can know it yet: correct the date")
        return value

    return parse


def actor_id(cell: str) -> str:
    """An identifier of letters, digits, `.`, `_` and `-`."""
    if not ACTOR_ID.fullmatch(cell):
        raise CellError("an id of letters, digits, `.`, `_`, `-`", "rename it")
    return cell


def _header(
    table: Table, found: list[str], parsers: dict[str, Parser], optional: tuple[str, ...], closed: bool
) -> bool:
    """Check the first line; missing or repeated columns, and extra ones of a closed table, are problems."""
    table.columns = tuple(found)

    def add(position: int, what: str, expected: str, remedy: str) -> None:
        table.problems.append(Problem(table.file, 1, position, what, expected, remedy))

    for position, name in enumerate(found, 1):
        if name not in parsers and closed:
            remedy = suggestion(name, parsers, f"remove it; legal: {', '.join(parsers)}")
            add(position, f"unknown column {quoted(name)}", "a column of this table", remedy)
        elif found.index(name) != position - 1:
            add(position, f"column {quoted(name)} a second time", "each column once", "remove one")
    for name in parsers:
        if name not in found and name not in optional:
            add(0, f"no column `{name}`", f"the columns {', '.join(parsers)}", f"add a column `{name}`")
    return not table.problems


def _lines(table: Table, content: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the line on which each begins; a quoting error becomes a problem and ends the file."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    begun = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.add(
                reader.line_num,
                "",
                f"not CSV: {quoted(str(error))}",
                "comma-separated cells, quotes doubled",
                "mend the quotes of this line",
            )
            return
        if cells:
            yield begun, cells
        begun = reader.line_num + 1


def _row(table: Table, line: int, cells: list[str], parsers: dict[str, Parser]) -> None:
    if len(cells) != len(table.columns):
        table.add(
            line,
            "",
            f"{len(cells)} cells",
            f"{len(table.columns)} as in the header",
            "quote cells that hold commas, or add the missing ones",
        )
        return
    parsed: dict[str, Any] = {}
    for name, cell in zip(table.columns, cells, strict=True):
        try:
            parsed[name] = parsers.get(name, text)(cell.strip())
        except CellError as error:
            table.add(line, name, f"`{name}` is {quoted(cell)}", error.expected, error.remedy)
    if len(parsed) == len(cells):
        table.rows.append(Line(line, parsed))


def read_csv(
    folder: Path, name: str, parsers: dict[str, Parser], optional: tuple[str, ...] = (), closed: bool = True
) -> Table:
    """Read one CSV file of a case. Columns may stand in any order; `optional` ones may be absent.

    A `closed` table has no other columns than those of `parsers`; in others the rest is kept as text.
    """
    table = Table(name)
    try:
        table.content = read_bytes(folder, name, LARGEST_TABLE)
        content = decode(table.content, name)
    except CaseError as error:
        table.problems.extend(error.problems)
        return table
    lines = _lines(table, content)
    _, header = next(lines, (1, []))
    if not _header(table, [cell.strip() for cell in header], parsers, optional, closed):
        return table
    for count, (line, cells) in enumerate(lines):
        if count >= MOST_ROWS:
            table.add(line, "", f"more than {MOST_ROWS} rows", "fewer rows", "split the file")
            break
        if table.full:
            break
        _row(table, line, cells, parsers)
    return table
