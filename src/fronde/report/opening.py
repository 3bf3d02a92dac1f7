"""How the report opens: title, the finding with its number, and the questions of the case."""

from collections.abc import Mapping
from typing import Any

from fronde.report.frame import Section, section
from fronde.report.headline import clears, headline
from fronde.report.html import Html, el, join
from fronde.report.read import number, pair, rows
from fronde.report.tables import Column, axis, bar, bar_scale, missing, stacked
from fronde.report.words import NONE, between, likelihood, long_date, percent, weeks


def masthead(summary: Mapping[str, Any]) -> Html:
    """Title, dates, run, and the finding."""
    pills = [f"evidence to {long_date(summary.get('as_of'))}", f"{weeks(summary.get('horizon_days'))} ahead"]
    if summary.get("run"):
        pills.append(f"run {summary['run']}")
    chips = join(el("li", pill) for pill in pills)
    quick = el("li", "quick run: rough tails", class_="warn") if summary.get("quick") is True else ""
    title = summary.get("title") or summary.get("case") or "Forecast"
    return el(
        "header",
        el("p", "Fronde", class_="brand"),
        el("h1", title),
        el("ul", chips, quick, class_="pills"),
        _lede(summary),
    )


def _lede(summary: Mapping[str, Any]) -> Html:
    found = headline(summary)
    if found is None:
        return el("p", "No question of this case was computed in this run.", class_="lede")
    finding = found.finding.replace("–", "–\u2060")  # an interval is not broken over two lines
    return el("div", el("p", finding, class_="lede"), el("p", found.worth, class_="worth"))


def questions(summary: Mapping[str, Any]) -> Section:
    """Every question: probability, words, 50 and 90% interval, base rate and where that comes from."""
    found = rows(summary, "questions")
    lead = (
        "Probability that the statement comes true. Bar: 50% (dark) and 90% (light) interval of that probability "
        "over the draws of the posterior; black tick: the forecast; red tick: the base rate, what one would say "
        "without the evidence of this case."
    )
    if not found:
        return section("questions", "The questions", "Questions", "", missing())
    high = _top(found)
    columns = (
        Column("Question"),
        Column("Probability", "number"),
        Column("In words"),
        Column(axis("0%", f"{high * 100:.0f}%"), "bar"),
        Column("50%", "number"),
        Column("90%", "number"),
        Column("Base rate", "number"),
    )
    made = stacked(columns, [_question(row, high) for row in found], "Questions of the case")
    return section("questions", "The questions", "Questions", lead, el("figure", made), _base_notes(found))


def _top(found: list[Mapping[str, Any]]) -> float:
    """Right end of the bars: the largest end or base rate, up to the next tenth."""
    ends = [pair(row.get("interval90")) for row in found]
    values = [end[1] for end in ends if end] + [
        number(row.get(key)) or 0.0 for row in found for key in ("p", "base_rate")
    ]
    return (int(min(1.0, max(0.0, *values)) * 9.999) + 1) / 10


def _question(row: Mapping[str, Any], high: float) -> tuple[object, ...]:
    share, base = number(row.get("p")), number(row.get("base_rate"))
    half, most = pair(row.get("interval50")), pair(row.get("interval90"))
    drawn = bar(bar_scale(0.0, high), most, half, share, base)
    clear = "" if not clears(row) else "▲ " if (share or 0) > (base or 0) else "▼ "
    return (
        row.get("text") or row.get("id"),
        el("b", percent(share)),
        likelihood(share),
        drawn,
        _interval(half),
        _interval(most),
        f"{clear}{percent(base)}",
    )


def _interval(ends: tuple[float, float] | None) -> str:
    return NONE if ends is None else between(ends[0], ends[1], percent)


def _base_notes(found: list[Mapping[str, Any]]) -> Html:
    sources = [(row.get("text") or row.get("id"), row.get("base_rate_source")) for row in found]
    given = [el("li", text, ": ", source) for text, source in sources if source]
    note = el(
        "p",
        "▲ and ▼ mark forecasts whose 90% interval lies wholly above or below the base rate. Words follow "
        "the UK professional head of intelligence analysis yardstick.",
        class_="note",
    )
    if not given:
        return note
    return join((note, el("details", el("summary", "Where the base rates come from"), el("ul", *given))))
