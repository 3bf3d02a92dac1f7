"""FollowTheMoney entities as JSON lines: the case's actors exactly as they are, its reports and its events.

Actors pass through untouched, unknown properties included, so that export, import, export gives equal bytes. Reports
become `Article`, events `Event` with the actors as `involved`.
"""

import json
from typing import Any

from fronde.ledger.sheets import Sheets, json_object

OURS = ("Article", "Event")  # schemata that this module makes; on the way in they are not actors


def to_ftm(sheets: Sheets, actors: bytes) -> bytes:
    """actors: the file elite/actors.jsonl as it is."""
    kept = actors if not actors or actors.endswith(b"\n") else actors + b"\n"
    outlets = {row["id"]: row.get("name", "") for row in sheets.rows("sources")}
    entities = [_article(row, outlets) for row in sheets.rows("reports")] + [
        _event(row) for row in sheets.rows("events")
    ]
    return kept + "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in entities).encode()


def _entity(key: str, schema: str, **properties: list[str]) -> dict[str, Any]:
    filled = {name: [value for value in values if value] for name, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: values for name, values in filled.items() if values}}


def _article(row: dict[str, str], outlets: dict[str, str]) -> dict[str, Any]:
    return _entity(
        row["id"], "Article", title=[row.get("title", "")], sourceUrl=[row.get("url", "")],
        publishedAt=[row.get("published_at", "")], publisher=[outlets.get(row.get("outlet", ""), "")],
    )  # fmt: skip


def _event(row: dict[str, str]) -> dict[str, Any]:
    return _entity(
        row["id"], "Event", name=[row.get("note") or row["event_class"]], keywords=[row["event_class"]],
        startDate=[row.get("date_low", "")], endDate=[row.get("date_high", "")],
        involved=[part for part in row.get("actors", "").split(";") if part != "leader"],
    )  # fmt: skip


def actors_of(content: bytes, name: str) -> list[tuple[str, str]]:
    """(id, line) of every entity that is no report and no event, each line exactly as it was."""
    found = []
    for number, line in enumerate(content.decode("utf-8-sig").split("\n"), 1):
        if line.strip():
            entity = json_object(name, number, line)
            if entity.get("schema") not in OURS:
                found.append((str(entity.get("id", "")), line))
    return found
