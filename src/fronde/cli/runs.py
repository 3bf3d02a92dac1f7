"""`fronde report` and `fronde cite`: what is done with a finished run."""

from pathlib import Path

import click

from fronde.cli import options

NEWEST = "latest"


def find_run(given: str, runs_folder: str | None) -> Path:
    """The folder of a run: a path, its name, the beginning of its name, or `latest`."""
    from fronde.app.store import MANIFEST, base_folder, read_manifest, run_folders

    if (Path(given) / MANIFEST).is_file():
        return Path(given)
    base = base_folder(runs_folder)
    folders = run_folders(base)
    if given == NEWEST and folders:
        return max(folders, key=lambda folder: str(read_manifest(folder).get("started_at")))
    found = [folder for folder in folders if folder.name == given] or [
        folder for folder in folders if folder.name.startswith(given)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise click.UsageError(
            f"{given!r} could be {', '.join(folder.name for folder in found)}; give more of the name"
        )
    raise click.UsageError(f"no run {given!r}; {_remedy(given, base, [folder.name for folder in folders])}")


def _remedy(given: str, base: Path, names: list[str]) -> str:
    from fronde.scenario.problems import suggestion

    if not names:
        return f"{base} holds no runs; make one with `fronde forecast CASE`, or say where they are with --runs"
    return suggestion(Path(given).name, names, f"{base} holds {', '.join(names[:10])}")


@click.command(short_help="Write the report of a run again, also for mail or as PDF.")
@click.argument("run", metavar="RUN")
@click.option("--static", is_flag=True, help="For mail and archives: no embedded fonts, every table open.")
@click.option("--interactive", is_flag=True, help="Also write report-interactive.html: the app's pages in one file.")
@click.option("--pdf", is_flag=True, help="Also print it to report.pdf with an installed Chromium, Chrome or Edge.")
@options.runs_folder
@options.as_json
@options.debug
def report(run: str, static: bool, interactive: bool, pdf: bool, runs_folder: str | None, as_json: bool) -> None:
    """Write report.html of RUN: a folder, a name, the beginning of one, or `latest`."""
    from fronde.app import service
    from fronde.cli import tables

    folder = find_run(run, runs_folder)
    paths = service.report(folder, static, pdf)
    if interactive:
        try:
            from fronde.web import onefile
        except ImportError:
            raise click.UsageError('--interactive needs the extra: pip install "fronde[app]"') from None
        from fronde.app.views.desk import Desk

        paths.append(onefile.write(Desk(folder.resolve().parent), folder.resolve().name))
    if as_json:
        tables.emit({"run": folder.name, "written": [str(path) for path in paths]})
        return
    for path in paths:
        click.echo(path)


@click.command(short_help="How to cite a run.")
@click.argument("run", metavar="RUN")
@options.runs_folder
@options.as_json
@options.debug
def cite(run: str, runs_folder: str | None, as_json: bool) -> None:
    """A reference for RUN, and the keys of the works that the model rests on."""
    from fronde.app import service
    from fronde.cli import tables

    found = service.cite(find_run(run, runs_folder))
    if as_json:
        tables.emit(found)
        return
    click.echo(found["text"])
    click.echo(f"\nworks behind the mechanisms ({found['references']}): {', '.join(found['works'])}")
