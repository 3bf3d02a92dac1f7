"""PLOVER events as JSON lines, out and in without loss.

Targets are `recipients`; the PLOVER code of the class becomes `event_type` and `event_mode`.
What PLOVER has no place for travels under `fronde`. A line of another program is mapped to the first class of its code.
Source: Halterman et al. 2023, PLOVER and POLECAT.
"""

import json
from collections.abc import Iterator

from fronde.evidence.event_classes import EVENT_CLASSES
from fronde.ledger.sheets import Cells, Sheets, json_object
from fronde.scenario.problems import CaseError, Problem

TAKEN = {"id": "event_id", "date_low": "event_date", "note": "event_text"}


def to_plover(sheets: Sheets) -> bytes:
    """Every event of a pack, one line each."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in _lines(sheets)).encode()


def _lines(sheets: Sheets) -> Iterator[dict]:
    for row in sheets.rows("events"):
        code = row.get("plover") or EVENT_CLASSES[row["event_class"]].plover
        kind, _, mode = code.partition("/")
        rest = {name: cell for name, cell in row.items() if cell and name not in (*TAKEN, "actors", "targets")}
        yield {
            **{theirs: row.get(ours, "") for ours, theirs in TAKEN.items()},
            "event_type": kind,
            "event_mode": mode,
            "actors": [part for part in row.get("actors", "").split(";") if part],
            "recipients": [part for part in row.get("targets", "").split(";") if part],
            "fronde": rest,
        }


def from_plover(text: str, name: str = "events.jsonl") -> dict[str, list[Cells]]:
    """Rows of events; raises CaseError for a line that is no event or of an unknown code."""
    rows = []
    for number, content in enumerate(text.split("\n"), 1):
        if content.strip():
            rows.append(_row(json_object(name, number, content), name, number))
    return {"events": rows}


def _row(line: dict, name: str, number: int) -> Cells:
    rest = line.get("fronde") or {}
    code = "/".join(filter(None, (str(line.get("event_type", "")), str(line.get("event_mode", "")))))
    classes = [key for key, known in EVENT_CLASSES.items() if known.plover == code]
    classes += [key for key, known in EVENT_CLASSES.items() if known.plover.split("/")[0] == line.get("event_type")]
    if not isinstance(rest, dict) or not (classes or "event_class" in rest):
        found = f"event type `{code}`"
        raise CaseError([Problem(name, number, 0, found, "a PLOVER code of the codebook", "see codebook.csv")])
    day = str(line.get("event_date", ""))
    row = {
        **{ours: str(line.get(theirs, "")) for ours, theirs in TAKEN.items()},
        **{"event_class": (classes or [""])[0], "date_high": day, "known_at": day},
        "actors": ";".join(map(str, line.get("actors") or ())),
        "targets": ";".join(map(str, line.get("recipients") or ())),
    }
    return {**row, **{key: str(value) for key, value in rest.items()}}
