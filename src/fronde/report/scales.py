"""Positions and ticks: pure arithmetic shared by all charts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fronde.report.words import month

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
HOUR_STEPS = (1, 2, 3, 6, 12, 24)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True)
class Scale:
    """A linear map of [low, high] onto [start, end] in drawing units."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Position of `value`, held inside the drawing."""
        width = self.high - self.low
        share = (value - self.low) / width if width > 0 else 0.5
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


def ticks(low: float, high: float, most: int = 4, whole: bool = False) -> list[float]:
    """At most `most` + 1 round numbers that cover [low, high]; whole numbers for counts."""
    width = high - low
    if not width > 0 or not math.isfinite(width):
        return [low]
    size = 10.0 ** max(-300, math.floor(math.log10(width / most)))
    steps = [s * size for s in STEPS if not whole or s != 2.5]
    step = next(s for s in steps if s >= width / most * 0.999)
    step = max(1.0, step) if whole else step
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(place * step, 10) + 0.0 for place in range(first, last + 1)]


def month_ticks(start: date, end: date, most: int = 4) -> list[tuple[date, str]]:
    """First days of months between two dates with their labels; the first one and each January name the year."""
    span = (end.year - start.year) * 12 + end.month - start.month
    step = next((s for s in MONTH_STEPS if span / s <= most), 12 * -(-span // (12 * most)))
    places = range(start.year * 12 + start.month - 1, end.year * 12 + end.month, 1)
    firsts = [date(place // 12, place % 12 + 1, 1) for place in places if place % step == 0]
    shown = [first for first in firsts if start <= first <= end]
    return [(first, _month_label(first, first.month == 1 or place == 0)) for place, first in enumerate(shown)]


def _month_label(first: date, with_year: bool) -> str:
    return f"{month(first)} {first.year}" if with_year else month(first)


def at(place: float) -> str:
    """A place in a drawing, to a tenth of a unit."""
    return f"{place:.1f}".removesuffix(".0")


def day_number(when: date) -> float:
    """Dates as numbers, so that one scale serves both axes; a date stands for its end, an hour for itself."""
    if isinstance(when, datetime):
        return when.toordinal() - 1 + (60 * when.hour + when.minute) / 1440
    return float(when.toordinal())


def time_ticks(start: date, end: date, most: int = 4) -> list[tuple[date, str]]:
    """Months between two dates; hours and days between two that have an hour and lie less than a week apart."""
    if not (isinstance(start, datetime) and isinstance(end, datetime)):
        return month_ticks(start, end, most)
    hours = (end - start).total_seconds() / 3600
    step = next((s for s in HOUR_STEPS if hours / s <= most), 24 * -(-int(hours) // (24 * most)))
    midnight = datetime(start.year, start.month, start.day)
    marks = (midnight + timedelta(hours=step * k) for k in range(int((hours + 24) / step) + 1))
    shown = [mark for mark in marks if start <= mark <= end]
    return [(mark, f"{mark:%H:%M}" if mark.hour else f"{mark.day} {month(mark)}") for mark in shown]


def extent(values: Sequence[float | None]) -> tuple[float, float]:
    """Smallest and largest of the numbers given and zero; (0, 1) where there is nothing else."""
    found = [value for value in values if value is not None]
    low, high = min(found, default=0.0), max(found, default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if high > low else (0.0, 1.0)
