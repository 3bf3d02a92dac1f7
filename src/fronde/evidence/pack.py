"""An evidence pack as it could be read at one date: `read_pack(folder, as_of)`.

Strict: every problem of every file is collected and raised at once. Nothing that was not accepted, or not
known by `as_of`, is in the result (`clock.py`).
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from fronde.evidence.cells import columns_of
from fronde.evidence.clock import NEVER_EVIDENCE, visible
from fronde.evidence.linking import link_problems
from fronde.evidence.reading import read_tables
from fronde.evidence.rows import (
    TABLES,
    Claim,
    Event,
    EventClaim,
    Feed,
    Forecast,
    Hop,
    Origin,
    OriginPair,
    Poll,
    Report,
    Resolution,
    Row,
    Source,
)

# How a row came to be coded is not what it says: these columns are left out of the hash.
_BOOKKEEPING = frozenset({"coder", "coded_at", "status", "note"})


class PackError(ValueError):
    """Everything wrong with a pack, one `file:line: sentence` per problem."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problem(s) in the evidence pack:\n" + "\n".join(problems))


@dataclass(frozen=True)
class Pack:
    """The visible rows of each table at `as_of`, sorted by id."""

    as_of: date
    sources: tuple[Source, ...] = ()
    feeds: tuple[Feed, ...] = ()
    reports: tuple[Report, ...] = ()
    origins: tuple[Origin, ...] = ()
    origin_pairs: tuple[OriginPair, ...] = ()
    claims: tuple[Claim, ...] = ()
    hops: tuple[Hop, ...] = ()
    events: tuple[Event, ...] = ()
    event_claims: tuple[EventClaim, ...] = ()
    polls: tuple[Poll, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    resolutions: tuple[Resolution, ...] = ()

    @cached_property
    def source(self) -> dict[str, Source]:
        """Sources by id."""
        return {row.id: row for row in self.sources}

    @cached_property
    def report(self) -> dict[str, Report]:
        """Reports by id."""
        return {row.id: row for row in self.reports}

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """Claims by id."""
        return {row.id: row for row in self.claims}

    @cached_property
    def origin(self) -> dict[str, Origin]:
        """Origins by id."""
        return {row.id: row for row in self.origins}

    @cached_property
    def chain(self) -> dict[str, tuple[Hop, ...]]:
        """Hops of each claim, outermost first."""
        hops: dict[str, list[Hop]] = defaultdict(list)
        for hop in self.hops:
            hops[hop.claim].append(hop)
        return {claim: tuple(sorted(chain, key=lambda hop: hop.position)) for claim, chain in hops.items()}

    @cached_property
    def links(self) -> dict[str, tuple[EventClaim, ...]]:
        """Event claims of each event."""
        found: dict[str, list[EventClaim]] = defaultdict(list)
        for link in self.event_claims:
            found[link.event].append(link)
        return {event: tuple(rows) for event, rows in found.items()}

    @property
    def hash(self) -> str:
        """`evidence_hash` of this pack."""
        return evidence_hash(self)

    @property
    def vintage(self) -> date | None:
        """The day the newest visible row became known; None for an empty pack."""
        days = [row.published_at for row in self.reports] + [row.issued_at for row in self.forecasts]
        for rows in (self.claims, self.events, self.polls, self.forecasts, self.resolutions):
            days += [row.known_at for row in rows if row.known_at is not None]
        return max(days, default=None)


def read_pack(folder: str | Path, as_of: date, time: str | None = None) -> Pack:
    """Read, check and filter a pack.

    folder: holds pack.json and one CSV (or JSON-lines) file per table of `rows.py`.
    as_of: nothing that became known later is in the result; time (HH:MM) does the same for the events of that day.
    Raises PackError with all problems, whatever their date.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise PackError((f"{folder}: no such folder",))
    reading = read_tables(folder)
    problems = (*reading.problems, *link_problems(reading.tables, reading.ids))
    if problems:
        raise PackError(problems)
    return Pack(as_of=as_of, **cast(dict[str, Any], visible(reading.tables, as_of, time)))


def evidence_hash(pack: Pack) -> str:
    """SHA-256 [hex] of what the pack says: visible rows, sorted, without who coded them and when.

    Independent of file format, of the order of rows and columns, and of everything known after `as_of`.
    """
    content = {name: [_content(row) for row in getattr(pack, name)] for name in TABLES if name not in NEVER_EVIDENCE}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _content(row: Row) -> dict[str, Any]:
    return {
        spec.name: _plain(getattr(row, spec.name))
        for spec in columns_of(type(row))
        if spec.name not in _BOOKKEEPING and (spec.name != "time" or row.time)  # type: ignore[attr-defined]
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
