"""The sentences that open the report, composed from the numbers and from nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fronde.report.html import clean
from fronde.report.read import number, pair, rows
from fronde.report.words import MONTHS, base_percent, between, likelihood, percent

DATE = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}"
# Forms of question that can be turned into a statement without knowing where the subject ends.
THERE = re.compile(r"(Is|Are) there (.+)\?")
DO = re.compile(r"Do (.+)\?")
PASSIVE = re.compile(rf"(Is|Are|Was|Were|Has|Have) (.+) (\w+ed) (by|before) ({DATE})\?")
DENIED = re.compile(r"\b(not|never|no|nobody|none|neither|you|we|they|I)\b")
# First words that are written small inside a sentence; a name would be spoilt.
SMALL = re.compile(r"(?:A|An|The|There|It|At|More|Fewer|No|Some|Any|One|Two|Three|Four|Five|Six|Seven|Eight|Ten)\b")


@dataclass(frozen=True)
class Headline:
    """The finding and what it is worth."""

    finding: str
    worth: str


def clears(question: Mapping[str, Any]) -> bool:
    """Whether the base rate lies outside the 90% interval."""
    interval, base = pair(question.get("interval90")), number(question.get("base_rate"))
    return interval is not None and base is not None and not interval[0] <= base <= interval[1]


def leading(questions: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The first question that has a number: a case asks what matters most first."""
    return next((question for question in questions if number(question.get("p")) is not None), None)


def headline(summary: Mapping[str, Any]) -> Headline | None:
    """The leading question with number, interval and base rate; then how far the evidence carries."""
    questions = rows(summary, "questions")
    chosen = leading(questions)
    if chosen is None:
        return None
    patterns = _patterns(summary)
    worth = "; ".join(part for part in (_worth(chosen, questions), patterns) if part)
    return Headline(_finding(chosen), f"{worth}.")


def statement(text: str) -> str | None:
    """A text as it reads after `that`: `Is X announced by D?` -> `X is announced by D`; None where unsafe."""
    words = text.strip().rstrip(".")
    if not words.endswith("?"):
        return words[:1].lower() + words[1:] if SMALL.match(words) and not re.search(r"[.!?:;]", words) else None
    if DENIED.search(words) or re.search(r"[.!?:;]", words[:-1]):
        return None
    if found := THERE.fullmatch(words):
        return f"there {found[1].lower()} {found[2]}"
    if found := PASSIVE.fullmatch(words):
        auxiliary, subject, *rest = found.groups()
        # A second word in -ed may be the verb of another clause.
        return None if re.search(r"\w+ed\b", subject) else " ".join((subject, auxiliary.lower(), *rest))
    found = DO.fullmatch(words)
    return found[1] if found else None


def _finding(chosen: Mapping[str, Any]) -> str:
    text = clean(chosen.get("text") or chosen.get("id") or "").strip()
    share, base, interval = chosen.get("p"), number(chosen.get("base_rate")), pair(chosen.get("interval90"))
    ends = f"90% interval {between(interval[0], interval[1], percent)}" if interval else "without an interval"
    against = f"base rate {base_percent(base)}" if base is not None else "without a base rate to compare"
    said = statement(text)
    if said is not None:
        return f"There is {_chance(share)} that {said} ({ends}; {against})."
    asked = text.rstrip(".")
    asked += "" if asked.endswith(("?", "!", ":")) else ":"
    return f"{asked} {percent(share)} ({likelihood(share)}), {ends}, {against}."


def _chance(share: object) -> str:
    shown = percent(share)
    if shown[0] in "<>":
        return f"a chance {'below' if shown[0] == '<' else 'above'} {shown[1:]}"
    return f"{'an' if shown.startswith('8') or shown in ('11%', '18%') else 'a'} {shown} chance"


def _worth(chosen: Mapping[str, Any], questions: list[Mapping[str, Any]]) -> str:
    """What the evidence sets apart from the base rates, and what it does not; without the full stop."""
    if number(chosen.get("base_rate")) is None or pair(chosen.get("interval90")) is None:
        return "How far the evidence moves this number cannot be said without both an interval and a base rate"
    known = [row for row in questions if None not in (number(row.get("p")), number(row.get("base_rate")))]
    known = [row for row in known if pair(row.get("interval90")) is not None]
    clear = [row for row in known if clears(row)]
    if not clears(chosen):
        own = "The evidence does not set this number apart from its base rate"
        if len(known) == 1:
            return own
        of = f"of the {len(known)} questions of the case"
        return f"{own}, but does so on {len(clear)} {of}{_side(clear)}" if clear else f"{own}, nor any other {of}"
    if len(known) == 1:
        return "The evidence sets this number apart from its base rate"
    where = f"as on {len(clear) - 1} more" if len(clear) > 1 else "but on no other"
    return f"The evidence sets this number apart from its base rate, {where} of the {len(known)} questions of the case"


def _side(clear: list[Mapping[str, Any]]) -> str:
    """On which side of the base rates the forecasts stand that are clear of them."""
    above = sum((number(row.get("p")) or 0.0) > (number(row.get("base_rate")) or 0.0) for row in clear)
    if len(clear) == 1:
        return f", {'above' if above else 'below'} it"
    ends = {0: ", each time below it", len(clear): ", each time above it"}
    return ends.get(above, f", above it on {above} and below it on {len(clear) - above}")


def _patterns(summary: Mapping[str, Any]) -> str:
    found = rows(summary, "patterns")
    held = sum(row.get("holds") is True for row in found)
    return f"{held} of {len(found)} reported patterns hold in the calibrated model" if found else ""
