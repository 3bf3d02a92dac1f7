"""Run folders in a temporary place, and one finished forecast of a small case that many tests look at."""

import shutil
from pathlib import Path

import pytest

from fronde.app import service
from fronde.app.run import Run
from fronde.app.work import Session

TINYLAND = Path(__file__).parents[1] / "scenario" / "fixtures" / "tinyland"
PARTICLES, FUTURES = 48, 2


class Heard(list):
    """What an action said and how far it said it was."""

    def __init__(self) -> None:
        super().__init__()
        self.stages: list[tuple[str, int, int]] = []

    def progress(self, stage: str, done: int, total: int) -> None:
        self.stages.append((stage, done, total))

    @property
    def text(self) -> str:
        return "\n".join(self)


def session(runs: Path, heard: Heard | None = None, **more: object) -> Session:
    heard = Heard() if heard is None else heard
    return Session(runs, **{"threads": 1, "progress": heard.progress, "say": heard.append, **more})


def small_forecast(case: Path, runs: Path, heard: Heard | None = None, **more: object) -> Run:
    """A forecast with few particles."""
    return service.forecast(case, particles=PARTICLES, futures=FUTURES, session=session(runs, heard, **more))


@pytest.fixture
def tinyland(tmp_path: Path) -> Path:
    """A copy of Tinyland to spoil."""
    return Path(shutil.copytree(TINYLAND, tmp_path / "tinyland"))


@pytest.fixture(scope="session")
def finished_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A forecast of Tinyland, for tests that only read it."""
    return small_forecast(TINYLAND, tmp_path_factory.mktemp("runs"))


@pytest.fixture
def own_run(finished_run: Run, tmp_path: Path) -> Run:
    """A copy of that forecast in a runs folder of its own, to be changed."""
    return Run(Path(shutil.copytree(finished_run.folder, tmp_path / "runs" / finished_run.id)))
