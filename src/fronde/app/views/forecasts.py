"""Forecasts: a group by act matrix, and what a cell rests on."""

import math
from typing import Any

from fronde.app.results import rounded
from fronde.app.run import Run
from fronde.app.views import Missing
from fronde.app.views.desk import BAD_FILES, SUMMARY, Desk
from fronde.app.views.since import before
from fronde.charts import summary as charts
from fronde.charts.fan import FIELDS
from fronde.report.headline import headline
from fronde.report.read import number, rows
from fronde.report.words import act_title
from fronde.scenario.case import load_case

KEPT = ("case", "title", "as_of", "onset", "horizon_days", "run", "groups", "questions", "diagnostics", "assumptions")
QUANTITY = {  # act -> what the differences between variants call it
    "leave": "leave", "resign": "resign", "resign_refused": "refused", "speak_policy": "speak",
    "speak_leader": "speak_leader", "punished": "punished",
}  # fmt: skip
LEAST, MOST = 1e-6, 1.0 - 1e-6  # a share of finitely many runs is no proof: log-odds stay finite
PULLS = 6
SHOWN = 4  # significant digits: more than a page shows; forecast.csv has all


def forecast(desk: Desk, run: str) -> dict[str, Any]:
    """Everything the page shows of one run: the finding, the matrix, fan charts, pulls of origins by act and group."""
    found = desk.run(run)
    if SUMMARY not in found.paths:
        raise Missing(f"{run} is no finished forecast; `fronde forecast CASE` makes one")
    summary = found.summary
    said = headline(summary)
    matrix = summary["matrix"]
    shown = {
        **{key: summary.get(key) for key in (*KEPT, "evidence", "not_known")},
        "quick": summary.get("quick", False),
        "lede": said.finding if said else "",
        "worth": said.worth if said else "",
        "dates": matrix["dates"],
        "acts": [{"id": act, "title": act_title(act)} for act in matrix["acts"]],
        "cells": matrix["cells"],
        "fans": {act: charts.fan(summary, act).as_dict(FIELDS) for act in summary["fans"]},
        "leader": charts.leader(summary).as_dict(("line", "date", "p")),
        "matrix": charts.matrix(summary).as_dict()["panels"],
        "asked": charts.questions(summary).as_dict()["panels"],
        "changes": changes(summary),
        "pulls": pulls(summary, asked(desk, found)),
        "cell_pulls": cell_pulls(summary),
        "previous": before(desk, found),
    }
    return dict(rounded(shown, digits=SHOWN))


def asked(desk: Desk, run: Run) -> list[dict[str, Any]]:
    """Which group and act each question of the case counts; empty where the case is not at hand."""
    try:
        spec = load_case(desk.case(str(run.manifest.get("case")))).spec
    except (Missing, *BAD_FILES):
        return []
    every = list(spec.groups)
    return [
        {"id": item.id, "text": item.text, "act": item.act, "groups": list(item.groups) or every}
        for item in spec.questions
        if item.act
    ]


def pulls(summary: dict[str, Any], questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Per question about an act, the origins that move it most: change of log-odds when the origin is left out."""
    found = []
    for question in questions:
        origins = [
            {
                "origin": origin["id"],
                "label": origin.get("label") or origin["id"],
                "with": row["with"],
                "without": row["without"],
                "log_odds": _logit(row["with"]) - _logit(row["without"]),
            }
            for origin in rows(summary, "origins")
            for row in rows(origin, "pull")
            if row.get("question") == question["id"] and number(row.get("with")) is not None
        ]
        origins.sort(key=lambda row: -abs(row["log_odds"]))
        if origins:
            found.append({**question, "origins": origins[:PULLS]})
    return found


def cell_pulls(summary: dict[str, Any]) -> dict[str, Any]:
    """The origins that move each cell most: `labels` by origin; `cells` by `group.act.by`, p with all and without each.

    Summaries of earlier versions have none.
    """
    found = rows(summary, "cell_pulls")
    used = {origin for row in found for origin in row["without"]}
    labels = {row["id"]: row.get("label") or row["id"] for row in rows(summary, "origins") if row["id"] in used}
    cells = {
        f"{row['group']}.{row['act']}.{row['by']}": {key: row[key] for key in ("with", "without")} for row in found
    }
    return {"labels": labels, "cells": cells}


def _logit(share: float) -> float:
    bounded = min(MOST, max(LEAST, share))
    return math.log(bounded / (1.0 - bounded))


def changes(summary: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Per act, what each variant would add to its number over all groups, the largest first; mean and 90% interval."""
    by_quantity: dict[str, list[dict[str, Any]]] = {}
    for variant in rows(summary, "variants"):
        for row in rows(variant, "differences"):
            kept = {key: row.get(key) for key in ("mean", "q05", "q95", "baseline")}
            by_quantity.setdefault(str(row.get("quantity")), []).append({"variant": variant.get("title"), **kept})
    for found in by_quantity.values():
        found.sort(key=lambda row: -abs(number(row["mean"]) or 0.0))
    return {act: by_quantity[name] for act, name in QUANTITY.items() if name in by_quantity}
