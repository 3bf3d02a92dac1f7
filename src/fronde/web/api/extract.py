"""Reading a pasted report: spans and claims, and the chosen ones into the inbox of a case."""

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from fronde.app.views import extract as view
from fronde.web.desk import CaseName, TheDesk

router = APIRouter(tags=["evidence"])
LONGEST = 400_000  # characters
Column = Literal["text", "event_class", "polarity", "modality", "note", "actors", "group"]


class Article(BaseModel):
    """A report's text, who published it, and when."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=LONGEST)
    outlet: str = Field("", max_length=200)
    published: date | None = None


class Chosen(Article):
    """The claims to propose: number -> column -> what the reader wrote instead."""

    outlet: str = Field(min_length=1, max_length=200)
    published: date
    coder: str = Field(min_length=1, max_length=100)
    claims: dict[int, dict[Column, str]] = Field(max_length=2000)


@router.post("/cases/{case}/extract")
def extract(desk: TheDesk, case: CaseName, given: Article) -> dict[str, Any]:
    """Attributions and proposed claims with their spans; nothing is written."""
    return view.read(desk, case, given.text, given.outlet, given.published)


@router.post("/cases/{case}/extract/propose")
def propose(desk: TheDesk, case: CaseName, given: Chosen) -> dict[str, Any]:
    """Append the chosen claims to the inbox of a case; nothing of them is used before it is accepted."""
    edits: dict[int, dict[str, str]] = {
        number: {str(k): v for k, v in changes.items()} for number, changes in given.claims.items()
    }
    return view.propose(desk, case, given.text, given.outlet, given.published, edits, given.coder)
