"""Evidence: claims, one claim, and decisions about it."""

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from fronde.app.views import evidence as view
from fronde.web.desk import CaseName, ItemName, TheDesk

router = APIRouter(tags=["evidence"])


class Decision(BaseModel):
    """What a reviewer decides. `changes`: column -> new cell, for a correction."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["accept", "correct", "reject", "retract"]
    coder: str = Field(min_length=1, max_length=100)
    why: str = Field("", max_length=2000)
    changes: dict[str, str] = Field(default={}, max_length=40)


@router.get("/cases/{case}/evidence")
def evidence(desk: TheDesk, case: CaseName) -> dict[str, Any]:
    """Claims of all states with their weight, and the timeline."""
    return view.evidence(desk, case)


@router.get("/cases/{case}/claims/{claim}")
def claim(desk: TheDesk, case: CaseName, claim: ItemName) -> dict[str, Any]:
    """One claim with chain, acts it weighs on, and history."""
    return view.claim(desk, case, claim)


@router.post("/cases/{case}/claims/{claim}/review")
def review(desk: TheDesk, case: CaseName, claim: ItemName, given: Decision) -> dict[str, Any]:
    """Accept, correct, reject or retract a claim; a shipped case is never changed."""
    return view.review(desk, case, claim, given.decision, given.coder, given.why, given.changes)
