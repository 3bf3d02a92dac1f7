"""What happens in a room: one history of the model under the teams' moves, and the ensemble it belongs to.

Run 0 of the ensemble is the teams' own history; the others have other parameters (draws of the prior) and other luck
under the same moves. Up to as_of every run holds what is on record. The model's leader takes none of the options that
the team can take: their base hazards are set to the lower bound.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np

from fronde.app.build import build
from fronde.app.calibrate import case_params, prior_z
from fronde.app.levers import OPTIONS
from fronde.app.opening import BY_NAME, Opened, RequestError, assign, open_case
from fronde.app.teach import words
from fronde.app.teach.room import Room
from fronde.app.teach.rules import ROLES, actions, in_force
from fronde.domain.params import to_values
from fronde.domain.state import ACTS, LEADER_EVENTS, WORLD_FIELDS
from fronde.engine.run import Ensemble, simulate
from fronde.evidence.events import event_likelihoods
from fronde.evidence.leader import leader_record
from fronde.forecast.counts import SHOWN_ACTS
from fronde.scenario.model import Variant

RUNS = 200
POLITY = "valdria"  # nobody real is played
NAME = "room"


@lru_cache(maxsize=8)
def opened_for(case: str, days: int) -> Opened:
    """The case with the horizon of a game."""
    found = open_case(case, None, days)
    quiet = {f"leader.{option}_base": BY_NAME[f"leader.{option}_base"].bounds[0] for option in OPTIONS}
    return replace(found, case=assign(found.case, quiet))


def days_of(room: Room) -> list[date]:
    """First day of each turn, and the day after the last."""
    first = opened_for(room.case, 7 * room.weeks * room.turns).case.spec.as_of + timedelta(days=1)
    return [first + timedelta(weeks=room.weeks * turn) for turn in range(room.turns + 1)]


def ensemble(room: Room, runs: int = 1, moved: bool = True) -> Ensemble:
    """Runs of the whole game under the moves so far, or under none. Run 0 is the teams' history."""
    opened = opened_for(room.case, 7 * room.weeks * room.turns)
    if room.weeks * 7 % opened.case.spec.step:
        raise RequestError(
            f"a turn of {room.weeks} weeks is no multiple of the case's step, {opened.case.spec.step} days"
        )
    case, variant = opened.case, None
    found = actions(room.moves, room.turns, days_of(room)) if moved else []
    if found:
        block = Variant.model_validate({"title": NAME, "asks": "what the teams did", "actions": tuple(found[:100])})
        case, variant = replace(case, spec=case.spec.model_copy(update={"variants": {NAME: block}})), NAME
    inputs, _ = build(case, event_likelihoods(opened.pack), leader_record(opened.pack), variant)
    z, replicates = prior_z(room.seed, runs)
    return simulate(inputs, to_values(case_params(case), z), replicates, threads=1)


def steps_of(room: Room) -> list[int]:
    """Index of the last grid step of each turn."""
    grid = opened_for(room.case, 7 * room.weeks * room.turns).case.grid
    per = room.weeks * 7 // round(float(grid.days[-1]))
    return [grid.n_observed + per * (turn + 1) - 1 for turn in range(room.turns)]


def news(room: Room, role: str | None = None) -> list[dict[str, Any]]:
    """What everybody reads about each turn that passed, and what only this role knows."""
    found, case = ensemble(room), opened_for(room.case, 7 * room.weeks * room.turns).case
    ends, days = steps_of(room), days_of(room)
    before = case.grid.n_observed - 1
    rows = []
    for turn in range(room.turn):
        start, end = (before if turn == 0 else ends[turn - 1]), ends[turn]
        reported = found.reported[start + 1 : end + 1, :, :, 0].sum(axis=0)
        events = [
            {"group": case.elite.group_titles[g], "act": act, "count": int(reported[ACTS.index(act), g])}
            for act in SHOWN_ACTS
            for g in range(len(case.elite.groups))
            if reported[ACTS.index(act), g]
        ]
        top = [LEADER_EVENTS[k] for k in sorted({int(k) for k in found.options[start + 1 : end + 1, 0] if k < 6})]
        in_power = bool(found.series[end, list(WORLD_FIELDS).index("in_power"), 0])
        refused = words.stood_aside(room.moves, turn)
        rows.append(
            {
                "turn": turn,
                "from": days[turn].isoformat(),
                "to": (days[turn + 1] - timedelta(days=1)).isoformat(),
                "events": events,
                "leader": top,
                "lines": words.lines(top, events, in_power, refused, role),
                "figures": _figures(found, end, role),
            }
        )
    return rows


def _figures(found: Ensemble, step: int, role: str | None) -> list[dict[str, Any]]:
    fields = list(WORLD_FIELDS)
    rows = []
    for name, title in {**words.PUBLIC, **words.PRIVATE.get(role or "", {})}.items():
        value = round(float(found.series[step, fields.index(name), 0]), 4)
        rows.append({"name": name, "title": title, "value": value, "text": words.figure(name, value)})
    return rows


def state(room: Room, role: str | None = None) -> dict[str, Any]:
    """Everything a page of this role shows."""
    case, days = opened_for(room.case, 7 * room.weeks * room.turns).case, days_of(room)
    now = in_force(room.moves, room.turn)
    return {
        "code": room.code,
        "case": room.case,
        "title": case.spec.title,
        "turn": room.turn,
        "turns": room.turns,
        "weeks": room.weeks,
        "day": days[room.turn].isoformat(),
        "over": room.over,
        "roles": [
            {
                "role": name,
                "title": title,
                "goal": words.GOALS[name],
                "settings": [
                    {**vars(s), "labels": [words.LABELS[c] for c in s.choices], "now": now[s.name]} for s in settings
                ],
            }
            for name, (title, settings) in ROLES.items()
        ],
        "moved": sorted(move.role for move in room.moves if move.turn == room.turn),
        "own": next(
            (
                {"words": words.words_of(move), "reason": move.reason}
                for move in room.moves
                if (move.turn, move.role) == (room.turn, role)
            ),
            None,
        ),
        "news": news(room, role),
        "case_groups": [str(title) for title in case.elite.group_titles],
    }


def paths(found: Ensemble, room: Room, act: str) -> np.ndarray:
    """People of each group who did something since the game began, cumulated: [T future, group, R]."""
    observed = opened_for(room.case, 7 * room.weeks * room.turns).case.grid.n_observed
    return np.cumsum(found.counts[observed:, ACTS.index(act)], axis=0, dtype=np.int64)
