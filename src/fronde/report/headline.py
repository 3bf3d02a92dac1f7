"""The sentence that opens the report, composed from the numbers and from nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fronde.report.html import clean
from fronde.report.read import number, pair, rows
from fronde.report.words import between, likelihood, percent


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
    """The leading question with number, interval and base rate, and whether it stands clear of the base rate."""
    questions = rows(summary, "questions")
    chosen = leading(questions)
    if chosen is None:
        return None
    statement = clean(chosen.get("text") or chosen.get("id") or "").strip().rstrip(".")
    statement += "" if statement.endswith(("?", "!", ":")) else ":"
    share, base = chosen.get("p"), number(chosen.get("base_rate"))
    interval = pair(chosen.get("interval90"))
    ends = f", 90% interval {between(interval[0], interval[1], percent)}" if interval else ", without an interval"
    against = f", against a base rate of {percent(base)}" if base is not None else ", without a base rate to compare"
    return Headline(f"{statement} {percent(share)} ({likelihood(share)}){ends}{against}.", _worth(chosen, questions))


def _worth(chosen: Mapping[str, Any], questions: list[Mapping[str, Any]]) -> str:
    known = [question for question in questions if number(question.get("p")) is not None]
    clear = sum(clears(question) for question in known)
    if number(chosen.get("base_rate")) is None or pair(chosen.get("interval90")) is None:
        return "How far the evidence moves this number cannot be said without both an interval and a base rate."
    if not clears(chosen):
        every = ", as on every question of this case that has one" if len(known) > 1 else ""
        return f"The 90% interval includes the base rate{every}: the evidence does not set the forecast apart from it."
    if len(known) == 1:
        return "The base rate lies outside the 90% interval."
    where = f"on {clear} of the {len(known)} questions" if clear > 1 else f"on this question alone of {len(known)}"
    return f"The base rate lies outside the 90% interval, {where} of the case."
