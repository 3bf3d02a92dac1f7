"""The debrief of a game: the teams' own history beside what the model holds possible, one page without script."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fronde.report.frame import Section, section
from fronde.report.html import Html, el
from fronde.report.page import assemble
from fronde.report.panel import Band, Line, Panel, share_scale
from fronde.report.read import dated
from fronde.report.tables import Column, small_multiples, table
from fronde.report.words import count, long_date, plain


def render_debrief(found: Mapping[str, Any]) -> str:
    """The page. found: see `app.teach.debrief.document`."""
    parts = {
        "Game": [_moves(found), *(_courses(found, act) for act in found["courses"])],
        "Ensemble": [_choice(found), _luck(found)],
    }
    head = el(
        "header",
        el("p", "Fronde", class_="brand"),
        el("h1", f"{found['title']}: debrief of room {found['code']}"),
        el("p", found["headline"], class_="lede"),
        el("p", "A game in a fictional polity. Nobody in it exists.", class_="worth"),
    )
    foot = el("p", f"Seed {found['seed']}; the file of the room replays the game to the same numbers.")
    return assemble(f"Debrief {found['code']}", head, parts, foot)


def _moves(found: Mapping[str, Any]) -> Section:
    columns = (Column("Turn"), Column("Team"), Column("Move"), Column("Reason"))
    rows = [
        (f"{row['turn'] + 1}, {long_date(row['day'])}", row["title"], row["words"], row["reason"])
        for row in found["moves"]
    ]
    lead = "What each team set, and the reason it gave at the time."
    return section("moves", "What the teams did", "Moves", lead, table(columns, rows, "Moves"))


def _courses(found: Mapping[str, Any], act: str) -> Section:
    course = found["courses"][act]
    dates = dated(course)
    panels = [_panel(row, dates, place) for place, row in enumerate(course["groups"])]
    lead = (
        "Solid: what happened to the teams. Bands: 50 and 90% of runs under the same moves with other parameters and "
        "other luck. Dashed: the median of the same runs had nobody moved."
    )
    return section(act, course["title"], course["title"], lead, small_multiples(share_scale(panels)))


def _panel(row: Mapping[str, Any], dates: Sequence[date], place: int) -> Panel:
    def line(key: str) -> tuple[tuple[date, float | None], ...]:
        return tuple(zip(dates, row[key], strict=True))

    bands = tuple(
        Band(level, tuple(zip(dates, row[low], row[high], strict=True)))
        for level, low, high in ((90, "q05", "q95"), (50, "q25", "q75"))
    )
    words = f"{count(row['own'][-1])} in this game; 90% of runs {count(row['q05'][-1])} to {count(row['q95'][-1])}"
    return Panel(
        title=row["title"],
        spoken=f"{row['title']}: {words}",
        bands=bands,
        lines=(Line("observed", line("own"), step=True), Line("base", line("still"))),
        colour=place,
        whole=True,
        note=(words,),
    )


def _choice(found: Mapping[str, Any]) -> Section:
    columns = (
        Column("Quantity"),
        *(Column(name, "number") for name in ("Nobody moves", "Your moves", "Difference", "90% of runs")),
    )
    rows = [
        (
            row["title"],
            plain(row["baseline"]),
            plain(row["variant"]),
            plain(row["mean"]),
            f"{plain(row['q05'])} to {plain(row['q95'])}",
        )
        for row in found["differences"]
    ]
    lead = "Difference of the same runs with and without the moves: what the teams' choices did on average."
    return section("choice", "What the moves changed", "Choices", lead, table(columns, rows, "Paired differences"))


def _luck(found: Mapping[str, Any]) -> Section:
    columns = (
        Column("Quantity"),
        Column("This game", "number"),
        Column("Runs below", "number"),
        Column("Runs equal", "number"),
        Column("So"),
    )
    rows = [
        (row["title"], plain(row["own"]), f"{row['below']:.0%}", f"{row['equal']:.0%}", row["verdict"])
        for row in found["ranks"]
    ]
    lead = (
        "Where this game lies among all runs under the same moves. All of them made your choices: what sets this game "
        "apart is luck. Rarely: at most one run in twenty lies as far out."
    )
    return section("luck", "What was luck", "Luck", lead, table(columns, rows, "Rank of this game"), _note())


def _note() -> Html:
    return el("p", "One history cannot show what a choice was worth; the ensemble can.", class_="note")
