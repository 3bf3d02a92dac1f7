"""`fronde validate` and `fronde opinions`."""

from datetime import date
from typing import Any

import click

from fronde.cli import options

PROBLEMS = 3
WIDE = 24
FEW_WORLDS, FULL_WORLDS = 20, 200
SUITES = ("limits", "published", "calibration", "robustness", "methods", "prior", "predictive", "history")


class Part(click.ParamType):
    """`k/n`: the k-th of n shares of the work."""

    name = "k/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Parse to (k - 1, n)."""
        if isinstance(value, tuple):
            return value
        first, _, count = str(value).partition("/")
        if first.isdecimal() and count.isdecimal() and 1 <= int(first) <= int(count) <= 1000:
            return int(first) - 1, int(count)
        self.fail(f"{value!r} is no share of the work; expected k/n such as 1/2", param, ctx)


@click.command(short_help="Re-run the scientific checks and print expected and got.")
@click.option("--suite", type=click.Choice(SUITES), default="limits", show_default=True)
@click.option("--case", default="russia-2022", show_default=True, help="Case whose prior makes the synthetic worlds.")
@click.option("--worlds", type=click.IntRange(2, 10_000), help="Synthetic worlds.  [default: 20]")
@click.option("--particles", type=click.IntRange(64, 65_536), default=256, show_default=True)
@click.option("--full", is_flag=True, help="200 worlds instead of 20; history: every case and date.")
@click.option("--part", type=Part(), default="1/1", help="Do only every n-th world, from the k-th: k/n. To share work.")
@options.runs_folder
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.pass_context
def validate(
    ctx: click.Context,
    suite: str,
    case: str,
    worlds: int | None,
    particles: int,
    full: bool,
    part: tuple[int, int],
    runs_folder: str | None,
    as_json: bool,
) -> None:
    """Re-run the checks of one suite and print expected and got.

    limits: limiting cases of the engine. published: printed numbers of rival theories. calibration: parameter sets from
    the prior make records, calibration is to find them again; each finished world is kept, so a stopped run goes on and
    several can share the work (--part). robustness: the same with false reports and other ties than assumed. methods:
    other ways to a posterior on the same worlds. prior: what is believed before any evidence. predictive: whether the
    record is one that the calibrated model would produce again. history: each case forecast from the others, beside
    constant rate, persistence, a self-exciting process and survival regression; an interrupted run resumes.
    """
    from fronde.app.validate import history_rows
    from fronde.app.validate import validate as run
    from fronde.cli import tables

    if full and worlds is not None:
        raise click.UsageError("--full and --worlds exclude each other; give one of them")
    wanted = worlds or (FULL_WORLDS if full else FEW_WORLDS)
    mine = len(range(part[0], wanted, part[1]))
    with options.session(runs_folder) as session:
        if suite == "history":
            rows = history_rows(full, session.say)[0]
        else:
            rows = run(
                suite,
                case,
                wanted,
                particles,
                on_world=lambda number: session.progress("worlds", number, mine),
                session=session,
                part=part,
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
    how: options.Computing,
) -> None:
    """What threshold, coordination, coalition and bargaining theories say of CASE, Fronde's own answer beside them."""
    from fronde.app import service
    from fronde.cli import tables

    with how.session() as session:
        run = service.forecast(case, as_of, None, options.size(full, particles), session=session)
    rows = run.summary["opinions"]
    if how.as_json:
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
