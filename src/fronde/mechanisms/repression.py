"""Repression: a level that jumps and relaxes, and punishments that fall on visible critics first.

    repression relaxes at `rate` to `base`; a crackdown adds `jump` (at most 1)
    rate_punish = repression * (exp(critic) * voice * visibility * (1 - closeness)
                                + exp(exile) * abroad * [owns something at home]
                                + exp(rival - by_capability * (1 + battlefield)) * [coercion > 0]) + exposure  [1/day]
Leaving is punished with a lag (an exponential waiting time); the powerful are purged when their capability is
temporarily low (sudduth2017). Punishment both deters (`fear`) and angers (`grievance.solidarity`).
Sources: M8, M15 (cedar2026: owners with foreign ties were hit about five times as often).
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import clip, exp
from fronde.domain.params import LogNormal, Normal, Param

# fmt: off
PARAMS = (
    Param("repression.base", "0..1", 0.45, Normal(0.45, 0.12), (0.0, 1.0), "assumption",
          "level at the start and level to which it returns", scope="case"),
    Param("repression.rate", "1/day", 0.005, LogNormal(0.005, 0.5), (0.0005, 0.1), "assumption",
          "a crackdown wears off over half a year"),
    Param("repression.jump", "0..1", 0.2, Normal(0.2, 0.1), (0.0, 1.0), "assumption", "size of one crackdown"),
    Param("repression.critic", "ln(1/day)", -5.0, Normal(-5.0, 0.8), (-10.0, 0.0), "assumption",
          "fully visible critic of the policy under full repression: once in five months"),
    Param("repression.exile", "ln(1/day)", -7.5, Normal(-7.5, 0.8), (-12.0, -2.0), "cedar2026",
          "claims on the property of those who left"),
    Param("repression.rival", "ln(1/day)", -9.0, Normal(-9.0, 0.8), (-14.0, -3.0), "carnegie2025",
          "officials are prosecuted by the dozen a year, and more in wartime"),
    Param("repression.by_capability", "1/sd", 0.3, Normal(0.3, 0.3), (-1.0, 2.0), "sudduth2017",
          "commanders are struck when weak"),
)
# fmt: on


@mechanism
def repression_step(p, repression, dt):
    """Repression after dt days without a crackdown."""
    return repression + (p.repression_base - repression) * (1.0 - exp(-p.repression_rate * dt))


@mechanism
def crackdown(p, repression):
    """Repression just after a crackdown."""
    return clip(repression + p.repression_jump, 0.0, 1.0)


@mechanism
def risks(p, world):
    """Hazards [1/day] of a fully visible critic, an exile and a rival under full repression, the same for all."""
    return (
        exp(p.repression_critic),
        exp(p.repression_exile),
        exp(p.repression_rival - p.repression_by_capability * (1.0 + world.battlefield)),
    )


@mechanism
def punish_rate(p, pace, actor, state, world, exposure):
    """Hazard of punishment [1/day]; `exposure` is the hazard that a plot of this actor is found out."""
    owns = 1.0 if state.domestic > p.wealth_floor else 0.0
    armed = 1.0 if actor.coercion > 0.0 else 0.0
    critic = pace.critic * state.voice * actor.visibility * (1.0 - actor.closeness)
    exile = pace.exile * state.abroad * owns
    rival = pace.rival * armed
    return (world.repression * (critic + exile + rival) + exposure) * (1.0 - state.punished)
