"""What every page needs at its start."""

from typing import Any

from fronde import __version__
from fronde.app.views.desk import Desk

SHOWN = ("run", "kind", "case", "as_of", "horizon_days", "status", "started_at", "command")


def session(desk: Desk) -> dict[str, Any]:
    """Version, runs (newest first) and names of cases."""
    return {
        "version": __version__,
        "runs": [{key: row.get(key) for key in SHOWN} for row in desk.manifests()],
        "cases": list(desk.cases()),
    }
