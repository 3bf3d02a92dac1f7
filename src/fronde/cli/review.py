"""`fronde evidence review`: proposed claims one by one, second codings, agreement."""

from typing import Any

import click

from fronde.cli import options
from fronde.cli.exchange import coder


@click.command(short_help="Accept, correct or reject proposed claims; code twice; agreement.")
@click.argument("case")
@click.option("--accept", "accepted", multiple=True, metavar="ID", help="Accept this claim.")
@click.option("--reject", "rejected", multiple=True, metavar="ID", help="Reject this claim; needs --why.")
@click.option("--retract", "retracted", multiple=True, metavar="ID", help="Take this accepted claim back; needs --why.")
@click.option("--known-at", type=options.Day(), help="The day a retraction became known; earlier dates keep the claim.")
@click.option("--correct", "corrected", metavar="ID", help="Correct this claim, with --set.")
@click.option("--set", "cells", multiple=True, metavar="COLUMN=TEXT", help="A cell for --correct or --second.")
@click.option("--second", metavar="ID", help="A second coding of this claim, with --set, blind to the first.")
@click.option("--why", default="", help="The reason; it is kept in the history.")
@click.option("--agreement", is_flag=True, help="Krippendorff's alpha per variable and the disputed claims.")
@coder
@options.as_json
@options.debug
def review(case: str, agreement: bool, coder: str, as_json: bool, **asked: Any) -> None:
    """Go through the proposed claims of CASE, or decide on those that are named."""
    from fronde.app import ledger
    from fronde.cli import tables

    if agreement:
        found = ledger.agreement(case)
        if as_json:
            tables.emit({"case": case, "agreement": found})
            return
        rows = [(row["variable"], "-" if row["alpha"] is None else f"{row['alpha']:.2f}", row["claims"],
                 " ".join(row["disputed"])) for row in found]  # fmt: skip
        click.echo(tables.table(("variable", "alpha", "coded twice", "disputed"), rows))
        return
    changed = _decide(case, coder, asked)
    if not any(asked[name] for name in ("accepted", "rejected", "retracted", "corrected", "second")):
        changed = _one_by_one(case, coder)
    if as_json:
        tables.emit({"case": case, "changed": sorted(set(changed))})
    else:
        click.echo(f"changed: {', '.join(sorted(set(changed))) or 'nothing'}", err=True)


def _decide(case: str, coder: str, asked: dict[str, Any]) -> list[str]:
    """The decisions named on the command line, in the order of the options."""
    from fronde.app import ledger

    why, changed = asked["why"], []
    cells = dict(_cell(text) for text in asked["cells"])
    for claim in asked["accepted"]:
        changed += ledger.accept(case, claim, coder, why)
    for claim in asked["rejected"]:
        changed += ledger.reject(case, claim, why, coder)
    for claim in asked["retracted"]:
        changed += ledger.retract(case, claim, why, coder, asked["known_at"])
    if asked["corrected"]:
        changed += ledger.correct(case, asked["corrected"], cells, coder, why)
    if asked["second"]:
        changed += ledger.code(case, asked["second"], cells, coder)
    return changed


def _cell(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise click.UsageError(f"{text!r} is no assignment; expected COLUMN=TEXT, such as drift=lost_hedge")
    return name.strip(), value.strip()


def _one_by_one(case: str, coder: str) -> list[str]:
    """Show each proposed claim and ask; what was decided is kept when the review is broken off."""
    from fronde.app import ledger
    from fronde.cli import tables
    from fronde.cli.ledger import lines_of

    changed: list[str] = []
    for row in ledger.list_claims(case, status="proposed"):
        for line in lines_of(ledger.show(case, row["id"])):
            click.echo(tables.plain(line), err=True)
        answer = click.prompt(
            "accept, correct, reject, skip or quit", type=click.Choice(["a", "c", "r", "s", "q"]), default="s", err=True
        )
        if answer == "q":
            break
        if answer == "c":
            cells = dict(_cell(text) for text in click.prompt("COLUMN=TEXT, several with ;;", err=True).split(";;"))
            changed += ledger.correct(case, row["id"], cells, coder, click.prompt("why", default="", err=True))
            answer = "a" if click.confirm("accept it so?", default=True, err=True) else "s"
        if answer == "a":
            changed += ledger.accept(case, row["id"], coder)
        elif answer == "r":
            changed += ledger.reject(case, row["id"], click.prompt("why", err=True), coder)
    return changed
