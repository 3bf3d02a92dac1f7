"""Fan charts: median with 50 and 90% bands over time, one panel per group, scenarios by colour and dash."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from fronde.charts.chart import DASHES, MOST_SERIES, SERIES, Chart, Spec, stamp, time_axis, values

BANDS = (("q05", "q95", 0.15), ("q25", "q75", 0.25))
FIELDS = ("scenario", "date", "q05", "q25", "q50", "q75", "q95")  # of a panel's values, as they stand in the table
COLUMNS = ("panel", "scenario", "date", "5%", "25%", "median", "75%", "95%")


def fan(
    title: str,
    panels: Sequence[tuple[str, Mapping[str, Mapping[str, Any]]]],
    description: str = "",
    unit: str = "",
    percent: bool = False,
    as_of: str | None = None,
    top: float | None = None,
) -> Chart:
    """panels: (name, {scenario: {dates, q05, q25, q50, q75, q95, observed?}}), at most four scenarios each.

    All panels share one scale from zero (or from the lowest value below it). unit names the vertical axis; as_of draws
    the line between what was known and the forecast.
    """
    highest = max((max(row["q95"]) for _, by in panels for row in by.values()), default=1.0) if top is None else top
    lowest = min((min(row["q05"]) for _, by in panels for row in by.values()), default=0.0)
    domain = [min(0.0, lowest), rounded_up(highest) if highest > 0.0 and not percent else highest or 1.0]
    names = list(dict.fromkeys(name for _, by in panels for name in by))
    if len(names) > MOST_SERIES:
        raise ValueError(f"{len(names)} scenarios in one chart; at most {MOST_SERIES} can be told apart")
    drawn = tuple(_panel(name, by, names, domain, unit, percent, as_of) for name, by in panels)
    return Chart(title, description or title, drawn, COLUMNS, tuple(_table(panels)))


def rounded_up(value: float) -> float:
    """The next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten: a scale that stays while its numbers move a little."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if value <= step * power * (1.0 + 1e-9))


def _panel(
    title: str,
    by: Mapping[str, Mapping[str, Any]],
    names: list[str],
    domain: list[float],
    unit: str,
    percent: bool,
    as_of: str | None,
) -> Spec:
    y = {
        "type": "quantitative",
        "title": unit or None,
        "scale": {"domain": domain, "nice": True},
        "axis": {"tickCount": 4, **({"format": "%"} if percent else {})},
    }
    colour = {
        "field": "scenario",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": names, "range": list(SERIES[: len(names)])},
    }
    x = time_axis([date for row in by.values() for date in row["dates"]])
    dash = {**colour, "scale": {"domain": names, "range": [list(dash) for dash in DASHES[: len(names)]]}}
    shown = ".1%" if percent else ".3~g"
    hourly = any("T" in day for row in by.values() for day in row["dates"][:1])
    when = {"field": "date", "type": "temporal", "format": "%d %b %Y, %H:%M" if hourly else "%d %b %Y"}
    tips = [when, {"field": "scenario", "type": "nominal"}] + [
        {"field": key, "type": "quantitative", "format": shown, "title": name}
        for key, name in (("q50", "median"), ("q05", "5%"), ("q95", "95%"))
    ]
    layers: list[Spec] = [
        {
            "mark": {"type": "area", "opacity": opacity, "clip": True, "aria": False},
            "encoding": {"x": x, "y": {**y, "field": low}, "y2": {"field": high}, "color": colour},
        }
        for low, high, opacity in BANDS
    ]
    layers.append(
        {
            "mark": {"type": "line", "strokeWidth": 1.8, "clip": True, "aria": False},
            "encoding": {
                "x": x,
                "y": {**y, "field": "q50"},
                "color": colour,
                "strokeDash": dash,
                "tooltip": tips,
            },
        }
    )
    if any(any(value is not None for value in row.get("observed", ())) for row in by.values()):
        layers.append(
            {
                "transform": [{"filter": "isValid(datum.observed)"}],
                "mark": {
                    "type": "line",
                    "interpolate": "step-after",
                    "color": "@ink",
                    "strokeWidth": 1.2,
                    "aria": False,
                },
                "encoding": {"x": x, "y": {**y, "field": "observed"}},
            }
        )
    if as_of:
        layers.append(
            {
                "data": values([{"date": stamp(as_of)}]),
                "mark": {"type": "rule", "color": "@grey", "strokeDash": [2, 2], "aria": False},
                "encoding": {"x": x},
            }
        )
    return {"title": title, "data": values([{**row, "date": stamp(row["date"])} for row in _rows(by)]), "layer": layers}


def _rows(by: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for scenario, row in by.items():
        observed = row.get("observed") or [None] * len(row["dates"])
        columns = (row["dates"], row["q05"], row["q25"], row["q50"], row["q75"], row["q95"], observed)
        for date, *quantiles, seen in zip(*columns, strict=True):
            point = {"scenario": scenario, "date": date}
            point |= {key: _short(q) for key, q in zip(("q05", "q25", "q50", "q75", "q95"), quantiles, strict=True)}
            rows.append(point if seen is None else {**point, "observed": seen})
    return rows


def _table(panels: Sequence[tuple[str, Mapping[str, Mapping[str, Any]]]]) -> list[tuple[object, ...]]:
    return [(name, *(point[key] for key in FIELDS)) for name, by in panels for point in _rows(by)]


def _short(value: float) -> float:
    """Four significant digits: more than a picture shows, half the bytes."""
    return float(f"{value:.4g}")
