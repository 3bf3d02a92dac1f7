"""Grievance: loss, policy, life, friends, failure and rent in one sum; doves and hawks come out of the same formula.

    g = a_loss * loss + a_policy * salience * (position - policy)^2 + a_life * roots_abroad * closure
      + a_solidarity * sum_j tie_ij punished_j + a_failure * 1[coercion > 0] * max(0, -battlefield)
      - a_rent * (rank * in_office + rent) + mood                                                   [1]
    closure = closure * min(1, sanctions); mood is Ornstein-Uhlenbeck with stationary sd mood_sd, rate mood_rate [1/day]
    private discontent = max(0, g) / (1 + max(0, g))                                                in [0, 1)
position < policy is a dove, position > policy a hawk. Quadratic loss is the standard of spatial models (downs1957,
enelow_hinich1984). siegel2022 and wong2026 find both signs for the effect of losses: dependence is a separate file.
"""

import math

from fronde.domain.jit import mechanism
from fronde.domain.maths import clip, exp
from fronde.domain.params import LogNormal, Normal, Param

# fmt: off
PARAMS = (
    Param("grievance.loss", "1", 0.5, Normal(0.5, 0.3), (-0.5, 2.5), "ahn_ludema2020",
          "per log unit of fortune lost; sign left free"),
    Param("grievance.policy", "1", 0.8, Normal(0.8, 0.4), (0.0, 3.0), "assumption",
          "at full salience and one unit of distance from the policy"),
    Param("grievance.life", "1", 0.5, Normal(0.5, 0.3), (-0.5, 2.0), "assumption",
          "loss of homes, schools and travel for an actor whose life is abroad"),
    Param("grievance.solidarity", "1", 0.8, Normal(0.8, 0.5), (-0.5, 4.0), "assumption",
          "anger when those one is tied to are punished; fear of the same is in `fear`"),
    Param("grievance.failure", "1/sd", 0.25, Normal(0.25, 0.15), (0.0, 1.5), "debs_goemans2010",
          "holders of force blame the leader for failure in the conflict"),
    Param("grievance.rent", "1", 0.4, Normal(0.4, 0.25), (-0.2, 2.0), "reuter_szakonyi2019",
          "access to spoils through office and favours keeps people content"),
    Param("grievance.closure", "0..1", 0.7, Normal(0.7, 0.15), (0.0, 1.0), "assumption",
          "how far visas, flights and banks close the life abroad while sanctions stand", scope="case"),
    Param("grievance.mood_sd", "1", 0.4, LogNormal(0.4, 0.3), (0.0, 1.5), "assumption",
          "own disposition that nothing in the model explains"),
    Param("grievance.mood_rate", "1/day", 0.015, LogNormal(0.015, 0.5), (0.001, 0.5), "assumption",
          "moods last about two months"),
)
# fmt: on


@mechanism
def closure(p, world):
    """How far life abroad is closed, 0..1."""
    return p.grievance_closure * clip(world.sanctions, 0.0, 1.0)


@mechanism
def grievance(p, actor, state, world):
    """Grievance of one actor; reads this step's loss and examples, which are set just before."""
    distance = actor.position - world.policy
    failure = -world.battlefield if world.battlefield < 0.0 else 0.0
    armed = 1.0 if actor.coercion > 0.0 else 0.0
    return (
        p.grievance_loss * state.loss
        + p.grievance_policy * actor.salience * distance * distance
        + p.grievance_life * actor.roots_abroad * closure(p, world)
        + p.grievance_solidarity * state.examples
        + p.grievance_failure * armed * failure
        - p.grievance_rent * (actor.rank * state.in_office + state.rent)
        + state.mood
    )


@mechanism
def discontent(g):
    """Private discontent in [0, 1) of a grievance."""
    felt = g if g > 0.0 else 0.0
    return felt / (1.0 + felt)


@mechanism
def mood_step(pace, mood, noise):
    """Exact Ornstein-Uhlenbeck step: mood_kept = exp(-rate dt), mood_sd = sd sqrt(1 - mood_kept^2)."""
    return pace.mood_kept * mood + pace.mood_sd * noise


@mechanism
def mood_kept(p, dt):
    """exp(-rate dt)."""
    return exp(-p.grievance_mood_rate * dt)


@mechanism
def mood_sd(p, kept):
    """sd of the innovation of a step after which the part `kept` is left."""
    return p.grievance_mood_sd * math.sqrt(1.0 - kept * kept)
