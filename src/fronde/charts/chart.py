"""A chart: panels of one specification each, the same numbers as a table, and how they become one picture.

Panels are Vega-Lite unit or layer specifications without size, schema or style. An app lays them out in its own grid,
`Chart.spec` puts them side by side for notebooks and export. Colours are names of the palette (`@base`), so that one
specification serves light and dark.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # the version that notebooks render; 6 reads it unchanged
LIGHT = {
    "@paper": "#fcfbf8", "@card": "#ffffff", "@ink": "#22211e", "@grey": "#655f54", "@rule": "#e3ded2",
    "@base": "#1f5a7a", "@stress": "#b5432a", "@third": "#6b4e8f", "@fourth": "#1d6b45",
}  # fmt: skip
DARK = {
    "@paper": "#14171a", "@card": "#1b1e22", "@ink": "#ece8df", "@grey": "#a59f92", "@rule": "#353a3f",
    "@base": "#6db3d9", "@stress": "#f08a6c", "@third": "#c3a6e8", "@fourth": "#7cc7a0",
}  # fmt: skip
SERIES = ("@base", "@stress", "@third", "@fourth")  # baseline first; each has a dash too: colour is no cue alone
MOST_SERIES = len(SERIES)
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])
FONT = "IBM Plex Sans, Noto Sans, system-ui, sans-serif"


@dataclass(frozen=True)
class Chart:
    """title: what is shown; description: the finding in words; rows: the same numbers under `columns`."""

    title: str
    description: str
    panels: tuple[Spec, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def spec(self, columns: int = 3, width: int = 220, height: int = 120, dark: bool = False) -> Spec:
        """One specification with all panels, sized and coloured, ready for any Vega-Lite renderer."""
        sized = [{"width": width, "height": panel.get("height", height), **panel} for panel in self.panels]
        body: Spec = sized[0] if len(sized) == 1 else {"concat": sized, "columns": columns, "spacing": 18}
        whole = {"$schema": SCHEMA, "description": self.description, **body, "config": config()}
        return coloured(whole, DARK if dark else LIGHT)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """How Jupyter, marimo and VS Code show it."""
        from fronde.charts.show import WIDTH, bundle

        return bundle(self.spec(width=WIDTH), f"{self.title}\n{self.description}")

    def as_dict(self, fields: Sequence[str] = ()) -> dict[str, Any]:
        """For a page: panels and table; the page adds size, style and colours.

        fields: where each row of the table is a panel's title and these fields of one of its values, the page reads
        the table from the panels and the numbers travel once.
        """
        table = {"fields": list(fields)} if fields else {"rows": [list(row) for row in self.rows]}
        return {
            "title": self.title,
            "description": self.description,
            "panels": list(self.panels),
            "columns": list(self.columns),
            **table,
        }


def coloured(spec: Any, palette: Mapping[str, str]) -> Any:
    """A copy with every colour name replaced by the palette's colour."""
    if isinstance(spec, Mapping):
        return {key: coloured(value, palette) for key, value in spec.items()}
    if isinstance(spec, list | tuple):
        return [coloured(value, palette) for value in spec]
    return palette.get(spec, spec) if isinstance(spec, str) else spec


def config() -> Spec:
    """The house style: quiet axes, faint grid, one font."""
    axis = {
        "labelColor": "@grey", "titleColor": "@grey",
        "gridColor": "@rule", "domainColor": "@rule", "tickColor": "@rule",
        "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelFont": FONT, "titleFont": FONT,
    }  # fmt: skip
    return {
        "background": "@card",
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "title": {"color": "@ink", "fontSize": 12, "fontWeight": 600, "anchor": "start", "font": FONT},
        "legend": {"labelColor": "@ink", "titleColor": "@grey", "labelFont": FONT, "orient": "top", "title": None},
        "text": {"color": "@ink", "font": FONT},
    }


def values(rows: Sequence[Mapping[str, Any]]) -> Spec:
    """Inline data."""
    return {"values": [dict(row) for row in rows]}


def stamp(day: str) -> str:
    """A date as charts need it: an hour without a zone would be read in the zone of whoever looks."""
    return f"{day}Z" if "T" in day else day


def date_format(dates: Sequence[str]) -> str:
    """Month and year; day and month where all lie within a few months; with the hour where a case runs by it."""
    found = sorted(datetime.fromisoformat(date.removesuffix("Z")) for date in dates)
    days = (found[-1] - found[0]).days if found else 0
    hourly = any("T" in date for date in dates)
    return "%d %b %H:%M" if hourly else "%b %y" if days > 75 or not dates else "%-d %b"


def time_axis(dates: Sequence[str] = ()) -> Spec:
    """Dates along the bottom, few and short; with hours where the steps have them."""
    return {
        "field": "date", "type": "temporal", "title": None, "scale": {"type": "utc"},
        "axis": {"format": date_format(dates), "tickCount": 3, "grid": False, "labelOverlap": True},
    }  # fmt: skip
