"""`fronde evidence list` and `show`."""

from typing import Any

import click

from fronde.cli import options

STATUSES = ("proposed", "accepted", "rejected", "retracted")


@click.command("list", short_help="Claims of a case, filtered and searched.")
@click.argument("case")
@click.argument("words", nargs=-1)
@click.option("--status", type=click.Choice(STATUSES), help="Only claims of this review state.")
@click.option("--origin", help="Only claims of this voice.")
@click.option("--group", help="Only claims about this group.")
@click.option("--class", "event_class", help="Only claims of this event class.")
@click.option("--report", help="Only claims of this report.")
@click.option("--limit", type=click.IntRange(1), help="At most this many.")
@options.store
@options.as_json
@options.debug
def list_(
    case: str, words: tuple[str, ...], limit: int | None, store: str | None, as_json: bool, **filters: str | None
) -> None:
    """Claims of CASE whose id, text, quotation, note, actors, targets or origin hold words that begin like WORDS."""
    from fronde.app import ledger, ledger_store
    from fronde.cli import tables

    query = " ".join(words)
    if store:
        found = ledger_store.list_claims(store, case, query, limit, **filters)
    else:
        found = ledger.list_claims(case, query, limit, **filters)
    if as_json:
        tables.emit({"case": case, "claims": found})
        return
    rows = [(f"{row['id']}: {row['text']}", row["event_class"], row["origin"], row["published_at"], row["status"])
            for row in found]  # fmt: skip
    click.echo(tables.table(("claim", "class", "voice", "published", "status"), rows, left=5))
    click.echo(f"{len(found)} claims of {len({row['origin'] for row in found})} voices", err=True)


@click.command(short_help="One claim with everything it hangs on.")
@click.argument("case")
@click.argument("claim")
@options.store
@options.as_json
@options.debug
def show(case: str, claim: str, store: str | None, as_json: bool) -> None:
    """CLAIM of CASE with report, voice, chain, events, copies, forecasts, outcomes and history."""
    from fronde.app import ledger, ledger_store
    from fronde.cli import tables

    found = ledger_store.show(store, case, claim) if store else ledger.show(case, claim)
    if as_json:
        tables.emit(found)
        return
    for line in lines_of(found):
        click.echo(tables.plain(line))


def lines_of(found: dict[str, Any]) -> list[str]:
    """A claim in words, one fact a line."""
    row, report, outlet = found["claim"], found["report"] or {}, found["outlet"] or {}
    facts = {
        "class": f"{row['event_class']}, {row['claim_type']}, {row.get('polarity')}, {row.get('modality')}",
        "about": "; ".join(filter(None, (row.get("actors"), row.get("group"), row.get("targets")))),
        "when": " to ".join(filter(None, (row.get("date_low"), row.get("date_high")))),
        "count": " ".join(filter(None, (row.get(name) for name in ("count_qualifier", "count_low", "count_high")))),
        "report": f"{outlet.get('name', '')}, {report.get('published_at', '')}: {report.get('title', '')}",
        "voice": f"{row['origin']}: {(found['origin'] or {}).get('label', '')}",
        "chain": " < ".join(
            f"{(hop['source_row'] or {}).get('name', hop['source'])}{' (inferred)' * (hop.get('stated') == 'inferred')}"
            for hop in found["chain"]
        ),
        "drift": row.get("drift", ""),
        "grade": row.get("reliability", ""),
        "events": ", ".join(f"{link['event']} ({link['relation']})" for link in found["events"]),
        "copies": ", ".join(found["copies"]),
        "same voice": f"{len(found['same_voice'])} other claims" if found["same_voice"] else "",
        "forecasts": ", ".join(f"{item['id']}: {item['statement']}" for item in found["forecasts"]),
        "outcome": ", ".join(f"{item['strict']} ({item['basis']})" for item in found["outcomes"]),
        "note": row.get("note", ""),
    }
    lines = [f"{row['id']} [{row['status']}] {row['text']}"]
    lines += [f"  {name:<10} {text}" for name, text in facts.items() if text]
    for change in found["history"]:
        why = f": {change['why']}" if change["why"] else ""
        step = f"{change['variable']} {change['before'] or '(none)'} -> {change['after'] or '(none)'}"
        lines.append(f"  {change['at']} {change['coder']} {step}{why}")
    return lines
