"""The leader: competing hazards of what he can do, from what he hears, what presses him and how the conflict goes.

    ln rate_k = base_k + by_pressure * s_k * (pressure - policy) + by_failure_k * max(0, -battlefield)
                + by_threat_k * threat
    s_k = +1 for escalation (declare, mobilise), -1 for limiting aims, 0 otherwise; on a focal day the rates of
    announcements (declare, mobilise, limit) count focal_multiplier times                            [1/day]
    policy moves by `declare_step`, `mobilise_step`, -`limit_step` inside [-1, 1]
Announcing all-out war and mobilising happen once each. The weighted mean of pressure is the Nash-like prediction of the
bargaining literature (bdm1981, scholz2011). Links and focal multiplier are our choice.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import exp
from fronde.domain.params import LogNormal, Normal, Param

# fmt: off
PARAMS = (
    Param("leader.declare_base", "ln(1/day)", -7.6, Normal(-7.6, 0.8), (-13.0, -3.0), "assumption",
          "a declaration of all-out war: about one in six a year before any pressure", scope="case"),
    Param("leader.mobilise_base", "ln(1/day)", -7.0, Normal(-7.0, 0.8), (-13.0, -3.0), "assumption",
          "mass mobilisation: about three in ten a year before any pressure", scope="case"),
    Param("leader.limit_base", "ln(1/day)", -6.5, Normal(-6.5, 0.8), (-13.0, -3.0), "assumption",
          "announced reduction of aims or withdrawal from a front", scope="case"),
    Param("leader.crackdown_base", "ln(1/day)", -5.8, Normal(-5.8, 0.8), (-12.0, -2.0), "assumption",
          "a visible jump of repression, about once a year before any threat", scope="case"),
    Param("leader.coopt_base", "ln(1/day)", -5.5, Normal(-5.5, 0.8), (-12.0, -2.0), "assumption",
          "new favours to the elite, such as assets of firms that leave", scope="case"),
    Param("leader.purge_base", "ln(1/day)", -6.0, Normal(-6.0, 0.8), (-12.0, -2.0), "sudduth2017",
          "a round of dismissals at the top", scope="case"),
    Param("leader.by_pressure", "1", 1.5, Normal(1.5, 0.7), (0.0, 6.0), "scholz2011", "per unit of policy distance"),
    Param("leader.escalate_by_failure", "1/sd", 0.35, Normal(0.35, 0.25), (-0.5, 2.0), "assumption",
          "failure at the front calls for more force"),
    Param("leader.limit_by_failure", "1/sd", 0.3, Normal(0.3, 0.25), (-0.5, 2.0), "assumption",
          "and for less ambition"),
    Param("leader.crackdown_by_threat", "1", 3.0, Normal(3.0, 1.5), (0.0, 10.0), "assumption",
          "threat is met by force"),
    Param("leader.coopt_by_threat", "1", 1.5, Normal(1.5, 1.0), (-1.0, 8.0), "svolik2012", "and by sharing"),
    Param("leader.purge_by_threat", "1", 1.0, Normal(1.0, 1.0), (-3.0, 8.0), "sudduth2017",
          "purges come when rivals are weak, so the sign is left free"),
    Param("leader.focal_multiplier", "1", 6.0, LogNormal(6.0, 0.7), (1.0, 60.0), "assumption",
          "how much likelier an announcement is on a day that invites one"),
    Param("leader.declare_step", "1", 0.35, Normal(0.35, 0.1), (0.0, 1.0), "assumption",
          "policy move of a declaration"),
    Param("leader.mobilise_step", "1", 0.25, Normal(0.25, 0.1), (0.0, 1.0), "assumption",
          "policy move of a mobilisation"),
    Param("leader.limit_step", "1", 0.25, Normal(0.25, 0.1), (0.0, 1.0), "assumption", "policy move of limited aims"),
    Param("leader.favour", "0..1", 0.5, Normal(0.5, 0.2), (0.0, 1.0), "assumption",
          "rent handed to those in reach when the leader co-opts"),
    Param("leader.favour_days", "day", 120.0, LogNormal(120.0, 0.4), (10.0, 1000.0), "assumption",
          "how long a favour is felt"),
    Param("leader.dismiss_base", "ln(1/day)", -8.3, Normal(-8.3, 0.6), (-13.0, -4.0), "assumption",
          "calm-time dismissals, about one office in eleven a year", scope="case"),
    Param("leader.dismiss_by_voice", "1", 2.0, Normal(2.0, 0.8), (0.0, 6.0), "assumption", "critics lose their posts"),
    Param("leader.dismiss_by_failure", "1/sd", 0.3, Normal(0.3, 0.3), (-1.0, 2.0), "assumption",
          "commanders are dismissed after failure"),
    Param("leader.purge_factor", "1", 6.0, LogNormal(6.0, 0.5), (1.0, 50.0), "assumption",
          "how much a round of dismissals multiplies the hazard in its step"),
)
# fmt: on


@mechanism
def leader_rates(p, world):
    """Hazards [1/day] of declare, mobilise, limit, crackdown, coopt, purge on an ordinary day."""
    failure = -world.battlefield if world.battlefield < 0.0 else 0.0
    push = p.leader_by_pressure * (world.pressure - world.policy)
    escalate = push + p.leader_escalate_by_failure * failure
    mobilised = 1.0 if world.conscripts > 0.0 else 0.0
    return (
        exp(p.leader_declare_base + escalate) * (1.0 - world.war_declared),
        exp(p.leader_mobilise_base + escalate) * (1.0 - mobilised),
        exp(p.leader_limit_base - push + p.leader_limit_by_failure * failure),
        exp(p.leader_crackdown_base + p.leader_crackdown_by_threat * world.threat),
        exp(p.leader_coopt_base + p.leader_coopt_by_threat * world.threat),
        exp(p.leader_purge_base + p.leader_purge_by_threat * world.threat),
    )


@mechanism
def rent_kept(p, dt):
    """Part of a favour that is left after dt days."""
    return exp(-dt / p.leader_favour_days)


@mechanism
def dismiss_rate(p, actor, state, world, purge):
    """Hazard of dismissal from office [1/day]; `purge` is the round of dismissals, 7 / dt in its step."""
    failure = -world.battlefield if world.battlefield < 0.0 else 0.0
    armed = 1.0 if actor.coercion > 0.0 else 0.0
    log_rate = (
        p.leader_dismiss_base
        + p.leader_dismiss_by_voice * state.voice
        + p.leader_dismiss_by_failure * armed * failure
        - actor.closeness
    )
    return exp(log_rate) * state.in_office * (1.0 + (p.leader_purge_factor - 1.0) * purge)
