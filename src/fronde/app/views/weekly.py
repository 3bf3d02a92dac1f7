"""How a forecast moved week by week, if that was worked out for its case and date."""

from typing import Any

from fronde.app.additions import weekly_of
from fronde.app.views.desk import Desk
from fronde.charts.weekly import weekly_chart

SHOWN = 12


def weekly(desk: Desk, run: str) -> dict[str, Any]:
    """{moved: the document of a run's weekly updates, null if nobody made them}."""
    found = weekly_of(desk.run(run))
    return {"moved": None if found is None else document(found)}


def document(found: dict[str, Any]) -> dict[str, Any]:
    """The chart, and what moved the forecasts most: with it, without it, the question."""
    texts = {item["id"]: item["text"] for item in found["questions"]}
    news = [
        {
            "as_of": week["as_of"],
            "label": item["label"],
            "question": texts.get(name, name),
            "with": week["p"][name]["p"],
            "without": p,
        }
        for week in found["weeks"]
        for item in week["news"]
        for name, p in item["without"].items()
    ]
    news.sort(key=lambda row: -abs(row["with"] - row["without"]))
    return {"chart": weekly_chart(found).as_dict(), "news": news[:SHOWN], "particles": found["particles"]}
