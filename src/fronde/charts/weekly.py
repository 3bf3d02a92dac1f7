"""How each forecast moved week by week: one panel per question, probability with 50 and 90% bands."""

from collections.abc import Mapping
from typing import Any

from fronde.charts.chart import Chart
from fronde.charts.fan import fan

KEYS = ("q05", "q25", "q50", "q75", "q95")


def weekly_chart(found: Mapping[str, Any]) -> Chart:
    """found: `weekly.json`."""
    dates = [week["as_of"] for week in found["weeks"]]
    panels = []
    for item in found["questions"]:
        rows = [week["p"][item["id"]] for week in found["weeks"]]
        bands = {key: [row[key] for row in rows] for key in KEYS}
        panels.append((item["id"].replace("_", " "), {"forecast": {"dates": dates, **bands}}))
    return fan(
        f"How the forecasts of {found['case']} moved, week by week",
        panels,
        "Median and equal-tailed 50 and 90% intervals of each question's probability at each date.",
        percent=True,
        top=1.0,
    )
