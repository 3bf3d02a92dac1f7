"""The conflict: observed up to the forecast date, then mean-reverting with mobilisation and outside aid.

    b' = m + (b - m) exp(-rate dt) + sd sqrt(1 - exp(-2 rate dt)) noise          exact Ornstein-Uhlenbeck, [sd]
    m  = mean + by_mobilisation * (reinforcement that has arrived) - aid
    reinforcement arrives at 1 / mobilisation_days; it is 1 - conscripts once mobilisation is announced
Source: M10 for the direction (mobilisation helps with a lag); sizes are assumptions.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import exp
from fronde.domain.params import LogNormal, Normal, Param

# fmt: off
PARAMS = (
    Param("battlefield.mean", "sd", -0.5, Normal(-0.5, 0.5), (-3.0, 3.0), "assumption",
          "where the conflict tends without new forces, seen from the ruler's side", scope="case"),
    Param("battlefield.rate", "1/day", 0.02, LogNormal(0.02, 0.5), (0.002, 0.5), "assumption",
          "fortunes of war persist for about two months", scope="case"),
    Param("battlefield.sd", "sd", 1.0, LogNormal(1.0, 0.2), (0.1, 3.0), "assumption",
          "stationary spread, unit of the scale", scope="case"),
    Param("battlefield.by_mobilisation", "sd", 0.7, Normal(0.7, 0.4), (-0.5, 3.0), "assumption",
          "what fresh troops bring once they arrive"),
    Param("battlefield.mobilisation_days", "day", 75.0, LogNormal(75.0, 0.3), (10.0, 400.0), "assumption",
          "time to train and bring them"),
    Param("battlefield.aid", "sd", 0.2, Normal(0.2, 0.2), (-1.0, 2.0), "assumption",
          "outside aid to the opponent", scope="case"),
)
# fmt: on


@mechanism
def arriving(p, conscripts, dt):
    """Reinforcement still to come after dt days (0 before any mobilisation)."""
    return conscripts * exp(-dt / p.battlefield_mobilisation_days)


@mechanism
def battlefield_step(p, world, dt, noise):
    """Battlefield index after dt days."""
    arrived = (1.0 - world.conscripts) if world.conscripts > 0.0 else 0.0
    mean = p.battlefield_mean + p.battlefield_by_mobilisation * arrived - p.battlefield_aid
    decay = exp(-p.battlefield_rate * dt)
    spread = 1.0 - decay * decay
    return (
        mean + (world.battlefield - mean) * decay + p.battlefield_sd * (spread if spread > 0.0 else 0.0) ** 0.5 * noise
    )
