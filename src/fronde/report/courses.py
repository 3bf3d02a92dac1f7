"""Series over time as read from a summary, ready to draw or to print as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fronde.report.panel import Band, Line
from fronde.report.read import QUANTILES, dated, numbers
from fronde.report.scales import day_number
from fronde.report.words import NONE, between, short_date

Values = tuple[float | None, ...]
ROWS_IN_TWIN = 9  # dates shown per series in a table twin; the run folder holds every date


@dataclass(frozen=True)
class Course:
    """One series: dates, what was observed, and five quantiles at each date."""

    title: str
    dates: tuple[date, ...]
    observed: Values
    q05: Values
    q25: Values
    q50: Values
    q75: Values
    q95: Values

    @property
    def known(self) -> bool:
        """Whether any forecast value is there."""
        return any(value is not None for value in self.q50)

    @property
    def last(self) -> int:
        """Place of the last date with a median."""
        return max((place for place, value in enumerate(self.q50) if value is not None), default=-1)


def course(row: Mapping[str, Any], title: str) -> Course:
    """Read one series; what is missing becomes None."""
    dates = tuple(dated(row))
    found = {key: tuple(numbers(row, key, len(dates))) for key in (*QUANTILES, "observed")}
    return Course(title=title, dates=dates, **found)


def bands(found: Course, tone: str = "") -> tuple[Band, ...]:
    """The 90 and 50% bands."""
    return (
        Band(90, tuple(zip(found.dates, found.q05, found.q95, strict=True)), tone),
        Band(50, tuple(zip(found.dates, found.q25, found.q75, strict=True)), tone),
    )


def median_line(found: Course, tone: str, label: str) -> Line:
    """The median with its last number."""
    return Line(tone, tuple(zip(found.dates, found.q50, strict=True)), label=label)


def observed_line(found: Course, tone: str = "observed", step: bool = True, dots: bool = False) -> Line:
    """What was reported: a step line for counts, dots for measurements."""
    return Line(tone, tuple(zip(found.dates, found.observed, strict=True)), step=step, dots=dots)


def last_observed(found: Course) -> float | None:
    """The last observed value, or None."""
    return next((value for value in reversed(found.observed) if value is not None), None)


def twin_places(found: Course, as_of: date | None) -> list[int]:
    """Which dates a table twin shows: evenly spread, with the as-of date and the last one."""
    size = len(found.dates)
    every = max(1, -(-size // ROWS_IN_TWIN))
    places = set(range(size - 1, -1, -every))
    if as_of is not None:
        places.add(
            max((place for place, when in enumerate(found.dates) if day_number(when) <= day_number(as_of)), default=0)
        )
    return sorted(place for place in places if place < size)


def twin_rows(found: Course, as_of: date | None, shown: Any) -> list[Sequence[object]]:
    """Rows (date, observed, median, 50%, 90%) of a table twin."""
    return [
        (
            short_date(found.dates[place]),
            shown(found.observed[place]),
            shown(found.q50[place]),
            between(found.q25[place], found.q75[place], shown),
            between(found.q05[place], found.q95[place], shown),
        )
        for place in twin_places(found, as_of)
    ]


def last_words(found: Course, shown: Any) -> tuple[str, str, str, str]:
    """(date, median, low, high of the 90% interval) at the end, as text."""
    place = found.last
    if place < 0:
        return NONE, NONE, NONE, NONE
    return (short_date(found.dates[place]), shown(found.q50[place]), shown(found.q05[place]), shown(found.q95[place]))
