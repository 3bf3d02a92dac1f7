"""Numbers and dates as a reader meets them; one place, so that every table rounds alike.

Words of probability follow the professional head of intelligence analysis yardstick of the UK; its bands leave gaps
(5 to 10%, 20 to 25% and so on), which we close at their middle. That closing is our choice.
"""

import math
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from fronde.report.read import day, number

NONE = "–"
YARDSTICK = (
    (0.075, "remote chance"),
    (0.225, "highly unlikely"),
    (0.375, "unlikely"),
    (0.525, "realistic possibility"),
    (0.775, "likely"),
    (0.925, "highly likely"),
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ACTS = {
    "speak_policy": "criticising policy",
    "speak_leader": "criticising the leader",
    "fall_silent": "falling silent",
    "resign": "resigning",
    "resign_refused": "resigning, refused",
    "leave": "leaving the country",
    "leave_refused": "leaving, refused",
    "return": "returning",
    "rejoin": "rejoining",
    "join_plot": "joining a plot",
    "dismissed": "being dismissed",
    "punished": "being punished",
}


def act_title(act: str) -> str:
    """`resign` -> `Resigning`; an act not listed keeps its own name."""
    words = ACTS.get(act, act.replace("_", " "))
    return words[:1].upper() + words[1:]


def percent(value: object) -> str:
    """A probability: `12%`, below one percent `0.4%`. Never 0% or 100%: no run in the sample is not proof."""
    share = number(value)
    if share is None:
        return NONE
    if share <= 0:
        return "<1%"
    if share >= 1:
        return ">99%"
    if share < 0.001:
        return "<0.1%"
    if share < 0.0095:
        return f"{share * 100:.1f}%"
    return f"{share * 100:.0f}%" if share < 0.995 else ">99%"


def points(value: object) -> str:
    """A difference of probabilities in percentage points, signed."""
    share = number(value)
    if share is None:
        return NONE
    shown = round(share * 100, 1)
    return f"{_sign(shown)}{_shorter(abs(shown), 1)}"


def _sign(value: float) -> str:
    return "+" if value > 0 else "−" if value < 0 else "±"


def _shorter(value: float, decimals: int) -> str:
    """Fixed decimals without trailing zeros, thousands apart by a thin space."""
    shown = f"{value:,.{decimals}f}".replace(",", "\u202f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def plain(value: object) -> str:
    """A quantity to about three figures: `1 240`, `18.5`, `0.042`."""
    found = number(value)
    if found is None:
        return NONE
    size = abs(found)
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 else 3
    if 0 < size < 0.0005 or size >= 1e12:
        return f"{found:.1e}".replace("-", "−")
    return ("−" if found < 0 else "") + _shorter(size, decimals)


def decimals_for(reach: float) -> int:
    """Decimals that show differences up to `reach` to two figures, so that one column rounds alike."""
    return min(6, max(0, 1 - math.floor(math.log10(reach)))) if 0 < reach < math.inf else 0


def fixed(value: object, decimals: int) -> str:
    """A quantity with fixed decimals."""
    found = number(value)
    if found is None:
        return NONE
    shown = f"{abs(found):.{decimals}f}"
    return f"−{shown}" if found < 0 and float(shown) != 0 else shown


def difference(value: object, decimals: int, share: bool = False) -> str:
    """A signed difference with fixed decimals; of shares in percentage points."""
    found = number(value)
    if found is None:
        return NONE
    shown = f"{abs(found * 100 if share else found):.{decimals}f}"
    return ("" if float(shown) == 0 else "+" if found > 0 else "−") + shown


def count(value: object) -> str:
    """A count: whole numbers bare, means with one decimal."""
    found = number(value)
    if found is None or abs(found) >= 1e12:
        return plain(found)
    return _shorter(found, 0 if found == round(found) or found >= 100 else 1)


def between(low: object, high: object, shown: Callable[[object], str] = plain) -> str:
    """An interval, `2–9` or `12–19%`."""
    return between_text(shown(low), shown(high))


def between_text(low: str, high: str) -> str:
    """An interval of two texts: a shared percent sign is written once; `to` where a dash could be misread."""
    if NONE in (low, high) or low == high:
        return NONE if NONE in (low, high) else low
    if low.endswith("%") and high.endswith("%") and low[0] not in "<>" and high[0] not in "<>":
        low = low[:-1]
    return f"{low} to {high}" if set("−<>+±") & set(low + high) else f"{low}–{high}"


def likelihood(value: object) -> str:
    """The yardstick's words for a probability."""
    share = number(value)
    if share is None:
        return NONE
    return next((word for bound, word in YARDSTICK if share < bound), "almost certain")


def long_date(value: object) -> str:
    """`30 April 2022`; what is not a date is shown as it stands."""
    when = value if isinstance(value, date) else day(value)
    if when is None:
        return str(value) if value else NONE
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}{hour(when)}"


def short_date(value: object) -> str:
    """`30 Apr 2022`, held together: a year of two figures would read as a day."""
    when = value if isinstance(value, date) else day(value)
    if when is None:
        return str(value) if value else NONE
    return f"{when.day}\u00a0{month(when)}\u00a0{when.year}{hour(when)}"


def hour(when: date) -> str:
    """`, 18:00` behind a date that has an hour; nothing behind one that means its whole day."""
    return f",\u00a0{when:%H:%M}" if isinstance(when, datetime) else ""


def month(when: date) -> str:
    """`Apr`; our own list, because strftime follows the machine's language and the page must repeat byte for byte."""
    return MONTHS[when.month - 1][:3]


def weeks(days: object) -> str:
    """A length of time: whole weeks where it is, else days."""
    found = number(days)
    if found is None:
        return NONE
    return f"{found / 7:.0f} weeks" if found % 7 == 0 else f"{found:.0f} days"


_DATE = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")


def held(words: object) -> str:
    """Text whose dates are not broken over two lines."""
    return _DATE.sub("\\1\u00a0\\2\u00a0\\3", str(words or ""))


def minus(words: str) -> str:
    """Text with a proper sign before negative numbers: `-0.26` but not `post-2014`."""
    return re.sub(r"(?<![\w-])-(?=\d)", "−", words)


def capital(words: object) -> str:
    """The first letter large, the rest as it stands."""
    found = str(words or "")
    return found[:1].upper() + found[1:]


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def base_percent(value: object) -> str:
    """A base rate: a record or a stated number, not a sample, so that nothing is 0%."""
    return "0%" if number(value) == 0 else percent(value)
