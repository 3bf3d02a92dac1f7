"""What is added to the report of a forecast once it is there: its scorecard, and how it moved week by week."""

from typing import Any

from fronde.app.run import Run
from fronde.app.store import read_manifest, run_folders
from fronde.report.page import SCORECARD

WEEKLY = "weekly.json"
SAME = ("case", "as_of", "scenario_hash", "evidence_hash")  # nothing that became known later may stand beside it


def weekly_of(run: Run) -> dict[str, Any] | None:
    """The newest weekly updates of the same case, evidence and date in the same runs folder, if somebody made them."""
    own = run.manifest
    found = [
        (str(manifest.get("started_at")), folder)
        for folder in run_folders(run.folder.resolve().parent)
        if (manifest := read_manifest(folder)).get("kind") == "weekly"
        and manifest.get("status") == "done"
        and all(manifest.get(key) == own.get(key) for key in SAME)
        and (folder / WEEKLY).is_file()
    ]
    return Run(max(found)[1]).document(WEEKLY) if found else None


def whole_summary(run: Run) -> dict[str, Any]:
    """The summary of a forecast with what lies beside it."""
    weekly = weekly_of(run)
    found = run.summary if weekly is None else {**run.summary, "weekly": weekly}
    return {**found, "scorecard": run.document(SCORECARD)} if SCORECARD in run.paths else found
