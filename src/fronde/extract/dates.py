# ruff: noqa: E501  patterns are read whole, not wrapped
"""When: days and spans named in a clause, read against the day of publication.

A weekday without more is the last one up to the publication, or the next one after it in a clause about the future.
Spans that no calendar fixes are our choice: *the coming days* 7 days, *within days* 10, *weeks* 28.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fronde.evidence.codebook import DatePrecision

_DAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT: Final = {m[:3]: i + 1 for i, m in enumerate(_MONTHS)} | {"sept": 9}
_MONTH = (
    r"(?P<month>"
    + "|".join(m.capitalize() for m in _MONTHS)
    + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)


@dataclass(frozen=True, slots=True)
class When:
    """Days `low` to `high`, both inclusive."""

    low: date
    high: date
    precision: DatePrecision
    start: int
    end: int


_DAY_MONTH = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}|{_MONTH.replace('month', 'month2')}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)\b,?(?:\s+(?P<year>\d{{4}}))?"
)
_MONTH_ONLY = re.compile(
    rf"\b(?P<word>[Ii]n|[Ss]ince|[Bb]y|until|[Dd]uring|late|early|by the end of|from)\s+(?:(?P<part>early|late|mid)[- ]?)?{_MONTH}\b(?:\s+(?P<year>\d{{4}}))?(?!\s+\d)"
)
_YEAR = re.compile(r"\b(?P<word>in|since|by|until)\s+(?P<year>1\d{3}|20\d{2})\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>last|next|this|on|late on|early on|by|since|until)\s+)?(?P<name>"
    + "|".join(d.capitalize() for d in _DAYS)
    + r")\b"
)
_RELATIVE: Final = (
    (r"yesterday|last night", -1, -1),
    (r"a week ago|this time last week", -7, -7),
    (r"overnight", -1, 0),
    (r"(?:in|over|during|within) the (?:past|last) week", -7, 0),
    (r"(?:in|over|during|within) the (?:past|last) fortnight", -14, 0),
    (r"(?:in|over|during|within) the (?:past|last) month", -31, 0),
    (r"(?:in|over|during|within) the (?:past|last) year", -365, 0),
    (r"(?:in|over|during|within) the (?:next|coming) week|within a week", 0, 7),
    (r"(?:in|over|during|within) the (?:next|coming) fortnight|within a fortnight", 0, 14),
    (r"(?:in|over|during|within) the (?:next|coming) month|within a month", 0, 31),
    (r"(?:in|over|during|within) the (?:next|coming) year|within a year", 0, 365),
    (r"today|tonight|this (?:morning|afternoon|evening)", 0, 0),
    (r"tomorrow", 1, 1),
    (r"(?:the )?day before yesterday", -2, -2),
    (r"in (?:the )?(?:coming|next few) days|in the days ahead", 0, 7),
    (r"within days|in a matter of days|any day now", 0, 10),
    (r"in (?:the )?coming weeks|within weeks|in the weeks ahead|in the next few weeks", 0, 28),
    (r"in (?:the )?(?:coming|next few) months|within months", 0, 92),
    (r"in recent days|in the (?:past|last) few days|days ago", -7, 0),
    (r"in recent weeks|in the (?:past|last) few weeks", -28, 0),
    (r"in recent months|in the (?:past|last) few months", -92, 0),
)
_RELATIVE_PATTERNS = tuple((re.compile(rf"\b(?:{p})\b", re.IGNORECASE), a, b) for p, a, b in _RELATIVE)
_PERIOD = re.compile(
    r"\b(?:(?P<which>last|next|this|earlier this|later this|by the end of the|before the end of the)\s+)(?P<unit>week|month|year)\b",
    re.IGNORECASE,
)
_MORE: Final = re.compile(
    r"\b(?P<n>two|three|four|five|six|\d+)\s+(?P<unit>day|week|month|year)s\s+ago\b", re.IGNORECASE
)
_SPAN: Final = re.compile(
    r"\b(?:in|over|during|within|for) (?:the )?(?P<way>past|last|next|coming) (?P<n>two|three|four|five|six|\d{1,3}) "
    r"(?P<unit>day|week|month|year)s\b|\bwithin (?P<n2>two|three|four|five|six|\d{1,3}) (?P<unit2>day|week|month|year)s\b",
    re.IGNORECASE,
)
_LONG: Final = {"day": 1, "week": 7, "month": 31, "year": 366}
_SMALL: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def dates(words: str, published: date | None, future: bool = False) -> list[When]:
    """Dates in a clause, in order. Without a day of publication only full dates are read."""
    found = [w for m in _DAY_MONTH.finditer(words) if (w := _day_month(m, published, future))]
    if published is None:
        return found
    found += [w for m in _WEEKDAY.finditer(words) if (w := _weekday(m, published, future))]
    found += [w for m in _MONTH_ONLY.finditer(words) if (w := _month(m, published, future))]
    found += [w for m in _YEAR.finditer(words) if (w := _year(m, published))]
    found += [w for m in _PERIOD.finditer(words) if (w := _period(m, published, future))]
    for m in _MORE.finditer(words):
        n = _SMALL.get(m["n"].lower()) or int(m["n"])
        day = published - timedelta(
            days=min(n, 9999) * {"day": 1, "week": 7, "month": 30, "year": 365}[m["unit"].lower()]
        )
        found.append(
            When(day, day, DatePrecision.DAY if m["unit"].lower() == "day" else DatePrecision.RANGE, m.start(), m.end())
        )
    found += [_span(m, published) for m in _SPAN.finditer(words)]
    for pattern, a, b in _RELATIVE_PATTERNS:
        for m in pattern.finditer(words):
            precision = DatePrecision.DAY if a == b else DatePrecision.RANGE
            found.append(
                When(published + timedelta(days=a), published + timedelta(days=b), precision, m.start(), m.end())
            )
    return sorted(found, key=lambda w: w.start)


def _span(m: re.Match[str], published: date) -> When:
    """*in the past three weeks*, *within ten days*: back or forward from the publication."""
    word, unit = (m["n"] or m["n2"]).lower(), (m["unit"] or m["unit2"]).lower()
    away = timedelta(days=min(_SMALL.get(word) or int(word), 99) * _LONG[unit])
    back = (m["way"] or "").lower() in ("past", "last")
    low, high = (published - away, published) if back else (published, published + away)
    return When(low, high, DatePrecision.RANGE, m.start(), m.end())


def _month_number(name: str) -> int:
    low = name.lower().rstrip(".")
    return _MONTHS.index(low) + 1 if low in _MONTHS else _SHORT[low]


def _nearest_year(month: int, day: int, published: date, future: bool) -> int | None:
    year = published.year
    try:
        guess = date(year, month, day)
    except ValueError:
        return None
    if guess > published + timedelta(days=0 if not future else 366):
        return year - 1
    return year + 1 if future and guess < published else year


def _day_month(m: re.Match[str], published: date | None, future: bool) -> When | None:
    month = _month_number(m["month"] or m["month2"])
    day = int(m["day"] or m["day2"])
    year: int | None
    if m["year"]:
        year = int(m["year"])
    elif published is None:
        return None
    else:
        year = _nearest_year(month, day, published, future)
    try:
        when = date(year or 0, month, day)
    except ValueError:
        return None
    since = published is not None and m.string[max(0, m.start() - 6) : m.start()].lower() == "since "
    if since and published is not None and when <= published:
        return When(when, published, DatePrecision.RANGE, m.start(), m.end())
    return When(when, when, DatePrecision.DAY, m.start(), m.end())


def _weekday(m: re.Match[str], published: date, future: bool) -> When | None:
    target = _DAYS.index(m["name"].lower())
    back = (published.weekday() - target) % 7
    which = (m["which"] or "").lower()
    if which == "next" or (future and which in ("by", "on", "until", "this")):
        day = published + timedelta(days=(target - published.weekday()) % 7 or 7)
    elif which == "last":
        day = published - timedelta(days=back or 7)
    else:
        day = published - timedelta(days=back)
    if which == "since":
        return When(day, published, DatePrecision.RANGE, m.start(), m.end())
    return When(day, day, DatePrecision.DAY, m.start(), m.end())


def _month(m: re.Match[str], published: date, future: bool) -> When | None:
    month = _month_number(m["month"])
    word = m["word"].lower()
    year = int(m["year"]) if m["year"] else published.year
    if not m["year"]:
        ahead = future or word.startswith("by")
        if not ahead and month > published.month:
            year -= 1
        elif ahead and month < published.month:
            year += 1
    if not 1 <= year <= 9998:
        return None
    low, high = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if word == "since" and low <= published:
        return When(low, published, DatePrecision.RANGE, m.start(), m.end())
    if word.startswith("by") and high >= published:
        return When(published, high, DatePrecision.RANGE, m.start(), m.end())
    return When(low, high, DatePrecision.MONTH, m.start(), m.end())


def _year(m: re.Match[str], published: date) -> When | None:
    year = int(m["year"])
    if not published.year - 150 <= year <= published.year + 60:
        return None
    low, high = date(year, 1, 1), date(year, 12, 31)
    if m["word"].lower() == "since" and low <= published:
        high = published
    return When(low, high, DatePrecision.RANGE, m.start(), m.end())


def _period(m: re.Match[str], published: date, future: bool) -> When | None:
    which, unit = m["which"].lower(), m["unit"].lower()
    low, high = _around(published, unit)
    if which == "last":
        low, high = _around(low - timedelta(days=1), unit)
    elif which == "next":
        low, high = _around(high + timedelta(days=1), unit)
    elif "end of" in which or which == "later this":
        low = published
    elif which == "earlier this" or not future:
        high = published
    else:
        low = published
    precision = {"week": DatePrecision.WEEK, "month": DatePrecision.MONTH}.get(unit, DatePrecision.RANGE)
    return When(low, high, precision, m.start(), m.end())


def _around(day: date, unit: str) -> tuple[date, date]:
    if unit == "week":
        low = day - timedelta(days=day.weekday())
        return low, low + timedelta(days=6)
    if unit == "month":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return date(day.year, 1, 1), date(day.year, 12, 31)
