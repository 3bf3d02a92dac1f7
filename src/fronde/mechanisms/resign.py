"""Resigning a public office, and coming back to one. Whether it is accepted is decided in `refusal`.

    ln rate_resign = base + by_grievance * g + by_perceived * q + by_shock * shock - by_rank * rank
                     - by_refused * refused + frailty                                               [1/day]
    ln rate_rejoin = rejoin_base (held an office before, in the country, not punished)
`by_refused` is added to the specification: who was told no asks again, but more rarely.
Sources: hirschman1970 (exit), reuter_szakonyi2019; the link is our choice.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import exp
from fronde.domain.params import Normal, Param

# fmt: off
PARAMS = (
    Param("resign.base", "ln(1/day)", -8.8, Normal(-8.8, 0.8), (-14.0, -3.0), "assumption",
          "calm-time own-wish resignations of about one office in twenty a year"),
    Param("resign.by_grievance", "1", 1.0, Normal(1.0, 0.5), (0.0, 4.0), "hirschman1970", "exit grows with grievance"),
    Param("resign.by_perceived", "1", 3.0, Normal(3.0, 1.5), (0.0, 10.0), "assumption", "contagion of resignations"),
    Param("resign.by_shock", "1", 1.0, Normal(1.0, 0.7), (-1.0, 4.0), "assumption",
          "whoever means to go, goes soon (see `shock`)"),
    Param("resign.by_rank", "1", 0.8, Normal(0.8, 0.6), (-1.0, 4.0), "assumption", "the more senior give up more"),
    Param("resign.by_refused", "1", 1.0, Normal(1.0, 0.5), (0.0, 5.0), "assumption",
          "a refusal discourages asking again"),
    Param("resign.rejoin_base", "ln(1/day)", -8.0, Normal(-8.0, 0.8), (-13.0, -4.0), "assumption",
          "former office holders who return to office, about one in eight a year"),
)
# fmt: on


@mechanism
def resign_rate(p, actor, state, world):
    """Hazard of asking to resign [1/day] of an office holder."""
    log_rate = (
        p.resign_base
        + p.resign_by_grievance * state.grievance
        + p.resign_by_perceived * state.perceived
        + p.resign_by_shock * world.shock
        + world.frailty
        - p.resign_by_rank * actor.rank
        - p.resign_by_refused * state.refused
    )
    return exp(log_rate) * state.in_office


@mechanism
def rejoining(p):
    """Hazard [1/day] of taking office again of anybody who can."""
    return exp(p.resign_rejoin_base)


@mechanism
def rejoin_rate(pace, actor, state):
    """Hazard of taking office again [1/day]."""
    eligible = (1.0 - state.in_office) * (1.0 - state.abroad) * (1.0 - state.punished)
    return pace.rejoining * eligible * (1.0 if actor.rank > 0.0 else 0.0)
