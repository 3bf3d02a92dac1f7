"""Freshness of the shock: right after it people speak and go who later hold back.

    shock = exp(-t / days) since the onset or the last escalation, 1 on the day itself                       [0, 1]
Voice and exit rates carry `by_shock * shock` in their logarithm. In the first days nobody knows yet what will be
punished, and the urge to say something is at its strongest (kuran1991: expressive utility); then the price of words is
known and everyone has settled. Added to the specification because records of such cases come in bursts: with constant
hazards a calibration on the first nine weeks would expect the burst to go on.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import exp
from fronde.domain.params import LogNormal, Param

# fmt: off
PARAMS = (
    Param("shock.days", "day", 21.0, LogNormal(21.0, 0.5), (3.0, 200.0), "assumption",
          "how long a shock stays fresh; wide, since no estimate for elites was found"),
)
# fmt: on


@mechanism
def fade_shock(p, fresh, dt):
    """Freshness after dt days without a new shock."""
    return fresh * exp(-dt / p.shock_days)


@mechanism
def mean_shock(p, fresh, dt):
    """Mean freshness over dt days that start at `fresh`: what acts within the step see, whatever its length."""
    return (fresh - fade_shock(p, fresh, dt)) * p.shock_days / dt
