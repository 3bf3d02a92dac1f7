"""`fronde simulate`."""

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fronde.cli import options
from fronde.cli.errors import FAILED

if TYPE_CHECKING:
    from fronde.app.work import Session


@click.command(short_help="A prior or posterior ensemble, or a run again from its manifest.")
@click.argument("case", required=False)
@click.option("--variant", help="A variant of the case.")
@click.option("--runs", type=click.IntRange(1, 100_000_000), default=512, show_default=True, help="Number of runs.")
@click.option(
    "--keep",
    type=click.IntRange(0, 1_000_000),
    help="Keep the trajectories of so many runs, sums of all.  [default: all]",
)
@click.option(
    "--at-once",
    type=click.IntRange(1, 1_000_000),
    help="Runs in memory at a time; changes no number.  [default: 2048]",
)
@click.option("--set", "assigned", type=options.Assignment(), multiple=True, help="Fix a parameter; may be repeated.")
@click.option("--prior/--posterior", default=True, show_default=True, help="Before or after the evidence.")
@click.option("--from-manifest", type=click.Path(exists=True, path_type=Path), help="Compute this run again.")
@options.as_of
@options.horizon
@options.particles
@options.computing_runs
def simulate(
    case: str | None,
    variant: str | None,
    runs: int,
    keep: int | None,
    at_once: int | None,
    assigned: tuple[tuple[str, float], ...],
    prior: bool,
    from_manifest: Path | None,
    as_of: date | None,
    horizon: int | None,
    particles: int | None,
    how: options.Computing,
) -> None:
    """Simulate CASE (a name or a folder) and write the runs to a folder.

    With --from-manifest, compute an earlier run of any kind again and compare every file, byte for byte.
    """
    from fronde.app import service

    if (case is None) == (from_manifest is None):
        raise click.UsageError("give a CASE, or --from-manifest FILE, and not both")
    session = how.session()
    if case is None or from_manifest is not None:
        _again(str(from_manifest), session, how.as_json)
        return
    size = options.size(False, particles)
    with session as opened:
        run = service.simulate(case, variant, runs, dict(assigned), prior, as_of, horizon, size, opened, keep, at_once)
    found = run.document(service.SIMULATION)
    if how.as_json:
        from fronde.cli import tables

        tables.emit(found)
        return
    click.echo(_text(found))
    click.echo(f"run: {run.folder}")


def _text(found: dict[str, Any]) -> str:
    from fronde.cli.tables import count_table, percent, table

    variant = f", variant {found['variant']}" if found["variant"] else ""
    head = (
        f"{found['runs']} runs of the {found['source']}{variant}, {found['horizon_days']} days from {found['as_of']}\n"
    )
    leader = table(("the leader", "p"), [(row["event"], percent(row["p"])) for row in found["leader"]])
    return f"{head}\n{count_table(found['counts'], {}, ('speak_policy', 'resign', 'leave', 'dismissed'))}\n\n{leader}\n"


def _again(manifest: str, session: "AbstractContextManager[Session]", as_json: bool) -> None:
    """Compute a run again; exit 1 if a file came out differently."""
    from fronde.app import service
    from fronde.cli import tables

    with session as opened:
        run, files = service.recreate(manifest, opened)
    if as_json:
        tables.emit({"run": run.id, "folder": str(run.folder), "identical": all(files.values()), "files": files})
    else:
        for name, same in files.items():
            click.echo(f"{'identical' if same else 'DIFFERENT'}  {name}")
        click.echo(f"run: {run.folder}")
    if not all(files.values()):
        click.get_current_context().exit(FAILED)
