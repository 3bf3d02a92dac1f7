"""What every page needs at its start."""

from typing import Any

from fronde import __version__
from fronde.app.views.desk import Desk
from fronde.charts.chart import DARK, LIGHT, config

SHOWN = ("run", "kind", "case", "as_of", "horizon_days", "status", "finished", "calibrated", "started_at", "command")


def session(desk: Desk) -> dict[str, Any]:
    """Version, runs (newest first), names of cases, and the style of charts (palettes by mode, house style)."""
    return {
        "version": __version__,
        "runs": [{key: row.get(key) for key in SHOWN} for row in desk.manifests()],
        "cases": list(desk.cases()),
        "style": {"light": LIGHT, "dark": DARK, "config": config()},
    }
