"""What a person sees of a pack: lists, one claim with all it hangs on, its history. Plain data, nothing is computed.

Packs of some thousand rows are read whole; larger ones and packs of a team live in a store with the same views.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from fronde.ledger.edits import REVISIONS, require
from fronde.ledger.sheets import Cells, Sheets

FILTERS = {  # name -> column of claims
    "status": "status", "origin": "origin", "group": "group", "event_class": "event_class",
    "claim_type": "claim_type", "report": "report", "coder": "coder",
}  # fmt: skip
SEARCHED = ("id", "text", "quote_words", "note", "actors", "targets", "origin")


def words_of(text: str) -> list[str]:
    """Words of a text without case and marks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign)).split()


def _matches(row: Cells, wanted: Iterable[str]) -> bool:
    found = words_of(" ".join(row.get(name, "") for name in SEARCHED))
    return all(any(word.startswith(start) for word in found) for start in wanted)


def list_claims(sheets: Sheets, query: str = "", limit: int | None = None, **filters: str | None) -> list[dict]:
    """Claims that hold all words of the query, or words that begin so, and match every filter, in file order.

    filters: any of FILTERS; `status="proposed"` gives the inbox. Each row holds the claim's cells as text plus
    `published_at`, `outlet` (name) and `voice` (label of its origin).
    """
    unknown = sorted(set(filters) - set(FILTERS))
    if unknown:
        raise ValueError(f"unknown filter {unknown[0]}; expected one of {', '.join(FILTERS)}")
    wanted = {FILTERS[name]: value for name, value in filters.items() if value}
    words = words_of(query)
    reports = {row["id"]: row for row in sheets.rows("reports")}
    sources = {row["id"]: row for row in sheets.rows("sources")}
    origins = {row["id"]: row for row in sheets.rows("origins")}
    found: list[dict] = []
    for row in sheets.rows("claims"):
        if any(row.get(column, "") != value for column, value in wanted.items()):
            continue
        report = reports.get(row.get("report", ""), {})
        outlet = sources.get(report.get("outlet", ""), {}).get("name", "")
        voice = origins.get(row.get("origin", ""), {}).get("label", "")
        if words and not _matches(row, words):
            continue
        found.append({**row, "published_at": report.get("published_at", ""), "outlet": outlet, "voice": voice})
        if limit is not None and len(found) >= limit:
            break
    return found


def show_claim(sheets: Sheets, claim: str) -> dict[str, Any]:
    """One claim with report, voice, chain (outermost first), events, copies, forecasts, outcomes and history."""
    row = require(sheets, "claims", claim)
    report = sheets.find("reports", row.get("report", ""))
    origin = sheets.find("origins", row.get("origin", ""))
    hops = sorted(_of(sheets, "hops", "claim", claim), key=lambda hop: int(hop["position"] or 0))
    links = [
        {**link, "event_row": sheets.find("events", link["event"])}
        for link in _of(sheets, "event_claims", "claim", claim)
    ]
    voice = _of(sheets, "claims", "origin", row.get("origin", ""))
    return {
        "claim": row,
        "report": report,
        "outlet": sheets.find("sources", report.get("outlet", "")) if report else None,
        "origin": origin,
        "voice": sheets.find("sources", origin.get("source", "")) if origin else None,
        "chain": [{**hop, "source_row": sheets.find("sources", hop["source"])} for hop in hops],
        "events": links,
        "copies": [other["id"] for other in _of(sheets, "claims", "dup_of", claim)],
        "same_voice": [other["id"] for other in voice if other is not row],
        "forecasts": _of(sheets, "forecasts", "claim", claim),
        "outcomes": _of(sheets, "resolutions", "claim", claim),
        "codings": _of(sheets, "codings", "claim", claim),
        "history": history(sheets, claim),
    }  # fmt: skip


def _of(sheets: Sheets, table: str, column: str, value: str) -> list[Cells]:
    return [row for row in sheets.rows(table) if row.get(column) == value]


def history(sheets: Sheets, key: str, table: str = "claims") -> list[dict[str, str]]:
    """What happened to a row, oldest first: how it came in, then every changed cell with who, when and why."""
    row = require(sheets, table, key)
    changes = [found for found in sheets.rows(REVISIONS) if (found["table"], found["row"]) == (table, key)]
    first = {change["variable"]: change["before"] for change in reversed(changes)}
    at_first = first.get("status", row.get("status", ""))
    came = {"coder": row.get("coder", ""), "at": row.get("coded_at", ""), "why": "", "known_at": "",
            "variable": "status", "before": "", "after": at_first}  # fmt: skip
    log = [
        {"coder": found["coder"], "at": found["coded_at"], "why": found["note"], "known_at": found["known_at"],
         "variable": found["variable"], "before": found["before"], "after": found["after"]}
        for found in changes
    ]  # fmt: skip
    return [came, *log]


def tally(sheets: Sheets) -> dict[str, dict[str, int]]:
    """Rows of each table by status."""
    counts: dict[str, dict[str, int]] = {}
    for name, sheet in sheets.tables.items():
        states: dict[str, int] = defaultdict(int)
        for row in sheet.rows:
            states[row.get("status", "")] += 1
        counts[name] = dict(sorted(states.items()))
    return counts
