"""A worker: takes queued jobs of a runs folder one after another until none is left.

Started as a process of its own session, so it outlives the page and the server that started it. It hears about a wish
to cancel with its heartbeat and stops as on Ctrl-C, which keeps what is finished.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from fronde.app.jobs import table

BEAT = 0.25  # seconds
LOG = ".jobs.log"
_started: list[subprocess.Popen[bytes]] = []  # kept until they end, so that none stays behind as a zombie


def most_workers() -> int:
    """Jobs that run at the same time: FRONDE_JOBS, or half the cores but at least two."""
    named = os.environ.get("FRONDE_JOBS", "")
    return max(1, int(named)) if named.isdecimal() else max(2, (os.cpu_count() or 2) // 2)


def submit(runs: Path, kind: str, arguments: dict[str, Any], owner: str = "") -> dict[str, Any]:
    """Queue a job and see that a worker looks at the queue."""
    name = table.add(runs, kind, arguments, owner)
    start(runs)
    return table.job(runs, name)


def resume(runs: Path, name: str) -> dict[str, Any]:
    """Go on with a job that was cancelled, failed or was interrupted."""
    found = table.requeue(runs, name)
    start(runs)
    return found


def start(runs: Path) -> None:
    """Start a worker process; it ends at once if enough of them run or nothing is queued."""
    _started[:] = [process for process in _started if process.poll() is None]
    with (runs / LOG).open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "fronde.app.jobs.worker", str(runs.resolve())],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    _started.append(process)


def work(runs: Path) -> int:
    """Take jobs until there is none; how many."""
    count = 0
    while (name := table.claim(runs, most_workers())) is not None:
        _do(runs, name)
        count += 1
    return count


class Heart:
    """Writes progress four times a second from a thread of its own; interrupts the main thread when asked to stop."""

    def __init__(self, runs: Path, name: str) -> None:
        """Begin to beat."""
        self._runs, self._name = runs, name
        self._news: dict[str, Any] = {"pid": os.getpid()}
        self._lock, self._over, self._asked = threading.Lock(), threading.Event(), False
        self._stage = ""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def progress(self, stage: str, done: int, total: int) -> None:
        """Hear how far the work is; written with the next beat."""
        with self._lock:
            self._news |= {"stage": stage, "done": done, "total": total}
            if stage != self._stage:
                self._stage = stage
                self._news["stage_at"] = time.time()

    def say(self, words: str) -> None:
        """Hear a sentence; the last one is kept."""
        with self._lock:
            self._news["words"] = words[:2000]

    def _run(self) -> None:
        while True:
            with self._lock:
                news, self._news = self._news, {}
            go_on = table.beat(self._runs, self._name, **news)
            if not go_on and not self._asked:
                self._asked = True
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            if self._over.wait(BEAT):
                return

    def stop(self) -> None:
        """Beat no more."""
        self._over.set()
        self._thread.join()


def _do(runs: Path, name: str) -> None:
    from fronde.app import service
    from fronde.app.work import make_session

    found = table.job(runs, name)
    heart = Heart(runs, name)
    command = f"fronde {found['kind']} {found['arguments'].get('case')}"
    threads = max(1, (os.cpu_count() or 1) // most_workers())
    session = make_session(runs, threads, heart.progress, heart.say, command)
    outcome: tuple[str, str, str | None]
    try:
        run = getattr(service, found["kind"])(**found["arguments"], session=session)
        outcome = ("done", "", run.id)
    except KeyboardInterrupt:
        outcome = ("cancelled", "cancelled; what was finished is kept, resume goes on from there", None)
    except Exception as error:  # whatever went wrong belongs to this job, the next one goes on
        problems = getattr(error, "problems", None)
        words = json.dumps([str(item) for item in problems]) if problems else str(error)
        outcome = ("failed", f"{type(error).__name__}: {words}", None)
    heart.stop()
    table.end(runs, name, *outcome)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    work(Path(sys.argv[1]))
