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
LONGEST_YAML = 4000  # characters


class Settings(BaseModel):
    """One scenario: levers and options from a day on, a variant of the case, or a variant as text."""

    model_config = ConfigDict(extra="forbid")
    start: str | None = Field(None, max_length=10, description="First day, YYYY-MM-DD")
    sanctions: float | None = Field(None, allow_inf_nan=False)
    refusals: float | None = Field(None, allow_inf_nan=False)
    battlefield: float | None = Field(None, allow_inf_nan=False)
    repression: float | None = Field(None, allow_inf_nan=False)
    options: list[str] = Field([], max_length=8)
    variant: str | None = Field(None, max_length=64)
    yaml: str | None = Field(None, max_length=LONGEST_YAML, description="A `variants` block with one variant")

    def plain(self) -> dict[str, Any]:
        """As the `app` room takes them."""
        if self.variant is not None:
            return {"variant": self.variant}
        if self.yaml is not None:
            return {"yaml": self.yaml}
        found = self.model_dump(exclude_none=True, exclude={"start", "variant"})
        return found if self.start is None else {**found, "from": self.start}


class Scenarios(BaseModel):
    """Up to three scenarios by name, and the act that is counted."""

    model_config = ConfigDict(extra="forbid")
    scenarios: dict[str, Settings] = Field(max_length=3)
    act: str = Field("leave", max_length=32)
    quick: bool = Field(False, description="Few particles, for a picture that follows the hand")

    def plain(self) -> dict[str, dict[str, Any]]:
        """As the `app` room takes them."""
        return {name[:60]: found.plain() for name, found in self.scenarios.items()}


@lru_cache(maxsize=4)
def _bench(folder: Path, changed: int) -> levers.Workbench:
    """A run kept warm until its manifest changes."""
    return levers.workbench(folder)


def bench(desk: TheDesk, run: str) -> levers.Workbench:
    """The workbench of a run."""
    folder = desk.run(run).folder
    return _bench(folder, (folder / MANIFEST).stat().st_mtime_ns)


@router.get("/runs/{run}/levers")
def describe(desk: TheDesk, run: RunName) -> dict[str, Any]:
    """Levers with units and bounds, options, variants of the case."""
    return levers.describe(bench(desk, run))


@router.post("/runs/{run}/picture")
def picture(desk: TheDesk, run: RunName, wanted: Scenarios) -> dict[str, Any]:
    """Baseline and scenarios side by side, paired differences with intervals."""
    found = bench(desk, run)
    return levers.picture(found.quick if wanted.quick else found, wanted.plain(), wanted.act)


@router.post("/runs/{run}/variants")
def as_yaml(desk: TheDesk, run: RunName, wanted: Scenarios) -> dict[str, str]:
    """The scenarios as a block for case.yaml."""
    return {"yaml": levers.as_yaml(wanted.plain(), bench(desk, run))}


class Text(BaseModel):
    """What stands in an editor."""

    model_config = ConfigDict(extra="forbid")
    yaml: str = Field(max_length=LONGEST_YAML)


@router.post("/runs/{run}/variants/check")
def check(desk: TheDesk, run: RunName, given: Text) -> dict[str, Any]:
    """Mistakes of a variant as text, each with line and column; nothing is simulated."""
    return levers.check(given.yaml, bench(desk, run))
