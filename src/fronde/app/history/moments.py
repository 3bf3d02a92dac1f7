"""When forecasts are issued in the cases of history, and what came: all from the record, by one rule.

A case in hours is asked 6, 12, 18, 24 and 36 hours after its onset, for the next 6 and 24 hours. A case in days is
asked 1, 3, 7 and 21 days after its onset and after each public shock, for the next 7 and 28 days; at most six dates,
spread evenly. A case in weeks is asked 4, 12 and 24 weeks after its onset, for 4 and 12 weeks. The rule
looks at no departure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fronde.evidence.events import event_likelihoods
from fronde.evidence.pack import read_pack
from fronde.scenario.case import Case, load_case

Floats = NDArray[np.float64]
MOST_DATES = 6
ENDS = {  # last day of the record, and the day on which the leader lost power: facts of the event tables
    "burkina-2014": ("2014-11-01", "2014-10-31"),
    "gdr-1989": ("1989-12-03", None),  # the general secretary fell before the first departure of the record
    "libya-2011": ("2011-06-15", None),
    "philippines-1986": ("1986-02-25", "1986-02-25"),
    "uk-2022": ("2022-07-07", "2022-07-07"),
    "ukraine-2013": ("2014-07-03", "2014-02-22"),
    "usa-2021": ("2021-01-20", None),
    "ussr-1991": ("1991-08-21", "1991-08-21"),
    "venezuela-2019": ("2019-04-30", None),
    "yemen-2011": ("2011-06-15", None),
}
CASES = tuple(ENDS)


@dataclass(frozen=True, eq=False)
class Stream:
    """The public departures of a case on its clock.

    step [day]; size people at risk; actor [n] and when [n]: who left, and days since the start, in order; end: last
    moment of the record; fell: when the leader lost power, inf if not in the record; shocks: days of public shocks.
    """

    name: str
    step: float
    size: int
    actor: NDArray[np.int64]
    when: Floats
    end: float
    fell: float
    shocks: Floats

    def between(self, low: float, high: float) -> int:
        """Departures in (low, high]."""
        return int(((self.when > low) & (self.when <= high)).sum())

    def counts(self, until: float) -> NDArray[np.int64]:
        """Departures in each step up to `until` [T]."""
        edges = np.arange(round(until / self.step) + 1) * self.step
        return np.histogram(np.minimum(self.when[self.when <= until + 1e-9], edges[-1]), edges)[0]


@dataclass(frozen=True)
class Moment:
    """A forecast's date: the day and hour of as_of, days since the start, and horizons [day]."""

    as_of: date
    hour: str | None
    at: float
    horizons: tuple[float, float]


def clock(case: Case, at: float) -> tuple[date, str | None]:
    """Day and hour of a moment on a case's clock."""
    if not case.grid.hourly:
        return case.grid.start + timedelta(days=round(at)), None
    start = datetime.combine(case.spec.onset, time()) + timedelta(days=case.grid.began)
    moment = start + timedelta(minutes=round(at * 1440))
    return moment.date(), moment.strftime("%H:%M")


@lru_cache(maxsize=32)
def stream(name: str) -> Stream:
    """The whole record of a case of history; for scoring and for teaching other cases, never for its own forecasts."""
    last, fell = ENDS[name]
    case = load_case(name, date.fromisoformat(last), horizon=7)
    pack = read_pack(case.folder / "evidence", case.spec.as_of)
    rows = {identifier: i for i, identifier in enumerate(case.elite.ids)}
    left = []
    for item in event_likelihoods(pack):
        if item.act == "resign" and item.actor in rows:
            part = (0.5 if item.part is None else item.part) if case.grid.hourly else 1.0
            left.append((case.grid.elapsed(item.date_low, part), rows[item.actor]))
    left.sort()
    fallen = np.inf if fell is None else case.grid.elapsed(date.fromisoformat(fell), 0.55 if case.grid.hourly else 1.0)
    shocks = sorted({row.date for row in case.rows.series if row.name == "shock"})
    return Stream(
        name,
        float(case.spec.step),
        case.elite.size,
        np.array([actor for _, actor in left], dtype=np.int64),
        np.array([when for when, _ in left]),
        float(case.grid.times[case.grid.n_observed]),
        float(fallen),
        np.array([case.grid.elapsed(day, 1.0) for day in shocks]),
    )


def _spread(found: Sequence[float]) -> list[float]:
    if len(found) <= MOST_DATES:
        return list(found)
    chosen = np.linspace(0, len(found) - 1, MOST_DATES).round().astype(int)
    return [found[k] for k in chosen]


def moments(name: str) -> list[Moment]:
    """Dates of the forecasts of a case."""
    case, record = load_case(name), stream(name)
    if case.grid.hourly:
        after, gaps, spans = [0.0], [0.25, 0.5, 0.75, 1.0, 1.5], (0.25, 1.0)
    elif record.step > 1.0:
        after, gaps, spans = [0.0], [28.0, 84.0, 168.0], (28.0, 84.0)
    else:
        after, gaps, spans = [1.0, *record.shocks], [1.0, 3.0, 7.0, 21.0], (7.0, 28.0)
    wanted = sorted({start + gap for start in after for gap in gaps})
    kept: list[float] = []
    for at in wanted:
        if at + spans[0] <= record.end and (not kept or at - kept[-1] >= gaps[0] + 1e-9 or case.grid.hourly):
            kept.append(at)
    found = []
    for at in _spread(kept):
        day, hour = clock(case, at)
        horizons = (spans[0], float(min(spans[1], max(spans[0], record.end - at))))
        found.append(Moment(day, hour, at, horizons))
    return found


def seen(record: Stream, at: float) -> Stream:
    """The record as it could be known at a moment: nothing later, and no end."""
    known = record.when <= at + 1e-9
    shocks = record.shocks[record.shocks <= at + 1e-9]
    return Stream(record.name, record.step, record.size, record.actor[known], record.when[known], at, np.inf, shocks)
