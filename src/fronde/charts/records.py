"""Charts of the record: a timeline of evidence, and how forecasts compared with what happened."""

from collections.abc import Mapping, Sequence
from typing import Any

from fronde.charts.chart import Chart, Spec, date_format, values

TOWARDS = {"up": ("triangle-up", "@stress"), "down": ("triangle-down", "@base"), "neutral": ("circle", "@grey")}


def timeline(title: str, items: Sequence[Mapping[str, Any]], description: str = "") -> Chart:
    """items: {date, group, title, id, direction up|down|neutral, weight 0..1}: one sign each, on its group's line.

    Up points towards a break with the leader, down towards loyalty; size is weight in the likelihood.
    """
    rows = [
        {
            **{key: item.get(key) for key in ("date", "group", "title", "id")},
            "direction": item.get("direction", "neutral"),
            "weight": item.get("weight", 0.5),
        }
        for item in items
    ]
    groups = list(dict.fromkeys(row["group"] for row in rows))
    domain = list(TOWARDS)
    panel: Spec = {
        "height": 34 * max(1, len(groups)),
        "data": values(rows),
        "mark": {"type": "point", "filled": True, "opacity": 0.85, "aria": False},
        "encoding": {
            "x": {
                "field": "date",
                "type": "temporal",
                "title": None,
                "scale": {"type": "utc"},
                "axis": {"format": date_format([row["date"] for row in rows]), "labelOverlap": True},
            },
            "y": {
                "field": "group",
                "type": "nominal",
                "sort": groups,
                "title": None,
                "axis": {"grid": True, "labelLimit": 340},
            },
            "shape": {
                "field": "direction",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": domain, "range": [TOWARDS[name][0] for name in domain]},
            },
            "color": {
                "field": "direction",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": domain, "range": [TOWARDS[name][1] for name in domain]},
            },
            "size": {
                "field": "weight",
                "type": "quantitative",
                "legend": None,
                "scale": {"domain": [0, 1], "range": [30, 200]},
            },
            "tooltip": [{"field": key, "type": "nominal"} for key in ("title", "id", "date")],
        },
    }
    table = tuple((row["date"], row["group"], row["title"], row["id"], row["direction"], row["weight"]) for row in rows)
    return Chart(title, description or title, (panel,), ("date", "group", "item", "id", "direction", "weight"), table)


def reliability(title: str, bins: Sequence[Mapping[str, Any]], description: str = "") -> Chart:
    """bins: {forecast, observed, n, low, high}: mean forecast of a bin against the share that came true.

    The number beside a dot is how many statements it holds.
    """
    rows = [{key: row.get(key) for key in ("forecast", "observed", "n", "low", "high")} for row in bins]

    def axis(field: str, title_: str) -> Spec:
        return {
            "field": field,
            "type": "quantitative",
            "title": title_,
            "scale": {"domain": [0, 1]},
            "axis": {"format": "%", "tickCount": 5},
        }

    x, y = axis("forecast", "forecast"), axis("observed", "came true")
    dots = {
        "mark": {"type": "point", "filled": True, "color": "@base", "aria": False},
        "encoding": {"x": x, "y": y, "size": {"field": "n", "type": "quantitative", "legend": None}},
    }
    counts = {
        "mark": {"type": "text", "dx": 8, "dy": -6, "align": "left", "fontSize": 10, "color": "@grey", "aria": False},
        "encoding": {"x": x, "y": y, "text": {"field": "n", "type": "quantitative"}},
    }
    spans = {
        "transform": [{"filter": "isValid(datum.low)"}],
        "mark": {"type": "rule", "color": "@base", "aria": False},
        "encoding": {"x": x, "y": axis("low", "came true"), "y2": {"field": "high"}},
    }
    perfect = {
        "data": values([{"forecast": 0, "observed": 0}, {"forecast": 1, "observed": 1}]),
        "mark": {"type": "line", "color": "@grey", "strokeDash": [3, 3], "aria": False},
        "encoding": {"x": x, "y": y},
    }
    panel: Spec = {"height": 220, "data": values(rows), "layer": [perfect, spans, dots, counts]}
    table = tuple((row["forecast"], row["observed"], row["n"], row["low"], row["high"]) for row in rows)
    return Chart(title, description or title, (panel,), ("forecast", "came true", "n", "5%", "95%"), table)
