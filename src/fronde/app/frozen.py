"""Forecasts frozen before anybody looks: a write-once ledger, one JSON object a line, each line hashing the one before.

    {"format": "fronde-frozen-1", "number": n, "previous": SHA-256 of line n-1 or "", "frozen_at": UTC time,
     "content": {...}, "sha256": SHA-256 of the canonical JSON of all the other keys}
Lines are only ever added, under a lock and flushed to disk; a changed, missing or reordered line breaks the chain and
is refused. Freezing the same content again returns the old line, so the first date counts.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from fronde.app.results import rounded
from fronde.app.store import Lock, RunError, now

FORMAT, LEDGER = "fronde-frozen-1", "frozen.jsonl"
LARGEST = 256 * 2**20  # bytes


@dataclass(frozen=True)
class Frozen:
    """One line of the ledger. Outcomes are read only against one of these."""

    number: int
    sha256: str
    frozen_at: str
    content: Mapping[str, Any]


def canonical(content: Any) -> bytes:
    """The bytes that are hashed: sorted keys, no blanks, ASCII, no NaN."""
    return json.dumps(content, sort_keys=True, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode()


def _hash(line: Mapping[str, Any]) -> str:
    return sha256(canonical({key: value for key, value in line.items() if key != "sha256"})).hexdigest()


def read_frozen(ledger: Path) -> list[Frozen]:
    """All lines, the chain checked; none if there is no ledger. Raises RunError naming the first line that is wrong."""
    if not ledger.is_file():
        return []
    if ledger.stat().st_size > LARGEST:
        raise RunError(f"{ledger} is larger than {LARGEST // 2**20} MB; this is no ledger of forecasts")
    found: list[Frozen] = []
    for number, text in enumerate(ledger.read_text(encoding="utf-8").splitlines()):
        found.append(_line(ledger, number, text, found[-1].sha256 if found else ""))
    return found


def _line(ledger: Path, number: int, text: str, previous: str) -> Frozen:
    try:
        line = json.loads(text)
        good = line["format"] == FORMAT and line["number"] == number and line["previous"] == previous
        if good and line["sha256"] == _hash(line):
            return Frozen(number, line["sha256"], line["frozen_at"], line["content"])
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise RunError(
        f"{ledger}:{number + 1}: the chain of frozen forecasts is broken here; a line was changed, lost or cut short. "
        f"Keep the file as it is for whoever audits it, and start another ledger"
    )


def find_frozen(ledger: Path, wanted: Mapping[str, Any]) -> Frozen | None:
    """The first line whose content has all these values: work that need not be done again."""
    asked = json.loads(canonical(rounded(wanted)))
    lines = read_frozen(ledger)
    return next((row for row in lines if all(row.content.get(key) == value for key, value in asked.items())), None)


def freeze(ledger: Path, content: Mapping[str, Any]) -> Frozen:
    """Add a forecast to the ledger, or find the line that froze it before."""
    ledger.parent.mkdir(parents=True, exist_ok=True)
    wanted = json.loads(canonical(rounded(content)))
    lock = Lock(ledger.parent, f".{ledger.name}.lock")
    try:
        before = read_frozen(ledger)
        for old in before:
            if old.content == wanted:
                return old
        line = {
            "format": FORMAT,
            "number": len(before),
            "previous": before[-1].sha256 if before else "",
            "frozen_at": now(),
            "content": wanted,
        }
        line["sha256"] = _hash(line)
        with ledger.open("ab") as stream:
            stream.write(canonical(line) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        return Frozen(len(before), str(line["sha256"]), str(line["frozen_at"]), wanted)
    finally:
        lock.release()
