"""`fronde params`, `fronde schema` and `fronde doctor`: reference from the code."""

from typing import Any

import click

from fronde.cli import options
from fronde.cli.errors import FAILED


@click.command(short_help="Every number of the model with unit, prior, bounds and source.")
@click.argument("words", nargs=-1)
@click.option("--notes/--no-notes", default=True, help="Say what each means, or one line each.")
@options.as_json
@options.debug
def params(words: tuple[str, ...], notes: bool, as_json: bool) -> None:
    """Parameters whose name, source or note holds all WORDS; all of them without."""
    from fronde.app import service
    from fronde.cli import tables

    rows = service.params(words)
    if as_json:
        tables.emit(rows)
        return
    click.echo(f"{'name':<28} {'default':>9}  {'unit':<12} {'prior':<36} bounds, source")
    for row in rows:
        low, high = row["bounds"]
        click.echo(
            f"{row['name']:<28} {row['default']:>9.4g}  {row['unit']:<12} {row['prior_text']:<36} "
            f"{low:g} to {high:g}  {row['source']}"
        )
        if notes:
            click.echo(f"    {row['note']}")
    assumed = sum(row["source"] == "assumption" for row in rows)
    click.echo(f"{len(rows)} parameters, {assumed} of them assumptions", err=True)


@click.command(short_help="The JSON Schema of case.yaml.")
@options.debug
def schema() -> None:
    """Print the schema, for editors and other programs."""
    from fronde.app import service

    click.echo(service.schema(), nl=False)


@click.command(short_help="What works, what is missing, what lies about unfinished.")
@options.runs_folder
@options.as_json
@options.debug
def doctor(runs_folder: str | None, as_json: bool) -> None:
    """Look at the installation; exit code 1 if something keeps Fronde from working."""
    from fronde.app import service
    from fronde.app.store import base_folder
    from fronde.cli import tables

    found = service.doctor(base_folder(runs_folder))
    if as_json:
        tables.emit(found)
    else:
        click.echo(_state(found))
    for problem in found["problems"]:
        click.echo(f"problem: {problem}", err=True)
    if found["problems"]:
        click.get_current_context().exit(FAILED)


def _state(found: dict[str, Any]) -> str:
    kernel = "interpreted, slow" if found["interpreted"] else ("compiled" if found["compiled"] else "not compiled yet")
    extras = ", ".join(f"{name} {'installed' if there else 'not installed'}" for name, there in found["extras"].items())
    lines = {
        "versions": ", ".join(f"{name} {version}" for name, version in found["versions"].items()),
        "system": found["system"],
        "model": kernel,
        "cache": found["cache"],
        "threads": found["threads"],
        "cases": ", ".join(found["cases"]) or "none",
        "extras": extras,
        "runs": found["runs"],
    }
    text = [f"{name + ':':<10} {value}" for name, value in lines.items()]
    for row in found["unfinished"]:
        text.append(f"unfinished: {row['run']} ({row['status']}, while {row['stage'] or 'starting'})")
    return "\n".join(text)
