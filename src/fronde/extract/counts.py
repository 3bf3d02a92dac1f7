# ruff: noqa: E501  patterns are read whole, not wrapped
"""How many: a number of people or acts with its bound, as an interval and a word of the codebook."""

import re
from dataclasses import dataclass
from typing import Final

from fronde.evidence.codebook import Qualifier


@dataclass(frozen=True, slots=True)
class Count:
    """`low` and `high` are inclusive bounds, None where the text gives none."""

    qualifier: Qualifier
    low: float | None
    high: float | None
    start: int
    end: int


_UNITS: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_ORDINALS: Final = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|(?:(?:"
    + "|".join(_TENS)
    + r")(?:-(?:"
    + "|".join(_UNITS[1:10])
    + r"))?)|"
    + "|".join(_UNITS[2:])
    + r"|half a dozen|a dozen|two dozen|a couple of|a pair of|a hundred|a handful|dozens|scores|hundreds|thousands)(?:\s(?:dozen|hundred|thousand|million))?"
)
_NOT_PEOPLE = (
    r"(?!\s?(?:%|per ?cent|percent|percentage|billion|bn|million|trillion|years?|months?|weeks?|days?|hours?|minutes?|kilomet|km|miles|crowns|dollars|"
    r"pounds|euros|roubles|rubles|o'clock|degrees|times|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_BOUND: Final[tuple[tuple[str, str], ...]] = (
    ("at_least", r"at least(?: the)?|no fewer than|no less than|not less than|a minimum of|not fewer than"),
    ("more_than", r"more than|over|upwards of"),
    ("at_most", r"at most|up to|no more than|as many as"),
    ("fewer_than", r"fewer than|less than|under"),
    ("about", r"about|around|some|roughly|nearly|almost|approximately|an estimated|close to"),
)
_COUNTED = re.compile(
    r"(?<![\w$£€.,-])(?:(?P<bound>"
    + "|".join(p for _, p in _BOUND)
    + r")\s+[\"“'‘]?)?(?P<number>"
    + _NUMBER
    + r")(?P<orso> or so)?[\"”'’]?"
    + _NOT_PEOPLE
    + r"(?=\s+(?:of\b|more\b|other\b|former\b|senior\b|[a-z-]+(?:\s[a-z-]+){0,3}?s\b|(?:[a-z-]+\s){0,3}(?:people|\w*men|police|families)\b|go\b))",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:(?P<bound>at least) )?the (?P<number>" + "|".join(_ORDINALS[1:]) + r"|\d+(?:st|nd|rd|th)) (?=[a-z]+)",
    re.IGNORECASE,
)
_VAGUE: Final = (
    (
        Qualifier.GROWING,
        re.compile(
            r"\b(?:a (?:growing|rising|increasing) number of|more and more|ever more|increasingly many)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Qualifier.MOST,
        re.compile(
            r"(?<!the )(?<!'s )(?<!’s )\b(?:most|a majority|the majority)(?= (?:of\b|[a-z-]+(?:\s[a-z-]+)?s\b|people))",
            re.IGNORECASE,
        ),
    ),
    (Qualifier.SEVERAL, re.compile(r"\b(?:several|a number of|multiple)\b", re.IGNORECASE)),
    (Qualifier.MANY, re.compile(r"\b(?:many|numerous|scores of|dozens of|hundreds of|a string of)\b", re.IGNORECASE)),
    (Qualifier.NONE, re.compile(r"\b(?:none of|not a single)\b", re.IGNORECASE)),
    (
        Qualifier.ALL,
        re.compile(r"\b(?:all of(?= (?:the|them|these))|everyone|everybody|all(?= [a-z]+s\b))", re.IGNORECASE),
    ),
    (
        Qualifier.SOME,
        re.compile(r"\b(?:some|a few|a handful of)(?= (?:of|[a-z-]+(?:\s[a-z-]+){0,2}?s\b))", re.IGNORECASE),
    ),
)
_LOWEST: Final = {Qualifier.SEVERAL: 3.0, Qualifier.MANY: None, Qualifier.SOME: None}


def counts(words: str) -> list[Count]:
    """Counts in a clause, in order; money, shares, ages and spans of time are no counts."""
    found = [_counted(m) for m in _COUNTED.finditer(words)]
    for m in _ORDINAL.finditer(words):
        value = _ordinal(m["number"])
        found.append(Count(Qualifier.AT_LEAST, value, None, m.start(), m.end()))
    for qualifier, pattern in _VAGUE:
        for m in pattern.finditer(words):
            found.append(Count(qualifier, _LOWEST.get(qualifier), None, m.start(), m.end()))
    return sorted(found, key=lambda c: (c.start, -c.end))


def _counted(m: re.Match[str]) -> Count:
    value = number(m["number"])
    bound = (m["bound"] or "").lower()
    kind = next((name for name, pattern in _BOUND if bound and re.fullmatch(pattern, bound)), "")
    if m["orso"] or kind == "about":
        return Count(Qualifier.ABOUT, value, value, m.start(), m.end())
    low, high, qualifier = {
        "": (value, value, Qualifier.EXACT),
        "at_least": (value, None, Qualifier.AT_LEAST),
        "more_than": (value + 1, None, Qualifier.AT_LEAST),
        "at_most": (None, value, Qualifier.AT_MOST),
        "fewer_than": (None, value - 1, Qualifier.AT_MOST),
    }[kind]
    if m["number"].lower() in ("dozens", "scores", "hundreds", "thousands", "a handful"):
        return Count(Qualifier.MANY, None, None, m.start(), m.end())
    return Count(qualifier, low, high, m.start(), m.end())


def _ordinal(word: str) -> float:
    low = word.lower()
    return float(_ORDINALS.index(low) + 1) if low in _ORDINALS else float(re.sub(r"\D", "", low))


def number(words: str) -> float:
    """Value of a number in digits or words; a dozen is 12."""
    low = words.lower().replace(",", "")
    total = 1.0
    for scale, factor in ((" dozen", 12.0), (" hundred", 100.0), (" thousand", 1000.0), (" million", 1e6)):
        if low.endswith(scale):
            low, total = low.removesuffix(scale), factor
    if low in ("a", "half a"):
        return total if low == "a" else total / 2
    if low in ("a couple of", "a pair of"):
        return 2.0
    if low in _UNITS:
        return _UNITS.index(low) * total
    if low[:1].isdigit():
        return float(low) * total
    head, _, tail = low.partition("-")
    if head in _TENS:
        return (_TENS[head] + (_UNITS.index(tail) if tail in _UNITS else 0)) * total
    return {"dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2000.0}.get(low, 1.0) * total
