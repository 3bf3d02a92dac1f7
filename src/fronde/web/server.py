"""The server: documents under /api, the bundle under /static, one page; bound to loopback, behind the token."""

import os
import socket
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from fronde import __version__
from fronde.app.opening import RequestError
from fronde.app.views.desk import Desk
from fronde.web.api import ROUTERS
from fronde.web.errors import RESPONSES, describe_errors, handle_errors
from fronde.web.security import Door, Guard

HOST, PORT, TRIES = "127.0.0.1", 8650, 20
PATIENCE = 5  # seconds for requests under way when the server is asked to end
STATIC = Path(str(files("fronde.web") / "static"))
FONTS = Path(str(files("fronde") / "report" / "static"))  # the report carries the same ones


class Bundle(StaticFiles):
    """Files that the browser keeps but asks about each time, so that an update of the package shows at once."""

    def file_response(self, *args: object, **more: object) -> Response:
        """The file, to be revalidated."""
        answer = super().file_response(*args, **more)  # type: ignore[arg-type]
        answer.headers["Cache-Control"] = "no-cache"
        return answer


def create_app(desk: Desk, door: Door) -> FastAPI:
    """The application of one server."""
    app = FastAPI(
        title="Fronde",
        version=__version__,
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        responses=RESPONSES,
    )
    app.state.desk = desk
    app.state.door = door
    app.state.leaving = lambda: False  # streams end when it says so
    for router in ROUTERS:
        app.include_router(router, prefix="/api")
    handle_errors(app)
    describe_errors(app)
    app.mount("/static/fonts", Bundle(directory=FONTS))
    app.mount("/static", Bundle(directory=STATIC))

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})

    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Guard, door=door)
    return app


def listen(port: int | None) -> socket.socket:
    """A socket on loopback: the port asked for (0: any free one), else the first free one from PORT on."""
    wanted = range(PORT, PORT + TRIES) if port is None else (port,)
    for place, number in enumerate(wanted, start=1):
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":  # elsewhere it would let two servers share a port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the port of a server just killed is free
        try:
            found.bind((HOST, number))
        except OSError as error:
            found.close()
            if place == len(wanted):
                remedy = "name another with --port, or --port 0 for any free one"
                raise RequestError(f"port {number} on {HOST} cannot be used ({error.strerror}); {remedy}") from None
        else:
            return found
    raise AssertionError("unreachable")


def serve(desk: Desk, port: int | None, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` hears the address, token included, before the first request."""
    bound = listen(port)
    door = Door(bound.getsockname()[1])
    ready(f"http://{HOST}:{door.port}/?token={door.token}")
    app = create_app(desk, door)
    settings = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=PATIENCE
    )
    server = uvicorn.Server(settings)
    app.state.leaving = lambda: server.should_exit
    with bound:
        server.run(sockets=[bound])
