"""What the pages of one server share: the folder of the runs and the cases they may read."""

from typing import Annotated

from fastapi import Depends, Path, Request

from fronde.app.views.desk import Desk

NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"


def desk(request: Request) -> Desk:
    """The desk of the server that got this request."""
    found: Desk = request.app.state.desk
    return found


TheDesk = Annotated[Desk, Depends(desk)]
RunName = Annotated[str, Path(pattern=NAME, description="Name of a run folder")]
CaseName = Annotated[str, Path(pattern=NAME, description="Name of a case")]
ItemName = Annotated[str, Path(min_length=1, max_length=200, description="Id of a row")]
