"""Start: the gallery of cases, the newest runs."""

from typing import Any

from fastapi import APIRouter

from fronde.app.views import start as view
from fronde.web.desk import TheDesk

router = APIRouter(tags=["start"])


@router.get("/start")
def start(desk: TheDesk) -> dict[str, Any]:
    """Cards of the cases and the newest runs."""
    return view.start(desk)
