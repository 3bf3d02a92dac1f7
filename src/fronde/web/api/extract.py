"""Reading reports: text out of files, spans and claims, a second reader, the chosen claims into the inbox of a case."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, ConfigDict, Field

from fronde.app.views import extract as view
from fronde.web.desk import CaseName, TheDesk

router = APIRouter(tags=["evidence"])
LONGEST = 400_000  # characters
LARGEST = 16 * 2**20  # bytes of a file
MOST = 20  # reports at once
Column = Literal["text", "event_class", "polarity", "modality", "note", "actors", "group"]


class Article(BaseModel):
    """A report's text, who published it, and when."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=LONGEST)
    outlet: str = Field("", max_length=200)
    published: date | None = None


class Articles(BaseModel):
    """Reports that may speak of the same."""

    model_config = ConfigDict(extra="forbid")

    articles: list[Article] = Field(min_length=1, max_length=MOST)


class Chosen(Article):
    """The claims to propose: number -> column -> what the reader wrote instead."""

    outlet: str = Field(min_length=1, max_length=200)
    published: date
    coder: str = Field(min_length=1, max_length=100)
    claims: dict[int, dict[Column, str]] = Field(max_length=2000)


@router.post("/cases/{case}/extract")
def extract(desk: TheDesk, case: CaseName, given: Articles) -> dict[str, Any]:
    """Attributions and proposed claims with their spans, and voices that may be one; nothing is written."""
    return view.read(desk, case, [(one.text, one.outlet, one.published) for one in given.articles])


@router.post("/extract/text")
def text_of(
    content: Annotated[bytes, Body(media_type="application/octet-stream", max_length=LARGEST)],
    name: Annotated[str, Query(max_length=200)] = "",
) -> dict[str, str]:
    """The text of a file: plain, HTML or PDF; nothing is kept."""
    return view.text_of(content, name)


@router.post("/cases/{case}/extract/second")
def second(desk: TheDesk, case: CaseName, given: Article) -> dict[str, Any]:
    """What the reader of FRONDE_LLM_URL says, beside the rules; the text is sent there."""
    return view.second(desk, case, given.text, given.outlet, given.published)


@router.post("/cases/{case}/extract/propose")
def propose(desk: TheDesk, case: CaseName, given: Chosen) -> dict[str, Any]:
    """Append the chosen claims to the inbox of a case; nothing of them is used before it is accepted."""
    edits: dict[int, dict[str, str]] = {
        number: {str(k): v for k, v in changes.items()} for number, changes in given.claims.items()
    }
    return view.propose(desk, case, given.text, given.outlet, given.published, edits, given.coder)
