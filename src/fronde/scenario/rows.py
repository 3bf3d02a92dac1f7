"""One row of each table of a case, as read: typed, with the line it stands on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

Date = date  # SeriesRow has a field of the same name


@dataclass(frozen=True)
class ActorRow:
    """A person, as a FollowTheMoney entity; unknown properties are kept."""

    id: str
    name: str
    schema: str
    properties: dict[str, Any]
    line: int


@dataclass(frozen=True)
class AttributeRow:
    """A published fact about an actor on the eve of the onset. value: text for `group` and `office`."""

    actor_id: str
    attribute: str
    value: float | str
    unit: str
    known_at: date
    source: str
    note: str
    line: int


@dataclass(frozen=True)
class TieRow:
    """A published tie between two actors; counts both ways unless both directions are listed."""

    from_id: str
    to_id: str
    kind: str
    weight: float
    known_at: date
    source: str
    note: str
    line: int


@dataclass(frozen=True)
class SeriesRow:
    """One number: when it held (date) and when it could be known (known_at)."""

    name: str
    subject: str
    date: Date
    value: float
    unit: str
    known_at: Date
    source: str
    file: str
    line: int
