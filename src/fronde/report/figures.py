"""Charts over time. Each comes as a pair of pure functions: `x_data` reads the summary, `fig_x` describes panels."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fronde.report.courses import (
    Course,
    bands,
    course,
    last_observed,
    last_words,
    median_line,
    observed_line,
)
from fronde.report.panel import Line, Panel, share_scale, spoken_range
from fronde.report.read import block, day, groups, numbers, rows
from fronde.report.scales import day_number
from fronde.report.words import act_title, base_percent, between_text, count, long_date, percent, plain, short_date

FAN_ACTS = ("leave", "resign", "speak_policy")  # drawn in the report; the app draws every act of the matrix
RARE = 0.05  # options below this to the end share a scale of their own
OVERLAYS = (("discontent_true", "discontent_heard"), ("approval", "poll"))
Fans = dict[str, list[tuple[Course, int]]]
Regime = list[tuple[Mapping[str, Any], Course, Course | None]]


def fans_data(summary: Mapping[str, Any]) -> Fans:
    """Per act, the course of cumulative counts of each group, in the order of the case."""
    found: Fans = {}
    fans = block(summary, "fans")
    for act in (name for name in FAN_ACTS if name in fans):
        by_group = block(fans, act)
        read = [(course(block(by_group, name), title), colour) for name, title, colour in groups(summary)]
        there = [pair for pair in read if pair[0].known]
        if there:
            found[act] = there
    return found


def quiet(found: Course) -> bool:
    """Whether nothing was reported and nothing lies within the 90% interval."""
    return not any(value for value in (*found.observed, *found.q95) if value is not None)


def fig_fans(fans: list[tuple[Course, int]], act: str, as_of: date | None) -> list[Panel]:
    """Small multiples of one act: 50 and 90% bands of the true count, the reported count as a step line."""
    return share_scale([_fan(found, colour, act, as_of) for found, colour in fans])


def _fan(found: Course, colour: int, act: str, as_of: date | None) -> Panel:
    when, median, low, high = last_words(found, count)
    reported = last_observed(found)
    known = () if reported is None else (f"{count(reported)} reported;",)
    spoken = spoken_range(f"{found.title}, {act_title(act).lower()}", found.dates[found.last], median, low, high)
    return Panel(
        title=found.title,
        colour=colour,
        as_of=as_of,
        whole=True,
        spoken=" ".join((*known, spoken)),
        bands=bands(found),
        lines=(observed_line(found), median_line(found, "median", median)),
        note=(*known, *_ends(when, median, low, high)),
    )


def fortunes_data(summary: Mapping[str, Any]) -> tuple[list[tuple[Course, int]], list[str]]:
    """Courses of total fortunes by group, and the titles of groups that hold next to nothing."""
    found, without = [], []
    for name, title, colour in groups(summary):
        row = block(block(summary, "fortunes"), name)
        read = course(row, title)
        largest = max((value for value in read.q95 if value is not None), default=0.0)
        if read.known and largest >= 0.05:
            found.append((read, colour))
        elif read.known:
            without.append(title)
    return found, without


def fig_fortunes(found: list[tuple[Course, int]], as_of: date | None) -> list[Panel]:
    """Total fortune by group in billions of dollars, each group on its own scale."""
    panels = []
    for read, colour in found:
        when, median, low, high = last_words(read, plain)
        name = f"{read.title}, total fortune in billion dollars"
        spoken = spoken_range(name, read.dates[read.last], median, low, high)
        panels.append(
            Panel(
                title=read.title,
                colour=colour,
                as_of=as_of,
                spoken=spoken,
                bands=bands(read),
                lines=(observed_line(read), median_line(read, "median", median)),
                note=_ends(when, median, low, high),
            )
        )
    return panels


def _ends(when: str, median: str, low: str, high: str) -> tuple[str, ...]:
    """The last median with its 90% interval, in pieces that stay together when lines break."""
    return f"median {median},", f"90% {between_text(low, high)},", f"by {when}"


def leader_data(summary: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The leader's options: dates, cumulative probability, base rate, focal dates."""
    found = []
    for row in rows(block(summary, "leader"), "events"):
        read = course({"dates": row.get("dates"), "q50": row.get("p")}, str(row.get("title") or row.get("event", "")))
        if not read.known:
            continue
        focal = [(day(mark.get("date")), str(mark.get("title", ""))) for mark in rows(row, "focal_dates")]
        marked = [(when, title) for when, title in focal if when and inside(read.dates, when)]
        found.append(
            {
                "title": read.title,
                "dates": read.dates,
                "p": read.q50,
                "focal": marked,
                "base": tuple(numbers(row, "base", len(read.dates))),
            }
        )
    return found


