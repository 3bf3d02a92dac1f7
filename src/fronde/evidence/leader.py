"""What the leader is on record as having done: events whose only actor is `leader`, as options of the model."""

from dataclasses import dataclass
from datetime import date

from fronde.evidence.pack import Pack

LEADER = "leader"
OPTIONS = {  # event class -> the leader's option in the model
    "escalation": "declare",
    "mobilisation": "mobilise",
    "repression": "crackdown",
    "threat": "crackdown",
    "patronage": "coopt",
    "war_setback": "limit",  # an announced withdrawal or reduction of aims
}


@dataclass(frozen=True)
class LeaderRecord:
    """One option the leader took in public: its name in the model and its day."""

    event: str
    at: date


def leader_record(pack: Pack) -> tuple[LeaderRecord, ...]:
    """Options on record by the pack's date, earliest first; the same option within a week counts once."""
    found: list[LeaderRecord] = []
    for event in sorted(pack.events, key=lambda row: row.date_low):
        option = OPTIONS.get(event.event_class)
        if option is None or event.actors != (LEADER,):
            continue
        if not any(old.event == option and (event.date_low - old.at).days < 7 for old in found):
            found.append(LeaderRecord(option, event.date_low))
    return tuple(found)
