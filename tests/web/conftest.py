"""A server in this process on a free port of loopback, with a small finished forecast, and a browser to look at it."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

httpx = pytest.importorskip("httpx", reason="httpx is not installed")
uvicorn = pytest.importorskip("uvicorn", reason='the app needs the extra: pip install "fronde[app]"')

from fronde.app import service  # noqa: E402
from fronde.app.views.desk import Desk  # noqa: E402
from fronde.app.work import make_session  # noqa: E402
from fronde.scenario.case import SHIPPED  # noqa: E402
from fronde.web.security import Door  # noqa: E402
from fronde.web.server import create_app, listen  # noqa: E402

BROWSERS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-proxy-server")  # fmt: skip
SMALL = {"particles": 64, "futures": 1}


class Served:
    """A running server: its address, its token, its desk."""

    def __init__(self, desk: Desk, door: Door) -> None:
        self.desk, self.door = desk, door
        self.clients: list[httpx.Client] = []
        self.base = f"http://127.0.0.1:{door.port}"
        self.entry = f"{self.base}/?token={door.token}"
        self.headers = {"Authorization": f"Bearer {door.token}"}

    def client(self) -> httpx.Client:
        """Somebody with the token."""
        made = httpx.Client(base_url=self.base, headers=self.headers, trust_env=False, timeout=60)
        self.clients.append(made)
        return made


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one small forecast of the fictional polity."""
    folder = tmp_path_factory.mktemp("web") / "runs"
    service.forecast("valdria", session=make_session(folder, 1), **SMALL)
    return folder


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A case folder of one's own, so that decisions can be written."""
    return Path(shutil.copytree(SHIPPED / "valdria", tmp_path / "valdria-copy"))


@contextmanager
def serving(desk: Desk) -> Iterator[Served]:
    """The app on a free port, in a thread of this process."""
    bound = listen(0)
    found = Served(desk, Door(bound.getsockname()[1]))
    server = uvicorn.Server(uvicorn.Config(create_app(desk, found.door), log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        time.sleep(0.02)
    try:
        yield found
    finally:
        for client in found.clients:
            client.close()
        server.should_exit = True
        thread.join(10)
        bound.close()


@pytest.fixture(scope="session")
def served(runs: Path) -> Iterator[Served]:
    """The app with the small forecast."""
    with serving(Desk(runs)) as found:
        yield found


@pytest.fixture
def serve() -> Iterator[Callable[[Desk], Served]]:
    """Servers of one's own, ended with the test."""
    with ExitStack() as stack:
        yield lambda desk: stack.enter_context(serving(desk))


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Headless Chromium as installed; without one the tests that look at pages are skipped and say so."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: pages were not looked at (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as engine:
        made = engine.chromium.launch(executable_path=found, args=list(FLAGS))
        yield made
        made.close()
