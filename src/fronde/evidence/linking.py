"""Checks that need more than one row: references, order of dates, chains without gaps."""

from collections import defaultdict
from collections.abc import Iterator

from fronde.evidence.cells import columns_of, nearest, read_cell
from fronde.evidence.codebook import Qualifier, Status
from fronde.evidence.event_classes import act_of
from fronde.evidence.rows import TABLES, Claim, Event, Hop, OriginPair, Poll, Resolution, Revision, Row

Tables = dict[str, list[Row]]
_NEEDS_FIGURE = frozenset({Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.ABOUT})


def link_problems(tables: Tables, ids: dict[str, set[str]]) -> list[str]:
    """Everything wrong between rows, as `file:line: sentence`; ids: those of each table, unreadable rows too."""
    return [
        f"{name}.csv:{row.at_line}: {sentence}"
        for name, row, sentence in (
            *_dangling(tables, ids),
            *_within_rows(tables),
            *_chains(tables),
            *_circles(tables),
            *_revisions(tables, ids),
        )
    ]


def _dangling(tables: Tables, ids: dict[str, set[str]]) -> Iterator[tuple[str, Row, str]]:
    for name, rows in tables.items():
        for row in rows:
            for spec in columns_of(type(row)):
                target, value = spec.metadata["refers"], getattr(row, spec.name)
                if target and value and value not in ids[target]:
                    hint = nearest(value, sorted(ids[target]))
                    yield name, row, f"{spec.name}: `{value}` is not in {target}{hint}"


def _within_rows(tables: Tables) -> Iterator[tuple[str, Row, str]]:
    for name, rows in tables.items():
        for row in rows:
            for sentence in _row_problems(row):
                yield name, row, sentence


def _row_problems(row: Row) -> Iterator[str]:
    if isinstance(row, (Event, Poll, Resolution)) and row.known_at is None:
        yield "known_at is empty: without it the row could be read too early"
    if isinstance(row, (Event, Claim)) and row.date_low and row.date_high and row.date_low > row.date_high:
        yield f"date_low {row.date_low} is after date_high {row.date_high}"
    if isinstance(row, Event):
        yield from _event_problems(row)
    elif isinstance(row, Poll):
        yield from _poll_problems(row)
    elif isinstance(row, Claim):
        yield from _claim_problems(row)
    elif isinstance(row, Resolution):
        yield from _resolution_problems(row)
    elif isinstance(row, OriginPair) and row.origin_a == row.origin_b:
        yield "origin_a and origin_b are the same"


def _event_problems(row: Event) -> Iterator[str]:
    if act_of(row.event_class) and not row.actors and row.status is Status.ACCEPTED:
        yield f"an accepted event of class {row.event_class} needs at least one actor"
    if row.visibility is not None and row.visibility <= 0.0:
        yield "visibility is 0: nobody could have told of it; expected more than 0"
    if row.known_at and row.known_at < row.date_low:
        yield f"known_at {row.known_at} is before date_low {row.date_low}"


def _claim_problems(row: Claim) -> Iterator[str]:
    low, high = row.count_low, row.count_high
    if low is not None and high is not None and low > high:
        yield f"count_low {low:g} is above count_high {high:g}"
    if row.count_qualifier in _NEEDS_FIGURE and low is None and high is None:
        yield f"count_qualifier `{row.count_qualifier}` needs count_low or count_high"


def _poll_problems(row: Poll) -> Iterator[str]:
    if row.field_start > row.field_end:
        yield f"field_start {row.field_start} is after field_end {row.field_end}"
    if row.known_at and row.known_at < row.field_end:
        yield f"known_at {row.known_at} is before field_end {row.field_end}"
    if row.n is not None and row.n <= 0:
        yield f"n is {row.n}; expected more than 0"
    if row.design_effect is not None and row.design_effect <= 0:
        yield f"design_effect is {row.design_effect}; expected more than 0"


def _resolution_problems(row: Resolution) -> Iterator[str]:
    if [bool(row.forecast), bool(row.claim), bool(row.question)].count(True) != 1:
        yield "fill exactly one of forecast, claim and question"
    if row.known_at and row.known_at < row.resolved_at:
        yield f"known_at {row.known_at} is before resolved_at {row.resolved_at}"


def _chains(tables: Tables) -> Iterator[tuple[str, Row, str]]:
    hops: dict[str, list[Hop]] = defaultdict(list)
    for row in tables["hops"]:
        if isinstance(row, Hop) and row.status is Status.ACCEPTED:
            hops[row.claim].append(row)
    for claim, chain in hops.items():
        found = sorted(hop.position for hop in chain)
        if found != list(range(len(chain))):
            yield (
                "hops",
                chain[0],
                f"positions of claim {claim} are {found}; expected {list(range(len(chain)))}",
            )


def _circles(tables: Tables) -> Iterator[tuple[str, Row, str]]:
    copies = {row.id: row.dup_of for row in tables["claims"] if isinstance(row, Claim)}
    for row in tables["claims"]:
        seen, at = {row.id}, copies[row.id]
        while at and at not in seen:
            seen.add(at)
            at = copies.get(at, "")
        if at == row.id:
            yield "claims", row, f"dup_of runs in a circle through {row.id}"


def _revisions(tables: Tables, ids: dict[str, set[str]]) -> Iterator[tuple[str, Row, str]]:
    """A revision names a cell that exists, and what stood there before could have stood there."""
    for row in tables.get("revisions", ()):
        if not isinstance(row, Revision):
            continue
        specs = {spec.name: spec for spec in columns_of(TABLES[row.table])} if row.table in TABLES else {}
        if row.table in ("revisions", "codings") or not specs:
            yield "revisions", row, f"table: `{row.table}` is no table that is revised"
        elif row.row not in ids[row.table]:
            yield "revisions", row, f"row: `{row.row}` is not in {row.table}"
        elif row.variable not in specs or row.variable == "id":
            yield "revisions", row, f"variable: `{row.variable}` is no column of {row.table} that changes"
        else:
            try:
                read_cell(specs[row.variable], row.before)
            except ValueError as error:
                yield "revisions", row, f"before: {error}"
