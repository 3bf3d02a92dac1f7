"""What the players of a room read: codes of acts, options and figures as sentences."""

from collections.abc import Iterable, Mapping
from math import exp

from fronde.app.levers import OPTIONS
from fronde.app.teach.rules import NOTHING, ROLES, Move, Setting, in_force
from fronde.report.words import minus

GOALS = {  # what a team plays for: our choice, nothing counts it
    "leader": "Stay in power, and keep the elite with you at a price you can pay.",
    "owners": "Keep what you own, at home and abroad, and stay out of prison.",
    "chiefs": "Keep your own men together. Whether orders are carried out is yours to decide.",
    "abroad": "Make the leader give in, without driving the elite into his arms.",
}
TOP = {
    "declare": "The leader declared all-out war.",
    "mobilise": "The leader announced mobilisation.",
    "limit": "The leader limited his aims.",
    "crackdown": "A crackdown began.",
    "coopt": "Favours went to the elite.",
    "purge": "There was a round of dismissals at the top.",
}
ACT = {
    "speak_policy": "spoke against the policy",
    "speak_leader": "spoke against the leader",
    "resign": "resigned",
    "resign_refused": "asked to resign and had to stay",
    "leave": "left the country",
    "dismissed": "lost office",
    "punished": "were punished",
}
FALLEN = "The leader is no longer in power."
LABELS = {NOTHING: "No act", **OPTIONS, "obey": "Obey", "stand aside": "Stand aside"}
PUBLIC = {"market": "Fortunes", "poll": "Support in polls", "battlefield": "Fortunes of war"}
PRIVATE = {  # what only one role knows
    "leader": {"heard": "Discontent as you hear it", "threat": "Your sense of threat"},
    "owners": {"sanctions": "Reach of sanctions"},
    "chiefs": {"true_discontent": "Discontent as it is", "plot_coercion": "Force that plots"},
    "abroad": {"approval": "True support for the policy"},
}


def figure(name: str, value: float) -> str:
    """A figure of the world with its unit: fortunes against the start, shares as percent."""
    if name == "market":
        change = round(100.0 * (exp(value) - 1.0))
        return minus(f"{change:+d}% since the start") if change else "as at the start"
    if name == "battlefield":
        return minus(f"{value:+.1f} sd")
    if name == "sanctions":
        return f"{value:.2g} times today's"
    return f"{100.0 * value:.0f}%"


def stood_aside(moves: Iterable[Move], turn: int) -> bool:
    """Whether a crackdown was ordered that the security chiefs did not carry out."""
    now = in_force(moves, turn)
    return now["option"] == "crackdown" and now["obey"] != "obey"


def lines(
    top: Iterable[str], events: Iterable[Mapping[str, object]], in_power: bool, refused: bool, role: str | None
) -> list[str]:
    """The news of a turn, one sentence each; a refused order is known to those who gave and got it."""
    found = [TOP[name] for name in top]
    if refused and role in ("leader", "chiefs"):
        found.append("A crackdown was ordered; the security chiefs stood aside.")
    found += [f"{row['group']}: {row['count']} {ACT[str(row['act'])]}." for row in events]
    return found if in_power else [*found, FALLEN]


def words_of(move: Move, refused: bool = False) -> str:
    """A move as a reader meets it; refused: the crackdown in it was not carried out."""
    settings: dict[str, Setting] = {setting.name: setting for setting in ROLES[move.role][1]}
    found = {name: f"{settings[name].title}: {_shown(settings[name], value)}" for name, value in move.set.items()}
    if refused and "option" in found:
        found["option"] += " (the security chiefs stood aside)"
    return "; ".join(found.values()) or "no change"


def _shown(setting: Setting, value: float | str) -> str:
    if setting.choices:
        return LABELS[str(value)]
    return f"{100 * float(value):.0f}%" if setting.unit == "share" else minus(f"{value:g} {setting.unit}")
