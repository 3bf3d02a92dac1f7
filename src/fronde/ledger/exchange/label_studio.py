"""Label Studio JSON, out and in: claims as tasks, codes as choices, each coder's annotation as a coding.

On the way in an annotation never changes a claim: it becomes rows of `codings`, to be compared and settled in review.
"""

import json
from typing import Any

from fronde.ledger.review import CODED, VARIABLES
from fronde.ledger.sheets import Cells, Sheets
from fronde.scenario.problems import CaseError, Problem, quoted

FILE = "label-studio.json"


def _annotation(coder: str, codes: dict[str, str]) -> dict[str, Any]:
    result = [
        {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": value.split(";")}}
        for name, value in codes.items()
    ]
    return {"completed_by": coder, "result": result}


def to_label_studio(sheets: Sheets) -> bytes:
    """Tasks with the annotations of every coder so far."""
    reports = {row["id"]: row for row in sheets.rows("reports")}
    given: dict[str, dict[str, dict[str, str]]] = {}
    for row in sheets.rows("codings"):
        given.setdefault(row["claim"], {}).setdefault(row["coder"], {})[row["variable"]] = row["value"]
    tasks = []
    for row in sheets.rows("claims"):
        report = reports.get(row.get("report", ""), {})
        own = {name: row[name] for name in CODED.split() if row.get(name)}
        others = given.get(row["id"], {})
        data = {"claim_id": row["id"], "text": row.get("text", ""), "published_at": report.get("published_at", "")}
        notes = [_annotation(row.get("coder", ""), own)] + [_annotation(who, codes) for who, codes in others.items()]
        tasks.append({"data": data, "annotations": notes})
    return (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode()


def from_label_studio(text: str, sheets: Sheets) -> dict[str, list[Cells]]:
    """Codings by others than the claim's own coder; those already in the pack are passed over."""
    try:
        tasks = json.loads(text)
        found = [row for task in tasks for row in _codings(task)]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        problem = Problem(FILE, 0, 0, f"no export of Label Studio: {quoted(str(error))}", "a JSON list of tasks",
                          "export as JSON")  # fmt: skip
        raise CaseError([problem]) from None
    own = {row["id"]: row.get("coder", "") for row in sheets.rows("claims")}
    have = {row["id"] for row in sheets.rows("codings")}
    return {"codings": [row for row in found if row["coder"] != own.get(row["claim"]) and row["id"] not in have]}


def _codings(task: dict[str, Any]) -> list[Cells]:
    claim = str(task["data"]["claim_id"])
    rows = []
    for note in task.get("annotations", []):
        by = note.get("completed_by", "")
        coder = str(by.get("email") or by.get("id") if isinstance(by, dict) else by)
        for item in note.get("result", []):
            if item.get("type") == "choices" and item.get("from_name") in VARIABLES:
                name, value = item["from_name"], ";".join(map(str, item["value"]["choices"]))
                rows.append({"id": f"{claim}-{name}-{coder}", "coder": coder, "claim": claim, "variable": name,
                             "value": value})  # fmt: skip
    return rows
