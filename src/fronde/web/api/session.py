"""What every page needs at its start."""

from typing import Any

from fastapi import APIRouter

from fronde.app.views import session as view
from fronde.web.desk import TheDesk

router = APIRouter(tags=["session"])


@router.get("/session")
def session(desk: TheDesk) -> dict[str, Any]:
    """Version, style of the charts, runs and cases to choose from."""
    return view.session(desk)
