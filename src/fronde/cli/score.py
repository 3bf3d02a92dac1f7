"""`fronde question` and `fronde score`."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from fronde.cli import options
from fronde.cli.errors import PROBLEMS


@click.group(short_help="What a case asks, by which rule; and how it turned out.")
def question() -> None:
    """Statements that a date will decide: list them, and resolve them with evidence."""


@question.command("list", short_help="Questions of a case and forecasts of its sources, with rule, day and state.")
@click.argument("case")
@options.as_json
@options.debug
def list_(case: str, as_json: bool) -> None:
    """List what CASE asks. Rules stand in case.yaml, or are made from what a question counts."""
    from fronde.app import questions
    from fronde.cli import tables

    rows = questions.listed(case)
    if as_json:
        tables.emit({"case": case, "questions": rows})
        return
    shown = [(row["id"], row["kind"], row["by"] or "", row["state"], row["text"]) for row in rows]
    click.echo(tables.table(("id", "asked by", "by", "state", "text"), shown, left=5))


@question.command("resolve", short_help="Write how a question turned out, and by what evidence.")
@click.argument("case")
@click.argument("name", metavar="QUESTION")
@click.argument("answer", type=click.Choice(["yes", "no", "void", "ambiguous"]))
@click.option("--on", type=options.Day(), required=True, help="Day it was decided.")
@click.option("--basis", required=True, help="What was looked up, and where.")
@click.option("--lenient", type=click.Choice(["yes", "no", "void", "ambiguous"]), help="Answer by the lenient rule.")
@click.option("--claim", "claims", multiple=True, help="Claim of the ledger it rests on; may be repeated.")
@click.option("--rule", default="", help="For a source's forecast: the rule written before looking.")
@click.option("--coder", default="user", show_default=True)
@options.as_json
@options.debug
def resolve(
    case: str,
    name: str,
    answer: str,
    on: date,
    basis: str,
    lenient: str | None,
    claims: tuple[str, ...],
    rule: str,
    coder: str,
    as_json: bool,
) -> None:
    """Add a row to evidence/resolutions.csv of CASE; what is resolved already is refused."""
    from fronde.app import questions
    from fronde.cli import tables

    row = questions.resolve(case, name, answer, on, basis, lenient, claims, rule, coder)
    if as_json:
        tables.emit(row)
        return
    click.echo(f"{row['id']}: {row['state']} on {row['resolved_at']}\nrule: {row['rule']}")


@click.command(short_help="Frozen forecasts against what came, beside base rates and others.")
@click.argument("paths", nargs=-1, metavar="[CASE|PATH]...")
@click.option("--frozen", metavar="MODEL", help="Released posterior, not refitted: run folder, model file or `prior`.")
@click.option("--backtest", is_flag=True, help="Rolling origin over the cases named, or all that ship.")
@click.option("--lean", is_flag=True, help="In the backtest: forecast again, leaning on the other cases of history.")
@click.option("--panels", type=click.Path(), help="Rolling origin of the hazard models on these panels.")
@click.option("--release", "target", type=click.Path(dir_okay=False), help="Write the posterior of run PATH here.")
@click.option("--known-by", type=options.Day(), help="Read outcomes as known on this day.  [default: today]")
@options.particles
@options.computing
def score(
    paths: tuple[str, ...],
    frozen: str | None,
    backtest: bool,
    lean: bool,
    panels: str | None,
    target: str | None,
    known_by: date | None,
    particles: int | None,
    how: options.Computing,
) -> None:
    """Freeze a forecast of each CASE at its date, then compare with what came; misses first.

    PATH may be a folder that holds cases and country panels with outcomes; with --frozen MODEL nothing is refitted.
    Frozen forecasts stand in frozen.jsonl of the runs folder, each line with the hash of the one before.
    """
    from fronde.cli import tables
    from fronde.cli.scorecards import show_card

    with how.session() as session:
        found = _scored(paths, frozen, backtest, lean, panels, target, known_by, particles, session)
    if how.as_json:
        tables.emit(found)
    elif "released" in found:
        click.echo(f"released: {found['released']}")
    else:
        show_card(found)
    for row in found.get("refused", ()):
        for problem in row["problems"]:
            click.echo(f"{row['case']} was not scored: {problem}", err=True)
    if found.get("refused"):
        sys.exit(PROBLEMS)


def _scored(
    paths: tuple[str, ...],
    frozen: str | None,
    backtest: bool,
    lean: bool,
    panels: str | None,
    target: str | None,
    known_by: date | None,
    particles: int | None,
    session: Any,
) -> dict[str, Any]:
    from fronde.app import backtest as rolling_origin
    from fronde.app import freezing, scoring

    if target:
        if len(paths) != 1:
            raise click.UsageError("--release needs one run folder")
        from fronde.app.released import release

        return {"released": str(release(paths[0], target))}
    if panels is not None:
        from fronde.app.rolling import rolling

        return {"panels": rolling(panels, session.progress)}
    settings = freezing.how(frozen, particles or (rolling_origin.SMALL if backtest else freezing.QUICK), known_by)
    if lean and not backtest:
        raise click.UsageError("--lean belongs to --backtest")
    if backtest:
        return rolling_origin.backtest(paths, settings, session, leaning=lean)
    if len(paths) != 1:
        raise click.UsageError("expected one CASE or PATH, or --backtest, or --panels FOLDER")
    folder = Path(paths[0])
    if folder.is_dir() and not (folder / "case.yaml").is_file():
        return scoring.score_folder(folder, settings, session)
    return scoring.score_case(paths[0], settings, session)
