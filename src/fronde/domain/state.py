"""Names, order and units of everything that moves: actors, regime, acts, leader events.

Arrays are flat float64 with runs in lanes (innermost); the field order below is the memory order (of the
state: what lasts in one array, what passes in another). Flags are 0.0 or 1.0 so that a mechanism can multiply by them
instead of branching.
"""

from collections import namedtuple
from enum import IntEnum

STRANDS = 16  # a run's chance is spun of this many strands, so that a sampler can renew a part of it
OWN = 8  # the first of them: of actors and of the regime; the others, by step: of the frailty common to all
LANES = 16  # runs simulated side by side in one block; results do not depend on it

ACTOR_FIELDS = {  # fixed per actor: name -> unit
    "wealth_start": "USD bn",
    "foreign_share": "0..1",
    "state_lever": "0..1",
    "rank": "0..1",
    "closeness": "0..1",
    "coercion": "share, sums to 1",
    "weight": "share, sums to 1",
    "position": "-1..1",
    "salience": "0..1",
    "roots_abroad": "0..1",
    "visibility": "0..1",
}
STATE_FIELDS = {  # moving per actor: name -> unit
    "in_office": "flag",
    "abroad": "flag",
    "punished": "flag",
    "plotting": "flag",
    "refused": "flag",
    "quit": "flag, gave up an office of own will",
    "voice": "0, 1 against the policy, 2 against the leader",
    "domestic": "USD bn",
    "foreign": "USD bn",
    "frozen": "0..1",
    "designated": "flag",
    "rent": "0..1",
    "mood": "1",
    "perceived": "0..1",
    "display": "0..1, what others see of this actor",
    "private": "0..1, private discontent",
    "grievance": "1",
    "fear": "1",
    "dependence": "0..1",
    "loss": "log units",
    "examples": "tie-weighted share of punished ties",
    "whispers": "tie-weighted private discontent of ties",
    "circle": "tie-weighted mean of what ties show and leak",
}
PASSING = (  # fields of the state that are made anew in every step: kept only while an actor goes through it
    "private",
    "grievance",
    "fear",
    "dependence",
    "loss",
    "examples",
    "whispers",
    "circle",
)
SHOWN_FIELDS = {  # what those tied to an actor read of him in the next step: name -> unit
    "visible": "0..1, what he shows and what leaks of his discontent",
    "private": "0..1, private discontent",
    "punished": "flag",
}
PACE_FIELDS = {  # per run and step, the same for all actors, so worked out once: name -> unit
    "mood_kept": "1, part of a mood left after the step",
    "mood_sd": "1, sd of its innovation",
    "rent_kept": "1, part of a favour left after the step",
    "frozen_share": "1, part of the way to frozen or thawed in the step",
    "display_kept": "1, part of a display left after the step",
    "perceived_share": "1, part of the way to what is seen now",
    "returning": "1/day, of somebody abroad",
    "rejoining": "1/day, of a former office holder",
    "critic": "1/day, punishment of a visible critic under full repression",
    "exile": "1/day, of an exile with something to lose",
    "rival": "1/day, of a holder of force",
}
WORLD_FIELDS = {  # moving per run: name -> unit
    "policy": "-1..1",
    "repression": "0..1",
    "isolation": "0..1",
    "market": "ln of total fortunes against the start",
    "battlefield": "sd",
    "mobilised": "0..1, shock of mobilisation still felt",
    "war_declared": "flag",
    "in_power": "flag",
    "heard": "0..1, discontent reported to the leader",
    "true_discontent": "0..1, weighted mean private discontent",
    "pressure": "-1..1, weighted mean position",
    "signal": "0..1, what everyone sees",
    "threat": "0..1, the leader's sense of threat",
    "plot_coercion": "share of organised force plotting",
    "sanctions": "level, 1 as enacted",
    "refusals": "0..1, whether resignations can be refused",
    "approval": "0..1",
    "poll": "0..1",
    "day": "days since the eve of the onset",
    "conscripts": "0..1, reinforcement that mobilisation still brings",
    "shock": "0..1, mean freshness of the last shock over the step",
    "fresh": "0..1, its freshness at the end of the step",
    "frailty": "log hazard of voice and exit common to everybody",
    "purge": "round of dismissals under way: a week's worth, spread over the step",
    "favoured": "index of the group in favour, -1 for none",
}

Actor = namedtuple("Actor", ACTOR_FIELDS)  # type: ignore[misc]
State = namedtuple("State", STATE_FIELDS)  # type: ignore[misc]
World = namedtuple("World", WORLD_FIELDS)  # type: ignore[misc]
Pace = namedtuple("Pace", PACE_FIELDS)  # type: ignore[misc]


class Act(IntEnum):
    """What can happen to one actor in one step; competing hazards."""

    SPEAK_POLICY = 0
    SPEAK_LEADER = 1
    FALL_SILENT = 2
    RESIGN = 3
    RESIGN_REFUSED = 4
    LEAVE = 5
    LEAVE_REFUSED = 6
    RETURN = 7
    REJOIN = 8
    JOIN_PLOT = 9
    DISMISSED = 10
    PUNISHED = 11


class LeaderEvent(IntEnum):
    """What can happen at the top; the first six compete, the last two come from plots."""

    DECLARE = 0
    MOBILISE = 1
    LIMIT = 2
    CRACKDOWN = 3
    COOPT = 4
    PURGE = 5
    ATTEMPT = 6
    REMOVED = 7


ACTS = tuple(act.name.lower() for act in Act)
LEADER_EVENTS = tuple(event.name.lower() for event in LeaderEvent)

GROUP_SERIES = {  # recorded per group and step, sums over its members: name -> unit
    "fortune": "USD bn, frozen parts included",
    "usable": "USD bn",
    "private": "sum of private discontent",
    "hawkish": "sum of private discontent of those who want more than the policy",
    "dependence": "sum of dependence",
    "loss": "sum of losses in log units",
}
TALLIES = {  # running sums per run: name -> what
    "refused": "attempts to resign that were refused",
    "refused_rank": "sum of ranks of those",
    "resigned": "resignations that were accepted",
    "resigned_rank": "sum of ranks of those",
    "moved": "owners who first spoke, quit or left",
    "moved_loss": "sum of their losses at that moment",
    "moved_roots": "sum of their roots abroad",
}
