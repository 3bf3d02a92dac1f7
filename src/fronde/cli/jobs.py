"""`fronde jobs`: long work that pages of the app have started, seen from the command line."""

import time
from pathlib import Path

import click

from fronde.cli import options


@click.group(short_help="Long work of the app: list, cancel, resume.")
def jobs() -> None:
    """Jobs run in processes of their own; they survive a closed page and a killed server."""


def _base(runs_folder: str | None) -> Path:
    from fronde.app.store import base_folder

    return base_folder(runs_folder)


@jobs.command("list", short_help="All jobs, newest first.")
@options.runs_folder
@options.as_json
@options.debug
def listed(runs_folder: str | None, as_json: bool) -> None:
    """Id, kind, case, status, how far, time left."""
    from fronde.app.jobs import table
    from fronde.cli import tables

    found = table.jobs(_base(runs_folder))
    if as_json:
        tables.emit({"jobs": found})
        return
    for row in found:
        far = f"{row['done'] / row['total']:.0%} of {row['stage']}" if row["total"] else row["stage"]
        left = "" if row["left"] is None else f", about {row['left']:.0f} s left"
        began = time.strftime("%Y-%m-%d %H:%M", time.localtime(row["created_at"]))
        what = f"{row['kind']} {row['arguments'].get('case')}"
        click.echo(
            f"{row['id']}  {row['status']:<11}  {began}  {what}  {far}{left}  {row['run'] or row['words']}".rstrip()
        )
    if not found:
        click.echo("no jobs", err=True)


@jobs.command(short_help="Stop a job; what it finished is kept.")
@click.argument("job", metavar="JOB")
@options.runs_folder
@options.as_json
@options.debug
def cancel(job: str, runs_folder: str | None, as_json: bool) -> None:
    """Stop JOB, an id from `fronde jobs list` or its beginning."""
    from fronde.app.jobs import table
    from fronde.cli import tables

    found = table.cancel(_base(runs_folder), job)
    if as_json:
        tables.emit(found)
    else:
        click.echo(
            f"{found['id']}: asked to stop" if found["status"] == "running" else f"{found['id']}: {found['status']}"
        )


@jobs.command(short_help="Go on with a job from what is kept.")
@click.argument("job", metavar="JOB")
@options.runs_folder
@options.as_json
@options.debug
def resume(job: str, runs_folder: str | None, as_json: bool) -> None:
    """Queue JOB again; a calibration goes on from its last checkpoint."""
    from fronde.app.jobs import worker
    from fronde.cli import tables

    found = worker.resume(_base(runs_folder), job)
    if as_json:
        tables.emit(found)
    else:
        click.echo(f"{found['id']}: {found['status']}")
