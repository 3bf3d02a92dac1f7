"""`fronde demo`."""

import click

from fronde.cli import options


@click.command(short_help="The flagship case from evidence to report.")
@click.option("--full", is_flag=True, help="4096 particles instead of 1024.")
@click.option("--case", default="russia-2022", show_default=True, help="Another case: a name or a folder.")
@options.computing
def demo(
    full: bool,
    case: str,
    how: options.Computing,
) -> None:
    """Calibrate the flagship case on what was known on its date, forecast, write a report.

    Works offline. The first run compiles the model, which takes about half a minute.
    """
    from fronde.app import service
    from fronde.cli import show, tables

    with how.session() as session:
        run = service.demo(case, full, session)
    if how.as_json:
        report = str(run.folder / "report.html")
        tables.emit({**show.run_document(run), "quick": not full, "report": report, "forecast": run.forecast})
        return
    show.show_forecast(run)