def inside(dates: Sequence[date], when: date) -> bool:
    """Whether a day lies within a series."""
    return day_number(dates[0]) <= day_number(when) <= day_number(dates[-1])


def focal_numbers(found: list[dict[str, Any]]) -> list[tuple[date, str]]:
    """Every focal date of the leader's charts once, by date; a chart marks them by their number in this list."""
    return sorted(
        {mark for option in found for mark in option["focal"]}, key=lambda mark: (day_number(mark[0]), mark[1])
    )


def fig_leader(found: list[dict[str, Any]], as_of: date | None) -> list[Panel]:
    """Cumulative probability of each option of the leader on one scale, its base rate dashed."""
    order = focal_numbers(found)
    panels = [(_option(option, order, as_of), rare(option)) for option in found]
    common = iter(share_scale([panel for panel, apart in panels if not apart]))
    alone = iter(share_scale([panel for panel, apart in panels if apart]))
    return [next(alone) if apart else next(common) for _, apart in panels]


def rare(option: dict[str, Any]) -> bool:
    """Whether an option stays so unlikely that a common scale would press it to the floor."""
    return max((value for name in ("p", "base") for value in option[name] if value is not None), default=0.0) < RARE


def _option(option: dict[str, Any], order: list[tuple[date, str]], as_of: date | None) -> Panel:
    last, base = percent(_last(option["p"])), base_percent(_last(option["base"]))
    when = option["dates"][-1]
    lines = (
        Line("base", tuple(zip(option["dates"], option["base"], strict=True))),
        Line("median", tuple(zip(option["dates"], option["p"], strict=True)), label=last),
    )
    marks = tuple((date_, str(order.index((date_, title)) + 1)) for date_, title in option["focal"])
    return Panel(
        title=option["title"],
        percent=True,
        as_of=as_of,
        lines=lines,
        marks=marks,
        spoken=f"{option['title']}: {last} by {long_date(when)}, base rate {base}",
        note=(f"{last}", f"by {short_date(when)};", f"base rate {base}"),
    )


def _last(values: tuple[float | None, ...]) -> float | None:
    return next((value for value in reversed(values) if value is not None), None)


def regime_data(summary: Mapping[str, Any]) -> Regime:
    """Series of the regime; what belongs together (true and heard, approval and poll) comes as a pair."""
    regime = block(summary, "regime")
    seconds = {second for first, second in OVERLAYS if first in regime}
    partner = dict(OVERLAYS)
    found: Regime = []
    for name in [*(first for first, _ in OVERLAYS if first in regime), *regime]:
        row = block(regime, name)
        if name in seconds or any(row is known for known, _, _ in found):
            continue
        read = course(row, str(row.get("title") or name.replace("_", " ")))
        other = block(regime, partner.get(name, ""))
        second = course(other, str(other.get("title") or partner.get(name, ""))) if other else None
        if read.known:
            found.append((row, read, second if second and second.dates else None))
    return found


def fig_regime(found: Regime, as_of: date | None) -> list[Panel]:
    """Median and bands of each series; a second series is dashed; measurements are dots."""
    return [_series(row, read, second, as_of) for row, read, second in found]


def _series(row: Mapping[str, Any], read: Course, second: Course | None, as_of: date | None) -> Panel:
    unit = str(row.get("unit") or "")
    shown = percent if unit == "share" else plain
    when, median, low, high = last_words(read, shown)
    note = _ends(when, median, low, high)
    lines = [median_line(read, "median", median), observed_line(read, "poll", step=False, dots=True)]
    drawn, title = bands(read), read.title
    if second is not None:
        title = f"{read.title} / {second.title}"
        drawn = (*bands(second, "second"), *drawn)
        _, middle, least, most = last_words(second, shown)
        lines += [median_line(second, "second", middle), observed_line(second, "poll", step=False, dots=True)]
        note += (f"(dashed: {middle},", f"90% {between_text(least, most)})") if second.known else ()
    return Panel(
        title=title,
        as_of=as_of,
        bands=drawn,
        lines=tuple(lines),
        note=note,
        percent=unit == "share",
        unit="" if unit in ("1", "share") else unit.replace("..", " to "),
        spoken=spoken_range(title, read.dates[read.last], median, low, high),
    )
