"""What moved since the forecast before: which one that is, what is compared with what, and its numbers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fronde.app.run import Run
from fronde.app.views.desk import SUMMARY, Desk, issued
from fronde.report.words import short_date

VERSION = ("code", "the version of Fronde")
DIFFERENT = (("evidence_hash", "the evidence"), ("scenario_hash", "the case file"), VERSION)  # of one and the same day


def before(desk: Desk, run: Run) -> dict[str, Any] | None:
    """The forecast of the same case issued before this one, or None.

    cells: `group.act.by` of this forecast -> probability then, of the same act within as many days from its own day.
    questions: id -> probability then, of the same statement by the same date.
    """
    own = run.manifest
    rows = [row for row in desk.finished(str(own.get("case"))) if row["run"] != run.id and issued(row) < issued(own)]
    row = max(rows, key=issued, default=None)
    if row is None:
        return None
    other = desk.run(row["run"])
    if SUMMARY not in other.paths:
        return None
    then, now = other.summary, run.summary
    return {
        "run": other.id,
        "as_of": then["as_of"],
        "says": _says(own, row),
        "cells": _cells(now, then),
        "questions": _questions(now, then),
    }


def _says(own: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """What is compared, in one sentence."""
    same_day = own.get("as_of") == other.get("as_of")
    changed = [words for key, words in (DIFFERENT if same_day else (VERSION,)) if own.get(key) != other.get(key)]
    sizes = [(row.get("settings") or {}).get("particles") for row in (own, other)]
    if sizes[0] != sizes[1]:
        changed.append(f"the number of particles ({sizes[1]} then, {sizes[0]} now)")
    if same_day:
        what = ", ".join(changed) or "nothing that its manifest names"
        return f"against run {_short(other)} of the same day, by the same dates; what differs: {what}"
    also = f"; besides day and evidence, what differs: {', '.join(changed)}" if changed else ""
    return f"against the forecast of {short_date(other.get('as_of'))}, each as many days ahead from its own day{also}"


def _short(manifest: Mapping[str, Any]) -> str:
    return str(manifest["run"]).rsplit("-", 1)[-1]


def _ahead(by: str, as_of: str) -> float:
    """Days from as_of to a date; either may carry an hour."""
    until, since = (datetime.fromisoformat(text) for text in (by, as_of))
    return (until - since).total_seconds() / 86400


def _cells(now: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, float]:
    by_days = {
        (row["group"], row["act"], _ahead(row["by"], then["as_of"])): row["p_any"] for row in then["matrix"]["cells"]
    }
    found = {}
    for row in now["matrix"]["cells"]:
        p = by_days.get((row["group"], row["act"], _ahead(row["by"], now["as_of"])))
        if p is not None:
            found[f"{row['group']}.{row['act']}.{row['by']}"] = p
    return found


def _questions(now: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, float]:
    """Only statements that are word for word the same, by the same date: a shorter way to it is part of the news."""
    asked = {(row["id"], row["text"], row["by"]): row["p"] for row in then["questions"]}
    same = ((row["id"], asked.get((row["id"], row["text"], row["by"]))) for row in now["questions"])
    return {name: p for name, p in same if p is not None}
