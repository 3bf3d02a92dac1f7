"""The table of jobs: one SQLite file in the runs folder, shared by pages, command line and workers.

A job is `queued`, `running`, `done`, `cancelled`, `failed` or `interrupted`. A running job has a worker process that
writes a heartbeat; one whose heart stopped is interrupted, and goes on from its checkpoint when resumed.
"""

import json
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fronde.app.opening import RequestError
from fronde.scenario.problems import quoted, suggestion

FILE = ".jobs.sqlite"
SILENCE = 20.0  # seconds without a heartbeat after which a job counts as interrupted
OVER = ("done", "cancelled", "failed", "interrupted")
KINDS = {  # kind -> the arguments it may have; the service checks their values
    "forecast": ("case", "as_of", "horizon", "particles"),
    "calibrate": ("case", "as_of", "horizon", "particles"),
    "simulate": ("case", "variant", "runs", "prior", "as_of", "horizon", "particles"),
    "compare": ("case", "variants", "as_of", "horizon", "particles"),
    "weekly": ("case", "as_of", "particles", "weeks", "pulls"),
}
SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, arguments TEXT NOT NULL, owner TEXT NOT NULL, status TEXT NOT NULL,
  stage TEXT NOT NULL DEFAULT '', done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0,
  stage_at REAL, created_at REAL NOT NULL, started_at REAL, ended_at REAL, heartbeat REAL,
  pid INTEGER, stop INTEGER NOT NULL DEFAULT 0, run TEXT, words TEXT NOT NULL DEFAULT ''
)
"""


@contextmanager
def opened(runs: Path) -> Iterator[sqlite3.Connection]:
    """The table of a runs folder, in one transaction that other processes wait for."""
    runs.mkdir(parents=True, exist_ok=True)
    link = sqlite3.connect(runs / FILE, timeout=30.0, isolation_level=None)
    try:
        link.row_factory = sqlite3.Row
        link.execute("PRAGMA journal_mode=WAL")
        link.execute(SCHEMA)
        link.execute("BEGIN IMMEDIATE")
        yield link
        link.execute("COMMIT")
    finally:
        link.close()


def add(runs: Path, kind: str, arguments: Mapping[str, Any], owner: str = "") -> str:
    """Queue a job; its id. Raises RequestError for a kind or argument that does not exist."""
    if kind not in KINDS:
        raise RequestError(f"unknown job {quoted(kind)}; " + suggestion(kind, KINDS, f"one of {', '.join(KINDS)}"))
    unknown = [name for name in arguments if name not in KINDS[kind]]
    if unknown or not arguments.get("case"):
        found = f"unknown argument {quoted(unknown[0])}" if unknown else "no case"
        raise RequestError(f"{found}; {kind} takes {', '.join(KINDS[kind])}")
    name = secrets.token_hex(4)
    with opened(runs) as link:
        row = (name, kind, json.dumps(dict(arguments), default=str), owner, "queued", time.time())
        link.execute("INSERT INTO jobs (id, kind, arguments, owner, status, created_at) VALUES (?,?,?,?,?,?)", row)
    return name


def claim(runs: Path, most: int) -> str | None:
    """Take the next queued job if fewer than `most` run: whoever has fewest running comes first, then the oldest."""
    with opened(runs) as link:
        _bury(link)
        if link.execute("SELECT count(*) FROM jobs WHERE status = 'running'").fetchone()[0] >= most:
            return None
        row = link.execute(
            "SELECT id FROM jobs AS mine WHERE status = 'queued' ORDER BY "
            "(SELECT count(*) FROM jobs AS other WHERE other.status = 'running' AND other.owner = mine.owner), "
            "created_at"
        ).fetchone()
        if row is None:
            return None
        link.execute(
            "UPDATE jobs SET status = 'running', started_at = ?, heartbeat = ?, ended_at = NULL, stop = 0, done = 0, "
            "total = 0, stage = 'starting', stage_at = ?, pid = NULL, words = '' WHERE id = ?",
            (time.time(), time.time(), time.time(), row["id"]),
        )
        return str(row["id"])


def _bury(link: sqlite3.Connection) -> None:
    """Jobs whose worker is gone are interrupted."""
    for row in link.execute("SELECT id, pid, heartbeat FROM jobs WHERE status = 'running'").fetchall():
        silent = time.time() - row["heartbeat"] > SILENCE
        if silent or (row["pid"] is not None and not _alive(row["pid"])):
            words = "its process ended without a word; resume to go on from the last checkpoint"
            link.execute(
                "UPDATE jobs SET status = 'interrupted', ended_at = ?, words = ? WHERE id = ?",
                (time.time(), words, row["id"]),
            )


def _alive(pid: int) -> bool:
    if os.name != "posix":  # elsewhere signal 0 would end it; the heartbeat alone decides
        return True
    try:
        done, _ = os.waitpid(pid, os.WNOHANG)  # a child that ended stays until somebody asks
        return done == 0
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def jobs(runs: Path, owner: str | None = None) -> list[dict[str, Any]]:
    """All jobs, newest first, with seconds left where they can be guessed."""
    if not (runs / FILE).is_file():
        return []
    with opened(runs) as link:
        _bury(link)
        found = link.execute("SELECT * FROM jobs ORDER BY created_at DESC LIMIT 500").fetchall()
    return [_shown(row) for row in found if owner is None or row["owner"] == owner]


def job(runs: Path, name: str) -> dict[str, Any]:
    """One job by its id, or the beginning of it."""
    found = [row for row in jobs(runs) if row["id"].startswith(name)] if name else []
    if len(found) != 1:
        known = ", ".join(row["id"] for row in jobs(runs)[:10])
        raise RequestError(f"{'no' if not found else 'more than one'} job {quoted(name)}; known are {known or 'none'}")
    return found[0]


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    keep = ("id", "kind", "owner", "status", "stage", "done", "total", "run", "words")
    shown = {key: row[key] for key in keep} | {"arguments": json.loads(row["arguments"]), "left": None}
    shown |= {key: row[key] for key in ("created_at", "started_at", "ended_at")}
    if row["status"] == "running" and 0 < row["done"] < row["total"] and row["stage_at"]:
        shown["left"] = round((time.time() - row["stage_at"]) * (row["total"] - row["done"]) / row["done"], 1)
    return shown


def beat(runs: Path, name: str, **fields: Any) -> bool:
    """A sign of life of a worker, with what changed; whether it should go on."""
    allowed = ("stage", "done", "total", "stage_at", "pid", "run", "words")
    if not set(fields) <= set(allowed):
        raise ValueError(f"fields {sorted(fields)}; expected some of {allowed}")
    sets = "".join(f", {key} = ?" for key in fields)
    with opened(runs) as link:
        link.execute(f"UPDATE jobs SET heartbeat = ?{sets} WHERE id = ?", (time.time(), *fields.values(), name))
        row = link.execute("SELECT stop, status FROM jobs WHERE id = ?", (name,)).fetchone()
    return row is not None and not row["stop"] and row["status"] == "running"


def end(runs: Path, name: str, status: str, words: str = "", run: str | None = None) -> None:
    """The last entry of a worker."""
    with opened(runs) as link:
        link.execute(
            "UPDATE jobs SET status = ?, ended_at = ?, words = ?, run = coalesce(?, run) WHERE id = ?",
            (status, time.time(), words[:2000], run, name),
        )


def cancel(runs: Path, name: str) -> dict[str, Any]:
    """Ask a job to stop; what it finished is kept. A queued one is cancelled at once."""
    found = job(runs, name)
    with opened(runs) as link:
        link.execute("UPDATE jobs SET stop = 1 WHERE id = ? AND status = 'running'", (found["id"],))
        link.execute(
            "UPDATE jobs SET status = 'cancelled', ended_at = ? WHERE id = ? AND status = 'queued'",
            (time.time(), found["id"]),
        )
    return job(runs, found["id"])


def requeue(runs: Path, name: str) -> dict[str, Any]:
    """Queue a job that ended again; it goes on from what is kept."""
    found = job(runs, name)
    if found["status"] not in OVER:
        raise RequestError(f"job {found['id']} is {found['status']}; only one that ended can be resumed")
    with opened(runs) as link:
        link.execute("UPDATE jobs SET status = 'queued', ended_at = NULL WHERE id = ?", (found["id"],))
    return job(runs, found["id"])
