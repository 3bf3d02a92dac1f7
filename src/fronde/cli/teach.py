"""`fronde teach`: a room of the teaching game from the command line; the same functions as the page Teach."""

from pathlib import Path
from typing import Any

import click

from fronde.cli import options

ROLES = click.Choice(["leader", "owners", "chiefs", "abroad"])


@click.group(short_help="A game in a fictional polity: open a room, move, step time, debrief.")
def teach() -> None:
    """Teams play leader, owners, security chiefs and a foreign power; a teacher steps time.

    A room is a text file in the runs folder. `fronde app` shows the same rooms as pages.
    """


def _base(runs_folder: str | None) -> Path:
    from fronde.app.store import base_folder

    return base_folder(runs_folder)


class Setting(click.ParamType):
    """`name=value`, a number or a word."""

    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float | str]:
        """Split; a number where it is one."""
        if isinstance(value, tuple):
            return value
        name, sign, given = value.partition("=")
        if not (sign and name.strip() and given.strip()):
            self.fail(f"{value!r} sets nothing; expected a name and a value, such as option=crackdown", param, ctx)
        try:
            return name.strip(), float(given)
        except ValueError:
            return name.strip(), given.strip()


@teach.command(short_help="Open a room.")
@click.option("--weeks", type=click.IntRange(1, 13), default=2, show_default=True, help="Weeks that a turn takes.")
@click.option("--turns", type=click.IntRange(1, 26), default=8, show_default=True, help="Turns of the game.")
@click.option("--seed", type=click.IntRange(0), help="Luck of the game.  [default: another each time]")
@options.runs_folder
@options.as_json
@options.debug
def new(weeks: int, turns: int, seed: int | None, runs_folder: str | None, as_json: bool) -> None:
    """Open a room in the fictional polity and print its code for the teams and its key for the teacher."""
    from fronde.app.teach import play, room
    from fronde.cli import tables

    found, key = room.create(_base(runs_folder), play.POLITY, weeks, turns, seed)
    if as_json:
        tables.emit({"key": key, **play.state(found)})
        return
    click.echo(f"code for the teams: {found.code}\nkey of the teacher: {key}")
    click.echo(
        f"next: `fronde teach show {found.code}`, and `fronde teach step {found.code}` to let time pass", err=True
    )


@teach.command("list", short_help="Rooms of this folder.")
@options.runs_folder
@options.as_json
@options.debug
def listed(runs_folder: str | None, as_json: bool) -> None:
    """Code, turn and moves of every room, newest first."""
    from fronde.app.teach import room
    from fronde.cli import tables

    found = [room.load(_base(runs_folder), code) for code in room.codes(_base(runs_folder))]
    if as_json:
        keep = ("code", "case", "seed", "weeks", "turns", "turn")
        tables.emit({"rooms": [{key: getattr(one, key) for key in keep} for one in found]})
        return
    for one in found:
        click.echo(f"{one.code}  {one.case}  turn {one.turn} of {one.turns}, {one.weeks} weeks each")
    if not found:
        click.echo("no rooms; `fronde teach new` opens one", err=True)


@teach.command(short_help="Where a game stands.")
@click.argument("code")
@click.option("--role", type=ROLES, help="As this team sees it.")
@options.runs_folder
@options.as_json
@options.debug
def show(code: str, role: str | None, runs_folder: str | None, as_json: bool) -> None:
    """What was reported so far, what each team may set, and who has moved; CODE: of the room."""
    from fronde.app.teach import room

    _say(room.load(_base(runs_folder), code.upper()), role, as_json)


