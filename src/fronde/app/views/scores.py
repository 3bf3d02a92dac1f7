"""Questions with their rules and answers, and how frozen forecasts did."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from fronde.app import questions as asking
from fronde.app import scorecard as scoring
from fronde.app.views.desk import Desk
from fronde.charts.records import reliability
from fronde.scenario.case import load_case


def questions(desk: Desk, case: str) -> dict[str, Any]:
    """Questions of the case and forecasts of its sources, with the latest forecast of each question."""
    folder = desk.case(case)
    spec = load_case(folder).spec
    rows = asking.listed(folder)
    newest = desk.latest().get(case)
    ours = {row["id"]: row for row in desk.run(newest["run"]).forecast["questions"]} if newest else {}
    for row in rows:
        found = ours.get(row["id"])
        row["forecast"] = {key: found[key] for key in ("p", "interval90", "base_rate")} if found else None
    opened = sum(row["state"] == "open" for row in rows)
    return {
        "case": case,
        "title": spec.title,
        "run": newest["run"] if newest else None,
        "lede": f"{len(rows)} statements that a date decides: {opened} open, {len(rows) - opened} resolved.",
        "questions": rows,
    }


def resolve(
    desk: Desk, case: str, name: str, answer: str, on: date, basis: str, claims: Sequence[str], rule: str, coder: str
) -> dict[str, Any]:
    """Resolve a statement of the case; its row as it stands afterwards."""
    return asking.resolve(desk.case(case), name, answer, on, basis, claims=claims, rule=rule, coder=coder)


def _curve(line: dict[str, Any]) -> dict[str, Any]:
    bins = [{**row, "forecast": row["p"]} for row in line["bins"]]
    return reliability(f"Reliability of {line['forecaster']}", bins).as_dict()


def scorecard(desk: Desk, case: str) -> dict[str, Any]:
    """Frozen forecasts of a case against what came."""
    folder = desk.case(case)
    found = scoring.scorecard(folder, desk.runs)
    bins = [{"title": line["forecaster"], "chart": _curve(line)} for line in found["reliability"] if line.get("bins")]
    said = found["resolved"]
    frozen = sum(len(about["frozen"]) for about in found["cases"])
    lede = (
        f"Resolved statements: {said}, open: {found['open']}, frozen forecasts: {frozen}."
        if frozen
        else f"No forecast of this case is frozen yet; resolved statements of its sources: {said}."
    )
    return {"case": case, "title": load_case(folder).spec.title, "lede": lede, "charts": bins, **found}
