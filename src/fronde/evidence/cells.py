"""One cell of a pack file: text in, checked value out, or a sentence that says what is wrong with it."""

import re
from collections.abc import Callable
from dataclasses import MISSING, Field, field, fields
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import partial
from typing import Any

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(T[\d:.+Z-]*)?")


def as_text(cell: str) -> str:
    """Any text, without the blanks around it."""
    return cell.strip()


def as_words(limit: int) -> Callable[[str], str]:
    """Text of at most `limit` words: packs hold our own words and short quotations, not articles."""
    return partial(_words, limit)


def _words(limit: int, cell: str) -> str:
    found = len(cell.split())
    if found > limit:
        raise ValueError(f"has {found} words; at most {limit} are allowed")
    return cell.strip()


def as_items(cell: str) -> tuple[str, ...]:
    """A list written with semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def as_day(cell: str) -> date:
    """An ISO date; a time of day after it is dropped, because the day is the only unit of time."""
    match = _DATE.fullmatch(cell.strip())
    if match is None:
        raise ValueError(f"`{cell}` is not a date like 2022-04-30")
    return date.fromisoformat(match.group(1))


def as_time(cell: str) -> str:
    """A time of day, HH:MM, by the clocks of the place."""
    if not _TIME.fullmatch(cell.strip()):
        raise ValueError(f"`{cell}` is not a time of day like 18:05")
    return cell.strip()


def as_number(cell: str) -> float:
    """A finite number."""
    value = float(cell)
    if not abs(value) < float("inf"):
        raise ValueError(f"`{cell}` is not finite")
    return value


def as_whole(cell: str) -> int:
    """A whole number."""
    return int(cell)


def as_share(cell: str) -> float:
    """A number from 0 to 1."""
    value = as_number(cell)
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"{cell} is not in 0..1")
    return value


def one_of(choices: type[StrEnum]) -> Callable[[str], StrEnum]:
    """A word of the codebook."""
    return partial(_one_of, choices)


def _one_of(choices: type[StrEnum], cell: str) -> StrEnum:
    try:
        return choices(cell.strip())
    except ValueError:
        raise ValueError(f"`{cell}` is not one of {', '.join(choices)}{nearest(cell, list(choices))}") from None


def many_of(choices: type[StrEnum]) -> Callable[[str], tuple[StrEnum, ...]]:
    """Words of the codebook, separated by semicolons."""
    return partial(_many_of, choices)


def _many_of(choices: type[StrEnum], cell: str) -> tuple[StrEnum, ...]:
    return tuple(_one_of(choices, part) for part in as_items(cell))


def nearest(found: str, known: list[str]) -> str:
    """` (did you mean x?)`, or nothing. Never corrects for the user."""
    close = get_close_matches(found.strip(), known, n=1, cutoff=0.6)
    return f" (did you mean `{close[0]}`?)" if close else ""


def column(parse: Callable[[str], Any], default: Any = MISSING, refers: str | None = None) -> Any:
    """Declare a column: its parser, the value of an empty cell (none: required), the table it names."""
    metadata = {"parse": parse, "refers": refers}
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def columns_of(row_class: type) -> tuple[Field[Any], ...]:
    """The declared columns of a table, in file order."""
    return tuple(f for f in fields(row_class) if "parse" in f.metadata)


def read_cell(spec: Field[Any], cell: str) -> Any:
    """Value of one cell; raises ValueError with the reason."""
    if not cell.strip():
        if spec.default is MISSING:
            raise ValueError("is empty")
        return spec.default
    return spec.metadata["parse"](cell)
