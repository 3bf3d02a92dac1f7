"""Voice: against the policy, against the leader, and falling silent again.

    ln rate_policy = policy_base + by_grievance * g + by_perceived * q + by_shock * shock - by_fear * F
                     - by_dependence * D + frailty
    ln rate_leader = leader_base + leader_share * by_grievance * g + by_perceived * q + by_shock * shock
                     - leader_factor * by_fear * F - by_dependence * D + frailty    (also from voice = 1)
    ln rate_silent = silent_base + by_fear * F - by_grievance * g               (from voice > 0)     [1/day]
Valid for hazards below 1/dt. Sources: hirschman1970 (voice), kuran1991 (expressive against reputational utility),
khokhlov2024 and M6 (criticism of the policy is cheaper than of the leader). Log-linear links are our choice.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import exp
from fronde.domain.params import Normal, Param

# fmt: off
PARAMS = (
    Param("speak.policy_base", "ln(1/day)", -8.0, Normal(-8.0, 1.0), (-14.0, -3.0), "assumption",
          "a content, fearless actor speaks up about once in eight years"),
    Param("speak.leader_base", "ln(1/day)", -9.5, Normal(-9.5, 1.0), (-15.0, -3.0), "assumption",
          "the leader is named far more rarely than the policy"),
    Param("speak.silent_base", "ln(1/day)", -6.0, Normal(-6.0, 1.0), (-10.0, -2.0), "assumption",
          "critics who take it back or fall silent"),
    Param("speak.by_grievance", "1", 1.1, Normal(1.1, 0.5), (0.0, 4.0), "hirschman1970", "voice grows with grievance"),
    Param("speak.leader_share", "1", 1.0, Normal(1.0, 0.3), (0.0, 3.0), "assumption",
          "how much of a grievance turns against the leader rather than the policy"),
    Param("speak.by_perceived", "1", 3.0, Normal(3.0, 1.5), (0.0, 10.0), "kuran1991",
          "contagion: what others are seen to do; 0 makes acts independent"),
    Param("speak.by_shock", "1", 1.5, Normal(1.5, 0.8), (-1.0, 5.0), "assumption",
          "voices are freest in the first days after a shock (see `shock`)"),
    Param("speak.by_fear", "1", 1.5, Normal(1.5, 0.7), (0.0, 6.0), "wintrobe1998", "fear silences"),
    Param("speak.by_dependence", "1", 1.0, Normal(1.0, 0.6), (-1.0, 4.0), "wong2026",
          "the trap in voice; sign nearly free"),
    Param("speak.leader_factor", "1", 1.8, Normal(1.8, 0.4), (1.0, 5.0), "assumption",
          "fear counts this many times when the leader himself is criticised"),
)
# fmt: on


@mechanism
def speak_policy_rate(p, state, world):
    """Hazard of public criticism of the policy [1/day] of somebody silent so far."""
    log_rate = (
        p.speak_policy_base
        + p.speak_by_grievance * state.grievance
        + p.speak_by_perceived * state.perceived
        + p.speak_by_shock * world.shock
        + world.frailty
        - p.speak_by_fear * state.fear
        - p.speak_by_dependence * state.dependence
    )
    return exp(log_rate) * (1.0 if state.voice < 0.5 else 0.0)


@mechanism
def speak_leader_rate(p, state, world):
    """Hazard of public criticism of the leader [1/day], from silence or from criticism of the policy."""
    log_rate = (
        p.speak_leader_base
        + p.speak_leader_share * p.speak_by_grievance * state.grievance
        + p.speak_by_perceived * state.perceived
        + p.speak_by_shock * world.shock
        + world.frailty
        - p.speak_leader_factor * p.speak_by_fear * state.fear
        - p.speak_by_dependence * state.dependence
    )
    return exp(log_rate) * (1.0 if state.voice < 1.5 else 0.0)


@mechanism
def fall_silent_rate(p, state):
    """Hazard of falling silent [1/day] of somebody who has spoken."""
    log_rate = p.speak_silent_base + p.speak_by_fear * state.fear - p.speak_by_grievance * state.grievance
    return exp(log_rate) * (1.0 if state.voice > 0.5 else 0.0)
