"""What the leader hears, and how he comes to hear less.

    omega_i ∝ weight_i * exp(isolation * (by_closeness * (closeness_i - 1) + by_agreement * (agreement_i - 1)))
    report_i = private_i * exp(-shading * F_i)           the more he is feared, the less he is told (wintrobe1998)
    heard = sum_i omega_i report_i over those in the country
    pressure = weighted mean position, weights omega_i * salience_i       (the weighted mean of bargaining models)
    threat = heard + public_weight * signal, at most 1
    isolation relaxes at `rate` to base + by_threat * threat, inside [0, 1]
With isolation 0 and shading 0 he hears the true weighted mean; with by_closeness → ∞ the closest alone.
agreement_i = 1 - |position_i - policy| / 2. Zakharov (M3): loyal subordinates are the ones he keeps.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import clip, exp
from fronde.domain.params import LogNormal, Normal, Param

# fmt: off
PARAMS = (
    Param("information.by_closeness", "1", 6.0, Normal(6.0, 2.0), (0.0, 5000.0), "assumption",
          "how much an isolated leader prefers those who see him weekly"),
    Param("information.by_agreement", "1", 3.0, Normal(3.0, 1.5), (0.0, 5000.0), "zakharov2016",
          "and those who agree with him"),
    Param("information.shading", "1", 1.0, Normal(1.0, 0.5), (0.0, 5.0), "wintrobe1998",
          "how far fear shades a report; 0 means everyone tells the truth"),
    Param("information.public_weight", "1", 0.5, Normal(0.5, 0.3), (0.0, 3.0), "casper_tyson2014",
          "public dissent alarms whatever the courtiers say"),
    Param("information.isolation_base", "0..1", 0.5, Normal(0.5, 0.15), (0.0, 1.0), "assumption",
          "an ageing ruler after two years of distance; also the level at the start", scope="case"),
    Param("information.by_threat", "1", 0.6, Normal(0.6, 0.4), (-1.0, 3.0), "assumption",
          "threat closes the circle"),
    Param("information.rate", "1/day", 0.011, LogNormal(0.011, 0.5), (0.001, 0.2), "assumption",
          "circles change over about three months"),
)
# fmt: on


@mechanism
def listening_weight(p, actor, state, world):
    """omega_i before normalisation; 0 for somebody abroad."""
    gap = actor.position - world.policy
    disagreement = 0.5 * (gap if gap > 0.0 else -gap)
    tilt = p.information_by_closeness * (actor.closeness - 1.0) - p.information_by_agreement * disagreement
    return actor.weight * exp(world.isolation * tilt) * (1.0 - state.abroad)


@mechanism
def report(p, state):
    """What one informant tells of his discontent."""
    return state.private * exp(-p.information_shading * state.fear)


@mechanism
def threat(p, heard, signal):
    """The leader's sense of threat, 0..1."""
    return clip(heard + p.information_public_weight * signal, 0.0, 1.0)


@mechanism
def isolation_step(p, world, dt):
    """Isolation after dt days."""
    target = clip(p.information_isolation_base + p.information_by_threat * world.threat, 0.0, 1.0)
    return world.isolation + (target - world.isolation) * (1.0 - exp(-p.information_rate * dt))
