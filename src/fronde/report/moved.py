"""How each forecast moved week by week as evidence became known, and because of what."""

from collections.abc import Mapping
from typing import Any

from fronde.report.courses import Course, bands, median_line, twin_rows
from fronde.report.frame import Section, key, section
from fronde.report.html import Html, el
from fronde.report.panel import Panel
from fronde.report.read import QUANTILES, block, day, number, rows
from fronde.report.tables import Column, small_multiples, table, twin
from fronde.report.words import NONE, between_text, long_date, percent, points, short_date

SHOWN = 8
TITLE = "How the forecasts moved"


def moved(summary: Mapping[str, Any]) -> list[Section]:
    """One section if weekly updates lie beside the forecast, none if nobody has made them."""
    found = block(summary, "weekly")
    weeks = [week for week in rows(found, "weeks") if day(week.get("as_of"))]
    if not weeks:
        return []
    read = [_course(item, weeks) for item in rows(found, "questions")]
    lead = (
        f"Chance of each question as it stood at each date, from {long_date(weeks[0].get('as_of'))} on: the posterior "
        "of a week is the prior of the next. A question about acts asks for the same total on record every week."
    )
    columns = (Column("Question"), Column("Date", "number"), Column("Reported", "number"), Column("Median", "number"),
               Column("50%", "number"), Column("90%", "number"))  # fmt: skip
    body = [(course.title, *row) for course in read for row in twin_rows(course, None, percent)]
    made = small_multiples([_panel(course) for course in read], twin(columns, body, f"{TITLE}: selected dates"))
    legend = key(("b50", "50% band"), ("b90", "90% band"), ("median", "median"))
    return [section("moved", TITLE, "Week by week", lead, legend, made, _because(found, weeks), _check(found))]


def _course(item: Mapping[str, Any], weeks: list[Mapping[str, Any]]) -> Course:
    """The probability of one question over the dates."""
    name = str(item.get("id"))
    at = [block(block(week, "p"), name) for week in weeks]
    quantiles = {key: tuple(number(row.get(key)) for row in at) for key in QUANTILES}
    days = tuple(when for week in weeks if (when := day(week.get("as_of"))))
    return Course(title=str(item.get("text") or name), dates=days, observed=(None,) * len(days), **quantiles)


def _panel(course: Course) -> Panel:
    first, last = percent(course.q50[0]), percent(course.q50[-1])
    low, high = percent(course.q05[-1]), percent(course.q95[-1])
    return Panel(
        title=course.title,
        percent=True,
        y_range=(0.0, 1.0),
        spoken=f"{course.title} {first} on {long_date(course.dates[0])}, {last} on {long_date(course.dates[-1])}",
        bands=bands(course),
        lines=(median_line(course, "median", last),),
        note=(f"{first} on {short_date(course.dates[0])},", f"{last} at the end,", f"90% {between_text(low, high)}"),
    )


def _because(found: Mapping[str, Any], weeks: list[Mapping[str, Any]]) -> Html | str:
    """What moved a forecast most in the week it became known: the chance with it less the chance without it."""
    titles = {str(item.get("id")): item.get("text") for item in rows(found, "questions")}
    pulls = []
    for week in weeks:
        for item in rows(week, "news"):
            for name, p in block(item, "without").items():
                new, old = number(block(block(week, "p"), name).get("p")), number(p)
                if new is not None and old is not None:
                    pulls.append((new - old, week.get("as_of"), item.get("label"), titles.get(name, name)))
    if not pulls:
        return ""
    pulls.sort(key=lambda row: -abs(row[0]))
    columns = (Column("Became known"), Column("What"), Column("Question"), Column("Points", "number"))
    body = [(short_date(when), what, text or NONE, points(pull)) for pull, when, what, text in pulls[:SHOWN]]
    caption = "What moved them most: chance with it less chance without it, in points"
    return el("figure", table(columns, body, caption), el("figcaption", caption, class_="note"))


def _check(found: Mapping[str, Any]) -> Html | str:
    """How far the last week is from one calibration on everything at once."""
    batch = block(found, "batch")
    if not batch:
        return ""
    worst = number(batch.get("p_worst"))
    words = f"Against one calibration on everything at once no chance differs by more than {percent(worst)}."
    return el("p", f"{words} {number(found.get('particles')) or 0:.0f} particles.", class_="note")
