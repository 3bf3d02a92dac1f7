"""Start: a card per case, the newest forecast of each, and what a returning visitor wants to hear of."""

import hashlib
from pathlib import Path
from typing import Any

from fronde.app.views.desk import Desk
from fronde.evidence.pack import PackError
from fronde.scenario.case import load_case
from fronde.scenario.problems import CaseError


def start(desk: Desk) -> dict[str, Any]:
    """Cards of the cases, each with the newest finished forecast if there is one."""
    latest = desk.latest()
    cards = [_card(name, folder, _forecast(desk, latest.get(name))) for name, folder in desk.cases().items()]
    cards.sort(key=lambda card: card["forecast"] is None)
    return {"cases": cards, "runs_folder": desk.runs.name}


def _card(name: str, folder: Path, forecast: dict[str, Any] | None) -> dict[str, Any]:
    """One case in a few words; a case that cannot be read says why instead."""
    try:
        case = load_case(folder)
    except (CaseError, PackError) as error:
        return {"case": name, "problem": str(error).split("\n")[0], "forecast": None}
    spec = case.spec
    return {
        "case": name,
        "title": spec.title,
        "note": spec.note,
        "onset": spec.onset.isoformat(),
        "as_of": spec.moment,
        "horizon_days": spec.horizon,
        "groups": len(spec.groups),
        "people": sum(group.size for group in spec.groups.values()),
        "questions": len(spec.questions),
        "variants": len(spec.variants),
        "evidence": _digest(folder / "evidence"),
        "forecast": forecast,
    }


def _forecast(desk: Desk, manifest: dict[str, Any] | None) -> dict[str, Any] | None:
    """The latest forecast of a case: which one it is, its own hash, and its answers."""
    if manifest is None:
        return None
    run = desk.run(manifest["run"])
    questions = run.forecast.get("questions", ())
    return {
        "run": run.id,
        "as_of": manifest.get("as_of"),
        "hash": (manifest.get("files") or {}).get("forecast.json"),
        "questions": [{key: row.get(key) for key in ("id", "text", "by", "p")} for row in questions],
    }


def _digest(folder: Path) -> str:
    """A short hash of an evidence pack, so that a visitor can be told that it changed; empty where there is none."""
    if not folder.is_dir():
        return ""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file():
            whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:16]
