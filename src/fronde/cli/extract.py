"""`fronde evidence extract`: proposed claims out of the text of reports."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from fronde.cli import options


@click.command(short_help="Proposed claims out of a report's text, HTML or PDF.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--outlet", "outlets", multiple=True, help="Who published it; needed to write. Once, or one per file.")
@click.option(
    "--published", "days", multiple=True, type=options.Day(),
    help="Day of publication; needed for *on Thursday* and to write. Once, or one per file.",
)  # fmt: skip
@click.option("--case", help="Case whose actors and sources are used, and whose inbox gets the claims.")
@click.option("--dry-run", is_flag=True, help="Write nothing into the case.")
@click.option("--model", is_flag=True, help="Ask the endpoint of FRONDE_LLM_URL as well; sends it the text.")
@click.option(
    "--from", "readers", type=click.Choice(("rules", "model", "both")), default="rules", show_default=True,
    help="Whose claims go into the inbox; model and both ask the endpoint.",
)  # fmt: skip
@options.as_json
@options.debug
def extract(
    files: tuple[Path, ...], outlets: tuple[str, ...], days: tuple[date, ...], case: str | None, dry_run: bool,
    model: bool, readers: str, as_json: bool,
) -> None:  # fmt: skip
    """Read FILES (text, HTML or PDF; English) and propose claims with their spans.

    Several reports may be given at once: voices that are likely one are shown. With --case, --outlet and --published
    the claims go into the case as `proposed`: nothing of them reaches a likelihood before a person accepts it.
    """
    from fronde.app import endpoint, extraction
    from fronde.app.opening import RequestError
    from fronde.cli import tables
    from fronde.extract.formats import Unreadable, text_of
    from fronde.extract.tokens import ExtraMissing

    who = _each(outlets, files, "--outlet") or [""] * len(files)
    when: list[Any] = _each(days, files, "--published") or [None] * len(files)
    write = bool(case) and not dry_run
    if write and (not all(who) or None in when):
        raise RequestError(
            "to write into a case the report needs its outlet and its day: give --outlet and --published, "
            "or --dry-run to look only"
        )
    try:
        texts = [text_of(file.read_bytes(), file.name) for file in files]
        found = extraction.extract_many(list(zip(texts, who, when, strict=True)), case)
    except (Unreadable, ExtraMissing) as error:
        raise RequestError(str(error)) from error
    for article in found["articles"]:
        if model or readers != "rules":
            article["model"] = endpoint.compare(article)
        article["written"] = None
    if write:
        for article, day in zip(found["articles"], when, strict=True):
            article["written"] = _write(str(case), article, day, readers)
    if as_json:
        tables.emit(found if len(files) > 1 else found["articles"][0])
        return
    for file, article in zip(files, found["articles"], strict=True):
        if len(files) > 1:
            click.echo(f"{file}:")
        _print(article)
    _print_same(found["same_origins"], files)


def _each(given: Sequence[Any], files: Sequence[Path], option: str) -> list[Any]:
    """One value per file out of one for all or one each."""
    if len(given) in (0, len(files)):
        return list(given)
    if len(given) == 1:
        return [given[0]] * len(files)
    raise click.UsageError(f"{option} is given {len(given)} times for {len(files)} files; expected once, or one each")


def _write(case: str, article: dict[str, Any], day: date, readers: str) -> dict[str, Any]:
    """The chosen readers' claims into the inbox; of two that agree, the rules' one."""
    from fronde.app import extraction

    written: dict[str, Any] = {"claims": [], "files": [], "before": []}
    if readers != "model":
        _join(written, extraction.propose(case, article["text"], article["outlet"], day))
    if readers != "rules":
        asked = article["model"]
        agreed = set(asked["agreed"]) if readers == "both" else set()
        only = [n for n in range(len(asked["claims"])) if n not in agreed]
        coder = f"model {asked['model']}"
        _join(
            written, extraction.propose(case, article["text"], article["outlet"], day, only, coder=coder, asked=asked)
        )
    return written


def _join(all_of: dict[str, Any], more: dict[str, Any]) -> None:
    for key in ("claims", "before"):
        all_of[key] += more[key]
    all_of["files"] = list(dict.fromkeys([*all_of["files"], *more["files"]]))


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
    for same in found["same_in_case"]:
        click.echo(
            f"maybe one voice (p {same['p_same']:g}): {_short(same['voice'], 60)} and, in the case, "
            f"{_short(same['label'], 60)} ({same['origin']}): {same['why']}",
            err=True,
        )
    if found.get("model"):
        _print_model(found["model"])
    _print_written(found["written"], found["read_before"])


def _print_written(written: dict[str, Any] | None, report: str | None) -> None:
    if written is None:
        if report:
            click.echo(f"this text is in the case already, as report {report}", err=True)
        return
    if written["before"]:
        click.echo(
            f"this text was read before (report {report}): {len(written['before'])} of its claims are in the case "
            "already and were left as they are; see `fronde evidence list`",
            err=True,
        )
    click.echo(f"{len(written['claims'])} claims written as proposed", err=True)


def _print_same(pairs: Sequence[dict[str, Any]], files: Sequence[Path]) -> None:
    for pair in pairs:
        (a, c), (b, d) = pair["claims"]
        one, other = (_short(voice, 60) for voice in pair["voices"])
        click.echo(
            f"one voice with p {pair['p_same']:g}: {one} ({files[a].name}, claim {c + 1}) and {other} "
            f"({files[b].name}, claim {d + 1}): {pair['why']}",
            err=True,
        )


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
