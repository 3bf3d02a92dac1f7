"""Charts of rows: the matrix of probabilities, paired differences, what was learnt, options of the leader."""

from collections.abc import Mapping, Sequence
from typing import Any

from fronde.charts.chart import DASHES, SERIES, Chart, Spec, stamp, time_axis, values


def matrix(title: str, cells: Sequence[Mapping[str, Any]], description: str = "") -> Chart:
    """cells: {group, act, p, low, high} as titles and shares; one square each, its number inside."""
    rows = [{key: cell.get(key) for key in ("group", "act", "p", "low", "high")} for cell in cells]
    acts, groups = (list(dict.fromkeys(row[key] for row in rows)) for key in ("act", "group"))
    place = {
        "x": {
            "field": "act",
            "type": "nominal",
            "sort": acts,
            "title": None,
            "axis": {"orient": "top", "labelAngle": 0},
        },
        "y": {"field": "group", "type": "nominal", "sort": groups, "title": None},
    }
    shade = {
        "field": "p",
        "type": "quantitative",
        "legend": None,
        "scale": {"range": ["@card", "@stress"], "domain": [0, 1.6]},
    }
    number = {"field": "p", "type": "quantitative", "format": ".0%"}
    panel: Spec = {
        "height": 36 * max(1, len(groups)),
        "data": values(rows),
        "layer": [
            {"mark": {"type": "rect", "stroke": "@rule", "aria": False}, "encoding": {**place, "color": shade}},
            {"mark": {"type": "text", "fontWeight": 600, "aria": False}, "encoding": {**place, "text": number}},
        ],
    }
    table = tuple((row["group"], row["act"], row["p"], row["low"], row["high"]) for row in rows)
    return Chart(title, description or title, (panel,), ("group", "act", "p", "5%", "95%"), table)


def differences(title: str, rows: Sequence[Mapping[str, Any]], description: str = "") -> Chart:
    """rows: {quantity, title, scenario, mean, q05, q25, q50, q75, q95}: run by run, variant less baseline.

    One panel per quantity, because units differ; zero means no difference.
    """
    names = list(dict.fromkeys(row["scenario"] for row in rows))
    panels = tuple(
        _difference(title_, [row for row in rows if row["title"] == title_], names)
        for title_ in dict.fromkeys(row["title"] for row in rows)
    )
    keys = ("title", "scenario", "mean", "q05", "q25", "q50", "q75", "q95")
    table = tuple(tuple(row[key] for key in keys) for row in rows)
    columns = ("quantity", "scenario", "mean", "5%", "25%", "median", "75%", "95%")
    return Chart(title, description or title, panels, columns, table)


def _difference(title: str, rows: list[Mapping[str, Any]], names: list[str]) -> Spec:
    palette = SERIES[1:] if len(names) < len(SERIES) else SERIES
    colour = {
        "field": "scenario",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": names, "range": list(palette[: len(names)])},
    }
    y = {
        "field": "scenario",
        "type": "nominal",
        "sort": names,
        "title": None,
        "axis": {"labelLimit": 110, "ticks": False} if len(names) > 1 else None,
    }

    still = all(row[key] == 0 for row in rows for key in ("mean", "q05", "q25", "q75", "q95"))

    def x(field: str) -> Spec:
        """A scale of its own; where nothing differs, zero alone in the middle."""
        axis = {"values": [0]} if still else {"tickCount": 4, "format": ",~r"}
        scale = {"scale": {"domain": [-1, 1]}} if still else {}
        return {"field": field, "type": "quantitative", "title": None, "axis": axis, **scale}

    def span(low: str, high: str, width: float) -> Spec:
        return {
            "mark": {"type": "rule", "strokeWidth": width, "opacity": 0.55, "aria": False},
            "encoding": {"x": x(low), "x2": {"field": high}, "y": y, "color": colour},
        }

    zero = {
        "data": values([{"zero": 0}]),
        "mark": {"type": "rule", "color": "@grey", "aria": False},
        "encoding": {"x": x("zero")},
    }
    dot = {
        "mark": {"type": "point", "filled": True, "size": 60, "aria": False},
        "encoding": {"x": x("mean"), "y": y, "color": colour},
    }
    return {
        "title": title,
        "height": 26 * max(1, len(rows)),
        "data": values([{key: row[key] for key in ("scenario", "mean", "q05", "q25", "q75", "q95")} for row in rows]),
        "layer": [zero, span("q05", "q95", 2), span("q25", "q75", 6), dot],
    }


