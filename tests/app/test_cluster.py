"""Ensembles on a real cluster of local processes: the same bits, whatever dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from fronde.app import cluster
from fronde.app.cluster import connected, pack, unpack
from fronde.app.limits.accounts import lively
from fronde.app.limits.hazards import mixed_elite
from fronde.app.limits.toy import actor_table, default, elite, numbers, play
from fronde.app.opening import RequestError
from fronde.app.particles import CHECKPOINT, POSTERIOR
from fronde.app.store import run_folders
from fronde.domain.jit import INTERPRETED
from fronde.engine.run import Ensemble, elsewhere, simulate

pytestmark = [
    pytest.mark.skipif(INTERPRETED, reason="a cluster of interpreters is slow and shows nothing new"),
    pytest.mark.filterwarnings("ignore"),  # of dask and its dependencies, about workers that are killed here
]
distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def client() -> Iterator[object]:
    play(elite(actor_table(2), [7.0]), default(1))  # the kernel is compiled here, workers find it in the cache
    with connected("local", workers=2) as opened:
        yield opened


def same(one: Ensemble, other: Ensemble) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in one.__dataclass_fields__)


def test_two_workers_give_the_bits_of_this_process(client: object) -> None:
    inputs, theta = lively(), default(200, speak_policy_base=np.linspace(-6.0, -4.0, 200))
    there = simulate(inputs, theta, numbers(200), numbers(200, 5000), with_acts=True)
    with elsewhere(None):
        here = simulate(inputs, theta, numbers(200), numbers(200, 5000), threads=2, with_acts=True)
    assert same(there, here)
    assert there.counts.sum() > 0


def test_a_killed_worker_costs_time_and_nothing_else(client) -> None:
    inputs, runs = mixed_elite(1.0), 3000
    theta = default(runs)
    pids = list(client.run(os.getpid).values())
    heard: list[int] = []

    def strike(done: int, total: int) -> None:
        if not heard:
            os.kill(pids[0], signal.SIGKILL)
        heard.append(done)

    there = simulate(inputs, theta, numbers(runs), progress=strike)
    assert heard == sorted(heard)
    assert heard[-1] == runs
    assert len(heard) > 2
    with elsewhere(None):
        here = simulate(inputs, theta, numbers(runs), threads=2)
    assert same(there, here)
    deadline = time.monotonic() + 30.0
    while len(now := client.run(os.getpid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert pids[0] not in now.values()


def test_inputs_travel_with_their_locks() -> None:
    inputs = mixed_elite(7.0)
    back = unpack(pack(inputs))
    for name, value in inputs._asdict().items():
        if isinstance(value, np.ndarray):
            assert np.array_equal(value, getattr(back, name))
            assert value.flags.writeable == getattr(back, name).flags.writeable
        else:
            assert value == getattr(back, name)


def test_nobody_at_the_address_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    with pytest.raises(RequestError, match="no scheduler answers"), connected("tcp://127.0.0.1:9"):
        pass


def calibrate(runs: Path, *more: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "fronde", "calibrate", "valdria", "--particles", "512", "--runs", str(runs)]
    return subprocess.Popen([*command, *more], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_killed_client_goes_on_with_resume_and_ends_with_the_same_particles(tmp_path: Path) -> None:
    first = calibrate(tmp_path / "killed", "--cluster=local", "--threads", "2")
    deadline = time.monotonic() + 120.0
    while not list(tmp_path.glob(f"killed/*/{CHECKPOINT}")):
        assert first.poll() is None, first.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    first.kill()
    first.communicate()
    again = calibrate(tmp_path / "killed", "--cluster=local", "--threads", "2", "--resume")
    _, talk = again.communicate(timeout=300)
    assert again.returncode == 0, talk
    assert "going on from the checkpoint" in talk
    assert "2 workers" in talk
    plain = calibrate(tmp_path / "plain", "--threads", "1")
    assert plain.communicate(timeout=300)
    assert plain.returncode == 0
    (there,), (here,) = (run_folders(tmp_path / name) for name in ("killed", "plain"))
    one, other = (np.load(folder / POSTERIOR) for folder in (there, here))
    assert all(np.array_equal(one[name], other[name]) for name in ("z", "replicates", "loglik", "ancestors"))
