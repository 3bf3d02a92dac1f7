"""`fronde validate` and `fronde opinions`."""

from datetime import date
from typing import Any

import click

from fronde.cli import options

PROBLEMS = 3
WIDE = 24


@click.command(short_help="Re-run the scientific checks and print expected and got.")
@click.option("--suite", type=click.Choice(["limits", "published", "calibration", "history"]), default="limits",
              show_default=True)  # fmt: skip
@click.option("--case", default="russia-2022", show_default=True, help="Case whose prior makes the synthetic worlds.")
@click.option("--worlds", type=click.IntRange(2, 10_000), default=20, show_default=True, help="Synthetic worlds.")
@click.option("--particles", type=click.IntRange(64, 65_536), default=256, show_default=True)
@click.option("--full", is_flag=True, help="history: every case and date instead of a few.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.pass_context
def validate(ctx: click.Context, suite: str, case: str, worlds: int, particles: int, full: bool, as_json: bool) -> None:
    """Limiting cases of the engine, published numbers of rival theories, synthetic worlds, or the cases of history.

    History forecasts each case from the others, beside constant rate, persistence, a self-exciting process and survival
    regression; results are kept under the runs folder, so an interrupted run resumes.

    Calibration draws WORLDS parameter sets from the prior, makes the record each would leave, calibrates on it and
    compares with the truth; 20 worlds take about two minutes on two cores, 200 about twenty.
    """
    from fronde.app.validate import history_rows
    from fronde.app.validate import validate as run
    from fronde.cli import tables

    if suite == "history":
        rows = history_rows(full, lambda text: click.echo(text, err=True))[0]
    else:
        rows = run(
            suite, case, worlds, particles, on_world=lambda number: click.echo(f"world {number} of {worlds}", err=True)
        )
    failed = sum(not row["ok"] for row in rows)
    if as_json:
        tables.emit({"suite": suite, "checks": len(rows), "failed": failed, "rows": rows})
    else:
        click.echo(tables.table(_head(rows), [_cells(row) for row in rows], left=1))
        click.echo(f"{len(rows)} checks, {failed} failed")
    ctx.exit(PROBLEMS if failed else 0)


def _head(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """Published numbers also say where they stand and how that is known."""
    told = ("source", "known by") if "known" in rows[0] else ()
    return ("check", *told, "expected", "got", "within", "")


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    told = (str(row["source"]), str(row["known"])) if "known" in row else ()
    shown = (row["expected"], row["got"], row.get("bound", row.get("tolerance")))
    verdict = row.get("status") or ("ok" if row["ok"] else "MISSED")
    return (str(row.get("name") or row["id"]), *told, *(_short(value) for value in shown), str(verdict))


def _short(value: Any) -> str:
    """A number, or several, with four digits; words as they are, both on at most WIDE characters."""
    if isinstance(value, tuple | list):
        text = ", ".join(_short(one) for one in value)
    else:
        text = f"{value:.4g}" if isinstance(value, float) else str("" if value is None else value)
    return text if len(text) <= WIDE else text[: WIDE - 1] + "…"


@click.command(short_help="The field's rival theories on the same elite.")
@click.argument("case")
@options.as_of
@options.full
@options.particles
@options.computing
def opinions(
    case: str,
    as_of: date | None,
    full: bool,
    particles: int | None,
    runs_folder: str | None,
    threads: int | None,
    cluster: str | None,
    fresh: bool,
    as_json: bool,
) -> None:
    """What threshold, coordination, coalition and bargaining theories say of CASE, Fronde's own answer beside them."""
    from fronde.app import service
    from fronde.cli import tables

    with options.session(runs_folder, threads, fresh, cluster) as session:
        run = service.forecast(case, as_of, None, options.size(full, particles), session=session)
    rows = run.summary["opinions"]
    if as_json:
        tables.emit({"case": run.summary["case"], "as_of": run.summary["as_of"], "opinions": rows})
        return
    for question in dict.fromkeys(row["question"] for row in rows):
        asked = [row for row in rows if row["question"] == question]
        click.echo(asked[0]["text"])
        for row in asked:
            if row["speaks"] and row["theory"] != "together":
                click.echo(f"  {row['theory']:<30} {row['answer']}")
        together = next(row for row in asked if row["theory"] == "together")
        own = together.get("fronde")
        click.echo(f"  {'Fronde':<30} {'does not say' if own is None else f'{own:.3g}'}")
        click.echo(f"  {'together':<30} {together['answer']}\n")
    click.echo(f"run: {run.folder}")
