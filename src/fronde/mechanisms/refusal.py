"""Refusal: the leader says no to those who matter; they stay, are marked, and fear more.

    P(refused | resigns) = logit^-1(base + by_rank * rank + by_weight * ln(1 + N weight) + by_threat * threat)
    P(refused | leaves)  = logit^-1(the same + departure)
N weight is the actor's political weight relative to the mean. By the marking theorem an attempt with hazard r splits
into two competing hazards, r (1 - P) accepted and r P refused.
Source: M16 of the literature notes (bloomberg2022: a resignation told it would be betrayal). No published model exists;
the logit is our choice.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import clip, log1p, logistic
from fronde.domain.params import Normal, Param

# fmt: off
PARAMS = (
    Param("refusal.base", "logit", -2.5, Normal(-2.5, 0.8), (-8.0, 3.0), "assumption",
          "about one in thirteen attempts of a minor figure in calm times", scope="case"),
    Param("refusal.by_rank", "1", 3.0, Normal(3.0, 1.0), (0.0, 8.0), "bloomberg2022",
          "the more senior, the more often the answer is no"),
    Param("refusal.by_weight", "1", 0.5, Normal(0.5, 0.3), (0.0, 3.0), "assumption",
          "weight without office counts too"),
    Param("refusal.by_threat", "1", 1.0, Normal(1.0, 0.6), (-1.0, 5.0), "assumption",
          "a leader who feels threatened lets fewer go"),
    Param("refusal.departure", "logit", -1.5, Normal(-1.5, 0.8), (-6.0, 2.0), "assumption",
          "a departure is harder to stop than a resignation", scope="case"),
)
# fmt: on


@mechanism
def prominence(weight, actors):
    """ln(1 + N weight), the same in every run; `actors` is N."""
    return log1p(actors * weight)


@mechanism
def refusal_chance(p, actor, prominence, world, departure):
    """Probability that an attempt is refused; `departure` is 1.0 for leaving, 0.0 for resigning."""
    logit = (
        p.refusal_base
        + p.refusal_by_rank * actor.rank
        + p.refusal_by_weight * prominence
        + p.refusal_by_threat * world.threat
        + p.refusal_departure * departure
    )
    return clip(world.refusals, 0.0, 1.0) * logistic(logit)
