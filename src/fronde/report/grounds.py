"""What the forecast rests on: origins of the evidence, assumptions, and what the sources themselves expect."""

from collections.abc import Mapping
from typing import Any

from fronde.report.frame import Section, key, key_figures, section
from fronde.report.html import Html, el
from fronde.report.read import block, number, rows
from fronde.report.tables import Column, axis, bar, bar_scale, missing, stacked, twin
from fronde.report.words import (
    NONE,
    between_text,
    capital,
    count,
    difference,
    held,
    listed,
    long_date,
    percent,
    short_date,
)

THIN = 0.05  # effective share of the draws below which a number without an origin is not shown
Pull = tuple[Mapping[str, Any], Mapping[str, Any], float]


def pulls(summary: Mapping[str, Any]) -> list[Pull]:
    """(origin, question, difference made) by the size of the difference, largest first."""
    found = [
        (origin, row, with_ - without)
        for origin in rows(summary, "origins")
        if (effective := number(origin.get("effective"))) is None or effective >= THIN
        for row in rows(origin, "pull")
        for with_, without in [(number(row.get("with")), number(row.get("without")))]
        if with_ is not None and without is not None
    ]
    return sorted(found, key=lambda pull: -abs(pull[2]))


def grounds(summary: Mapping[str, Any]) -> Section:
    """Evidence in numbers, origins by their pull, assumptions by mechanism."""
    evidence, assumed = block(summary, "evidence"), block(summary, "assumptions")
    title = "What it rests on"
    found = pulls(summary)
    if not evidence and not assumed and not found:
        return section("grounds", title, title, "", missing())
    numbers: list[tuple[object, object]] = [
        (count(evidence.get("claims")), f"claims known on {long_date(evidence.get('vintage'))}"),
        (count(evidence.get("origins")), "independent origins; reprints count once"),
        (count(evidence.get("used")), "pieces of evidence that the model reads"),
        (f"{count(assumed.get('count'))} of {count(assumed.get('of'))}", "numbers that are assumptions"),
    ]
    more = ((evidence.get("events"), "dated acts of people in the record"), (evidence.get("polls"), "polls"))
    numbers[3:3] = [(count(value), words) for value, words in more if number(value) is not None]
    return section("grounds", title, title, "", key_figures(numbers), _origins(summary, found), _assumptions(assumed))


def untold(summary: Mapping[str, Any], found: list[Pull]) -> list[str]:
    """Labels of origins whose pull this calibration cannot tell, each once."""
    told = {id(origin) for origin, _, _ in found}
    left = (origin for origin in rows(summary, "origins") if id(origin) not in told)
    return list(dict.fromkeys(str(origin.get("label") or origin.get("id") or NONE) for origin in left))


def _together(labels: list[str]) -> str:
    """Labels in one line; what they share in front of a colon is said once."""
    found: dict[str, list[str]] = {}
    for label in labels:
        before, colon, after = label.partition(": ")
        found.setdefault(before if colon else "", []).append(after if colon else label)
    return "; ".join(f"{before}: {listed(names)}" if before else listed(names) for before, names in found.items())


def _origins(summary: Mapping[str, Any], found: list[Pull]) -> Html:
    head = el("h3", "Which origin pulls the forecast")
    left = untold(summary, found)
    rest = el("p", "Needs a new calibration to tell: ", _together(left), ".", class_="note") if left else ""
    if not found:
        return el("div", head, rest or missing())
    lead = el(
        "p",
        "For each origin the question that it moves most, in percentage points: without the origin the forecast would "
        "stand at the first number, with it at the second.",
        class_="note",
    )
    reach = max(abs(pull[2]) for pull in found) or 0.01
    titles = {str(row.get("id")): row.get("text") for row in rows(summary, "questions")}
    bars = (
        Column("Origin"),
        Column("Claims", "number"),
        Column("Question moved most"),
        Column(axis(_points(-reach), _points(reach), "0"), "bar"),
        Column("Change, points", "number"),
        Column("Without → with", "number"),
    )
    largest: dict[int, Pull] = {}
    for pull in found:
        largest.setdefault(id(pull[0]), pull)
    made = stacked(bars, [_pull(pull, reach, titles) for pull in largest.values()], "Origins by their largest pull")
    columns = (bars[0], Column("Question"), bars[4], bars[5])
    rows_ = [_pull(pull, reach, titles) for pull in found]
    every = [(row[0], row[2], row[4], row[5]) for row in rows_]
    more = twin(columns, every, "All pulls of all origins", words=f"Show all {len(found)} pulls")
    return el("div", head, lead, el("figure", made, more), rest)


