"""Plots: sounding others out is dangerous, attempts start from the historical base rate, success is a contest.

    ln rate_join = base + by_grievance * g + by_trust * whispers - by_fear * F            (coercion or weight)   [1/day]
    exposure hazard = -approaches * ln(1 - (1 - whispers) * reporting)                    from
        P(exposed in m approaches) = 1 - (1 - loyal share * reporting rate)^m             (bisa_collusion)
    attempt hazard = attempt_rate / 365 * m,  m = exp(by_coercion * C_plot + by_signal * signal), 1/cap <= m <= cap
    P(success) = C_plot^k / (C_plot^k + (counterbalance * (1 - C_plot))^k)                (contest, tullock1980)
attempt_rate is the yearly base rate of the regime's kind (N15: personalist, 15 years and more in power: 4.3 %/yr).
The multiplier m is bounded and recorded. Counterbalancing lowers success, not attempts (debruin2018). Reported for
groups only; no person is ever said to plot.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import clip, exp, log
from fronde.domain.params import LogNormal, Normal, Param

# fmt: off
PARAMS = (
    Param("plot.base", "ln(1/day)", -10.5, Normal(-10.5, 1.0), (-16.0, -4.0), "assumption", "joining a plot"),
    Param("plot.by_grievance", "1", 1.0, Normal(1.0, 0.5), (0.0, 4.0), "assumption", "plotters are discontented"),
    Param("plot.by_trust", "1", 2.0, Normal(2.0, 1.0), (0.0, 8.0), "assumption",
          "and have friends whose discontent they sense"),
    Param("plot.by_fear", "1", 2.0, Normal(2.0, 0.8), (0.0, 8.0), "assumption", "and little fear"),
    Param("plot.approaches", "1/day", 0.02, LogNormal(0.02, 0.6), (0.001, 1.0), "assumption",
          "approaches to others per plotter and day"),
    Param("plot.reporting", "0..1", 0.3, Normal(0.3, 0.12), (0.0, 0.95), "bisa_collusion",
          "chance that a loyal person who is approached reports it"),
    Param("plot.attempt_rate", "1/year", 0.043, LogNormal(0.043, 0.25), (0.001, 0.5), "powell_thyne2022",
          "coup attempts a year under personalist rulers 15 years and more in power, from 1990 (17 in 391)",
          scope="case"),
    Param("plot.by_coercion", "1", 4.0, Normal(4.0, 1.5), (0.0, 12.0), "assumption",
          "plotting force raises the hazard of an attempt"),
    Param("plot.by_signal", "1", 2.0, Normal(2.0, 1.0), (0.0, 8.0), "casper_tyson2014", "public dissent coordinates"),
    Param("plot.cap", "1", 4.0, LogNormal(4.0, 0.2), (1.0, 8.0), "assumption",
          "mechanisms move the base rate by at most this factor"),
    Param("plot.counterbalance", "1", 1.0, LogNormal(1.0, 0.3), (0.1, 10.0), "debruin2018",
          "rival forces on the ruler's side", scope="case"),
    Param("plot.contest_power", "1", 1.0, LogNormal(1.0, 0.2), (0.2, 4.0), "tullock1980", "decisiveness of force"),
    Param("plot.mobilised_share", "0..1", 0.27, Normal(0.27, 0.08), (0.02, 0.9), "powell_thyne2022",
          "force that an attempt brings along at least; makes success 27 % where no plotter is recorded"),
)
# fmt: on


@mechanism
def join_plot_rate(p, actor, state, actors):
    """Hazard of joining a plot [1/day]; needs force, or five times the mean political weight."""
    able = 1.0 if (actor.coercion > 0.0) | (actor.weight * actors > 5.0) else 0.0
    log_rate = (
        p.plot_base
        + p.plot_by_grievance * state.grievance
        + p.plot_by_trust * state.whispers
        - p.plot_by_fear * state.fear
    )
    return exp(log_rate) * able * (1.0 - state.plotting) * (1.0 - state.abroad) * (1.0 - state.punished)


@mechanism
def exposure_rate(p, state):
    """Hazard that a plotter is reported [1/day]."""
    return -p.plot_approaches * log(1.0 - (1.0 - state.whispers) * p.plot_reporting) * state.plotting


@mechanism
def attempt_multiplier(p, world):
    """Bounded factor on the historical base rate."""
    raw = exp(p.plot_by_coercion * world.plot_coercion + p.plot_by_signal * world.signal)
    return clip(raw, 1.0 / p.plot_cap, p.plot_cap)


@mechanism
def attempt_rate(p, world):
    """Hazard of a coup attempt [1/day]."""
    return p.plot_attempt_rate / 365.25 * attempt_multiplier(p, world) * world.in_power


@mechanism
def success_chance(p, world):
    """Probability that an attempt removes the leader."""
    share = world.plot_coercion if world.plot_coercion > p.plot_mobilised_share else p.plot_mobilised_share
    share = clip(share, 1e-6, 1.0 - 1e-6)
    odds = exp(p.plot_contest_power * log(share / (p.plot_counterbalance * (1.0 - share))))
    return odds / (1.0 + odds)