def contraction(title: str, posterior: Sequence[Mapping[str, Any]], most: int = 20, description: str = "") -> Chart:
    """posterior: {name, unit, contraction}: how much of a parameter's prior variance the evidence took away."""
    ranked = sorted(posterior, key=lambda row: -row["contraction"])[:most]
    rows = [{"name": row["name"], "contraction": max(0.0, row["contraction"])} for row in ranked]
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [row["name"] for row in rows],
        "title": None,
        "axis": {"labelLimit": 210},
    }
    x = {
        "field": "contraction",
        "type": "quantitative",
        "title": "variance explained",
        "scale": {"domain": [0, 1]},
        "axis": {"format": "%", "tickCount": 5},
    }
    panel: Spec = {
        "height": 18 * max(1, len(rows)),
        "data": values(rows),
        "mark": {"type": "bar", "color": "@base", "height": 9, "aria": False},
        "encoding": {"x": x, "y": y},
    }
    table = tuple((row["name"], row["unit"], row["contraction"]) for row in ranked)
    return Chart(title, description or title, (panel,), ("parameter", "unit", "variance explained"), table)


def intervals(title: str, items: Sequence[Mapping[str, Any]], description: str = "") -> Chart:
    """items: {title, by, p, low, high, base}: a probability with its 90% interval, and its base rate as a diamond."""
    keys = ("title", "by", "p", "low", "high", "base")
    rows = [{key: item.get(key) for key in keys} for item in items]
    y = {
        "field": "title", "type": "nominal", "sort": [row["title"] for row in rows], "title": None,
        "axis": {"labelLimit": 420, "ticks": False},
    }  # fmt: skip

    def x(field: str) -> Spec:
        return {
            "field": field, "type": "quantitative", "title": None, "scale": {"domain": [0, 1]},
            "axis": {"format": "%", "tickCount": 5},
        }  # fmt: skip

    span = {
        "mark": {"type": "rule", "strokeWidth": 8, "opacity": 0.4, "color": "@base", "aria": False},
        "encoding": {"x": x("low"), "x2": {"field": "high"}, "y": y},
    }
    tick = {
        "mark": {"type": "tick", "thickness": 3, "color": "@ink", "aria": False},
        "encoding": {"x": x("p"), "y": y},
    }
    base = {
        "mark": {"type": "point", "shape": "diamond", "filled": True, "color": "@stress", "size": 50, "aria": False},
        "encoding": {"x": x("base"), "y": y},
    }
    panel: Spec = {"height": 24 * max(1, len(rows)), "data": values(rows), "layer": [span, tick, base]}
    table = tuple(tuple(row[key] for key in keys) for row in rows)
    return Chart(title, description or title, (panel,), ("question", "by", "p", "5%", "95%", "base rate"), table)


def options(title: str, events: Sequence[Mapping[str, Any]], description: str = "") -> Chart:
    """events: {title, dates, p, base}: chance of each option of the leader by date, beside its calm-time rate."""
    panels, table = [], []
    top = max((max(row["p"]) for row in events if row["p"]), default=1.0)
    for row in events:
        lines = [("model", row["p"]), ("calm times", row["base"])]
        points = [
            {"line": name, "date": date, "p": p}
            for name, found in lines
            for date, p in zip(row["dates"], found, strict=True)
        ]
        table += [(row["title"], point["line"], point["date"], point["p"]) for point in points]
        domain = [name for name, _ in lines]
        encoding = {
            "x": time_axis(row["dates"]),
            "y": {
                "field": "p",
                "type": "quantitative",
                "title": None,
                "scale": {"domain": [0, top]},
                "axis": {"format": "%", "tickCount": 4},
            },
            "color": {
                "field": "line",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": domain, "range": ["@base", "@grey"]},
            },
            "strokeDash": {
                "field": "line",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": domain, "range": [list(dash) for dash in DASHES[:2]]},
            },
        }
        panels.append(
            {
                "title": row["title"],
                "data": values([{**point, "date": stamp(point["date"])} for point in points]),
                "mark": {"type": "line", "clip": True, "aria": False},
                "encoding": encoding,
            }
        )
    return Chart(title, description or title, tuple(panels), ("option", "line", "date", "p"), tuple(table))
