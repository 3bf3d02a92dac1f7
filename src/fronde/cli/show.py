"""What a finished run prints: a table for people, a document for machines."""

from typing import TYPE_CHECKING, Any

import click

from fronde.cli.tables import count_table, question_table

if TYPE_CHECKING:
    from fronde.app.run import Run

ACTS = ("speak_policy", "resign", "leave", "dismissed")


def size_text(settings: dict[str, Any]) -> str:
    """Which mode it was."""
    from fronde.app.work import FULL, QUICK

    words = f"{settings['particles']} particles, {settings['futures']} futures each"
    if settings["particles"] == QUICK:
        return f"quick mode: {words}; --full takes {FULL} particles"
    return f"full mode: {words}" if settings["particles"] == FULL else words


def run_document(run: "Run") -> dict[str, Any]:
    """Where a run lies and how it was made."""
    manifest = run.manifest
    return {
        "run": run.id,
        "folder": str(run.folder),
        "case": manifest["case"],
        "as_of": manifest["as_of"],
        "status": manifest["status"],
        "particles": manifest["settings"]["particles"],
        "files": sorted(run.paths),
    }


def show_forecast(run: "Run") -> None:
    """The headline forecasts and where the report is."""
    forecast, summary = run.forecast, run.summary
    titles = {row["id"]: row["title"] for row in summary["groups"]} | {"all": "all groups"}
    click.echo(f"{summary['title']}")
    click.echo(f"as of {forecast['as_of']}, {forecast['horizon_days']} days ahead\n")
    if forecast["questions"]:
        click.echo(question_table(forecast["questions"]) + "\n")
    click.echo(count_table(forecast["counts"], titles, ACTS) + "\n")
    used, counted = forecast["evidence"], summary["assumptions"]
    click.echo(f"evidence: {used['claims']} claims of {used['origins']} origins, {used['used']} used")
    if "reweighed" in forecast:
        click.echo(f"NOTE: {forecast['reweighed']['text']}; without --reweigh it is calibrated in full")
    click.echo(f"assumptions: {counted['count']} of {counted['of']} numbers rest on judgement alone")
    click.echo(f"run: {run.id} ({size_text(run.manifest['settings'])})")
    click.echo(f"report: {run.folder / 'report.html'}")
