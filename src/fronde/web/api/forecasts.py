"""Forecasts: the document of one run."""

from typing import Any

from fastapi import APIRouter

from fronde.app.views import forecasts as view
from fronde.web.desk import RunName, TheDesk

router = APIRouter(tags=["forecasts"])


@router.get("/runs/{run}/forecast")
def forecast(desk: TheDesk, run: RunName) -> dict[str, Any]:
    """The matrix, why each cell, fan charts."""
    return view.forecast(desk, run)
