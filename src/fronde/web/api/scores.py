"""Questions, what they turned out to be, and scorecard."""

from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from fronde.app.views import scores as view
from fronde.evidence.codebook import Answer
from fronde.web.desk import CaseName, ItemName, TheDesk

router = APIRouter(tags=["scores"])


class Resolution(BaseModel):
    """How a statement turned out. `rule`: only for a source's forecast."""

    model_config = ConfigDict(extra="forbid")

    answer: Answer
    on: date
    basis: str = Field(min_length=1, max_length=2000, description="What was looked up, and where")
    claims: list[str] = Field(default=[], max_length=40)
    rule: str = Field("", max_length=1000)
    coder: str = Field(min_length=1, max_length=100)


@router.get("/cases/{case}/questions")
def questions(desk: TheDesk, case: CaseName) -> dict[str, Any]:
    """Questions with rule, day, state and newest forecast."""
    return view.questions(desk, case)


@router.post("/cases/{case}/questions/{question}/resolve")
def resolve(desk: TheDesk, case: CaseName, question: ItemName, given: Resolution) -> dict[str, Any]:
    """Resolve a question or a source's forecast; a shipped case is never changed."""
    about = given.model_dump(include={"basis", "claims", "rule", "coder"})
    return view.resolve(desk, case, question, str(given.answer), given.on, **about)


@router.get("/cases/{case}/scorecard")
def scorecard(desk: TheDesk, case: CaseName) -> dict[str, Any]:
    """Frozen forecasts against what came."""
    return view.scorecard(desk, case)
