"""Careful reading of a summary: it comes from a file, so any part may be missing, empty or of another type."""

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

QUANTILES = ("q05", "q25", "q50", "q75", "q95")


def finite(value: Any) -> Any:
    """A copy in which numbers that are none (NaN, infinity; Python's JSON reader lets them through) are None."""
    if isinstance(value, Mapping):
        return {key: finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def number(value: object) -> float | None:
    """A finite number, or None for anything else (text, null, NaN, infinity)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def block(parent: object, key: str) -> Mapping[str, Any]:
    """A mapping under `key`, or an empty one."""
    found = parent.get(key) if isinstance(parent, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def rows(parent: object, key: str) -> list[Mapping[str, Any]]:
    """The mappings listed under `key`; entries of another type are dropped."""
    found = parent.get(key) if isinstance(parent, Mapping) else None
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list | tuple) else []


def items(parent: object, key: str) -> list[Any]:
    """The list under `key`, or an empty one."""
    found = parent.get(key) if isinstance(parent, Mapping) else None
    return list(found) if isinstance(found, list | tuple) else []


def numbers(parent: object, key: str, length: int) -> list[float | None]:
    """A series of `length` numbers; what is missing or not a number is None."""
    found = [number(value) for value in items(parent, key)[:length]]
    return found + [None] * (length - len(found))


def day(value: object) -> date | None:
    """An ISO date, one with an hour (a datetime), or None."""
    try:
        if not isinstance(value, str):
            return None
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except ValueError:
        return None


def pair(value: object) -> tuple[float, float] | None:
    """An interval [low, high], or None."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    low, high = number(value[0]), number(value[1])
    return None if low is None or high is None else (low, high)


def quantiles(row: object) -> dict[str, float] | None:
    """The five quantiles of a row, or None unless all are there."""
    found = {key: number(row.get(key)) for key in QUANTILES} if isinstance(row, Mapping) else {}
    given = {key: value for key, value in found.items() if value is not None}
    return given if len(given) == len(QUANTILES) else None


def dated(parent: object, key: str = "dates") -> list[date]:
    """The dates of a series up to the first that cannot be read."""
    found: list[date] = []
    for value in items(parent, key):
        when = day(value)
        if when is None:
            break
        found.append(when)
    return found


def groups(summary: object) -> Iterator[tuple[str, str, int]]:
    """(id, title, colour index) of each group in the order of the case."""
    for place, row in enumerate(rows(summary, "groups")):
        name = str(row.get("id", f"group {place + 1}"))
        index = row.get("color_index")
        yield name, str(row.get("title") or name), index if isinstance(index, int) and 0 <= index < 1000 else place
