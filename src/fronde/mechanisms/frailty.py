"""Frailty: what moves everybody's readiness to speak and to go at once and is seen by nobody.

    frailty' = m + (frailty - m) exp(-dt / days) + sd sqrt(1 - exp(-2 dt / days)) noise,   m = -sd^2 / 2       [1]
    ln rate += frailty                                            voice against policy or leader, resigning, leaving
An exact Ornstein-Uhlenbeck step, one path a run, drawn on the eve from its stationary law N(m, sd^2): the factor
exp(frailty) has mean 1, so that mean hazards are as without it. Added to the specification, since departures are far
more bunched than those of people who are independent given everything else in the model. It is the dynamic frailty of
duffie2009; counts are those of a log-Gaussian Cox process (moller1998). sd = 0 is the model without it, to the bit.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import exp
from fronde.domain.params import LogNormal, Param

# fmt: off
PARAMS = (
    Param("frailty.sd", "1", 1.0, LogNormal(1.0, 0.6), (0.0, 5.0), "assumption",
          "stationary spread of the common log hazard; wide, and the cases of history ask for more"),
    Param("frailty.days", "day", 14.0, LogNormal(14.0, 0.8), (0.05, 400.0), "assumption",
          "how long a mood of the whole elite lasts; wide"),
)
# fmt: on


@mechanism
def frailty_start(p, noise):
    """The frailty on the eve."""
    return p.frailty_sd * noise - 0.5 * p.frailty_sd * p.frailty_sd


@mechanism
def frailty_step(p, before, dt, noise):
    """The frailty after dt days."""
    mean = -0.5 * p.frailty_sd * p.frailty_sd
    kept = exp(-dt / p.frailty_days)
    return mean + (before - mean) * kept + p.frailty_sd * (1.0 - kept * kept) ** 0.5 * noise
