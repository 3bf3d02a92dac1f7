"""Questions and scorecard."""

from typing import Any

from fastapi import APIRouter

from fronde.app.views import scores as view
from fronde.web.desk import CaseName, TheDesk

router = APIRouter(tags=["scores"])


@router.get("/cases/{case}/questions")
def questions(desk: TheDesk, case: CaseName) -> dict[str, Any]:
    """Questions with rule, day, state and newest forecast."""
    return view.questions(desk, case)


@router.get("/cases/{case}/scorecard")
def scorecard(desk: TheDesk, case: CaseName) -> dict[str, Any]:
    """Frozen forecasts against what came."""
    return view.scorecard(desk, case)
