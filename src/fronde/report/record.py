"""The track record of a forecast that has been scored: misses first, who did how well, reliability with counts."""

from collections.abc import Mapping
from typing import Any

from fronde.report.frame import Section, section
from fronde.report.html import Html, el
from fronde.report.read import block, number, rows
from fronde.report.tables import Column, axis, bar, bar_scale, stacked
from fronde.report.words import fixed, percent

SHOWN = 10
Row = Mapping[str, Any]


def record(summary: Mapping[str, Any]) -> list[Section]:
    """One section if the run has a scorecard, none if nobody has looked yet."""
    card = block(summary, "scorecard")
    if not card:
        return []
    resolved, still = number(card.get("resolved")), number(card.get("open"))
    lead = (
        f"{fixed(resolved, 0)} statements resolved, {fixed(still, 0)} open, outcomes as known on "
        f"{card.get('known_by')}. Forecasts were frozen before outcomes were read. Log score and Brier: less is better."
    )
    done = [row for row in rows(card, "items") if number(row.get("log")) is not None]
    if not done:
        return [section("record", "What came of it", "Track record", lead)]
    parts = [_misses(done), _forecasters(card), *(_reliability(found) for found in rows(card, "reliability"))]
    return [section("record", "What came of it", "Track record", lead, *parts)]


def _misses(done: list[Row]) -> Html:
    columns = (
        Column("Statement"),
        Column("Said by"),
        Column("Said", "number"),
        Column("Came"),
        Column("Log", "number"),
    )
    shown = [row for row in done if row.get("forecaster") != "coin"][:SHOWN]
    body = [
        (row.get("text"), _who(row), percent(number(row.get("p"))), row.get("state"), fixed(number(row.get("log")), 2))
        for row in shown
    ]
    return el("figure", stacked(columns, body, "The worst surprises first"))


def _who(row: Row) -> object:
    return row.get("who") if row.get("forecaster") == "sources" else row.get("forecaster")


def _forecasters(card: Row) -> Html:
    columns = (Column("Forecaster"), Column("Statements", "number"), Column("Came", "number"), Column("Log", "number"),
               Column("Brier", "number"))  # fmt: skip
    body = [
        (row.get("forecaster"), fixed(number(row.get("n")), 0), fixed(number(row.get("came")), 0),
         fixed(number(row.get("log")), 3), fixed(number(row.get("brier")), 3))
        for row in rows(card, "forecasters")
    ]  # fmt: skip
    return el("figure", stacked(columns, body, "Mean scores by forecaster; not all answered the same statements"))


def _reliability(found: Row) -> Html:
    """Bar: 90% interval of the observed share; tick: observed; accent tick: what was said."""
    scale = bar_scale(0.0, 1.0)
    columns = (Column("Said", "number"), Column("Came of all", "number"), Column(axis("0%", "100%")))
    body = []
    for each in rows(found, "bins"):
        p, share, low, high = (number(each.get(key)) for key in ("p", "observed", "low", "high"))
        drawn = bar(scale, (low or 0.0, high or 0.0), middle=share, base=p)
        body.append((percent(p), f"{fixed(number(each.get('came')), 0)} of {fixed(number(each.get('n')), 0)}", drawn))
    parts = block(found, "murphy")
    words = ", ".join(f"{name} {fixed(number(parts.get(name)), 3)}" for name in parts)
    return el("figure", stacked(columns, body, f"Reliability: {found.get('forecaster')} ({words})"))
