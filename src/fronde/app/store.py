"""Run folders: one writer at a time, whole files or none, and what is needed to go on after a kill.

    runs/<id>/manifest.json     what was done with what, and how it ended
              checkpoint.npz    particles after the last finished step of a calibration; gone once it is done
              posterior.npz     particles of a finished calibration
              results.nc, forecast.json, forecast.csv, summary.json, report.html

A file is written beside its place, flushed to disk and then moved there, so a reader or the next run sees the old file
or the new one. The lock is one of the operating system and dies with its holder.
"""

import contextlib
import hashlib
import json
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

MANIFEST, LOCK, TEMPORARY = "manifest.json", ".lock", ".tmp-"
LARGEST_MANIFEST = 4 * 2**20  # bytes
Say = Callable[[str], None]


class RunError(RuntimeError):
    """A run folder that cannot be used; the message says why and what to do."""


def base_folder(given: str | Path | None = None) -> Path:
    """Where run folders lie: the one given, FRONDE_RUNS, or ./runs."""
    return Path(given or os.environ.get("FRONDE_RUNS") or "runs")


def now() -> str:
    """The time of day, UTC, to the second; for manifests only, never for results."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def placed(target: Path) -> Iterator[Path]:
    """A path to write to; it becomes `target` if the block ends well and disappears if not."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=TEMPORARY, suffix=target.suffix)
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        with beside.open("rb+") as stream:
            os.fsync(stream.fileno())
        beside.chmod(0o644)
        os.replace(beside, target)
        _flush_folder(target.parent)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _flush_folder(folder: Path) -> None:
    """Make a rename survive a power cut, where the system lets a folder be flushed."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_file(target: Path, content: bytes) -> Path:
    """Write a file whole or not at all."""
    with placed(target) as beside:
        beside.write_bytes(content)
    return target


def file_hash(path: Path) -> str:
    """SHA-256 [hex] of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a run folder; empty if there is none or it cannot be read."""
    path = folder / MANIFEST
    try:
        if path.stat().st_size > LARGEST_MANIFEST:
            return {}
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


class Lock:
    """The right to write into a folder. Held by an open file, so it cannot outlive its process."""

    def __init__(self, folder: Path, name: str = LOCK) -> None:
        """Take the lock or raise RunError naming the holder. `orphan`: a holder who died with it, else None."""
        self._stream = (folder / name).open("a+", encoding="utf-8")
        try:
            self._take(folder)
        except BaseException:
            self._stream.close()
            raise

    def _take(self, folder: Path) -> None:
        free = _try_lock(self._stream.fileno())
        self._stream.seek(0)
        left = _holder(self._stream.read(1000))
        if not free:
            who = f"process {left['pid']} on {left['host']}, since {left['since']}" if left else "another process"
            raise RunError(f"{folder} is being written by {who}; wait for it, stop it, or choose another --runs folder")
        self.orphan = left
        self._stream.truncate(0)
        json.dump({"pid": os.getpid(), "host": platform.node(), "since": now()}, self._stream)
        self._stream.flush()

    def release(self) -> None:
        """Give the lock back and leave an empty file, the sign of an orderly end."""
        with contextlib.suppress(OSError):
            self._stream.truncate(0)
        self._stream.close()


def _try_lock(descriptor: int) -> bool:
    if fcntl is None:
        import msvcrt

        try:  # one byte far behind the text, because on Windows a locked byte cannot be read
            os.lseek(descriptor, 2**20, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(text: str) -> dict[str, Any] | None:
    with contextlib.suppress(ValueError):
        found = json.loads(text)
        if isinstance(found, dict) and {"pid", "host", "since"} <= set(found):
            return found
    return None


class Writer:
    """A run folder open for writing: the manifest, timings and files of one piece of work."""

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        """Start from a manifest; nothing is written before `save`."""
        self.folder, self.manifest = folder, manifest

    def save(self, **changes: Any) -> None:
        """Write the manifest with some entries changed."""
        self.manifest.update(changes)
        text = json.dumps(self.manifest, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        write_file(self.folder / MANIFEST, text.encode("utf-8", "backslashreplace"))

    def write(self, name: str, content: bytes) -> Path:
        """Write one file of the run and remember its hash."""
        path = write_file(self.folder / name, content)
        self.record(name)
        return path

    def record(self, *names: str) -> None:
        """Take the hashes of files that something else has written."""
        files = self.manifest.setdefault("files", {})
        for name in names:
            files[name] = file_hash(self.folder / name)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Say in the manifest what is being done, and take its time."""
        began = time.monotonic()
        self.save(stage=name)
        yield
        self.manifest.setdefault("timings", {})[name] = round(time.monotonic() - began, 3)


@contextmanager
def writing(folder: Path, manifest: dict[str, Any], say: Say) -> Iterator[Writer]:
    """Open a run folder; however the block ends, the manifest says so and finished files stay.

    Status is `running` inside, then `done`, `cancelled` (KeyboardInterrupt) or `failed`; a kill leaves `running`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = Lock(folder)
    try:
        writer = Writer(folder, {**manifest, "status": "running", "started_at": now(), "timings": {}, "files": {}})
        _say_what_was_found(folder, lock, say)
        _keep(writer, folder)
        writer.save()
        try:
            yield writer
        except KeyboardInterrupt:
            _close(writer, "cancelled", None)
            raise
        except BaseException as error:
            _close(writer, "failed", f"{type(error).__name__}: {error}"[:2000])
            raise
        writer.save(status="done", stage=None, ended_at=now())
    finally:
        lock.release()


def _close(writer: Writer, status: str, error: str | None) -> None:
    with contextlib.suppress(OSError):  # a full disk must not hide what happened
        writer.save(status=status, error=error, ended_at=now())


def _say_what_was_found(folder: Path, lock: Lock, say: Say) -> None:
    """Speak about an earlier writer who did not finish, and sweep up the halves of files it left."""
    before = read_manifest(folder)
    if lock.orphan:
        say(f"taking over {folder.name}: process {lock.orphan['pid']} stopped without finishing")
    if before.get("status") in ("running", "cancelled", "failed"):
        words = {"running": "was killed", "cancelled": "was cancelled", "failed": "failed"}[before["status"]]
        stage = before.get("stage") or "starting"
        say(f"an earlier run of {folder.name} {words} while {stage}; what it finished is kept")
    for half in folder.glob(f"{TEMPORARY}*"):
        half.unlink(missing_ok=True)


def _keep(writer: Writer, folder: Path) -> None:
    """Hashes and timings of earlier work in the same folder that is still there unchanged."""
    before = read_manifest(folder)
    files = before.get("files")
    listed = files.items() if isinstance(files, dict) else ()
    kept = {name: found for name, found in listed if _unchanged(folder / Path(name).name, found)}
    writer.manifest["files"] = kept
    if kept and isinstance(before.get("timings"), dict):
        writer.manifest["timings"] = dict(before["timings"])


def _unchanged(path: Path, hexadecimal: object) -> bool:
    try:
        return path.is_file() and file_hash(path) == hexadecimal
    except OSError:
        return False


def intact(folder: Path, *names: str) -> bool:
    """Whether a folder holds these files as its manifest says they were written."""
    files = read_manifest(folder).get("files")
    return isinstance(files, dict) and all(name in files and _unchanged(folder / name, files[name]) for name in names)


def run_folders(base: Path) -> list[Path]:
    """Run folders under a base folder, sorted by name."""
    if not base.is_dir():
        return []
    return sorted(folder for folder in base.iterdir() if (folder / MANIFEST).is_file())
