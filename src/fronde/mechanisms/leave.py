"""Leaving the country: an exit hazard that grievance pushes and dependence holds back; and coming back.

    ln rate_leave  = base + by_grievance * g + by_exit * (ln(1 + portable) + roots_abroad * openness)
                     + by_shock * shock + by_fear * F - by_dependence * D + frailty                  [1/day]
    ln rate_return = return_base
    openness = openness * (1 - closing * repression)                                                 in [0, 1]
portable [USD bn] is what is abroad and not frozen. Valid for hazards below 1/dt: the state is frozen within a step.
Sources: hirschman1970 (exit against voice); reuter_szakonyi2019, wong2026 (outside options). The link is our choice.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import exp, log1p
from fronde.domain.params import Normal, Param
from fronde.mechanisms.wealth import portable

# fmt: off
PARAMS = (
    Param("leave.base", "ln(1/day)", -8.8, Normal(-8.8, 1.0), (-14.0, -3.0), "assumption",
          "calm-time emigration of owners and officials, about one in twenty a year; wide on purpose"),
    Param("leave.by_grievance", "1", 0.8, Normal(0.8, 0.4), (0.0, 4.0), "hirschman1970", "exit grows with grievance"),
    Param("leave.by_exit", "1", 0.4, Normal(0.4, 0.3), (-0.5, 2.5), "reuter_szakonyi2019",
          "a life and money that wait elsewhere"),
    Param("leave.by_shock", "1", 1.0, Normal(1.0, 0.7), (-1.0, 4.0), "assumption",
          "whoever means to go, goes soon (see `shock`)"),
    Param("leave.by_fear", "1", 0.5, Normal(0.5, 0.4), (-1.0, 3.0), "assumption", "fear also drives people out"),
    Param("leave.by_dependence", "1", 1.2, Normal(1.2, 0.8), (-2.0, 6.0), "wong2026",
          "the trap in exit; sign left free, the literature disagrees"),
    Param("leave.openness", "0..1", 0.8, Normal(0.8, 0.12), (0.0, 1.0), "assumption",
          "how open borders and foreign residence are at no repression", scope="case"),
    Param("leave.closing", "1", 0.4, Normal(0.4, 0.2), (0.0, 1.0), "assumption",
          "how far full repression closes the border for the elite", scope="case"),
    Param("leave.return_base", "ln(1/day)", -7.0, Normal(-7.0, 0.8), (-12.0, -3.0), "assumption",
          "about three in ten of those abroad come back within a year"),
)
# fmt: on


@mechanism
def leave_rate(p, actor, state, world):
    """Hazard of trying to leave [1/day] of an actor who is in the country."""
    openness = p.leave_openness * (1.0 - p.leave_closing * world.repression)
    exit_value = log1p(portable(state)) + actor.roots_abroad * openness
    log_rate = (
        p.leave_base
        + p.leave_by_grievance * state.grievance
        + p.leave_by_exit * exit_value
        + p.leave_by_shock * world.shock
        + world.frailty
        + p.leave_by_fear * state.fear
        - p.leave_by_dependence * state.dependence
    )
    return exp(log_rate) * (1.0 - state.abroad)


@mechanism
def returning(p):
    """Hazard [1/day] of coming back of anybody who is abroad and can."""
    return exp(p.leave_return_base)


@mechanism
def return_rate(pace, state):
    """Hazard of coming back [1/day]."""
    return pace.returning * state.abroad * (1.0 - state.punished)
