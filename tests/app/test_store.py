"""Run folders: whole files or none, one writer, and a manifest that tells how it ended."""

import errno
import json
import os
import subprocess
import sys

import pytest

from fronde.app import store
from fronde.app.store import Lock, RunError, placed, read_manifest, write_file, writing


def silent(_text):
    """Nobody listens."""


def test_a_file_is_replaced_whole(tmp_path):
    target = tmp_path / "a.json"
    write_file(target, b"old")
    write_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "a.json"
    write_file(target, b"old")

    def fail_half_way():
        with placed(target) as beside:
            beside.write_bytes(b"half of the new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def write_two(folder):
    with writing(folder, {"run": "x"}, silent) as writer:
        writer.write("first.json", b"1")
        writer.write("second.json", b"2")


def test_a_full_disk_keeps_what_was_finished(tmp_path, monkeypatch):
    folder = tmp_path / "run"
    real = os.replace

    def full(source, target):
        if str(target).endswith("second.json"):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_two(folder)
    assert (folder / "first.json").read_bytes() == b"1"
    assert not (folder / "second.json").exists()
    assert list(folder.glob(f"{store.TEMPORARY}*")) == []
    found = read_manifest(folder)
    assert found["status"] == "failed"
    assert "No space left" in found["error"]
    assert list(found["files"]) == ["first.json"]


def test_a_disk_too_full_for_the_manifest_still_shows_the_real_error(tmp_path, monkeypatch):
    real = store.write_file

    def full(target, content):
        if b"running" not in content:
            raise OSError(errno.ENOSPC, f"No space left for {target.name}")
        return real(target, content)

    monkeypatch.setattr(store, "write_file", full)
    with pytest.raises(OSError, match="No space left for first"):
        write_two(tmp_path / "run")
    assert read_manifest(tmp_path / "run")["status"] == "running"


@pytest.mark.parametrize(
    ("error", "status"), [(None, "done"), (KeyboardInterrupt(), "cancelled"), (RuntimeError("broken"), "failed")]
)
def test_the_manifest_tells_how_it_ended(tmp_path, error, status):
    def work():
        with writing(tmp_path / "run", {"run": "x"}, silent) as writer, writer.stage("thinking"):
            assert read_manifest(tmp_path / "run")["status"] == "running"
            assert read_manifest(tmp_path / "run")["stage"] == "thinking"
            if error is not None:
                raise error

    if error is None:
        work()
    else:
        with pytest.raises(type(error)):
            work()
    assert read_manifest(tmp_path / "run")["status"] == status


def test_two_writers_are_not_let_in(tmp_path):
    first = Lock(tmp_path)
    with pytest.raises(RunError, match=f"being written by process {os.getpid()}"):
        Lock(tmp_path)
    first.release()
    second = Lock(tmp_path)
    assert second.orphan is None
    second.release()


def test_another_process_is_not_let_in(tmp_path):
    lock = Lock(tmp_path)
    program = "import sys; from pathlib import Path; from fronde.app.store import Lock; Lock(Path(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False, timeout=60
    )
    lock.release()
    assert done.returncode == 1
    assert f"being written by process {os.getpid()}" in done.stderr


def test_the_lock_of_a_dead_process_is_taken_over_and_said(tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    program = (
        "import os, sys; from pathlib import Path; from fronde.app.store import Lock\n"
        "lock = Lock(Path(sys.argv[1])); print(os.getpid(), flush=True); os.kill(os.getpid(), 9)"
    )
    dead = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False, timeout=60
    )
    half = folder / f"{store.TEMPORARY}abc.json"
    half.write_text("{")
    write_file(folder / "manifest.json", json.dumps({"status": "running", "stage": "calibrating"}).encode())
    heard = []
    with writing(folder, {"run": "x"}, heard.append):
        pass
    assert any(f"process {dead.stdout.strip()} stopped without finishing" in text for text in heard)
    assert any("was killed while calibrating" in text for text in heard)
    assert not half.exists()


def test_hashes_of_unchanged_files_are_kept_and_of_changed_ones_dropped(tmp_path):
    folder = tmp_path / "run"
    with writing(folder, {"run": "x"}, silent) as writer:
        writer.write("kept.json", b"1")
        writer.write("changed.json", b"1")
    assert store.intact(folder, "kept.json", "changed.json")
    (folder / "changed.json").write_bytes(b"2")
    assert not store.intact(folder, "changed.json")
    with writing(folder, {"run": "x"}, silent):
        pass
    assert set(read_manifest(folder)["files"]) == {"kept.json"}


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_broken_manifest_is_no_manifest(tmp_path, content):
    (tmp_path / "manifest.json").write_bytes(content)
    assert read_manifest(tmp_path) == {}


def test_a_manifest_cannot_name_files_outside_its_folder(tmp_path):
    outside = tmp_path / "outside.json"
    outside.write_bytes(b"1")
    folder = tmp_path / "run"
    folder.mkdir()
    listed = {"files": {"../outside.json": store.file_hash(outside)}}
    write_file(folder / "manifest.json", json.dumps(listed).encode())
    with writing(folder, {"run": "x"}, silent):
        pass
    assert read_manifest(folder)["files"] == {}


def test_runs_lie_where_they_are_told_to(monkeypatch, tmp_path):
    monkeypatch.delenv("FRONDE_RUNS", raising=False)
    assert str(store.base_folder()) == "runs"
    monkeypatch.setenv("FRONDE_RUNS", str(tmp_path))
    assert store.base_folder() == tmp_path
    assert str(store.base_folder("elsewhere")) == "elsewhere"