def _points(change: object) -> str:
    return difference(change, 1, share=True)


def _tenths(share: object) -> str:
    """A probability to a tenth of a point, so that small changes can be seen; never certainty."""
    found = number(share)
    return f"{found * 100:.1f}%" if found is not None and 0.001 <= found <= 0.999 else percent(share)


def _pull(pull: Pull, reach: float, titles: Mapping[str, object]) -> tuple[object, ...]:
    origin, row, change = pull
    name = capital(origin.get("label") or origin.get("id"))
    shown = name if origin.get("named") is not False else el("span", name, el("i", " (not named)", class_="small"))
    drawn = bar(bar_scale(-reach, reach), None, (min(change, 0.0), max(change, 0.0)), zero=0.0)
    question = str(row.get("question") or "")
    return (
        shown,
        count(origin.get("claims")) if number(origin.get("claims")) else NONE,
        held(titles.get(question) or question) if change else NONE,
        drawn,
        _points(change),
        f"{_tenths(row.get('without'))} → {_tenths(row.get('with'))}" if change else NONE,
    )


def _assumptions(assumed: Mapping[str, Any]) -> Html:
    found = {str(name): number(value) or 0.0 for name, value in block(assumed, "by_mechanism").items()}
    head = el("h3", "Assumptions by mechanism")
    if not found:
        return el("div", head, missing())
    top = max(found.values()) or 1.0
    columns = (Column("Mechanism"), Column(axis("0", count(top)), "bar"), Column("Assumptions", "number"))
    order = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    body = [(name.replace("_", " "), bar(bar_scale(0.0, top), None, (0.0, size)), count(size)) for name, size in order]
    note = el("p", "A number without a published source is called an assumption and counted.", class_="note")
    return el(
        "div", head, note, el("figure", stacked(columns, body, "Assumptions by mechanism")), class_="narrow dense"
    )


def sources(summary: Mapping[str, Any]) -> Section:
    """What sources forecast themselves, beside our number."""
    found = rows(summary, "sources_forecasts")
    title = "What the sources themselves expect"
    if not found:
        return section("sources", title, "Sources' forecasts", "", missing())
    lead = (
        "A source's words read as a range of probability (light bar), and the forecast of this report (tick) where "
        "the case asks the same question."
    )
    columns = (
        Column("Source"),
        Column("Statement"),
        Column("By"),
        Column("In their words"),
        Column(axis("0%", "100%"), "bar"),
        Column("Range read", "number"),
        Column("Fronde", "number"),
    )
    body = [_source(row) for row in found]
    return section(
        "sources",
        title,
        "Sources' forecasts",
        lead,
        key(("b90", "source's range"), ("tick", "Fronde")),
        el("figure", stacked(columns, body, title)),
    )


def _source(row: Mapping[str, Any]) -> tuple[object, ...]:
    low, high, ours = number(row.get("p_low")), number(row.get("p_high")), number(row.get("fronde"))
    ends = None if low is None or high is None else (low, high)
    words = f"“{row['words']}”" if row.get("words") else NONE
    by = short_date(row["resolve_at"]) if row.get("resolve_at") else NONE
    return (
        capital(row.get("who")),
        held(row.get("statement")),
        by,
        words,
        bar(bar_scale(0.0, 1.0), ends, None, ours),
        _range(low, high),
        percent(ours),
    )


def _range(low: float | None, high: float | None) -> str:
    """A source may well say never or certainly: its own ends are shown as they are."""
    if low is None or high is None:
        return "no number"
    least, most = f"{low * 100:.0f}", f"{high * 100:.0f}"
    return f"{least}%" if least == most else between_text(least, most) + "%"
