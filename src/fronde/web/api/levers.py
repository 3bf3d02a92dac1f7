"""Scenarios: what can be set on a calibrated run, and the picture that follows."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from fronde.app import levers
from fronde.app.store import MANIFEST
from fronde.web.desk import RunName, TheDesk

router = APIRouter(tags=["scenarios"])


class Settings(BaseModel):
    """One scenario: levers and options from a day on, or a variant of the case."""

    model_config = ConfigDict(extra="forbid")
    start: str | None = Field(None, max_length=10, description="First day, YYYY-MM-DD")
    sanctions: float | None = Field(None, allow_inf_nan=False)
    refusals: float | None = Field(None, allow_inf_nan=False)
    battlefield: float | None = Field(None, allow_inf_nan=False)
    options: list[str] = Field([], max_length=8)
    variant: str | None = Field(None, max_length=64)

    def plain(self) -> dict[str, Any]:
        """As the `app` room takes them."""
        if self.variant is not None:
            return {"variant": self.variant}
        found = self.model_dump(exclude_none=True, exclude={"start", "variant"})
        return found if self.start is None else {**found, "from": self.start}


class Scenarios(BaseModel):
    """Up to three scenarios by name, and the act that is counted."""

    model_config = ConfigDict(extra="forbid")
    scenarios: dict[str, Settings] = Field(max_length=3)
    act: str = Field("leave", max_length=32)
    runs: int = Field(levers.RUNS, ge=16, le=1024, description="Particles: few follow the hand, many refine")

    def plain(self) -> dict[str, dict[str, Any]]:
        """As the `app` room takes them."""
        return {name[:60]: found.plain() for name, found in self.scenarios.items()}


@lru_cache(maxsize=6)
def _bench(folder: Path, runs: int, changed: int) -> levers.Workbench:
    """A run kept warm until its manifest changes."""
    return levers.workbench(folder, runs)


def bench(desk: TheDesk, run: str, runs: int = levers.RUNS) -> levers.Workbench:
    """The workbench of a run."""
    folder = desk.run(run).folder
    return _bench(folder, runs, (folder / MANIFEST).stat().st_mtime_ns)


@router.get("/runs/{run}/levers")
def describe(desk: TheDesk, run: RunName) -> dict[str, Any]:
    """Levers with units and bounds, options, variants of the case."""
    return levers.describe(bench(desk, run))


@router.post("/runs/{run}/picture")
def picture(desk: TheDesk, run: RunName, wanted: Scenarios) -> dict[str, Any]:
    """Baseline and scenarios side by side, paired differences with intervals."""
    return levers.picture(bench(desk, run, wanted.runs), wanted.plain(), wanted.act)


@router.post("/runs/{run}/variants")
def as_yaml(desk: TheDesk, run: RunName, wanted: Scenarios) -> dict[str, str]:
    """The settings as a block for case.yaml."""
    return {"yaml": levers.as_yaml(wanted.plain(), bench(desk, run))}
