"""Perception: nobody sees private discontent; everyone watches what others show, and friends talk in kitchens.

    shown_j     = display of j's latest act, fading from its first strength to `lasting` of it over display_days
    target_i    = (1 - public_share) * sum_j tie_ij (shown_j + leak * private_j) + public_share * signal
    signal      = sum_j visibility_j shown_j / sum_j visibility_j
    perceived_i moves toward target_i at `rate` [1/day]
Preference falsification and its cascades: kuran1989, kuran1991; public events as coordination: casper_tyson2014.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import clip, exp
from fronde.domain.params import LogNormal, Normal, Param

# fmt: off
PARAMS = (
    Param("perception.rate", "1/day", 0.07, LogNormal(0.07, 0.5), (0.005, 2.0), "assumption",
          "beliefs about others follow within about two weeks"),
    Param("perception.public_share", "1", 0.4, Normal(0.4, 0.15), (0.0, 1.0), "assumption",
          "weight of what everyone sees against what one's own circle does"),
    Param("perception.leak", "1", 0.15, Normal(0.15, 0.08), (0.0, 1.0), "assumption",
          "share of private discontent that friends sense"),
    Param("perception.display_days", "day", 30.0, LogNormal(30.0, 0.4), (3.0, 365.0), "assumption",
          "how long an act stays in people's minds"),
    Param("perception.lasting", "1", 0.3, Normal(0.3, 0.1), (0.0, 1.0), "assumption",
          "part of an act's impression that stays while the state it led to lasts"),
    Param("perception.show_speak", "1", 0.6, Normal(0.6, 0.15), (0.0, 1.0), "assumption",
          "impression of criticism of the policy, against 1 for criticism of the leader"),
    Param("perception.show_resign", "1", 0.8, Normal(0.8, 0.15), (0.0, 1.0), "assumption",
          "impression of a resignation"),
    Param("perception.show_leave", "1", 0.6, Normal(0.6, 0.15), (0.0, 1.0), "assumption",
          "impression of a departure"),
)
# fmt: on


@mechanism
def standing(p, state):
    """What an actor's present state shows, before any fading: the strongest of voice, post given up and absence."""
    spoke = (1.0 if state.voice > 1.5 else p.perception_show_speak) * (1.0 if state.voice > 0.5 else 0.0)
    quit_office = p.perception_show_resign * state.quit
    left = p.perception_show_leave * state.abroad
    strongest = spoke if spoke > left else left
    return strongest if strongest > quit_office else quit_office


@mechanism
def display_kept(p, dt):
    """Part of a display that is left after dt days."""
    return exp(-dt / p.perception_display_days)


@mechanism
def fade(p, pace, display, floor):
    """Display after a step without a new act: relaxes to the lasting part of what the state shows."""
    rest = p.perception_lasting * floor
    return rest + (display - rest) * pace.display_kept


@mechanism
def visible(p, state):
    """What those tied to an actor see of him: his display and what leaks of his private discontent."""
    return state.display + p.perception_leak * state.private


@mechanism
def perceived_share(p, dt):
    """Part of the way from what was perceived to what is seen now, covered in dt days."""
    return 1.0 - exp(-p.perception_rate * dt)


@mechanism
def perceive(p, pace, perceived, circle, signal):
    """Perceived discontent after a step, given the tie-weighted mean `circle` and the public `signal`."""
    target = (1.0 - p.perception_public_share) * circle + p.perception_public_share * signal
    moved = perceived + (target - perceived) * pace.perceived_share
    return clip(moved, 0.0, 1.0)
