"""A room: a text file of what happened in it, one JSON object a line, and the state that follows from it.

The first line names the case, the seed and the length of a turn; every later line is a move, a step of time or an
early end. The file alone replays the game, move by move, to the same numbers. A game that the teacher ends early has as
many turns as were played.
"""

import json
import os
import re
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from fronde.app.opening import RequestError
from fronde.app.store import RunError
from fronde.app.teach.rules import Move, checked
from fronde.scenario.problems import quoted

FOLDER, SIGNS, CODE = "teach", "ABCDEFGHJKMNPQRSTUVWXYZ23456789", re.compile(r"[A-HJ-KM-NP-Z2-9]{6}")
LARGEST = 4 * 2**20  # bytes
MOST_LINES = 4000


@dataclass(frozen=True)
class Room:
    """Where a game stands. turn counts the steps of time that were taken."""

    code: str
    case: str
    seed: int
    weeks: int
    turns: int
    turn: int = 0
    moves: tuple[Move, ...] = field(default_factory=tuple)

    @property
    def over(self) -> bool:
        """Whether no turn is left."""
        return self.turn >= self.turns


def path_of(base: Path, code: str) -> Path:
    """The file of a room; RequestError for a code that cannot be one."""
    if not CODE.fullmatch(code):
        raise RequestError(f"{quoted(code)} is no code of a room; expected six letters and digits such as HARB42")
    return base / FOLDER / f"{code}.jsonl"


def create(base: Path, case: str, weeks: int, turns: int, seed: int | None = None) -> tuple[Room, str]:
    """A new room and the teacher's key to it."""
    if not 1 <= weeks <= 13 or not 1 <= turns <= 52:
        raise RequestError(f"{turns} turns of {weeks} weeks; expected 1 to 52 turns of 1 to 13 weeks")
    code = "".join(secrets.choice(SIGNS) for _ in range(6))
    key = secrets.token_urlsafe(12)
    room = Room(code, case, secrets.randbelow(2**31) if seed is None else seed, weeks, turns)
    path = path_of(base, code)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = {"fronde_teach": 1, "key": key}
    head |= {name: getattr(room, name) for name in ("code", "case", "seed", "weeks", "turns")}
    _append(path, head)
    return room, key


def _append(path: Path, line: dict[str, Any]) -> None:
    """One line, flushed to disk before anybody is told that it happened."""
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        raise RequestError(f"there is no room {path.stem}; the teacher has the code")
    if path.stat().st_size > LARGEST:
        raise RunError(f"{path} is larger than {LARGEST // 2**20} MB; this is no file of a room")
    found = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            line = json.loads(text)
        except ValueError as error:
            raise RunError(f"{path}:{number}: no JSON ({error}); take the line out or restore the file") from None
        if not isinstance(line, dict):
            raise RunError(f"{path}:{number}: expected a JSON object")
        found.append(line)
    return found


def load(base: Path, code: str) -> Room:
    """The state of a room, replayed from its file; every move is checked again."""
    path = path_of(base, code)
    head, *rest = _lines(path)
    try:
        room = Room(code, str(head["case"]), int(head["seed"]), int(head["weeks"]), int(head["turns"]))
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"{path}:1: no head of a room ({error})") from None
    turn, turns, moves = 0, room.turns, {}
    for number, line in enumerate(rest, start=2):
        if "step" in line:
            turn += 1
        elif "end" in line:
            turns = turn
        else:
            try:
                move = checked(turn, line["role"], line["set"], line["reason"])
            except (KeyError, RequestError) as error:
                raise RunError(f"{path}:{number}: {error}") from None
            moves[(move.turn, move.role)] = move
    kept = tuple(move for move in moves.values() if move.turn < turns)
    return Room(room.code, room.case, room.seed, room.weeks, turns, turn, kept)


def move(base: Path, code: str, role: str, chosen: dict[str, Any], reason: str) -> Room:
    """Set a team's move of this turn; a later one in the same turn replaces it."""
    room = load(base, code)
    if room.over:
        raise RequestError("the game is over; read the debrief")
    found = checked(room.turn, role, chosen, reason)
    path = path_of(base, code)
    if len(_lines(path)) > MOST_LINES:
        raise RequestError(f"a room holds at most {MOST_LINES} moves")
    _append(path, {key: value for key, value in asdict(found).items() if key != "turn"})
    return load(base, code)


def key_of(base: Path, code: str) -> str:
    """The teacher's key as the room's file holds it: whoever can read the file is the teacher."""
    return str(_lines(path_of(base, code))[0].get("key", ""))


def codes(base: Path) -> list[str]:
    """Codes of all rooms of a folder, newest first."""
    files = [path for path in (base / FOLDER).glob("*.jsonl") if CODE.fullmatch(path.stem)]
    return [path.stem for path in sorted(files, key=lambda path: (-path.stat().st_mtime, path.stem))]


def _as_teacher(base: Path, code: str, key: str) -> Room:
    room = load(base, code)
    if not secrets.compare_digest(key_of(base, code).encode(), key.encode()):
        raise RequestError("only the teacher steps time; the key came with the room")
    if room.over:
        raise RequestError("the game is over; read the debrief")
    return room


def step(base: Path, code: str, key: str) -> Room:
    """Let a turn pass; only the teacher can."""
    room = _as_teacher(base, code, key)
    _append(path_of(base, code), {"step": room.turn + 1})
    return load(base, code)


def end(base: Path, code: str, key: str) -> Room:
    """End a game after the turns that were played, at least one; only the teacher can."""
    room = _as_teacher(base, code, key)
    if room.turn == 0:
        raise RequestError("no turn has passed; there is nothing to end")
    _append(path_of(base, code), {"end": room.turn})
    return load(base, code)
