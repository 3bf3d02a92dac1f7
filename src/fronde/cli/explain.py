"""`fronde explain` and `fronde weekly`: what a number rests on, and how it came to be what it is."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from fronde.cli import options

FEW = 8  # rows shown of each list


@click.command(short_help="What a forecast rests on: base rate, parameters, sanctions, origins, observations.")
@click.argument("case")
@click.option("--question", help="Id of one question.  [default: all of the case]")
@options.as_of
@options.full
@options.particles
@options.computing
def explain(
    case: str,
    question: str | None,
    as_of: date | None,
    full: bool,
    particles: int | None,
    how: options.Computing,
) -> None:
    """What each headline number of CASE rests on, and which observation would move it most."""
    from fronde.app import service
    from fronde.cli import tables

    with how.session() as session:
        run = service.explain(case, question, as_of, options.size(full, particles), session)
    found = run.document(service.EXPLANATION)
    if how.as_json:
        tables.emit(found)
        return
    for row in found["questions"]:
        click.echo(_explained(row) + "\n")
    if found["note"]:
        click.echo(found["note"], err=True)
    click.echo(f"run: {run.folder}")


def _explained(row: dict[str, Any]) -> str:
    """One question in words and small tables."""
    from fronde.cli.tables import between, percent, table

    lines = [
        row["text"],
        f"p {percent(row['p'])}, 90% equal-tailed interval {between(row['interval90'])}; "
        f"base rate {percent(row['base_rate'])} ({row['base_rate_source']})",
        "",
    ]
    parts = [
        (f"sanctions, {name}", f"{100 * part['change']:+.1f}", _points(part["interval90"]), part["sign"])
        for name, part in row["sanctions"].items()
    ]
    lines.append(table(("what it adds", "points", "90% interval", "sign"), parts))
    if row["parameters"]:
        shares = [
            (one["name"], f"{one['share']:.2f}", "{:.2f} to {:.2f}".format(*one["interval90"]))
            for one in row["parameters"][:FEW]
        ]
        head = ("parameter", "share of variance", "90% bootstrap interval")
        lines += [
            "",
            table(head, shares),
            _luck(row),
        ]
    pulls = [
        (one["label"], str(one["claims"]), percent(one["with"]), percent(one["without"]))
        for one in row["origins"][:FEW]
    ]
    if pulls:
        lines += ["", table(("origin", "claims", "with", "without"), pulls)]
    single = [
        (f"{one['id']} {one['text']}", percent(one["with"]), percent(one["without"])) for one in row["claims"][:3]
    ]
    if single:
        lines += ["", table(("single claim", "with", "without"), single)]
    watched = [
        (one["observation"], percent(one["p_observation"]), percent(one["p_if_yes"]), percent(one["p_if_no"]),
         f"{1000 * one['gain_bits']:.1f}", f"{1000 * one['gain_se']:.1f}")
        for one in row["observations"][:FEW]
    ]  # fmt: skip
    if watched:
        columns = ("to watch, four weeks", "chance", "p if yes", "p if no", "gain, mbit", "se")
        lines += ["", table(columns, watched)]
    return "\n".join(lines)


def _luck(row: dict[str, Any]) -> str:
    """How much of a list of shares means nothing."""
    noise, between = row["parameters"][0]["noise"], row["explainable"]
    return f"shares up to {noise:.2f} are noise; {between:.0%} of the variance lies between particles, the rest is luck"


def _points(interval: list[float]) -> str:
    return "{:+.1f} to {:+.1f}".format(*(100 * x for x in interval))


@click.command(short_help="How each forecast moved week by week, and because of what.")
@click.argument("case")
@options.as_of
@click.option("--weeks", type=click.IntRange(1, 520), help="How many weeks back.  [default: to the onset]")
@click.option("--no-pulls", is_flag=True, help="Do not work out what each week's origins did: several times faster.")
@options.particles
@click.option("--chart", type=click.Path(dir_okay=False), help="Write the picture as Vega-Lite JSON.")
@options.computing
def weekly(
    case: str,
    as_of: date | None,
    weeks: int | None,
    no_pulls: bool,
    particles: int | None,
    chart: str | None,
    how: options.Computing,
) -> None:
    """Update CASE week by week from its onset and show how each forecast moved.

    The posterior of a week becomes the prior of the next; the last is compared with one calibration on everything.
    """
    import json

    from fronde.app import service
    from fronde.app.additions import WEEKLY
    from fronde.cli import tables

    with how.session() as session:
        run = service.weekly(case, as_of, particles or 512, weeks, not no_pulls, session)
    found = run.document(WEEKLY)
    if chart:
        from fronde.charts.weekly import weekly_chart

        Path(chart).write_text(json.dumps(weekly_chart(found).spec(), indent=1) + "\n", encoding="utf-8")
    if how.as_json:
        tables.emit(found)
        return
    click.echo(weekly_text(found))
    click.echo(f"run: {run.folder}")
    click.echo("`fronde report` of a forecast of this case and date, and its page in the app, now show this", err=True)


def weekly_text(found: dict[str, Any]) -> str:
    """A row per question, a column per week; then what moved them most; then the check against the batch run."""
    from fronde.cli.tables import percent, table

    days = [week["as_of"][5:] for week in found["weeks"]]
    rows = [
        (item["id"], *(percent(week["p"][item["id"]]["p"]) for week in found["weeks"])) for item in found["questions"]
    ]
    health = ("effective share", *(percent(week["effective"]) for week in found["weeks"]))
    bridge = (
        "steps of rejuvenation",
        *("-" if w["bridge_steps"] is None else w["bridge_steps"] for w in found["weeks"]),
    )
    lines = [table(("p as of", *days), [*rows, health, bridge]), ""]
    moved = [
        (f"{week['as_of']}: {item['label']}", name, percent(week["p"][name]["p"]), percent(p))
        for week in found["weeks"]
        for item in week["news"]
        for name, p in item["without"].items()
    ]
    moved.sort(key=lambda row: -abs(float(row[2].strip("%<>")) - float(row[3].strip("%<>"))))
    if moved:
        lines += [table(("became known", "question", "p", "without it"), moved[:15], left=2), ""]
    batch = found["batch"]
    lines.append(
        f"against one calibration on everything: means of parameters {batch['z_rms']:.2f} Monte Carlo errors apart "
        f"(root mean square; 1 expected), probabilities at most {100 * batch['p_worst']:.1f} points"
    )
    return "\n".join(lines)
