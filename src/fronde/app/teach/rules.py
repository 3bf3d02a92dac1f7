"""Roles, what each may set in a turn, and how their moves meet: pure functions from moves to actions of a variant.

A level stays until it is set again; an option, a crackdown or a posture lasts for its turn. Two levers are shared:
    reach of sanctions   = sanctions (foreign power) * (1 - evasion (owners))
    resignations refused = refusals (leader) * enforcement (security chiefs)
and a crackdown that the leader orders happens only if the security chiefs obey. These meetings are our choice, made so
that no team decides alone; what the actions do is the model's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fronde.app.levers import BY_NAME, OPTIONS
from fronde.app.opening import RequestError
from fronde.scenario.problems import quoted, suggestion

LONGEST_REASON = 500
SANCTIONS, REFUSALS = BY_NAME["sanctions"], BY_NAME["refusals"]
NOTHING = "nothing"


@dataclass(frozen=True)
class Setting:
    """Something a team sets: a number within bounds, or one of some words."""

    name: str
    title: str
    unit: str
    neutral: float | str
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()
    stays: bool = True


ROLES: dict[str, tuple[str, tuple[Setting, ...]]] = {
    "leader": (
        "The leader",
        (
            Setting("option", "Act this turn", "", NOTHING, choices=(NOTHING, *OPTIONS), stays=False),
            Setting("refusals", "Order to refuse resignations", REFUSALS.unit, 1.0, REFUSALS.low, REFUSALS.high),
        ),
    ),
    "owners": ("The owners", (Setting("evasion", "Share of sanctions evaded", "share", 0.0, 0.0, 0.5),)),
    "chiefs": (
        "The security chiefs",
        (
            Setting("obey", "If a crackdown is ordered", "", "obey", choices=("obey", "stand aside"), stays=False),
            Setting("enforcement", "Share of refusals enforced", "share", 1.0, 0.0, 1.0),
            Setting("posture", "Risk taken at the front", "sd", 0.0, -0.5, 0.5, stays=False),
        ),
    ),
    "abroad": (
        "The foreign power",
        (Setting("sanctions", "Sanctions", SANCTIONS.unit, 1.0, SANCTIONS.low, SANCTIONS.high),),
    ),
}


@dataclass(frozen=True)
class Move:
    """What one team sets in one turn, and why."""

    turn: int
    role: str
    set: Mapping[str, float | str]
    reason: str


def checked(turn: int, role: str, chosen: Mapping[str, Any], reason: str) -> Move:
    """A legal move, or RequestError that says what is wrong with it."""
    if role not in ROLES:
        raise RequestError(f"unknown role {quoted(role)}; expected one of {', '.join(ROLES)}")
    if not isinstance(reason, str) or not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise RequestError(f"a move needs a reason of 1 to {LONGEST_REASON} characters; the debrief shows it")
    settings = {setting.name: setting for setting in ROLES[role][1]}
    for name, value in chosen.items():
        if name not in settings:
            raise RequestError(f"{role} cannot set {quoted(name)}; " + suggestion(name, settings, ", ".join(settings)))
        _legal(settings[name], value)
    return Move(turn, role, dict(chosen), reason.strip())


def _legal(setting: Setting, value: object) -> None:
    if setting.choices:
        if value not in setting.choices:
            raise RequestError(f"{setting.name} is {quoted(value)}; expected one of {', '.join(setting.choices)}")
    elif isinstance(value, bool) or not isinstance(value, int | float) or not setting.low <= value <= setting.high:
        raise RequestError(
            f"{setting.name} is {quoted(value)}; expected {setting.low:g} to {setting.high:g} [{setting.unit}]"
        )


def in_force(moves: Iterable[Move], turn: int) -> dict[str, float | str]:
    """Every setting as it stands in a turn."""
    found: dict[str, float | str] = {s.name: s.neutral for _, settings in ROLES.values() for s in settings}
    stays = {s.name for _, settings in ROLES.values() for s in settings if s.stays}
    for move in moves:
        if move.turn <= turn:
            found |= {name: value for name, value in move.set.items() if name in stays or move.turn == turn}
    return found


def actions(moves: Iterable[Move], turns: int, days: list[date]) -> list[dict[str, Any]]:
    """Actions of a variant for the first `turns` turns; days[k] is the first day of turn k."""
    listed = list(moves)
    found: list[dict[str, Any]] = []
    sanctions, refusals = 1.0, 1.0
    for turn in range(turns):
        now, day = in_force(listed, turn), days[turn]
        reach = float(now["sanctions"]) * (1.0 - float(now["evasion"]))
        held = float(now["refusals"]) * float(now["enforcement"])
        if reach != sanctions:
            found.append({"kind": "sanctions", "at": day, "level": reach})
        if held != refusals:
            found.append({"kind": "refusals", "at": day, "level": held})
        sanctions, refusals = reach, held
        if now["posture"]:
            found.append({"kind": "battlefield", "at": day, "shock": float(now["posture"])})
        option = now["option"]
        if option != NOTHING and not (option == "crackdown" and now["obey"] != "obey"):
            found.append({"kind": option, "at": day})
    return found
