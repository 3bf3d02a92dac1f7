"""Killed in the middle: the next run goes on from the checkpoint and ends with the same bits."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fronde.app import service
from fronde.app.store import read_manifest

from .conftest import Heard, session

PARTICLES = 64  # the teaching case needs several temperatures even for so few
CASE = "valdria"
FINAL = ("posterior.npz", "calibration.json", "results.nc")
STOPPED = """
import os, signal, sys
from pathlib import Path
from fronde.app import service
from fronde.app.work import Session

def progress(stage, done, total):
    if stage == "calibrating" and done >= {moves} and any(Path({runs!r}).glob("*/checkpoint.npz")):
        os.kill(os.getpid(), signal.{signal})

service.calibrate({case!r}, particles={particles}, session=Session(Path({runs!r}), threads=1, progress=progress))
"""


def stop(runs: Path, moves: int, name: str) -> subprocess.CompletedProcess:
    """Calibrate in a process of its own, which stops itself after so many moves."""
    program = STOPPED.format(moves=moves, runs=str(runs), signal=name, case=CASE, particles=PARTICLES)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The same calibration without interruption."""
    return service.calibrate(CASE, particles=PARTICLES, session=session(tmp_path_factory.mktemp("whole")))


def test_a_killed_calibration_goes_on_to_the_same_bits(whole, tmp_path):
    runs = tmp_path / "runs"
    assert stop(runs, 20, "SIGKILL").returncode == -signal.SIGKILL
    folder = runs / whole.id
    assert read_manifest(folder)["status"] == "running"
    assert not (folder / "posterior.npz").exists()
    heard = Heard()
    again = service.calibrate(CASE, particles=PARTICLES, session=session(runs, heard))
    assert "stopped without finishing" in heard.text
    assert "was killed while calibrating" in heard.text
    assert "going on from the checkpoint after step" in heard.text
    first = min(done for stage, done, _ in heard.stages if stage == "calibrating")
    assert first > 1
    for name in FINAL:
        assert (again.folder / name).read_bytes() == (whole.folder / name).read_bytes(), name
    assert not (folder / "checkpoint.npz").exists()
    assert read_manifest(folder)["status"] == "done"


def test_a_cancelled_calibration_keeps_its_state(whole, tmp_path):
    runs = tmp_path / "runs"
    done = stop(runs, 14, "SIGINT")
    assert "KeyboardInterrupt" in done.stderr
    assert read_manifest(runs / whole.id)["status"] == "cancelled"
    assert (runs / whole.id / "checkpoint.npz").is_file()
    heard = Heard()
    again = service.calibrate(CASE, particles=PARTICLES, resume=True, session=session(runs, heard))
    assert "was cancelled while calibrating" in heard.text
    assert (again.folder / "posterior.npz").read_bytes() == (whole.folder / "posterior.npz").read_bytes()


def test_resume_says_if_there_is_nothing_to_go_on_from(tmp_path):
    heard = Heard()
    service.calibrate(CASE, particles=32, resume=True, session=session(tmp_path, heard))
    assert "no checkpoint to go on from" in heard.text
    service.calibrate(CASE, particles=32, resume=True, session=session(tmp_path, heard))
    assert "using the finished calibration" in heard.text
