"""Teach: rooms without accounts; teams move, the teacher steps time, the debrief is one file."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from fronde.app.teach import debrief, play, room
from fronde.report.debrief import render_debrief
from fronde.web.desk import TheDesk

router = APIRouter(prefix="/teach", tags=["teach"])
Code = Annotated[str, Path(pattern=f"^{room.CODE.pattern}$", description="Code of a room")]
Role = Literal["leader", "owners", "chiefs", "abroad"]


class Opening(BaseModel):
    """A room to open."""

    model_config = ConfigDict(extra="forbid")
    weeks: int = Field(2, ge=1, le=13, description="Weeks a turn")
    turns: int = Field(8, ge=1, le=26)


class Wish(BaseModel):
    """A move of a team."""

    model_config = ConfigDict(extra="forbid")
    role: Role
    set: dict[str, float | str] = Field(max_length=8)
    reason: str = Field(max_length=500)


class Key(BaseModel):
    """The teacher's key."""

    model_config = ConfigDict(extra="forbid")
    key: str = Field(max_length=64)


@router.post("")
def create(desk: TheDesk, wanted: Opening) -> dict[str, Any]:
    """Open a room in the fictional polity; its code for the teams, its key for the teacher."""
    found, key = room.create(desk.runs, play.POLITY, wanted.weeks, wanted.turns)
    return {"key": key, **play.state(found)}


@router.get("/{code}")
def state(desk: TheDesk, code: Code, role: Annotated[Role | None, Query()] = None) -> dict[str, Any]:
    """Where the game stands, as this role sees it."""
    return play.state(room.load(desk.runs, code), role)


@router.post("/{code}/move")
def move(desk: TheDesk, code: Code, wish: Wish) -> dict[str, Any]:
    """Set a team's move of this turn."""
    return play.state(room.move(desk.runs, code, wish.role, wish.set, wish.reason), wish.role)


@router.post("/{code}/step")
def step(desk: TheDesk, code: Code, key: Key) -> dict[str, Any]:
    """Let a turn pass."""
    return play.state(room.step(desk.runs, code, key.key))


@router.post("/{code}/end")
def end(desk: TheDesk, code: Code, key: Key) -> dict[str, Any]:
    """End the game after the turns that were played."""
    return play.state(room.end(desk.runs, code, key.key))


@router.get("/{code}/debrief", response_class=HTMLResponse)
def download(desk: TheDesk, code: Code) -> Response:
    """The debrief as one file without script."""
    page = render_debrief(debrief.document(room.load(desk.runs, code)))
    name = f'attachment; filename="debrief-{code}.html"'
    return Response(page, media_type="text/html", headers={"Content-Disposition": name})
