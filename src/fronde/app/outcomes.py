"""What came: outcomes of a case's questions, counts and dates. Read only for a forecast that is already frozen.

A resolution of the pack decides. Without one, a question about acts is counted from the record if the case says that
its record is complete (`record_until`) to the day asked for; questions about the leader likewise, for what he can be on
record with. Everything else is open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from fronde.app.frozen import Frozen
from fronde.evidence.codebook import Answer
from fronde.evidence.events import event_likelihoods
from fronde.evidence.leader import OPTIONS, leader_record
from fronde.evidence.pack import Pack, read_pack
from fronde.evidence.rows import Resolution
from fronde.scenario.case import Case, load_case
from fronde.scenario.model import CaseSpec, Question, instant

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
    def until(self) -> datetime | None:
        """Moment up to which the record is complete and known."""
        found = self.case.spec.record_until
        return None if found is None else instant(min(found, self.pack.as_of))


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


def acts_after(found: Later, as_of: datetime) -> list[tuple[str, str, datetime]]:
    """(act, group, when) of every act on record after a moment, by people of the case, the earliest first.

    Days count at their end. In cases by the hour an act without a published hour counts at noon.
    """
    elite, until = found.case.elite, found.until or as_of
    group = {name: elite.groups[g] for name, g in zip(elite.ids, elite.group.tolist(), strict=True)}
    rows = []
    for item in event_likelihoods(found.pack):
        when = instant(item.date_low + (item.date_high - item.date_low) / 2)
        if found.case.grid.hourly:
            when -= timedelta(days=1.0 - (0.5 if item.part is None else item.part))
        if item.actor in group and as_of < when <= until:
            rows.append((str(item.act), group[item.actor], when))
    return sorted(rows, key=lambda row: row[2])


def outcome_of(question: Question, found: Later, as_of: datetime, own: bool = True) -> Outcome:
    """How a question of a forecast made on `as_of` turned out.

    own: asked on the case's own date, by the question's own day. Only then does its row of resolutions speak of it; on
    other dates the record does, and for the leader's acts what those rows say of the days between.
    """
    rows: Mapping[str, Resolution] = {row.question: row for row in found.pack.resolutions if row.question}
    row = rows.get(question.id)
    if own and row is not None:
        lenient = str(row.lenient or row.strict)
        return Outcome(str(row.strict), lenient, row.resolved_at, row.basis)
    if question.act:
        return _counted_outcome(question, found, as_of)
    return _event_outcome(question, found, as_of)


def _counted_outcome(question: Question, found: Later, as_of: datetime) -> Outcome:
    by = instant(question.by)
    if found.until is None or by > found.until:
        return Outcome("open")
    wanted = set(question.groups) or set(found.case.elite.groups)
    when = [at for act, group, at in acts_after(found, as_of) if act == question.act and group in wanted and at <= by]
    came = len(when) >= (question.at_least or 1)
    return Outcome(_word(came), _word(came), question.by, f"{len(when)} on record by {question.by}")


def _event_outcome(question: Question, found: Later, as_of: datetime) -> Outcome:
    spec = load_case(found.case.folder).spec
    came, ends = [], []
    for event in question.event:
        day, until = day_of_event(found, spec, as_of, event)
        came += [day] if day else []
        ends += [until] if until else []
    if came and min(came) <= question.by:
        return Outcome(_word(True), _word(True), min(came), "record of the leader's acts")
    if len(came) + sum(question.by <= until for until in ends) < len(question.event):
        return Outcome("open")
    return Outcome(_word(False), _word(False), question.by, "record of the leader's acts")


def _word(came: bool) -> str:
    return str(Answer.YES if came else Answer.NO)


def counted(found: Later, as_of: datetime, by: datetime, act: str, group: str) -> float | None:
    """Acts on record after `as_of` and by `by`, in a group or in `all`; None where the record is not complete."""
    if found.until is None or by > found.until:
        return None
    return float(sum(a == act and at <= by and group in (g, "all") for a, g, at in acts_after(found, as_of)))


def day_of_event(found: Later, spec: CaseSpec, as_of: datetime, event: str) -> tuple[date | None, date | None]:
    """(day it came, day until which it is known not to have come) of a leader event after `as_of`; None, None: open."""
    if event in RECORDED and found.until is not None:
        last = found.until.date() - timedelta(days=1)
        days = [row.at for row in leader_record(found.pack) if row.event == event and as_of < instant(row.at)]
        days = [day for day in days if day <= last]
        return (min(days), None) if days else (None, last)
    answers: dict[str, Any] = {row.question: row for row in found.pack.resolutions if row.question}
    asked = [(q, answers[q.id]) for q in spec.questions if q.event == (event,) and q.id in answers]
    yes = [row.resolved_at for _, row in asked if row.strict is Answer.YES and instant(row.resolved_at) > as_of]
    no = [q.by for q, row in asked if row.strict is Answer.NO]
    return (min(yes), None) if yes else (None, max(no, default=None))


def days_between(start: datetime, end: datetime) -> float:
    """Days from one to the other."""
    return (end - start) / timedelta(days=1)
