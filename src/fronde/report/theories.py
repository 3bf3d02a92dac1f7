"""What other theories say: each rival theory's answer beside Fronde's own number, never averaged."""

import re
from collections.abc import Mapping
from typing import Any

from fronde.report.frame import Section, key, section
from fronde.report.html import Html, el, join
from fronde.report.read import items, number, rows
from fronde.report.tables import Column, axis, bar, bar_scale, missing, stacked
from fronde.report.words import NONE, between_text, capital, fixed, listed, minus, percent

TOGETHER = "together"  # the row that says what all theories say side by side
ANCHOR, TITLE = "theories", "What other theories say"
UNIT = re.compile(r"(.*\S) \(([^()]*)\)", re.DOTALL)
SHARES = ("share", "probability")  # a unit that begins so is shown in percent, anything else as a position
Row = Mapping[str, Any]


def opinions_data(summary: Mapping[str, Any]) -> dict[str, list[Row]]:
    """Rows by question, in the order of the summary."""
    found: dict[str, list[Row]] = {}
    for row in rows(summary, "opinions"):
        found.setdefault(str(row.get("question") or ""), []).append(row)
    return found


def theories(summary: Mapping[str, Any]) -> Section:
    """One compact table per question; theories that cannot speak share a line."""
    found = opinions_data(summary)
    if not found:
        return section(ANCHOR, TITLE, "Other theories", "", missing())
    lead = (
        "Published theories of elites and coups, asked about the same case on the same day. Tick: the answer; bar: its "
        "range under other choices of what the theory leaves open. Nothing is averaged: no record yet says which "
        "theory deserves more weight."
    )
    marks = key(("tick", "answer"), ("b90", "its range"))
    return section(ANCHOR, TITLE, "Other theories", lead, marks, *(_question(asked) for asked in found.values()))


def asked_in(text: object) -> tuple[str, str]:
    """`Will it hold? (probability)` -> the question and the unit of its answers."""
    words = str(text or "")
    parts = UNIT.fullmatch(words)
    return (words, "") if parts is None else (parts[1], parts[2])


def _question(asked: list[Row]) -> Html:
    title, unit = asked_in(asked[0].get("text") or asked[0].get("question"))
    together: Row = next((row for row in asked if row.get("theory") == TOGETHER), {})
    own = number(together.get("fronde"))
    alone = [row for row in asked if row is not together]
    speaking = [row for row in alone if row.get("speaks") is True]
    share = unit.startswith(SHARES)
    low = 0.0 if share else min([-1.0, *_ends(speaking, own)])
    high = max([1.0, *_ends(speaking, own)])
    shown = theory_number if share else _position
    columns = (
        Column("Theory"),
        Column("Answer"),
        Column(axis(shown(low), shown(high), "" if share else "0"), "bar"),
        Column("Number", "number"),
        Column("Range", "number"),
    )
    body = [] if own is None else [_ours(own, share, low, high)]
    body += [_theory(row, together, share, low, high) for row in speaking]
    agreement = together.get("answer")
    return el(
        "div",
        el("h3", title, el("span", minus(unit), class_="small") if unit else ""),
        el("p", capital(minus(str(agreement))), ".", class_="note") if agreement else "",
        el("figure", stacked(columns, body, f"{title}: answer of each theory")) if body else "",
        _silent([row for row in alone if row.get("speaks") is not True]),
        _assumptions(speaking),
        class_="theory",
    )


def _ends(speaking: list[Row], own: float | None) -> list[float]:
    found = [number(row.get(name)) for row in speaking for name in ("value", "low", "high")]
    return [value for value in (*found, own) if value is not None and abs(value) < 1e6]


def _ours(own: float, share: bool, low: float, high: float) -> tuple[object, ...]:
    drawn = bar(bar_scale(low, high), None, None, own)
    shown = percent(own) if share else _position(own)
    return el("b", "Fronde", class_="ours"), "this report's own number", drawn, el("b", shown, class_="ours"), NONE


def _theory(row: Row, together: Row, share: bool, low: float, high: float) -> tuple[object, ...]:
    value, least, most = (number(row.get(name)) for name in ("value", "low", "high"))
    ends = None if least is None or most is None or least == most else (least, most)
    shown = theory_number if share else _position
    against = _against(str(row.get("theory")), together)
    answer = join((minus(str(row.get("answer") or NONE)), el("div", against, class_="small") if against else ""))
    drawn = bar(bar_scale(low, high), ends, None, value)
    spread = NONE if ends is None else between_text(shown(ends[0]), shown(ends[1]))
    return capital(row.get("theory")), answer, drawn, shown(value), spread


def _against(theory: str, together: Row) -> str:
    """How Fronde's number stands to this theory's, in the words of the comparison."""
    said = [str(line) for line in items(together, "differs")]
    found = next((line.removeprefix(f"{theory}: ") for line in said if line.startswith(f"{theory}: ")), "")
    return f"Fronde: {minus(found)}" if found else ""


def theory_number(value: object) -> str:
    """A share as a theory gives it: a theory may well say never or certainly."""
    found = number(value)
    return NONE if found is None else f"{found * 100:.1f}".removesuffix(".0") + "%"


def _position(value: object) -> str:
    return fixed(value, 2)


def _silent(rows_: list[Row]) -> Html:
    """One line of names; the reasons open below it."""
    if not rows_:
        return join(())
    reasons: dict[str, list[str]] = {}
    for row in rows_:
        reasons.setdefault(str(row.get("answer") or ""), []).append(str(row.get("theory") or ""))
    told = (el("li", capital(listed(names)), f": {why}" if why else "") for why, names in reasons.items())
    names = ", ".join(str(row.get("theory") or "") for row in rows_)
    return el("details", el("summary", el("span", f"silent: {names}")), el("ul", *told), class_="silent")


def _assumptions(speaking: list[Row]) -> Html:
    told = [
        el("li", el("b", capital(row.get("theory"))), ": ", "; ".join(map(minus, map(str, given))), *_source(row))
        for row in speaking
        if (given := items(row, "assumptions")) or row.get("source")
    ]
    return el("details", el("summary", "Assumptions and sources"), el("ul", *told)) if told else join(())


def _source(row: Row) -> tuple[object, ...]:
    return (" (", el("code", row["source"]), ")") if row.get("source") else ()
