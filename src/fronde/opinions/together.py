"""What the rival theories say of a case, side by side: who speaks, who agrees, where Fronde differs and why.

`opinions(view, fronde)` gives one verdict per question, holding one row per theory; `table(verdicts)` is the
same, flattened for printing. Nothing is averaged: no score has earned a theory a weight. Theories that cannot
speak to a question say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fronde.opinions.answers import ANSWERS
from fronde.opinions.view import QUESTION_TEXT, CaseView, Opinion, Question, Theory, silent

CLOSE = {Question.POLICY: 0.1}  # what counts as the same answer; elsewhere SAME
SAME = 0.05

# Why a theory says nothing, where it does not: by theory, with exceptions by question.
SILENCE = {
    Theory.THRESHOLDS: "knows only who joins whom, not policies, purges or dates",
    Theory.PRIVATE_GAME: "one attack at one moment: no policies, no purges, no dates, no spreading",
    Theory.PUBLIC_GAME: "one attack at one moment: no policies, no purges, no dates, no spreading",
    Theory.COALITION: "knows only powers: nobody has a position, a grievance or a calendar",
    Theory.BARGAINING: "actors bargain over policy and stay: no dissent, purges or coups",
    Theory.EXPECTED_UTILITY: "actors bargain over policy and stay: no dissent, purges or coups",
    Theory.VIOLENCE: "crowds and police on a grid, not an elite; shown for what rounding and order can do",
    Theory.BASE_RATE: "counts coups of past regimes and nothing else",
}

# What a theory leaves out that Fronde has: the first places to look for the reason of a difference.
LEFT_OUT = {
    Theory.THRESHOLDS: "fear, exit, dated acts and what each can really see",
    Theory.PRIVATE_GAME: "repeated acts, exit, repression that answers, and who is tied to whom",
    Theory.PUBLIC_GAME: "repeated acts, exit, repression that answers, and who is tied to whom",
    Theory.COALITION: "positions, grievance, dates, and the cost of a purge",
    Theory.BARGAINING: "the leader's own will, what he gets to hear, and repression",
    Theory.EXPECTED_UTILITY: "the leader's own will, what he gets to hear, and repression",
    Theory.BASE_RATE: "everything particular to the case; Fronde starts from it, within a bounded factor",
}


@dataclass(frozen=True)
class Verdict:
    """All theories on one question; `agreement` and `differs` are sentences, `fronde` its own number."""

    question: Question
    text: str
    opinions: tuple[Opinion, ...]
    agreement: str
    fronde: float | None
    differs: tuple[str, ...]


def opinions(view: CaseView, fronde: Mapping[str, float] | None = None) -> list[Verdict]:
    """Every theory on every question; `fronde` maps question ids to its own answers in that unit."""
    own = dict(fronde or {})
    unknown = set(own) - {q.value for q in Question}
    if unknown:
        raise KeyError(f"unknown questions {sorted(unknown)}; there are {[q.value for q in Question]}")
    return [_verdict(view, question, own.get(question.value)) for question in Question]


def _verdict(view: CaseView, question: Question, own: float | None) -> Verdict:
    rows = tuple(_opinion(view, question, theory) for theory in Theory)
    differs = () if own is None else tuple(_difference(question, row, own) for row in rows if row.speaks)
    return Verdict(question, QUESTION_TEXT[question], rows, _agreement(question, rows), own, differs)


def _opinion(view: CaseView, question: Question, theory: Theory) -> Opinion:
    answer = ANSWERS.get((question, theory))
    return silent(question, theory, SILENCE[theory]) if answer is None else answer(view)


def _agreement(question: Question, rows: tuple[Opinion, ...]) -> str:
    speaking = [row for row in rows if row.speaks]
    if len(speaking) == 1:
        return f"only {speaking[0].theory.value} speaks"
    undecided = [row.theory.value for row in speaking if row.value is None]
    decided = sorted((row.value, row.theory.value) for row in speaking if row.value is not None)
    said = []
    if len(decided) > 1:
        (low, lowest), (high, highest) = decided[0], decided[-1]
        if high - low <= CLOSE.get(question, SAME):
            said.append(f"those that commit themselves agree: {low:.2f} to {high:.2f}")
        else:
            said.append(f"they disagree: {low:.2f} ({lowest}) to {high:.2f} ({highest})")
    if undecided:
        said.append(f"{', '.join(undecided)} allows more than one outcome")
    return "; ".join(said)


def _difference(question: Question, row: Opinion, own: float) -> str:
    """Whether Fronde's number is this theory's or in its range, else what the theory leaves out."""
    inside = row.low is not None and row.high is not None and row.low <= own <= row.high
    if row.value is not None and abs(own - row.value) <= CLOSE.get(question, SAME):
        return f"{row.theory.value}: same answer ({own:.2f} against {row.value:.2f})"
    against = "no single answer" if row.value is None else f"{row.value:.2f}"
    if inside:
        against = f"{against}, inside its range {row.low:.2f} to {row.high:.2f}"
    return f"{row.theory.value}: {own:.2f} against {against}; it leaves out {LEFT_OUT[row.theory]}"


def table(verdicts: list[Verdict]) -> list[dict[str, Any]]:
    """One plain row per question and theory, then one for what they say together; ready for JSON."""
    rows: list[dict[str, Any]] = []
    for verdict in verdicts:
        for o in verdict.opinions:
            rows.append(
                {
                    "question": verdict.question.value,
                    "text": verdict.text,
                    "theory": o.theory.value,
                    "speaks": o.speaks,
                    "answer": o.answer,
                    "value": o.value,
                    "low": o.low,
                    "high": o.high,
                    "assumptions": list(o.assumptions),
                    "source": o.source,
                }
            )
        rows.append(
            {
                "question": verdict.question.value,
                "text": verdict.text,
                "theory": "together",
                "speaks": True,
                "answer": verdict.agreement,
                "value": None,
                "fronde": verdict.fronde,
                "differs": list(verdict.differs),
            }
        )
    return rows
