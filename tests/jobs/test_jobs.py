"""Jobs: a table that several processes share, workers that outlive who started them, cancel and resume."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fronde.app.jobs import table, worker
from fronde.app.opening import RequestError

TINYLAND = str(Path(__file__).parents[1] / "scenario" / "fixtures" / "tinyland")
PATIENCE = 60.0


def wait(runs: Path, name: str, *statuses: str) -> dict:
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        found = table.job(runs, name)
        if found["status"] in statuses:
            return found
        time.sleep(0.05)
    pytest.fail(f"job is {table.job(runs, name)}, expected {statuses}")


def until(happened: Callable[[], object]) -> None:
    began = time.monotonic()
    while not happened():
        assert time.monotonic() - began < PATIENCE, "waited in vain"
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def _two_workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FRONDE_JOBS", "2")
    yield
    for process in worker._started:
        process.wait()


def test_a_job_is_done_by_another_process_and_says_which_run(tmp_path: Path) -> None:
    job = worker.submit(tmp_path, "simulate", {"case": TINYLAND, "runs": 32})
    found = wait(tmp_path, job["id"], "done", "failed")
    assert found["status"] == "done", found["words"]
    assert (tmp_path / found["run"] / "simulation.json").is_file()


def test_cancel_keeps_what_is_done_and_resume_goes_on(tmp_path: Path) -> None:
    job = worker.submit(tmp_path, "calibrate", {"case": "valdria", "particles": 1500})
    until(lambda: list(tmp_path.glob("*/checkpoint.npz")))
    assert table.job(tmp_path, job["id"])["total"] > 0
    table.cancel(tmp_path, job["id"])
    found = wait(tmp_path, job["id"], "cancelled", "done", "failed")
    assert found["status"] == "cancelled", found
    assert list(tmp_path.glob("*/checkpoint.npz")), "the checkpoint is kept"
    worker.resume(tmp_path, job["id"])
    until(lambda: "going on from the checkpoint" in table.job(tmp_path, job["id"])["words"])
    table.cancel(tmp_path, job["id"])
    wait(tmp_path, job["id"], "cancelled", "done")


def test_a_killed_worker_leaves_an_interrupted_job(tmp_path: Path) -> None:
    name = table.add(tmp_path, "simulate", {"case": TINYLAND})
    assert table.claim(tmp_path, 1) == name
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    assert table.beat(tmp_path, name, pid=child.pid)
    assert table.job(tmp_path, name)["status"] == "running"
    child.kill()
    child.wait()
    assert wait(tmp_path, name, "interrupted")["words"].startswith("its process ended")


def test_a_worker_survives_the_kill_of_who_started_it(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from fronde.app.jobs import worker;"
        f"job = worker.submit(Path({str(tmp_path)!r}), 'simulate', {{'case': {TINYLAND!r}, 'runs': 64}});"
        "print(job['id'], flush=True);"
        "time.sleep(60)"
    )
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    name = server.stdout.readline().strip()
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    server.stdout.close()
    assert wait(tmp_path, name, "done", "failed")["status"] == "done"


def test_the_next_job_is_of_whoever_has_fewest_running(tmp_path: Path) -> None:
    first, _, third = (table.add(tmp_path, "simulate", {"case": TINYLAND}, owner) for owner in ("ann", "ann", "bob"))
    assert table.claim(tmp_path, 2) == first
    assert table.claim(tmp_path, 2) == third
    assert table.claim(tmp_path, 2) is None


def test_a_failure_is_told_in_words(tmp_path: Path) -> None:
    name = table.add(tmp_path, "simulate", {"case": "nowhere"})
    worker.work(tmp_path)
    found = table.job(tmp_path, name)
    assert found["status"] == "failed"
    assert "no such case" in found["words"]


@pytest.mark.parametrize(
    ("kind", "arguments"), [("erase", {"case": "x"}), ("simulate", {"case": "x", "session": 1}), ("forecast", {})]
)
def test_unknown_work_is_refused(tmp_path: Path, kind: str, arguments: dict) -> None:
    with pytest.raises(RequestError):
        table.add(tmp_path, kind, arguments)
    assert table.jobs(tmp_path) == []
