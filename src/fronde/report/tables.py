"""Tables, bars inside table cells, and figures with their table twin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fronde.report.html import Html, el, join
from fronde.report.panel import COLOURS, SMALL, WIDE, Frame, Panel, draw
from fronde.report.scales import Scale, at

BAR_WIDTH, BAR_HEIGHT = 200, 16
KINDS = {"number": "n", "bar": "bar"}  # style classes; short, because a page holds thousands of cells
MISSING = "Not computed in this run."


@dataclass(frozen=True)
class Column:
    """A column: its heading and kind (text unless `number` or `bar`); the first column of a table names the row."""

    title: object
    kind: str = ""


def table(columns: Sequence[Column], rows: Iterable[Sequence[object]], caption: str) -> Html:
    """A plain table with a caption for screen readers; it scrolls sideways where it does not fit."""
    heads = (el("th", column.title, scope="col", class_=KINDS.get(column.kind)) for column in columns)
    body = (
        el(
            "tr",
            *(
                el("td", value, class_=KINDS.get(column.kind)) if place else el("th", value, scope="row")
                for place, (column, value) in enumerate(zip(columns, row, strict=True))
            ),
        )
        for row in rows
    )
    made = el(
        "table",
        el("caption", caption, class_="unseen"),
        el("thead", el("tr", *heads)),
        el("tbody", *body),
        class_="data",
    )
    return el("div", made, class_="scroll", role="region", aria_label=caption, tabindex="0")


def stacked(columns: Sequence[Column], rows: Iterable[Sequence[object]], caption: str) -> Html:
    """A table whose rows become cards on narrow screens: a chart and its table in one.

    Roles are written out because style sheets that restyle rows as cards make some browsers forget them.
    """
    heads = (
        el("th", column.title, scope="col", role="columnheader", class_=KINDS.get(column.kind)) for column in columns
    )
    body = (
        el(
            "tr",
            *(_cell(column, value, place) for place, (column, value) in enumerate(zip(columns, row, strict=True))),
            role="row",
        )
        for row in rows
    )
    return el(
        "table",
        el("caption", caption, class_="unseen"),
        el("thead", el("tr", *heads, role="row"), role="rowgroup"),
        el("tbody", *body, role="rowgroup"),
        role="table",
        class_="stack",
    )


def _cell(column: Column, value: object, place: int) -> Html:
    if place == 0:
        return el("th", value, scope="row", role="rowheader")
    label = None if isinstance(column.title, Html) or column.kind == "bar" else column.title
    return el("td", value, role="cell", class_=KINDS.get(column.kind), data_label=label)


def twin(
    columns: Sequence[Column], rows: Iterable[Sequence[object]], caption: str, words: str = "Show as table"
) -> Html:
    """The table behind a chart, closed until asked for."""
    return el("details", el("summary", words), table(columns, rows, caption), class_="twin")


def missing(words: str = MISSING) -> Html:
    """The sentence in place of a block that the run does not hold."""
    return el("p", words, class_="missing")


def small_multiples(panels: Sequence[Panel], *after: object, frame: Frame = SMALL) -> Html:
    """Panels side by side, each with its title and its numbers in words, then the table twin."""
    cells = (
        el("div", _heading(panel), el("p", whole(*panel.note), class_="note"), draw(panel, frame), class_="panel")
        for panel in panels
    )
    return el("figure", el("div", *cells, class_="panels wide" if frame is WIDE else "panels"), *after)


def _heading(panel: Panel) -> Html:
    unit = el("span", panel.unit.replace("-", "−"), class_="small") if panel.unit else ""
    return el("p", _swatch(panel.colour), panel.title, unit, class_="title")


def whole(*pieces: str) -> Html:
    """Words that may break between pieces, never inside one."""
    return join((el("span", piece, class_="whole") for piece in pieces), " ")


def _swatch(colour: int | None) -> Html:
    return join(()) if colour is None else swatch(colour)


def swatch(colour: int) -> Html:
    """A group's mark: colour and shape, hollow from the ninth on. Decoration only, the name stands beside it."""
    kind = f"swatch g{colour % COLOURS}{' hollow' if colour // COLOURS % 2 else ''}"
    return el("svg", _SHAPES[colour % COLOURS], viewBox="-1 -1 14 14", class_=kind, aria_hidden="true")


_SHAPES = (
    el("circle", cx=6, cy=6, r=5),
    el("rect", x=1.5, y=1.5, width=9, height=9),
    el("path", d="M6 .5L11.5 11H.5Z"),
    el("path", d="M6 0L12 6L6 12L0 6Z"),
    el("path", d="M6 11.5L.5 1H11.5Z"),
    el("path", d="M1 4H11V8H1Z"),
    el("path", d="M4 1H8V11H4Z"),
    el("path", d="M4 0H8V4H12V8H8V12H4V8H0V4H4Z"),
)


def bar(
    scale: Scale,
    outer: tuple[float, float] | None,
    inner: tuple[float, float] | None = None,
    middle: float | None = None,
    base: float | None = None,
    zero: float | None = None,
    prior: tuple[float, float] | None = None,
) -> Html:
    """An interval in a cell: 90% light, 50% dark, median as a tick, base rate as a second tick in accent colour.

    Made of rectangles only, so that it may be stretched to the width of its cell.
    """
    parts: list[Html] = []
    if zero is not None and scale.low < zero < scale.high:
        parts.append(_tick(scale(zero), 0, BAR_HEIGHT, 1, "zero"))
    parts += [_box(scale, ends, 5, 6, kind) for ends, kind in ((outer, "b90"), (inner, "b50")) if ends]
    if prior is not None:
        parts.append(_box(scale, prior, 13, 2, "prior"))
    if base is not None:
        parts.append(_tick(scale(base), 1, BAR_HEIGHT - 2, 2, "base"))
    if middle is not None:
        parts.append(_tick(scale(middle), 2, BAR_HEIGHT - 4, 3, "median"))
    return el(
        "svg",
        *parts,
        viewBox=f"0 0 {BAR_WIDTH} {BAR_HEIGHT}",
        preserveAspectRatio="none",
        class_="bar",
        aria_hidden="true",
    )


def bar_scale(low: float, high: float) -> Scale:
    """The scale of a column of bars."""
    return Scale(low, high, 1.0, BAR_WIDTH - 1.0)


def axis(low: str, high: str, middle: str = "") -> Html:
    """The heading of a column of bars: what its ends stand for."""
    ends = (el("span", low), el("span", middle), el("span", high)) if middle else (el("span", low), el("span", high))
    return el("span", *ends, class_="axis")


def _box(scale: Scale, ends: tuple[float, float], top: int, height: int, kind: str) -> Html:
    left, right = scale(min(ends)), scale(max(ends))
    return el("path", class_=kind, d=f"M{at(left)} {top}h{at(max(right - left, 1.0))}v{height}H{at(left)}z")


def _tick(place: float, top: int, height: int, width: float, kind: str) -> Html:
    left = place - width / 2
    return el("path", class_=kind, d=f"M{at(left)} {top}h{width}v{height}h-{width}z")
