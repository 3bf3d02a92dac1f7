"""Killed in the middle: the next run goes on from the checkpoint and ends with the same bits."""

import signal
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

from fronde.app import service
from fronde.app.netcdf import CHUNK, Variable, write_groups
from fronde.app.store import TEMPORARY, read_manifest

from .conftest import TINYLAND, Heard, session

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


RUNS = 1024
DYING = """
import os, signal
from pathlib import Path
from fronde.app import netcdf, service
from fronde.app.work import Session

honest = netcdf._write

class Dying:
    def __init__(self, group):
        self.group, self.written = group, 0

    def create_variable(self, *args, **more):
        self.variable = self.group.create_variable(*args, **more)
        return self

    def __setitem__(self, place, values):
        if self.written == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        self.variable[place] = values
        self.written += 1

netcdf._write = lambda group, name, variable: honest(Dying(group) if name == "acts" else group, name, variable)
service.simulate({case!r}, runs={wanted}, prior=True, session=Session(Path({runs!r}), threads=1, fresh=True))
"""


@pytest.mark.parametrize("before", ["no file", "an older file"])
def test_killed_between_two_chunks_of_results_the_folder_stays_valid(tmp_path: Path, before: str) -> None:
    """SIGKILL inside results.nc: the older file or none, a manifest that says so, and the next run finishes."""

    def simulate(runs: Path, heard: Heard | None = None) -> service.Run:
        return service.simulate(TINYLAND, runs=RUNS, prior=True, session=session(runs, heard))

    plain = simulate(tmp_path / "plain")
    content = plain.paths["results.nc"].read_bytes()
    runs = tmp_path / "runs"
    if before == "an older file":
        simulate(runs)
    program = DYING.format(case=str(TINYLAND), wanted=RUNS, runs=str(runs))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == -signal.SIGKILL, done.stderr
    folder = runs / plain.id
    (half,) = folder.glob(f"{TEMPORARY}*")
    assert 0 < half.stat().st_size < len(content)
    assert read_manifest(folder)["status"] == "running"
    if before == "an older file":
        assert (folder / "results.nc").read_bytes() == content
    else:
        assert not (folder / "results.nc").exists()
    heard = Heard()
    again = simulate(runs, heard)
    assert "stopped without finishing" in heard.text
    assert "was killed while" in heard.text
    assert again.paths["results.nc"].read_bytes() == content
    assert read_manifest(folder)["status"] == "done"
    assert not list(folder.glob(f"{TEMPORARY}*"))


def test_chunks_hold_whole_runs_and_read_back_equal(tmp_path: Path) -> None:
    """A strided array goes to the file in pieces of at most CHUNK numbers, cut along runs alone."""
    xarray = pytest.importorskip("xarray")
    values = np.arange(6 * 12 * 1 * 30_000, dtype=np.float32).reshape(6, 12, 1, 30_000)[..., ::2]
    dims = ("time", "act", "chain", "draw")
    write_groups(tmp_path / "x.nc", {"prior": {"acts": Variable(dims, values, {"unit": "people"})}}, {})
    with h5py.File(tmp_path / "x.nc") as file:
        chunks = file["prior/acts"].chunks
        assert chunks[:3] == (6, 12, 1)
        assert CHUNK // 2 < np.prod(chunks) <= CHUNK
    with xarray.open_dataset(tmp_path / "x.nc", group="prior", engine="h5netcdf") as found:
        np.testing.assert_array_equal(found["acts"], values)
