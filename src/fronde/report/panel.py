"""One small chart over time: bands, lines, dated marks. Drawn as SVG from a plain description, without a script.

Colour comes from the page's style sheet by class, so that one drawing serves light, dark and print.
"""

from dataclasses import dataclass, replace
from datetime import date

from fronde.report.html import Html, el, join
from fronde.report.scales import Scale, at, day_number, extent, ticks, time_ticks
from fronde.report.words import NONE, plain, short_date

Point = tuple[date, float | None]
COLOURS = 8  # of groups, in a fixed order; the style sheet holds them
LEFT, RIGHT, TOP, BOTTOM = 34, 36, 14, 21


@dataclass(frozen=True)
class Frame:
    """Size of a drawing; chosen so that letters keep their size when the panel fills its column."""

    width: int
    height: int

    @property
    def right(self) -> int:
        """Where the plot ends."""
        return self.width - RIGHT

    @property
    def foot(self) -> int:
        """Where the plot stands."""
        return self.height - BOTTOM


SMALL, WIDE = Frame(262, 146), Frame(350, 176)


@dataclass(frozen=True)
class Band:
    """An interval over time; `level` in percent, `tone` a style class."""

    level: int
    points: tuple[tuple[date, float | None, float | None], ...]
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """A line over time. `tone`: median, base, observed, poll or second; `label` is written at its end."""

    tone: str
    points: tuple[Point, ...]
    step: bool = False
    dots: bool = False
    label: str = ""


@dataclass(frozen=True)
class Panel:
    """What one small chart shows; `spoken` is its sentence for those who cannot see it."""

    title: str
    spoken: str
    bands: tuple[Band, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[tuple[date, str], ...] = ()
    as_of: date | None = None
    colour: int | None = None
    percent: bool = False
    whole: bool = False
    y_range: tuple[float, float] | None = None
    note: tuple[str, ...] = ()
    unit: str = ""


def values_of(panel: Panel) -> list[float | None]:
    """Every number a panel draws."""
    found: list[float | None] = []
    for band in panel.bands:
        for _, low, high in band.points:
            found += [low, high]
    for line in panel.lines:
        found += [value for _, value in line.points]
    return found


def share_scale(panels: list[Panel]) -> list[Panel]:
    """The panels with one common vertical range, so that heights compare."""
    found = [value for panel in panels for value in values_of(panel)]
    return [replace(panel, y_range=extent(found)) for panel in panels]


def draw(panel: Panel, frame: Frame = SMALL) -> Html:
    """The panel as SVG, readable aloud by its sentence."""
    dates = _dates(panel)
    if not dates:
        return el("p", "No values.", class_="missing")
    low, high = panel.y_range or extent(values_of(panel))
    steps = ticks(low, high, 4, panel.whole)
    x = Scale(day_number(dates[0]), day_number(dates[-1]), LEFT, frame.right)
    y = Scale(steps[0], steps[-1], frame.foot, TOP)
    tone = "chart" if panel.colour is None else f"chart g{panel.colour % COLOURS}"
    return el(
        "svg",
        _grid(steps, y, panel, frame),
        _months(dates, x, frame),
        *(_band(band, x, y) for band in panel.bands),
        _marks(panel, x, frame),
        *(_line(line, x, y) for line in panel.lines),
        _labels(panel, x, y, frame),
        viewBox=f"0 0 {frame.width} {frame.height}",
        class_=tone,
        role="img",
        aria_label=panel.spoken,
    )


def _dates(panel: Panel) -> list[date]:
    found = {point[0] for band in panel.bands for point in band.points}
    return sorted(found | {point[0] for line in panel.lines for point in line.points}, key=day_number)


def _tick_label(value: float, panel: Panel) -> str:
    return f"{value * 100:g}%".replace("-", "−") if panel.percent else plain(value)


def _grid(steps: list[float], y: Scale, panel: Panel, frame: Frame) -> Html:
    parts = []
    for step in steps:
        tone = "zero" if step == 0 else "grid"
        parts.append(el("path", d=f"M{LEFT} {at(y(step))}H{frame.right}", class_=tone))
        label = _tick_label(step, panel)
        parts.append(el("text", label, x=LEFT - 5, y=at(y(step) + 3.5), text_anchor="end"))
    return join(parts)


def _months(dates: list[date], x: Scale, frame: Frame) -> Html:
    parts = []
    for when, label in time_ticks(dates[0], dates[-1]):
        place = x(day_number(when))
        parts.append(el("path", d=f"M{at(place)} {frame.foot}v4", class_="tick"))
        parts.append(el("text", label, x=at(place), y=frame.height - 6, text_anchor="middle"))
    return join(parts)


def _band(band: Band, x: Scale, y: Scale) -> Html:
    there = [(when, low, high) for when, low, high in band.points if low is not None and high is not None]
    if len(there) < 2:
        return join(())
    upper = " ".join(f"{at(x(day_number(when)))} {at(y(high))}" for when, _, high in there)
    lower = " ".join(f"{at(x(day_number(when)))} {at(y(low))}" for when, low, _ in reversed(there))
    return el("path", d=f"M{upper}L{lower}Z", class_=f"b{band.level} {band.tone}".strip())


def _line(line: Line, x: Scale, y: Scale) -> Html:
    if line.dots:
        dots = (
            el("circle", cx=at(x(day_number(when))), cy=at(y(value)), r="2.3", class_=line.tone)
            for when, value in line.points
            if value is not None
        )
        return join(dots)
    path, before = [], False
    for when, value in line.points:
        if value is None:
            before = False
            continue
        across, up = at(x(day_number(when))), at(y(value))
        path.append(f"M{across} {up}" if not before else f"H{across}V{up}" if line.step else f"L{across} {up}")
        before = True
    return el("path", d="".join(path), class_=f"line {line.tone}") if path else join(())


def _marks(panel: Panel, x: Scale, frame: Frame) -> Html:
    parts = []
    if panel.as_of is not None and day_number(panel.as_of) > day_number(_dates(panel)[0]):
        parts.append(el("path", d=f"M{at(x(day_number(panel.as_of)))} {TOP}V{frame.foot}", class_="now"))
    for when, label in panel.marks:
        place = x(day_number(when))
        parts.append(el("path", d=f"M{at(place)} {TOP}V{frame.foot}", class_="focal"))
        parts.append(el("text", label, x=at(place), y=TOP - 4, text_anchor="middle", class_="focal"))
    return join(parts)


def _labels(panel: Panel, x: Scale, y: Scale, frame: Frame) -> Html:
    """End labels, pushed apart where two lines end close to each other."""
    ends = []
    for line in panel.lines:
        there = [(when, value) for when, value in line.points if value is not None]
        if line.label and there:
            ends.append((y(there[-1][1] or 0.0), x(day_number(there[-1][0])), line))
    ends.sort(key=lambda end: end[0])
    parts, last = [], -99.0
    for up, across, line in ends:
        last = max(up + 3.5, last + 11)
        parts.append(
            el("text", line.label, x=at(across + 4), y=at(min(last, frame.foot + 3.5)), class_=f"end {line.tone}")
        )
    return join(parts)


def spoken_range(title: str, when: object, median: str, low: str, high: str) -> str:
    """`title: median 11 on 29 Oct 22, 90% interval 8 to 19`."""
    if NONE in (median, low, high):
        return f"{title}: no forecast values"
    return f"{title}: median {median} on {short_date(when)}, 90% interval {low} to {high}"
