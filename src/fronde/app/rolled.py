"""The rolling origin of a case: on which dates it is asked again, and what is asked on them.

A question is asked again as many days ahead as it was at first: its day moves with the date, in its text and rule too.
One whose rule is bound to its day (a parade, a summit) keeps its day and is asked wherever that still lies ahead.
"""

from datetime import datetime, timedelta

from fronde.scenario.case import Case
from fronde.scenario.model import CaseSpec, Question, instant

ORIGINS = 4


def rolled(spec: CaseSpec, moment: str) -> tuple[Question, ...]:
    """Questions of a case as asked on a date (ISO, with its hour in cases by the hour)."""
    if moment == spec.moment:
        return spec.questions
    shift = instant(moment).date() - instant(spec.moment).date()
    return tuple(_moved(item, shift) for item in spec.questions)


def _moved(item: Question, shift: timedelta) -> Question:
    day = item.by.isoformat()
    if item.rule and day not in item.rule:
        return item
    to = item.by + shift
    text = item.text.replace(day, to.isoformat()) if day in item.text else f"{item.text} (asked for {to})"
    return item.model_copy(update={"by": to, "text": text, "rule": item.rule.replace(day, to.isoformat())})


def origins(case: Case, count: int = ORIGINS) -> list[str]:
    """Dates of a rolling origin, the case's own among them: evenly from two steps after the onset to the last useful.

    Useful is a date from which the nearest question falls inside the record; without a complete record none is later
    than the case's own. No departure is looked at.
    """
    spec, step = case.spec, timedelta(days=float(case.spec.step))
    own = instant(spec.moment)
    first = instant(spec.start) + timedelta(days=case.grid.began) + 2 * step
    lead = min((instant(item.by) - own for item in spec.questions), default=step)
    last = own if spec.record_until is None else max(own, instant(spec.record_until) - lead)
    steps = int((last - first) / step)
    spread = {round(steps * k / max(1, count - 1)) for k in range(count)} if steps > 0 else set()
    return sorted({*(_shown(first + k * step, case) for k in spread), spec.moment}, key=instant)


def _shown(at: datetime, case: Case) -> str:
    """The moment as `--as-of` reads it."""
    return at.isoformat(timespec="minutes") if case.grid.hourly else (at.date() - timedelta(days=1)).isoformat()
