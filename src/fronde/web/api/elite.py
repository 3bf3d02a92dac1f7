"""Elite map."""

from typing import Any

from fastapi import APIRouter

from fronde.app.views import elite as view
from fronde.web.desk import CaseName, TheDesk

router = APIRouter(tags=["elite"])


@router.get("/cases/{case}/elite")
def elite(desk: TheDesk, case: CaseName) -> dict[str, Any]:
    """Named people, groups and ties."""
    return view.elite(desk, case)
