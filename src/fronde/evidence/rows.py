"""The tables of an evidence pack: one frozen row class per file, each column declared once.

A column says how a cell is read, what an empty cell means, and which table its value points into. The same
declaration serves reading, checking references and hashing. Column names are those of the files.
"""

# ruff: noqa: RUF009  `column` returns a dataclass field; it is no shared default.

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fronde.evidence.cells import (
    as_day,
    as_items,
    as_number,
    as_share,
    as_text,
    as_time,
    as_whole,
    as_words,
    column,
    many_of,
    nearest,
    one_of,
)
from fronde.evidence.codebook import (
    Access,
    Answer,
    ClaimType,
    DatePrecision,
    Drift,
    HopKind,
    Identity,
    Interest,
    Letter,
    Modality,
    Polarity,
    Qualifier,
    QuoteKind,
    Relation,
    SourceKind,
    Stated,
    Status,
)
from fronde.evidence.event_classes import EVENT_CLASSES


def as_event_class(cell: str) -> str:
    """A class of the codebook."""
    if cell.strip() not in EVENT_CLASSES:
        raise ValueError(f"`{cell}` is not an event class{nearest(cell, list(EVENT_CLASSES))}")
    return cell.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has: id, who coded it and when, review state; `at_line` is its line in the file."""

    id: str = column(as_text)
    coder: str = column(as_text, "")
    coded_at: date | None = column(as_day, None)
    status: Status = column(one_of(Status))
    known_at: date | None = column(as_day, None)
    note: str = column(as_text, "")
    at_line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Row):
    """A voice, an outlet, a document: anyone a claim can come from."""

    name: str = column(as_text)
    kind: SourceKind = column(one_of(SourceKind))
    identity: Identity = column(one_of(Identity))
    role_text: str = column(as_text, "")
    group: str = column(as_text, "")
    access: Access = column(one_of(Access), Access.UNKNOWN)
    interest: Interest = column(one_of(Interest), Interest.NEUTRAL)
    reliability: Letter = column(one_of(Letter), Letter.F)
    reliability_from: str = column(as_text, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed(Row):
    """An outlet that was being read, and when: a new feed is not a new event."""

    outlet: str = column(as_text, refers="sources")
    active_from: date = column(as_day)
    active_to: date | None = column(as_day, None)
    languages: tuple[str, ...] = column(as_items, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Row):
    """One published text; its words are not stored."""

    outlet: str = column(as_text, refers="sources")
    title: str = column(as_text)
    url: str = column(as_text, "")
    published_at: date = column(as_day)
    retrieved_at: date | None = column(as_day, None)
    text_sha256: str = column(as_text, "")
    licence: str = column(as_text, "")
    language: str = column(as_text, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Row):
    """One atomic statement found in a report."""

    report: str = column(as_text, refers="reports")
    origin: str = column(as_text, refers="origins")
    line: str = column(as_text, "")
    char_start: int | None = column(as_whole, None)
    char_end: int | None = column(as_whole, None)
    text: str = column(as_words(20))
    quote_words: str = column(as_words(10), "")
    quote_kind: QuoteKind = column(one_of(QuoteKind), QuoteKind.NONE)
    claim_type: ClaimType = column(one_of(ClaimType))
    event_class: str = column(as_event_class)
    polarity: Polarity = column(one_of(Polarity), Polarity.AFFIRM)
    modality: Modality = column(one_of(Modality), Modality.ASSERTED)
    actors: tuple[str, ...] = column(as_items, ())
    group: str = column(as_text, "")
    targets: tuple[str, ...] = column(as_items, ())
    date_low: date | None = column(as_day, None)
    date_high: date | None = column(as_day, None)
    date_precision: DatePrecision = column(one_of(DatePrecision), DatePrecision.UNKNOWN)
    count_low: float | None = column(as_number, None)
    count_high: float | None = column(as_number, None)
    count_qualifier: Qualifier | None = column(one_of(Qualifier), None)
    reliability: Letter = column(one_of(Letter), Letter.F)
    credibility_override: int | None = column(as_whole, None)
    drift: tuple[Drift, ...] = column(many_of(Drift), (Drift.NONE,))
    dup_of: str = column(as_text, "", refers="claims")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop(Row):
    """One link of a claim's chain; position 0 is the outermost, the text the reader holds."""

    claim: str = column(as_text, refers="claims")
    position: int = column(as_whole)
    source: str = column(as_text, refers="sources")
    verb: str = column(as_text, "")
    stated: Stated = column(one_of(Stated), Stated.YES)
    kind: HopKind = column(one_of(HopKind), HopKind.STATEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin(Row):
    """Where a claim started. `source` names the voice; empty: the innermost hop of its claims speaks."""

    label: str = column(as_text)
    source: str = column(as_text, "", refers="sources")


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginPair(Row):
    """A judgement that two origins may be one."""

    origin_a: str = column(as_text, refers="origins")
    origin_b: str = column(as_text, refers="origins")
    p_same: float = column(as_share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Row):
    """Something that happened, or is said to have happened, to named people."""

    event_class: str = column(as_event_class)
    plover: str = column(as_text, "")
    actors: tuple[str, ...] = column(as_items, ())
    targets: tuple[str, ...] = column(as_items, ())
    date_low: date = column(as_day)
    date_high: date = column(as_day)
    visibility: float | None = column(as_share, None)
    credence: Letter | None = column(one_of(Letter), None)
    source: str = column(as_text, "")
    time: str = column(as_time, "")

    @property
    def part(self) -> float | None:
        """Fraction of the day passed at `time`, the hour at which it happened and was known; None without one."""
        return (int(self.time[:2]) * 60 + int(self.time[3:])) / 1440 if self.time else None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClaim(Row):
    """What one claim says about one event."""

    event: str = column(as_text, refers="events")
    claim: str = column(as_text, refers="claims")
    relation: Relation = column(one_of(Relation), Relation.ASSERTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll(Row):
    """A published survey result; `share` of those asked who gave `answer`."""

    pollster: str = column(as_text)
    field_start: date = column(as_day)
    field_end: date = column(as_day)
    n: int | None = column(as_whole, None)
    mode: str = column(as_text, "")
    question: str = column(as_text)
    answer: str = column(as_text)
    share: float = column(as_share)
    design_effect: float | None = column(as_number, None)
    source: str = column(as_text, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(Row):
    """What a source, or a run of a model, said would happen."""

    issuer: str = column(as_text)
    claim: str = column(as_text, "", refers="claims")
    statement: str = column(as_text)
    event_class: str = column(as_event_class)
    condition: str = column(as_text, "")
    issued_at: date = column(as_day)
    resolve_at: date | None = column(as_day, None)
    words: str = column(as_text, "")
    p_low: float | None = column(as_share, None)
    p_high: float | None = column(as_share, None)
    distribution: str = column(as_text, "")
    created_by: str = column(as_text, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution(Row):
    """How a forecast, a claim of fact, or a question of case.yaml turned out, under a rule written before looking."""

    forecast: str = column(as_text, "", refers="forecasts")
    claim: str = column(as_text, "", refers="claims")
    question: str = column(as_text, "")
    rule: str = column(as_text)
    strict: Answer = column(one_of(Answer))
    lenient: Answer | None = column(one_of(Answer), None)
    resolved_at: date = column(as_day)
    evidence_claims: tuple[str, ...] = column(as_items, ())
    basis: str = column(as_text, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision(Row):
    """One changed cell: who (`coder`), when (`coded_at`), why (`note`); only ever appended.

    With `known_at` the change is news and is undone for every earlier date; without, it corrects the coding.
    """

    table: str = column(as_text)
    row: str = column(as_text)
    variable: str = column(as_text)
    before: str = column(as_text, "")
    after: str = column(as_text, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding(Row):
    """What another coder gave for one cell of a claim, without having seen the first; never evidence."""

    claim: str = column(as_text, refers="claims")
    variable: str = column(as_text)
    value: str = column(as_text, "")


# File name (without ending) -> row class, in the order in which references are followed.
TABLES: Mapping[str, type[Row]] = {
    "sources": Source,
    "feeds": Feed,
    "reports": Report,
    "origins": Origin,
    "origin_pairs": OriginPair,
    "claims": Claim,
    "hops": Hop,
    "events": Event,
    "event_claims": EventClaim,
    "polls": Poll,
    "forecasts": Forecast,
    "resolutions": Resolution,
    "codings": Coding,
    "revisions": Revision,
}
