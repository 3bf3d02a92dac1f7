"""`fronde calibrate` and `fronde forecast`."""

from datetime import date
from typing import Any

import click

from fronde.cli import options


@click.command(short_help="Fit the model to what was known on a date.")
@click.argument("case")
@options.as_of
@click.option(
    "--resume", is_flag=True, help="Go on with an interrupted calibration (done anyway), and say if there is none."
)
@click.option(
    "--posterior-to", type=click.Path(dir_okay=False), help="Also write the posterior for other cases to lean on."
)
@options.full
@options.particles
@options.computing
def calibrate(
    case: str,
    as_of: date | None,
    resume: bool,
    posterior_to: str | None,
    full: bool,
    particles: int | None,
    how: options.Computing,
) -> None:
    """Posterior of CASE (a name or a folder), with diagnostics in plain words.

    A checkpoint is kept after each step. The same command goes on from it, and the result is the same to the last bit.
    """
    from fronde.app import service
    from fronde.cli import show, tables

    if resume and how.fresh:
        raise click.UsageError("--resume and --fresh exclude each other; give one of them")
    with how.session() as session:
        run = service.calibrate(case, as_of, options.size(full, particles), session=session, resume=resume)
        if posterior_to:
            session.say(f"posterior written to {service.save_lesson(run, case, as_of, posterior_to, session)}")
    found = run.calibration
    if how.as_json:
        tables.emit({**show.run_document(run), "calibration": found})
        return
    click.echo(_calibration_text(found))
    click.echo(f"run: {run.folder}")


def _calibration_text(found: dict[str, Any]) -> str:
    """Diagnostics, and the parameters that the evidence taught most about."""
    from fronde.cli import tables

    lines = [f"{row['verdict']:>5}  {row['text']}" for row in found["diagnostics"]]
    taught = sorted(found["posterior"], key=lambda row: -row["contraction"])[:12]
    rows = [
        (
            row["name"],
            row["unit"],
            tables.figure(row["prior"]["q50"]),
            tables.figure(row["posterior"]["q50"]),
            f"{tables.figure(row['posterior']['q05'])} to {tables.figure(row['posterior']['q95'])}",
            tables.percent(max(0.0, row["contraction"])),
        )
        for row in taught
    ]
    head = ("learnt most about", "unit", "prior median", "posterior", "90% interval", "variance explained")
    return "\n".join([*lines, "", tables.table(head, rows, left=2), ""])


@click.command(short_help="Probabilities and counts by group and date, and the report.")
@click.argument("case")
@options.as_of
@options.horizon
@click.option("--reweigh", is_flag=True, help="After a small change of evidence: re-weight the finished calibration.")
@options.full
@options.particles
@options.computing
def forecast(
    case: str,
    as_of: date | None,
    horizon: int | None,
    reweigh: bool,
    full: bool,
    particles: int | None,
    how: options.Computing,
) -> None:
    """Forecast CASE (a name or a folder) from what was known on a date; --json prints forecast.json.

    A finished calibration of the same case, evidence and settings is used again. With --reweigh one of other evidence
    may be, if the change is small enough for it; every output then says so, and if it is not, a new one is made.
    """
    from fronde.app import service
    from fronde.cli import show, tables

    if reweigh and how.fresh:
        raise click.UsageError("--reweigh and --fresh exclude each other; give one of them")
    with how.session() as session:
        run = service.forecast(case, as_of, horizon, options.size(full, particles), session=session, reweigh=reweigh)
    if how.as_json:
        tables.emit(run.forecast)
        return
    show.show_forecast(run)
