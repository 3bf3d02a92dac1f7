"""What came: outcomes of a case's questions, counts and dates. Read only for a forecast that is already frozen.

A resolution of the pack decides. Without one, a question about acts is counted from the record if the case says that
its record is complete (`record_until`) to the day asked for; questions about the leader likewise, for what he can be on
record with. Everything else is open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fronde.app.frozen import Frozen
from fronde.evidence.codebook import Answer
from fronde.evidence.events import event_likelihoods
from fronde.evidence.leader import OPTIONS, leader_record
from fronde.evidence.pack import Pack, read_pack
from fronde.evidence.rows import Resolution
from fronde.scenario.case import Case, load_case
from fronde.scenario.model import CaseSpec, Question

RECORDED = frozenset(OPTIONS.values())


@dataclass(frozen=True)
class Outcome:
    """state: yes, no, void, ambiguous or open; came: True, False, or None where it does not count."""

    state: str
    lenient: str = ""
    resolved_at: date | None = None
    basis: str = ""

    @property
    def came(self) -> bool | None:
        """Whether it came, for a score."""
        return {"yes": True, "no": False}.get(self.state)


@dataclass(frozen=True)
class Later:
    """A case's record as known later: its case and pack on that day."""

    case: Case
    pack: Pack

    @property
    def until(self) -> date | None:
        """Last day of which the record is complete and known; None for cases by the hour, which days cannot count."""
        if self.case.grid.hourly:
            return None
        found = self.case.spec.record_until
        return None if found is None else min(found, self.pack.as_of)


def rule_of(question: Question) -> str:
    """What resolves a question Yes: its own rule, else one made from what it counts."""
    if question.rule:
        return question.rule
    if question.event:
        what = " or ".join(question.event)
        return f"Yes if the record of accepted events holds `{what}` after the as-of date and by {question.by}"
    who = " or ".join(question.groups) or "any group"
    return (
        f"Yes if the record of accepted events holds at least {question.at_least or 1} act(s) `{question.act}` "
        f"by members of {who}, dated after the as-of date and by {question.by}"
    )


def later(case: Case, frozen: Frozen, known_by: date) -> Later:
    """The record as known on `known_by`. Takes a frozen forecast to make sure that one exists."""
    if frozen.content.get("case") != case.name:
        raise ValueError(f"the frozen forecast is of {frozen.content.get('case')!r}, not of {case.name!r}")
    until = case.spec.record_until
    seen = load_case(case.folder, max(case.spec.as_of, min(until, known_by))) if until else case
    return Later(seen, read_pack(case.folder / "evidence", known_by))


def acts_after(found: Later, as_of: date) -> list[tuple[str, str, date]]:
    """(act, group, day) of every act on record after a date, by people of the case."""
    elite = found.case.elite
    group = {name: elite.groups[g] for name, g in zip(elite.ids, elite.group.tolist(), strict=True)}
    rows = []
    for item in event_likelihoods(found.pack):
        day = item.date_low + (item.date_high - item.date_low) / 2
        if item.actor in group and as_of < day <= (found.until or as_of):
            rows.append((str(item.act), group[item.actor], day))
    return rows


def outcome_of(question: Question, found: Later, as_of: date) -> Outcome:
    """How a question of a forecast made on `as_of` turned out."""
    rows: Mapping[str, Resolution] = {row.question: row for row in found.pack.resolutions if row.question}
    row = rows.get(question.id)
    if row is not None:
        lenient = str(row.lenient or row.strict)
        return Outcome(str(row.strict), lenient, row.resolved_at, row.basis)
    if found.until is None or question.by > found.until:
        return Outcome("open")
    if question.act:
        wanted = set(question.groups) or set(found.case.elite.groups)
        n = sum(act == question.act and group in wanted and day <= question.by
                for act, group, day in acts_after(found, as_of))  # fmt: skip
        came = n >= (question.at_least or 1)
        return Outcome(_word(came), _word(came), question.by, f"{n} on record by {question.by}")
    if not set(question.event) <= RECORDED:
        return Outcome("open")
    days = [row.at for row in leader_record(found.pack) if row.event in question.event and as_of < row.at]
    came = any(day <= question.by for day in days)
    return Outcome(_word(came), _word(came), question.by, f"record of the leader's acts until {found.until}")


def _word(came: bool) -> str:
    return str(Answer.YES if came else Answer.NO)


def counted(found: Later, as_of: date, by: date, act: str, group: str) -> float | None:
    """Acts on record after `as_of` and by `by`, in a group or in `all`; None where the record is not complete."""
    if found.until is None or by > found.until:
        return None
    rows = acts_after(found, as_of)
    return float(sum(a == act and day <= by and group in (g, "all") for a, g, day in rows))


def day_of_event(found: Later, spec: CaseSpec, as_of: date, event: str) -> tuple[date | None, date | None]:
    """(day it came, day until which it is known not to have come) of a leader event after `as_of`; None, None: open."""
    if event in RECORDED and found.until is not None:
        days = [row.at for row in leader_record(found.pack) if row.event == event and as_of < row.at <= found.until]
        return (min(days), None) if days else (None, found.until)
    answers: dict[str, Any] = {row.question: row for row in found.pack.resolutions if row.question}
    asked = [(q, answers[q.id]) for q in spec.questions if q.event == (event,) and q.id in answers]
    yes = [row.resolved_at for _, row in asked if row.strict is Answer.YES and row.resolved_at > as_of]
    no = [q.by for q, row in asked if row.strict is Answer.NO]
    return (min(yes), None) if yes else (None, max(no, default=None))


def days_between(start: date, end: date) -> int:
    """Whole days from one to the other."""
    return (end - start) // timedelta(days=1)
