"""`fronde compare`."""

from datetime import date
from typing import Any

import click

from fronde.cli import options


@click.command(short_help="Paired differences between variants and the baseline.")
@click.argument("case")
@click.argument("variants", nargs=-1, required=True)
@options.as_of
@options.horizon
@options.full
@options.particles
@options.computing
def compare(
    case: str,
    variants: tuple[str, ...],
    as_of: date | None,
    horizon: int | None,
    full: bool,
    particles: int | None,
    how: options.Computing,
) -> None:
    """What VARIANTS of CASE change, against the same worlds without them.

    Both sides share parameters, histories and luck, so a difference is that of the intervention.
    """
    from fronde.app import service
    from fronde.cli import tables

    with how.session() as session:
        run = service.compare(case, variants, as_of, horizon, options.size(full, particles), session)
    found = run.document(service.COMPARISON)
    if how.as_json:
        tables.emit(found)
        return
    for variant in found["variants"]:
        click.echo(_variant_text(variant) + "\n")
    click.echo(f"run: {run.folder}")


def _variant_text(variant: dict[str, Any]) -> str:
    from fronde.cli.tables import figure, table

    rows = [
        (
            row["title"],
            figure(row["baseline"]),
            figure(row["variant"]),
            f"{row['mean']:+.3g}",
            f"{row['se']:.2g}",
            f"{row['q05']:+.3g} to {row['q95']:+.3g}",
        )
        for row in variant["differences"]
    ]
    head = ("over the horizon, people or as stated", "baseline", "variant", "difference", "error", "90% interval")
    return f"{variant['title']} ({variant['id']}): {variant['asks']}\n" + table(head, rows)
