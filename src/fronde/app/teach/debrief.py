"""The debrief of a room: the teams' history against the ensemble under the same moves, and that against no moves."""

from pathlib import Path
from typing import Any

import numpy as np

from fronde.app.opening import RequestError
from fronde.app.store import write_file
from fronde.app.teach import words
from fronde.app.teach.play import RUNS, days_of, ensemble, opened_for, paths
from fronde.app.teach.room import FOLDER, Room
from fronde.app.teach.rules import ROLES
from fronde.forecast.compare import paired, quantities
from fronde.forecast.probability import bundle
from fronde.report.debrief import render_debrief
from fronde.report.words import minus

RARE = 0.05
LEVELS = {  # quantities of a comparison as amounts, not as differences
    "leave": "people who left",
    "resign": "resignations that went through",
    "refused": "attempts that were refused",
    "speak": "people who spoke against the policy",
    "speak_leader": "people who spoke against the leader",
    "punished": "people who were punished",
    "attempt": "attempts on power, share of runs",
}
SHOWN = {"leave": "People who left", "resign": "People who resigned", "speak_policy": "People who spoke out"}


def document(room: Room, runs: int = RUNS) -> dict[str, Any]:
    """Moves with reasons, courses by group, what the moves changed and what was luck, as plain data.

    Raises RequestError while turns are left: their news would be told before they are played.
    """
    if not room.over:
        raise RequestError(f"turn {room.turn + 1} of {room.turns} is being played; the debrief comes after the last")
    case = opened_for(room.case, 7 * room.weeks * room.turns).case
    grid, days = case.grid, days_of(room)
    under, still = ensemble(room, runs), ensemble(room, runs, moved=False)
    dates = list(grid.labels[grid.n_observed + 1 :])
    courses = {}
    for act, title in SHOWN.items():
        moved, calm = (paths(found, room, act).astype(np.float64) for found in (under, still))
        courses[act] = {
            "title": title,
            "dates": dates,
            "groups": [
                {
                    "title": name,
                    "own": moved[:, g, 0].tolist(),
                    "still": np.median(calm[:, g], axis=1).tolist(),
                    **bundle(moved[:, g], axis=1),
                }
                for g, name in enumerate(case.elite.group_titles)
            ],
        }
    ranks = [_rank(LEVELS.get(key, title), v) for key, (title, v) in quantities(under, grid).items()]
    differences = [{**row, "title": LEVELS.get(row["quantity"], row["title"])} for row in paired(still, under, grid)]
    return {
        "code": room.code,
        "title": case.spec.title,
        "seed": room.seed,
        "runs": runs,
        "headline": _headline(differences, ranks),
        "moves": [
            {
                "turn": move.turn,
                "day": days[move.turn].isoformat(),
                "title": ROLES[move.role][0],
                "words": words.words_of(move, words.stood_aside(room.moves, move.turn)),
                "reason": move.reason,
            }
            for move in sorted(room.moves, key=lambda move: (move.turn, list(ROLES).index(move.role)))
        ],
        "courses": courses,
        "differences": differences,
        "ranks": ranks,
    }


def _rank(title: str, values: np.ndarray) -> dict[str, Any]:
    """Where run 0 lies among all runs, and whether that is rare on either side."""
    own = values[0]
    below, equal = float((values < own).mean()), float((values == own).mean())
    verdict = "usual"
    if below + equal <= RARE + 1e-9:
        verdict = "rarely as low"
    elif 1.0 - below <= RARE + 1e-9:
        verdict = "rarely as high"
    return {"title": title, "own": float(own), "below": below, "equal": equal, "verdict": verdict}


def _headline(differences: list[dict[str, Any]], ranks: list[dict[str, Any]]) -> str:
    leave, own = differences[0], round(ranks[0]["own"])
    people = "One person" if own == 1 else f"{own or 'No'} people"
    return minus(
        f"{people} left in this game. Over the ensemble the moves changed that by {leave['mean']:+.1f} "
        f"(90% of runs {_signed(leave['q05'])} to {_signed(leave['q95'])}); "
        f"{ranks[0]['below']:.0%} of runs under the same moves had fewer."
    )


def _signed(value: float) -> str:
    return f"{round(value):+d}" if round(value) else "0"


def write(base: Path, found: dict[str, Any]) -> Path:
    """The page of a debrief as `teach/<code>.html`; its path."""
    return write_file(base / FOLDER / f"{found['code']}.html", render_debrief(found).encode("utf-8"))
