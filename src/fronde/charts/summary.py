"""Charts of a finished forecast, from the `summary.json` of its run folder."""

from collections.abc import Mapping
from typing import Any

from fronde.charts import fan as fans
from fronde.charts import tables
from fronde.charts.chart import Chart

ACTS = {
    "leave": "People who left",
    "resign": "People who resigned",
    "resign_refused": "Resignations refused",
    "speak_policy": "People who spoke against the policy",
    "speak_leader": "People who spoke against the leader",
    "dismissed": "People dismissed",
    "punished": "People punished",
}
SHORT = {
    "speak_policy": "Criticise policy", "speak_leader": "Criticise leader", "resign": "Resign",
    "resign_refused": "Resign, refused", "leave": "Leave", "dismissed": "Dismissed", "punished": "Punished",
}  # fmt: skip


def fan(summary: Mapping[str, Any], act: str = "leave") -> Chart:
    """Cumulative acts by group since the onset, with the public record up to the date of the forecast."""
    names = {row["id"]: row["title"] for row in summary["groups"]}
    panels = [(names.get(key, key), {"baseline": row}) for key, row in summary["fans"][act].items()]
    title = f"{ACTS.get(act, act)} since {summary['onset']}"
    return fans.fan(
        title, panels, f"{title}: median with 50 and 90% bands, black what was reported", as_of=summary["as_of"]
    )


def matrix(summary: Mapping[str, Any], by: str | None = None) -> Chart:
    """Chance of at least one act entering the record, by group and kind, within the last (or a given) horizon."""
    found = summary["matrix"]
    by = by or found["dates"][-1]
    names = {row["id"]: row["title"] for row in summary["groups"]}
    cells = [
        {
            "group": names[row["group"]],
            "act": SHORT.get(row["act"], row["act"]),
            "p": row["p_any"],
            "low": None,
            "high": None,
        }
        for row in found["cells"]
        if row["by"] == by and row["group"] in names
    ]
    return tables.matrix(f"Chance of at least one reported act by {by}", cells)


def questions(summary: Mapping[str, Any]) -> Chart:
    """Questions of the case with their 90% intervals and base rates."""
    items = [
        {"title": row["text"], "by": row["by"], "p": row["p"], "low": row["interval90"][0],
         "high": row["interval90"][1], "base": row["base_rate"]}
        for row in summary["questions"]
    ]  # fmt: skip
    return tables.intervals("Questions of the case", items)


def leader(summary: Mapping[str, Any]) -> Chart:
    """What the leader may do, by date."""
    return tables.options("Options of the leader, and moves against him", summary["leader"]["events"])


def learned(summary: Mapping[str, Any]) -> Chart:
    """What the evidence taught."""
    return tables.contraction("What the evidence taught: share of prior variance explained", summary["posterior"])