@teach.command(short_help="Set the move of a team.")
@click.argument("code")
@click.argument("role", type=ROLES)
@click.option("--set", "chosen", type=Setting(), multiple=True, help="A setting, such as option=crackdown; repeatable.")
@click.option("--because", required=True, help="Why; the debrief shows it.")
@options.runs_folder
@options.as_json
@options.debug
def move(
    code: str,
    role: str,
    chosen: tuple[tuple[str, float | str], ...],
    because: str,
    runs_folder: str | None,
    as_json: bool,
) -> None:
    """Move of ROLE in the present turn of room CODE; a later move of the same turn replaces it."""
    from fronde.app.teach import room

    _say(room.move(_base(runs_folder), code.upper(), role, dict(chosen), because), role, as_json)


@teach.command(short_help="Let a turn pass.")
@click.argument("code")
@click.option("--key", help="The teacher's key.  [default: as the room's file on this machine says]")
@options.runs_folder
@options.as_json
@options.debug
def step(code: str, key: str | None, runs_folder: str | None, as_json: bool) -> None:
    """Let a turn of room CODE pass and print what was reported."""
    from fronde.app.teach import room

    base, name = _base(runs_folder), code.upper()
    _say(room.step(base, name, room.key_of(base, name) if key is None else key), None, as_json)


@teach.command(short_help="End a game early.")
@click.argument("code")
@click.option("--key", help="The teacher's key.  [default: as the room's file on this machine says]")
@options.runs_folder
@options.as_json
@options.debug
def end(code: str, key: str | None, runs_folder: str | None, as_json: bool) -> None:
    """End the game of room CODE after the turns that were played, so that it can be debriefed."""
    from fronde.app.teach import room

    base, name = _base(runs_folder), code.upper()
    _say(room.end(base, name, room.key_of(base, name) if key is None else key), None, as_json)


@teach.command(short_help="The teams' history beside the ensemble, as one page.")
@click.argument("code")
@options.runs_folder
@options.as_json
@options.debug
def debrief(code: str, runs_folder: str | None, as_json: bool) -> None:
    """Write the debrief of room CODE beside its file and print the headline."""
    from fronde.app.teach import debrief as made
    from fronde.app.teach import room
    from fronde.cli import tables

    base = _base(runs_folder)
    found = made.document(room.load(base, code.upper()))
    path = made.write(base, found)
    if as_json:
        tables.emit(found)
        return
    click.echo(f"{found['headline']}\ndebrief: {path}")


def _say(found: Any, role: str | None, as_json: bool) -> None:
    from fronde.app.teach import play
    from fronde.cli import tables

    state = play.state(found, role)
    if as_json:
        tables.emit(state)
        return
    click.echo(state_text(state, role))


def state_text(state: dict[str, Any], role: str | None) -> str:
    """A game in lines: turn, what was reported, settings in force, who has moved."""
    from fronde.cli.tables import table

    over = "the game is over" if state["over"] else f"turn {state['turn'] + 1} of {state['turns']}, from {state['day']}"
    lines = [f"{state['title']}, room {state['code']}: {over}", ""]
    for turn in state["news"]:
        lines.append(f"{turn['from']} to {turn['to']}: {' '.join(turn['lines']) or 'A quiet turn.'}")
    if state["news"]:
        figures = state["news"][-1]["figures"]
        lines += ["; ".join(f"{row['title']}: {row['text']}" for row in figures), ""]
    if not state["over"]:
        rows = [
            (f"{team['role']}: {item['name']}", item["title"], _now(item), _range(item))
            for team in state["roles"]
            if role in (None, team["role"])
            for item in team["settings"]
        ]
        lines += [table(("setting", "meaning", "now", "may be"), rows, left=4), ""]
        lines.append(f"moved this turn: {', '.join(state['moved']) or 'nobody'}")
    return "\n".join(lines).rstrip()


def _now(item: dict[str, Any]) -> str:
    return item["now"] if isinstance(item["now"], str) else f"{item['now']:g}"


def _range(item: dict[str, Any]) -> str:
    if item["choices"]:
        return ", ".join(item["choices"])
    return f"{item['low']:g} to {item['high']:g} {item['unit']}".rstrip()
