"""Start: a card per case with what it is about, and the newest forecast of each."""

from pathlib import Path
from typing import Any

from fronde.app.views.desk import Desk
from fronde.evidence.pack import PackError
from fronde.scenario.case import load_case
from fronde.scenario.problems import CaseError


def start(desk: Desk) -> dict[str, Any]:
    """Cards of the cases, each with the newest finished forecast if there is one."""
    newest: dict[str, dict[str, Any]] = {}
    for row in desk.manifests():
        if row["finished"]:
            newest.setdefault(str(row.get("case")), row)
    cards = [_card(name, folder, newest.get(name)) for name, folder in desk.cases().items()]
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
        "forecast": None if forecast is None else {"run": forecast["run"], "as_of": forecast.get("as_of")},
    }
