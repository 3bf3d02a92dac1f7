"""Reports: pick blocks, add notes, withhold names; page, static page, PDF or data."""

from typing import Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from fronde.app import builder
from fronde.web.desk import RunName, TheDesk

router = APIRouter(tags=["reports"])
FORMS: dict[str, Any] = {kind: {} for kind in ("text/html", "application/pdf", "application/zip")}


class Wanted(BaseModel):
    """What the report should hold."""

    model_config = ConfigDict(extra="forbid")
    form: Literal["html", "static", "pdf", "data"] = "html"
    blocks: list[str] | None = Field(None, max_length=40, description="Left out: all")
    notes: str = Field("", max_length=builder.LONGEST_NOTE)
    redact: bool = False


@router.get("/runs/{run}/blocks")
def blocks(desk: TheDesk, run: RunName) -> dict[str, Any]:
    """Blocks that a report of this run can hold."""
    found = desk.run(run)
    title = found.summary.get("title") or found.id
    return {"run": found.id, "title": title, "blocks": builder.blocks(found)}


@router.post("/runs/{run}/report", response_class=Response, responses={200: {"content": FORMS}})
def report(desk: TheDesk, run: RunName, wanted: Wanted) -> Response:
    """One file to save."""
    name, kind, content = builder.build(desk.run(run), wanted.form, wanted.blocks, wanted.notes, wanted.redact)
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.get("/runs/{run}/interactive")
def interactive(desk: TheDesk, run: RunName) -> Response:
    """The app's pages of this run as one file to save, read-only, with every block and name."""
    from fronde.web import onefile  # it needs the server, which needs this

    page = onefile.render(desk, desk.run(run).id).encode("utf-8", "backslashreplace")
    name = f'attachment; filename="{desk.run(run).id}-interactive.html"'
    return Response(page, media_type="text/html", headers={"Content-Disposition": name})
