"""Errors of the web app as problem documents (RFC 9457): what was found, what was expected, what to do."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from fronde.app.opening import RequestError
from fronde.app.store import RunError
from fronde.app.views import Missing
from fronde.app.views.desk import BAD_FILES

MEDIA_TYPE = "application/problem+json"
CONFLICT, UNREADABLE = 409, 422


class Problem(BaseModel):
    """One problem document."""

    title: str = Field(description="What went wrong, in one line")
    status: int = Field(description="The HTTP status")
    detail: str = Field(description="What was found, what was expected, what to do")
    errors: list[str] = Field(default=[], description="Every single problem, where there are several")


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": text}
    for status, text in (
        (400, "The request makes no sense as it was made"),
        (401, "No token"),
        (403, "From another site"),
        (404, "No such thing"),
        (405, "Not this way"),
        (409, "Not possible as things stand"),
        (413, "Too large"),
        (415, "Not JSON"),
        (421, "Another host name"),
        (422, "A value or a file that cannot be read"),
        (503, "A part that is not installed"),
    )
}


def problem(status: int, title: str, detail: str, errors: Sequence[str] = ()) -> JSONResponse:
    """The response of one problem."""
    body = Problem(title=title, status=status, detail=detail, errors=list(errors)).model_dump()
    return JSONResponse(body, status, media_type=MEDIA_TYPE)


def _of_request(_: Request, error: Exception) -> JSONResponse:
    return problem(400, "This request cannot be met", str(error), getattr(error, "problems", ()))


def _of_run(_: Request, error: Exception) -> JSONResponse:
    return problem(CONFLICT, "This run cannot be used", str(error))


def _missing(_: Request, error: Exception) -> JSONResponse:
    return problem(404, "Not found", str(error.args[0] if error.args else error))


def _of_files(_: Request, error: Exception) -> JSONResponse:
    """A case or pack with mistakes: all of them at once."""
    found = []
    for item in getattr(error, "problems", ()):
        if isinstance(item, str):
            found.append(item)
        else:
            found.append(f"{item.file}:{item.line}: {item.found}; expected {item.expected}; {item.remedy}")
    return problem(UNREADABLE, "The files of this case have mistakes", str(error).split("\n")[0], found)


def _of_values(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = [f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}" for item in error.errors()]
    return problem(UNREADABLE, "A value cannot be read", "; ".join(found), found)


def _of_http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    answer = problem(error.status_code, str(error.detail), str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


def _missing_part(_: Request, error: Exception) -> JSONResponse:
    return problem(503, "A part is not installed", str(error))


def describe_errors(app: FastAPI) -> None:
    """The description of the server says what its errors are: problem documents, not plain JSON."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        found = plain()
        for item in found["paths"].values():
            for operation in item.values():
                for status, response in operation["responses"].items():
                    if status.startswith(("4", "5")) and (content := response.get("content")):
                        response["content"] = {MEDIA_TYPE: next(iter(content.values()))}
        return found

    app.openapi = described  # type: ignore[method-assign]


def handle_errors(app: FastAPI) -> None:
    """Every error that is meant for the user becomes a problem document; others stay faults (500)."""
    for kind, answer in (
        (RequestError, _of_request),
        (Missing, _missing),
        (RunError, _of_run),
        *((kind, _of_files) for kind in BAD_FILES),
        (RequestValidationError, _of_values),
        (HTTPException, _of_http),
        (ImportError, _missing_part),
    ):
        app.add_exception_handler(kind, answer)
