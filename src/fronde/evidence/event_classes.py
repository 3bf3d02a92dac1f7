"""The event classes of the codebook, and what the model makes of them.

Each has a definition, an invented example, the nearest PLOVER event and mode, a default visibility (in
`priors.py`) and, where the class is an act of a person, the model's act. Classes told as moods name the state
they speak about and its sign.
"""

from dataclasses import dataclass
from typing import Literal

from fronde.evidence.priors import prior

Act = Literal["speak_policy", "speak_leader", "resign", "resign_refused", "leave", "return", "dismissed", "punished"]


@dataclass(frozen=True)
class EventClass:
    """One class of the codebook. `state` and `sign`: which model state a mood of this class speaks about."""

    name: str
    definition: str
    example: str
    plover: str
    act: Act | None = None
    state: str | None = None
    sign: int = 1

    @property
    def visibility(self) -> float:
        """Default chance that some voice could tell of an act of this class."""
        return prior(f"visibility.{self.name}")


_CLASSES = (
    EventClass("flee", "Leaves the country to stay away", "An owner settles abroad", "RETREAT", act="leave"),
    EventClass("return", "Comes back after having left", "A banker is seen at home again", "COOPERATE", act="return"),
    EventClass("resign", "Gives up an office of own will", "A minister steps down", "RETREAT/resign", act="resign"),
    EventClass(
        "resign_refused",
        "Offers to resign and is told to stay",
        "A governor must stay",
        "REJECT",
        act="resign_refused",
    ),
    EventClass("dismissed", "Is removed from office", "A general is relieved", "COERCE", act="dismissed"),
    EventClass("appointed", "Is given an office", "A deputy is promoted", "COOPERATE"),
    EventClass(
        "criticise_policy",
        "Objects to the disputed policy",
        "An owner calls for talks",
        "ACCUSE/disapprove",
        act="speak_policy",
        state="private",
    ),
    EventClass(
        "criticise_leader",
        "Objects to the leader in person",
        "A banker blames the ruler",
        "ACCUSE/disapprove",
        act="speak_leader",
        state="private",
    ),
    EventClass(
        "public_loyalty",
        "Praises leader or policy in public",
        "A governor signs a letter of support",
        "SUPPORT",
        state="private",
        sign=-1,
    ),
    EventClass(
        "silence",
        "Keeps quiet where a word was expected",
        "An owner skips a rally",
        "none",
        state="private",
        sign=-1,
    ),
    EventClass("split", "Groups of the elite part ways", "Two factions quarrel openly", "none", state="private"),
    EventClass("discontent_spread", "Unhappiness grows in a group", "Officials grumble", "none", state="private"),
    EventClass("isolation", "The leader hears fewer voices", "Meetings are cancelled", "none", state="isolation"),
    EventClass(
        "hardliner_dominance",
        "A narrow hard-line circle has the leader's ear",
        "Doves lose access",
        "none",
        state="isolation",
    ),
    EventClass(
        "trap",
        "Staying is the only way to keep anything",
        "Nobody may sell and go",
        "none",
        state="dependence",
    ),
    EventClass("patronage", "Owes the post to someone", "A mentor opens a door", "none"),
    EventClass("wealth_loss", "Loses part of a fortune", "Shares collapse", "none", state="loss"),
    EventClass("wealth_gain", "Gains a fortune", "Buys a leaving firm", "none", state="loss", sign=-1),
    EventClass("seizure", "Property is taken by the state", "A plant is nationalised", "COERCE/seize"),
    EventClass("threat", "Threatens critics", "A speech warns traitors", "THREATEN", state="repression"),
    EventClass(
        "repression",
        "A person is punished for an act or a view",
        "An owner is arrested",
        "COERCE/repress",
        act="punished",
        state="repression",
    ),
    EventClass("suspicious_death", "Dies in unexplained circumstances", "A manager is found dead", "none"),
    EventClass("media_control", "Speech is restricted", "A word is banned", "COERCE/censor", state="repression"),
    EventClass(
        "escalation_pressure",
        "Presses for a harder course",
        "Officers ask for more troops",
        "REQUEST/change",
        state="pressure",
    ),
    EventClass("escalation", "The conflict is widened", "A second front opens", "FIGHT"),
    EventClass("mobilisation", "Reservists or the economy are called up", "A decree calls men up", "MOBILIZE/troops"),
    EventClass(
        "war_setback",
        "A defeat or a withdrawal",
        "An assault fails",
        "RETREAT/withdraw",
        state="battlefield",
        sign=-1,
    ),
    EventClass("war_gain", "A success in the field", "A town is taken", "FIGHT", state="battlefield"),
    EventClass("sanctions", "Foreign restrictions are imposed", "Accounts are frozen", "SANCTION"),
    EventClass("foreign_support", "Another state helps a side", "Arms are sent", "AID"),
    EventClass(
        "poll_support",
        "The public backs leader or policy",
        "A poll finds support",
        "SUPPORT",
        state="approval",
    ),
    EventClass("sourcing", "How a report was made", "Five officials were interviewed", "none"),
)

EVENT_CLASSES: dict[str, EventClass] = {event_class.name: event_class for event_class in _CLASSES}


def act_of(event_class: str) -> Act | None:
    """The model's act behind an event class, or None where the class is no act of one person."""
    return EVENT_CLASSES[event_class].act
