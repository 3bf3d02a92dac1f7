"""`fronde evidence extract`: proposed claims out of a report's text."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from fronde.cli import options


@click.command(short_help="Proposed claims out of a report's text, HTML or PDF.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--outlet", default="", help="Who published the report; needed to write into a case.")
@click.option("--published", type=options.Day(), help="Day of publication; needed for *on Thursday* and to write.")
@click.option("--case", help="Case whose actors and sources are used, and whose inbox gets the claims.")
@click.option("--dry-run", is_flag=True, help="Write nothing into the case.")
@click.option("--model", is_flag=True, help="Ask the endpoint of FRONDE_LLM_URL as well; sends it the text.")
@options.as_json
@options.debug
def extract(
    file: Path, outlet: str, published: date | None, case: str | None, dry_run: bool, model: bool, as_json: bool
) -> None:
    """Read FILE (text, HTML or PDF; English) and propose claims with their spans.

    With --case, --outlet and --published the claims go into the case as `proposed`: nothing of them reaches a
    likelihood before a person accepts it.
    """
    from fronde.app import extraction
    from fronde.app.opening import RequestError
    from fronde.cli import tables
    from fronde.extract.formats import Unreadable, text_of
    from fronde.extract.tokens import ExtraMissing

    try:
        text = text_of(file.read_bytes(), file.name)
        found = extraction.extract(text, outlet, published, case)
    except (Unreadable, ExtraMissing) as error:
        raise RequestError(str(error)) from error
    if model:
        from fronde.app import endpoint

        found["model"] = endpoint.compare(found)
    found["written"] = None
    if case and not dry_run:
        if not outlet or published is None:
            raise RequestError(
                "to write into a case the report needs its outlet and its day: give --outlet and --published, "
                "or --dry-run to look only"
            )
        found["written"] = extraction.propose(case, text, outlet, published)
    if as_json:
        tables.emit(found)
        return
    _print(found)


def _print(found: dict[str, Any]) -> None:
    from fronde.cli import tables

    rows = [
        (str(c["sentence"]), _short(c["words"], 64), c["event_class"] + ("" if c["class_sure"] else " ?"),
         " > ".join(_short(h["name"], 28) for h in c["chain"]), _how(c))
        for c in found["claims"]
    ]  # fmt: skip
    click.echo(tables.table(("line", "words of the report", "class", "chain", "how"), rows, left=5))
    for sentence in found["unread"]:
        click.echo(sentence, err=True)
    unsure = sum(not c["class_sure"] for c in found["claims"])
    click.echo(
        f"{len(found['claims'])} claims proposed ({unsure} with a class guessed, marked ?), "
        f"{len(found['attributions'])} attributions, {len(found['boilerplate'])} paragraphs of boilerplate dropped",
        err=True,
    )
    if found["new_actors"]:
        click.echo("names no actor of a case has: " + ", ".join(found["new_actors"][:20]), err=True)
    if found.get("model"):
        _print_model(found["model"])
    if found["written"]:
        click.echo(f"{len(found['written']['claims'])} claims written as proposed", err=True)


def _print_model(model: dict[str, Any]) -> None:
    from fronde.cli import tables

    rows = [
        (row["verdict"], _short(row["words"], 60), row["rules"] or "-", row["model"] or "-") for row in model["rows"]
    ]
    click.echo(tables.table(("", "words of the report", "rules", "model"), rows, left=4))
    dropped = ", ".join(f"{n} {why}" for why, n in model["dropped"].items()) or "none"
    click.echo(f"model {model['model']}: {model['kept']} proposals kept, dropped: {dropped}", err=True)


def _short(words: str, most: int) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _how(c: dict[str, Any]) -> str:
    parts = [c["modality"]] + (["denied"] if c["polarity"] == "deny" else [])
    if c["count"]:
        bound = c["count"]["low"] if c["count"]["low"] is not None else c["count"]["high"]
        parts.append(c["count"]["qualifier"].replace("_", " ") + (f" {bound:g}" if bound is not None else ""))
    if c["dates"]:
        low, high = c["dates"]["low"], c["dates"]["high"]
        parts.append(low if low == high else f"{low}..{high}")
    if c["probability"]:
        parts.append("{:.0%}-{:.0%}".format(*c["probability"]))
    parts += [tag for tag in c["drift"] if tag != "none"]
    return ", ".join(parts)
