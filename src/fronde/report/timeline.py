"""Sections over time: counts by group, fortunes, the leader's options, what the leader hears."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from fronde.report.courses import Course, twin_rows
from fronde.report.figures import (
    fans_data,
    fig_fans,
    fig_fortunes,
    fig_leader,
    fig_regime,
    focal_numbers,
    fortunes_data,
    leader_data,
    quiet,
    rare,
    regime_data,
)
from fronde.report.frame import Section, key, section
from fronde.report.html import Html, el, join
from fronde.report.panel import WIDE
from fronde.report.read import day
from fronde.report.tables import Column, missing, small_multiples, twin
from fronde.report.words import act_title, base_percent, count, long_date, percent, plain, short_date

BANDS = (("b50", "50% band"), ("b90", "90% band"), ("median", "median"))


def fans(summary: Mapping[str, Any]) -> Section:
    """Fan charts of cumulative counts, one row of small multiples per act."""
    found = fans_data(summary)
    title = "How many, over time"
    if not found:
        return section("fans", title, "Over time", "", missing())
    as_of = day(summary.get("as_of"))
    lead = (
        "Cumulative number of people since the shock. Bands hold the true number, the step line what was reported; "
        f"the dashed rule stands at {long_date(as_of)}. One vertical scale per act."
    )
    parts = [_fan_row(act, courses, as_of) for act, courses in found.items()]
    return section("fans", title, "Over time", lead, key(*BANDS, ("observed", "reported")), *parts)


def _fan_row(act: str, courses: list[tuple[Course, int]], as_of: date | None) -> Html:
    """The small multiples of one act; groups where nothing happens are named, not drawn."""
    drawn = [pair for pair in courses if not quiet(pair[0])] or courses
    left = [read.title for read, _ in courses if all(read is not other for other, _ in drawn)]
    rest = el("p", f"None reported and none within the 90% interval: {'; '.join(left)}.", class_="note") if left else ""
    numbers = _twin([read for read, _ in courses], as_of, count, act_title(act))
    return el("div", el("h3", act_title(act)), small_multiples(fig_fans(drawn, act, as_of), numbers), rest)


def fortunes(summary: Mapping[str, Any]) -> Section:
    """Fortunes by group."""
    found, without = fortunes_data(summary)
    title = "Fortunes"
    if not found:
        return section("fortunes", title, title, "", missing())
    as_of = day(summary.get("as_of"))
    lead = "Total fortune of each group in billions of US dollars. Each group has its own vertical scale, from zero."
    rest = el("p", f"Next to no fortunes are modelled for: {', '.join(without)}.", class_="note") if without else ""
    made = small_multiples(fig_fortunes(found, as_of), _twin([read for read, _ in found], as_of, plain, title))
    return section("fortunes", title, title, lead, key(*BANDS, ("observed", "published")), made, rest)


def leader(summary: Mapping[str, Any]) -> Section:
    """The leader's options with base rates and focal dates."""
    found = leader_data(summary)
    title = "What the leader may do"
    if not found:
        return section("leader", title, "The leader", "", missing())
    as_of = day(summary.get("as_of"))
    order = focal_numbers(found)
    lead = "Probability that it has happened by each date, on one scale; dashed: its base rate."
    if any(rare(option) for option in found) and not all(rare(option) for option in found):
        lead += " Options that stay below 5% share a scale of their own."
    marks = (
        el(
            "p",
            "Focal dates: ",
            join((_focal(place, when, words) for place, (when, words) in enumerate(order, start=1)), "; "),
            ".",
            class_="note",
        )
        if order
        else ""
    )
    columns = (
        Column("Option"),
        Column("Date", "number"),
        Column("Probability", "number"),
        Column("Base rate", "number"),
    )
    body = [row for option in found for row in _option_rows(option)]
    made = small_multiples(fig_leader(found, as_of), twin(columns, body, f"{title}: selected dates"), frame=WIDE)
    return section("leader", title, "The leader", lead, key(("median", "forecast"), ("base", "base rate")), made, marks)


def _focal(place: int, when: date, words: str) -> Html:
    return join((el("b", place), f" {words}, {long_date(when)}"))


def _option_rows(option: dict[str, Any]) -> list[tuple[object, ...]]:
    size = len(option["dates"])
    places = sorted(set(range(size - 1, -1, -max(1, size // 6))))
    return [
        (
            option["title"],
            short_date(option["dates"][place]),
            percent(option["p"][place]),
            base_percent(option["base"][place]),
        )
        for place in places
    ]


def regime(summary: Mapping[str, Any]) -> Section:
    """Regime series, with what the leader hears against what is."""
    found = regime_data(summary)
    title = "What the leader hears, and what is"
    if not found:
        return section("regime", title, "Heard and true", "", missing())
    as_of = day(summary.get("as_of"))
    lead = (
        "State of the regime in the model: median with 50 and 90% bands. Where two series share a panel the second "
        "is dashed and red; dots are published measurements."
    )
    courses = [read for _, first, second in found for read in (first, second) if read is not None and read.dates]
    made = small_multiples(fig_regime(found, as_of), _twin(courses, as_of, plain, title), frame=WIDE)
    return section(
        "regime", title, "Heard and true", lead, key(*BANDS, ("second", "second series"), ("poll", "measured")), made
    )


def _twin(courses: list[Course], as_of: date | None, shown: Callable[[object], str], title: str) -> Html:
    columns = (
        Column("Series"),
        Column("Date", "number"),
        Column("Reported", "number"),
        Column("Median", "number"),
        Column("50%", "number"),
        Column("90%", "number"),
    )
    body = [(read.title, *row) for read in courses for row in twin_rows(read, as_of, shown)]
    return twin(columns, body, f"{title}: selected dates")
