"""`fronde check` and `fronde new`."""

from pathlib import Path

import click

from fronde.cli import options
from fronde.cli.errors import PROBLEMS, USAGE, problem_text


@click.command(short_help="Find everything that is wrong with a case.")
@click.argument("case")
@options.as_json
@options.debug
def check(case: str, as_json: bool) -> None:
    """Read all of CASE (a name or a folder): schema, references, both clocks, licences, gaps.

    Exit code 3 if there are problems; notes alone do not count.
    """
    from fronde.app import service
    from fronde.cli import tables

    found = service.check(case)
    problems = [item for item in found if item.severity == "problem"]
    notes = [item for item in found if item.severity != "problem"]
    if as_json:
        tables.emit({"case": case, "ok": not problems, "problems": [vars(item) for item in problems + notes]})
    else:
        for item in problems + notes:
            click.echo(f"{item.severity}: {problem_text(item)}")
        click.echo(f"{case}: {_count(len(problems), 'problem')}, {_count(len(notes), 'note')}", err=True)
    if problems:
        unknown = len(problems) == 1 and problems[0].found == "no such case"
        click.get_current_context().exit(USAGE if unknown else PROBLEMS)


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


@click.command(short_help="Make a case folder that validates.")
@click.argument("name")
@click.option("--from", "source", help="Start from this case instead of the fictional starter.")
@options.debug
def new(name: str, source: str | None) -> None:
    """Make the folder NAME here: a case that passes `fronde check`, to be changed block by block."""
    from fronde.app import service

    place = Path(name)
    made = service.new(place.name, place.parent, source)
    click.echo(made)
    click.echo(f"next: edit {made / 'case.yaml'}, then `fronde check {made}`", err=True)
