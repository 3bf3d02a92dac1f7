"""The plans: what the event tables do not say about a case."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

CODED_AT = "2026-08-26"  # vintage of the source tables; the coding was done with hindsight and says so


@dataclass(frozen=True)
class Plan:
    """One case: the name of its folder, the name in the tables, and its plan."""

    name: str
    source: str
    plan: dict[str, Any]

    @property
    def eve(self) -> str:
        """Day on which the elite's attributes were public."""
        return str(self.plan["eve"])

    @property
    def hourly(self) -> bool:
        """Whether the case runs in hours."""
        return "hour" in self.plan["step"]

    def group_of(self, elite_group: str) -> str | None:
        """Group of the case that a group of the tables belongs to; None: outside the case."""
        for name, group in self.plan["groups"].items():
            if elite_group in group["from"]:
                return str(name)
        return None


def read() -> list[Plan]:
    """All plans, in the order of the file."""
    found = YAML(typ="safe").load((Path(__file__).parent / "plans.yaml").read_text(encoding="utf-8"))
    return [Plan(name, str(plan["source"]), plan) for name, plan in found.items()]
