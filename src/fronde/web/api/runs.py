"""Runs: manifests, differences, files."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse

from fronde.app.views import runs as view
from fronde.web.desk import ItemName, RunName, TheDesk

router = APIRouter(tags=["runs"])
SAVED: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}}}}


@router.get("/runs")
def runs(desk: TheDesk) -> dict[str, Any]:
    """Every run, newest first."""
    return view.runs(desk)


@router.get("/runs/{run}")
def run(desk: TheDesk, run: RunName) -> dict[str, Any]:
    """One run: manifest and files."""
    return view.run(desk, run)


@router.get("/runs/{run}/against/{other}")
def difference(desk: TheDesk, run: RunName, other: RunName) -> dict[str, Any]:
    """What differs between two manifests."""
    return view.difference(desk, run, other)


@router.get("/runs/{run}/files/{name}", response_class=FileResponse, responses=SAVED)
def file(desk: TheDesk, run: RunName, name: ItemName) -> FileResponse:
    """A file of a run, to be saved; never shown as a page of this server."""
    path = view.file(desk, run, name)
    return FileResponse(path, media_type="application/octet-stream", filename=f"{run}-{name}")
