"""The forecast matrix: group by act, for a horizon that the reader chooses without any script."""

from collections.abc import Mapping
from typing import Any

from fronde.report.frame import Section, key, section
from fronde.report.html import Html, el, join
from fronde.report.read import block, groups, items, number, quantiles, rows
from fronde.report.tables import Column, bar, bar_scale, missing, swatch, twin, whole
from fronde.report.words import NONE, act_title, base_percent, between, count, long_date, percent, short_date

MOST_HORIZONS = 6  # the style sheet pairs that many buttons with their tables
TINTS = 6
TOGETHER = "all"  # the row of sums over groups; it has a scale of its own
SHORTEST_SCALE = 4.0  # people; a scale of 0 to 1 would draw one rare act as a bar across the whole cell
WHY = dict.fromkeys(("resign", "resign_refused", "dismissed"), "nobody in office")
Cell = Mapping[str, Any]
Name = tuple[str, str, int | None]  # id, title, colour
Cells = dict[tuple[str, str, str], Cell]


def matrix_data(summary: Mapping[str, Any]) -> tuple[list[str], list[str], Cells]:
    """Horizons, acts, and the cells by (date, group, act)."""
    found = block(summary, "matrix")
    cells = {(str(row.get("by")), str(row.get("group")), str(row.get("act"))): row for row in rows(found, "cells")}
    dates = [str(by) for by in items(found, "dates")][-MOST_HORIZONS:]
    return dates, [str(act) for act in items(found, "acts")], cells


def matrix(summary: Mapping[str, Any]) -> Section:
    """The section: radio buttons for the horizon, one table per horizon, each with its numbers as a plain table."""
    dates, acts, cells = matrix_data(summary)
    title = "Who may break, how, and when"
    if not dates or not acts or not cells:
        return section("matrix", title, "By group and act", "", missing())
    lead = (
        "Large: probability that at least one more such act becomes public by the date chosen, the stronger the tint "
        "the higher; small: its base rate, the group's record so far going on unchanged. Below: median number of "
        "further acts that become public and its 90% interval; the bar shows 50 and 90% on one scale per act. "
        "A dash stands where nobody in the group can do it."
    )
    marks = key(
        ("b50", "50% interval"), ("b90", "90% interval"), ("tick", "median"), ("tick base", "mean of the base rate")
    )
    buttons = join(part for place, by in enumerate(dates) for part in _button(place, by, len(dates)))
    names: list[Name] = list(groups(summary))
    if any(group == TOGETHER for _, group, _ in cells):
        names.append((TOGETHER, "All groups together", None))
    tables = join(_horizon(place, by, acts, names, cells) for place, by in enumerate(dates))
    chooser = el("fieldset", el("legend", "Until"), buttons, el("div", tables, class_="horizons"), class_="chooser")
    return section("matrix", title, "By group and act", lead, marks, el("figure", chooser))


def _button(place: int, by: str, size: int) -> tuple[Html, Html]:
    name = f"until-{place}"
    return (
        el("input", type="radio", name="until", id=name, checked=place == size - 1),
        el("label", short_date(by), for_=name),
    )


def _horizon(place: int, by: str, acts: list[str], names: list[Name], cells: Cells) -> Html:
    tops = {(act, together): _top(cells, by, act, together) for act in acts for together in (False, True)}
    heads = (el("th", act_title(act), scope="col", role="columnheader") for act in acts)
    body = (
        el(
            "tr",
            _name(title, colour),
            *(_cell(cells.get((by, name, act)), act, tops[act, name == TOGETHER]) for act in acts),
            role="row",
        )
        for name, title, colour in names
    )
    caption = f"Probability that at least one more act becomes public by {long_date(by)}, by group and act"
    made = el(
        "table",
        el("caption", caption, class_="unseen"),
        el("thead", el("tr", el("th", "Group", scope="col", role="columnheader"), *heads, role="row"), role="rowgroup"),
        el("tbody", *body, role="rowgroup"),
        role="table",
        class_="matrix",
    )
    return el("div", made, _twin(by, acts, names, cells, caption), class_=f"until-{place}")


def _name(title: str, colour: int | None) -> Html:
    mark = "" if colour is None else swatch(colour)
    return el("th", el("span", mark, el("span", title), class_="name"), scope="row", role="rowheader")


def _top(cells: Cells, by: str, act: str, together: bool) -> float:
    rows_ = [
        row
        for (date, group, other), row in cells.items()
        if date == by and other == act and (group == TOGETHER) == together
    ]
    values = [number(row.get(name)) or 0.0 for row in rows_ for name in ("q95", "base_mean")]
    return max([*values, SHORTEST_SCALE])


def tint(share: float | None) -> str:
    """Style class of a cell's shade: t0 to t5, even steps of probability."""
    return "t0" if share is None else f"t{min(TINTS - 1, int(max(0.0, share) * TINTS))}"


def impossible(row: Cell) -> bool:
    """Whether nobody in the group can do the act: it happens in no run and the base rate has nobody at risk."""
    return number(row.get("mean")) == 0 and number(row.get("base_mean")) == 0


def _cell(row: Cell | None, act: str, top: float) -> Html:
    label = el("span", act_title(act), class_="act")
    if row is None or impossible(row):
        why = el("div", WHY.get(act, "nobody can"), class_="small") if row else ""
        return el("td", label, NONE, why, role="cell", class_="none")
    share, found = number(row.get("p_any")), quantiles(row)
    base = el("span", "base ", base_percent(row.get("base_p_any")), class_="small")
    head = el("div", el("b", percent(share)), " ", base, class_="top")
    if found is None:
        return el("td", label, head, role="cell", class_=tint(share))
    drawn = bar(
        bar_scale(0.0, top),
        (found["q05"], found["q95"]),
        (found["q25"], found["q75"]),
        found["q50"],
        number(row.get("base_mean")),
    )
    words = whole(f"{count(found['q50'])} more,", f"90% {between(found['q05'], found['q95'], count)}")
    return el("td", label, head, drawn, el("div", words, class_="small"), role="cell", class_=tint(share))


def _twin(by: str, acts: list[str], names: list[Name], cells: Cells, caption: str) -> Html:
    columns = (
        Column("Group"),
        Column("Act"),
        Column("At least one", "number"),
        Column("Base rate", "number"),
        Column("Median", "number"),
        Column("50%", "number"),
        Column("90%", "number"),
        Column("Mean", "number"),
        Column("Base-rate mean", "number"),
    )
    body = [
        _row(cells[by, name, act], title, act) for name, title, _ in names for act in acts if (by, name, act) in cells
    ]
    return twin(columns, body, f"{caption}: all numbers")


def _row(row: Cell, title: str, act: str) -> tuple[object, ...]:
    if impossible(row):
        return title, act_title(act), *([NONE] * 7)
    return (
        title,
        act_title(act),
        percent(row.get("p_any")),
        base_percent(row.get("base_p_any")),
        count(row.get("q50")),
        between(row.get("q25"), row.get("q75"), count),
        between(row.get("q05"), row.get("q95"), count),
        count(row.get("mean")),
        count(row.get("base_mean")),
    )
