"""The track record of a forecast that has been scored: misses first, who did how well, reliability with counts."""

from collections.abc import Mapping
from typing import Any

from fronde.report.frame import Section, section
from fronde.report.html import Html, el
from fronde.report.read import block, number, pair, rows
from fronde.report.reliability import bins_of, diagram
from fronde.report.tables import Column, stacked, twin
from fronde.report.words import NONE, base_percent, fixed, percent

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
    parts = [_misses(done), _forecasters(card), _reliability(card), *_counts(card), *_base_rates(card)]
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
               Column("90%", "number"), Column("Brier", "number"))  # fmt: skip
    body = [
        (row.get("forecaster"), fixed(number(row.get("n")), 0), fixed(number(row.get("came")), 0),
         fixed(number(row.get("log")), 3), _interval(row.get("log90"), 3), fixed(number(row.get("brier")), 3))
        for row in rows(card, "forecasters")
    ]  # fmt: skip
    return el("figure", stacked(columns, body, "Mean scores by forecaster; not all answered the same statements"))


def _interval(value: object, decimals: int) -> str:
    ends = pair(value)
    return NONE if ends is None else f"{fixed(ends[0], decimals)}–{fixed(ends[1], decimals)}"


def _reliability(card: Row) -> Html:
    """A diagram for each forecaster that said more than one thing, its numbers as a table."""
    found = [each for each in rows(card, "reliability") if len(bins_of(each)) > 1]
    panels = [
        el("div", el("p", each.get("forecaster"), class_="title"), el("p", _murphy(each), class_="note"), diagram(each),
           class_="panel")
        for each in found
    ]  # fmt: skip
    columns = (Column("Forecaster"), Column("Said", "number"), Column("Came", "number"), Column("90%", "number"))
    body = [
        (each.get("forecaster"), percent(row["said"]), f"{row['hits']:.0f} of {row['n']:.0f}",
         f"{percent(row['low'])}–{percent(row['high'])}")
        for each in rows(card, "reliability") for row in bins_of(each)
    ]  # fmt: skip
    lead = (
        "Reliability: what was said across, the share that came upwards. Area and number: statements in a bin; "
        "line: 90% interval of the share; dashed: perfect."
    )
    shown = (el("p", lead, class_="note"), el("div", *panels, class_="panels")) if panels else ()
    return el("figure", *shown, twin(columns, body, "Reliability by forecaster"))


def _murphy(found: Row) -> str:
    parts = block(found, "murphy")
    return ", ".join(f"{name} {fixed(number(parts.get(name)), 3)}" for name in parts)


def _counts(card: Row) -> list[Html]:
    """How well counts were forecast, by forecaster, where others said something."""
    columns = (Column("Forecaster"), Column("Counts", "number"), Column("CRPS", "number"), Column("In 50%", "number"),
               Column("In 90%", "number"))  # fmt: skip
    body = [
        (row.get("forecaster"), fixed(number(row.get("n")), 0), fixed(number(row.get("crps")), 2),
         percent(number(row.get("in50"))), percent(number(row.get("in90"))))
        for row in rows(card, "standings")
    ]  # fmt: skip
    title = "Counts of all groups: CRPS in acts, less is better, and how many lay inside the intervals"
    return [el("figure", stacked(columns, body, title))] if body else []


def _base_rates(card: Row) -> list[Html]:
    """Base rates of the leader's fall and of coup attempts, and by how much the forecast departs from them."""
    columns = (Column("Case"), Column("Event"), Column("A year", "number"), Column("90%", "number"),
               Column("Forecast departs by", "number"))  # fmt: skip
    body = [
        (case.get("case"), event, base_percent(rate.get("annual")), _percents(rate.get("annual90")), _factor(rate))
        for case in rows(card, "cases") for event, rate in block(case, "base_rates").items()
    ]  # fmt: skip
    title = (
        "Base rates of such countries, and the factor by which the forecast's hazard departs from them: "
        "at most 8 either way, near 1 where the window is too short for runs to tell"
    )
    return [el("figure", stacked(columns, body, title))] if body else []


def _percents(value: object) -> str:
    ends = pair(value)
    return NONE if ends is None else f"{base_percent(ends[0])}–{base_percent(ends[1])}"


def _factor(rate: Row) -> str:
    found = number(rate.get("multiplier"))
    if found is None:
        return NONE
    return f"{fixed(found, 2)}{' (bound)' if rate.get('at_bound') else '' if rate.get('resolved') else ' (too short)'}"
