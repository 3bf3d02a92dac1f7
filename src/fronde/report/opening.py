"""How the report opens: title, the finding with its number, and the questions of the case."""

from collections.abc import Mapping
from typing import Any

from fronde.report.frame import Section, key, section
from fronde.report.headline import clears, headline
from fronde.report.html import Html, el, join
from fronde.report.read import block, number, pair, rows
from fronde.report.tables import Column, axis, bar, bar_scale, missing, stacked
from fronde.report.words import NONE, base_percent, between, held, likelihood, long_date, percent, weeks


def masthead(summary: Mapping[str, Any]) -> Html:
    """One quiet line of provenance, the title, and the finding."""
    title = summary.get("title") or summary.get("case") or "Forecast"
    return el("header", el("p", "Fronde", class_="brand"), _provenance(summary), el("h1", held(title)), _lede(summary))


def _provenance(summary: Mapping[str, Any]) -> Html:
    """Run, dates, size of the run and seed, as far as they are known."""
    manifest = block(summary, "manifest")
    seed, quick = manifest.get("seed"), summary.get("quick")
    known = [
        ("run ", summary.get("run")),
        ("as of ", held(long_date(summary["as_of"])) if summary.get("as_of") else None),
        (
            "evidence known by ",
            held(long_date(manifest["evidence_vintage"])) if manifest.get("evidence_vintage") else None,
        ),
        ("", f"{weeks(summary.get('horizon_days'))} ahead" if number(summary.get("horizon_days")) else None),
        ("", {True: "quick run, rough tails", False: "full run"}.get(quick) if isinstance(quick, bool) else None),
        ("seed ", None if number(seed) is None and not isinstance(seed, str) else seed),
    ]
    return el("ul", *(el("li", words, value) for words, value in known if value not in (None, "")), class_="provenance")


def _lede(summary: Mapping[str, Any]) -> Html:
    found = headline(summary)
    if found is None:
        return el("p", "No question of this case was computed in this run.", class_="lede")
    finding = held(found.finding).replace("–", "–\u2060")  # an interval is not broken over two lines
    return el("div", el("p", finding, class_="lede"), el("p", found.worth, class_="worth"))


def questions(summary: Mapping[str, Any]) -> Section:
    """Every question: probability, words, 50 and 90% interval, base rate and where that comes from."""
    found = rows(summary, "questions")
    lead = (
        "Probability that it comes true, with the 50 and 90% interval of that probability over the draws of the "
        "posterior. The base rate is what one would say without the evidence of this case."
    )
    marks = key(("b50", "50% interval"), ("b90", "90% interval"), ("tick", "forecast"), ("tick base", "base rate"))
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
    return section("questions", "The questions", "Questions", lead, marks, el("figure", made), _base_notes(found))


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
        held(row.get("text") or row.get("id")),
        el("b", percent(share)),
        likelihood(share),
        drawn,
        _interval(half),
        _interval(most),
        f"{clear}{base_percent(base)}",
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
