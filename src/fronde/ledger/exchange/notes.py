"""Markdown notes with links, one per actor, for a vault of notes; and a claims table that is safe in spreadsheets."""

import csv
import io
import re
from collections import defaultdict

from fronde.ledger.sheets import Sheets
from fronde.ledger.views import list_claims

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~])")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return SPECIAL.sub(r"\\\1", "".join(sign if sign.isprintable() else " " for sign in text))


def to_notes(sheets: Sheets, names: dict[str, str]) -> dict[str, bytes]:
    """File name -> note. names: actor id -> name; ids are checked by the case to be safe as file names."""
    claims = defaultdict(list)
    for row in list_claims(sheets):
        for actor in filter(None, row.get("actors", "").split(";")):
            claims[actor.strip()].append(row)
    notes = {}
    for actor, name in sorted(names.items()):
        lines = [f"# {escaped(name)}", ""]
        for row in claims.get(actor, []):
            others = [f"[[{other.strip()}]]" for other in row["actors"].split(";") if other.strip() not in ("", actor)]
            beside = f" with {', '.join(others)}" if others else ""
            lines.append(
                f"- {escaped(row['published_at'])} **{escaped(row['event_class'])}** {escaped(row['text'])}{beside} "
                f"({escaped(row['outlet'])}; {escaped(row['voice'])}; {row['status']}, {row['id']})"
            )
        notes[f"{actor}.md"] = ("\n".join(lines) + "\n").encode()
    return notes


def to_spreadsheet(sheets: Sheets) -> bytes:
    """Claims as CSV in which no cell is taken for a formula: such a cell begins with an apostrophe."""
    rows = list_claims(sheets)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row.values()] for row in rows)
    return ("\ufeff" + stream.getvalue()).encode()
