"""The folder of runs and the cases a reader may open: found by name only, so that no path leaves them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fronde.app.particles import POSTERIOR
from fronde.app.run import Run
from fronde.app.store import base_folder, read_manifest, run_folders
from fronde.app.views import Missing
from fronde.evidence.pack import PackError
from fronde.scenario.case import SHIPPED, shipped
from fronde.scenario.problems import CaseError

BAD_FILES = (CaseError, PackError)
SUMMARY = "summary.json"


@dataclass(frozen=True)
class Desk:
    """runs: where run folders lie; folders: case folders outside the package, by name."""

    runs: Path = field(default_factory=base_folder)
    folders: tuple[Path, ...] = ()

    def cases(self) -> dict[str, Path]:
        """Case folders by name: those given first, then those that ship."""
        found = {folder.name: folder for folder in self.folders}
        for name in shipped():
            found.setdefault(name, SHIPPED / name)
        return found

    def case(self, name: str) -> Path:
        """A case folder by name."""
        cases = self.cases()
        if name not in cases:
            raise Missing(f"no case {name!r}; there are {', '.join(cases)}")
        return cases[name]

    def run(self, name: str) -> Run:
        """A run by name."""
        if name not in (folder.name for folder in run_folders(self.runs)):
            raise Missing(f"no run {name!r} in {self.runs.name}/; `fronde forecast CASE` makes one")
        return Run(self.runs / name)

    def manifests(self) -> list[dict[str, Any]]:
        """Manifests of all runs, newest first; `finished`: it holds a whole forecast, `calibrated`: a posterior."""
        found = [_listed(folder) for folder in run_folders(self.runs)]
        return sorted(found, key=lambda row: (str(row.get("started_at")), row["run"]), reverse=True)

    def finished(self, case: str) -> list[dict[str, Any]]:
        """Manifests of the finished forecasts of a case, newest first."""
        return [row for row in self.manifests() if row["finished"] and row.get("case") == case]

    def latest(self) -> dict[str, dict[str, Any]]:
        """Per case the manifest of its finished forecast from the latest day, of several the newest."""
        rows = sorted((row for row in self.manifests() if row["finished"]), key=issued)
        return {str(row.get("case")): row for row in rows}


def issued(manifest: Mapping[str, Any]) -> tuple[str, str]:
    """Sorts forecasts of a case: by the day they were issued for, then by when they were made."""
    return str(manifest.get("as_of")), str(manifest.get("started_at"))


def _listed(folder: Path) -> dict[str, Any]:
    """A manifest with its run; a calibration alone is a done run of the same kind, but has no summary."""
    row = read_manifest(folder)
    whole = row.get("kind") == "forecast" and row.get("status") == "done" and (folder / SUMMARY).is_file()
    calibrated = row.get("status") == "done" and bool(row.get("calibration")) and (folder / POSTERIOR).is_file()
    return {**row, "run": folder.name, "finished": whole, "calibrated": calibrated}
