"""Forecasts: the document of one run."""

from typing import Any

from fastapi import APIRouter

from fronde.app.views import forecasts as view
from fronde.app.views import weekly as updates
from fronde.web.desk import RunName, TheDesk

router = APIRouter(tags=["forecasts"])


@router.get("/runs/{run}/forecast")
def forecast(desk: TheDesk, run: RunName) -> dict[str, Any]:
    """The matrix, why each cell, fan charts."""
    return view.forecast(desk, run)


@router.get("/runs/{run}/weekly")
def weekly(desk: TheDesk, run: RunName) -> dict[str, Any]:
    """How the forecast moved week by week, and because of what; null if nobody worked it out."""
    return updates.weekly(desk, run)
