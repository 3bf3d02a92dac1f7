"""Reporting: the chance that an act becomes known while the papers are being read.

    P(reported | act) = detect_act * (floor + (1 - floor) * visibility)
Thinning a process of hazards: a known act contributes detect * P(act), an actor of whom nothing is known contributes
1 - sum_a detect_a P(a), and unknown acts go on happening with the rest. Prior means of evidence.md, section 3.
"""

from fronde.domain.jit import mechanism
from fronde.domain.params import Normal, Param

# fmt: off
PARAMS = (
    Param("reporting.speak", "0..1", 0.9, Normal(0.9, 0.06), (0.3, 0.999), "assumption",
          "a public statement of somebody visible", scope="case"),
    Param("reporting.resign", "0..1", 0.85, Normal(0.85, 0.08), (0.3, 0.999), "assumption",
          "a resignation from office", scope="case"),
    Param("reporting.refused", "0..1", 0.15, Normal(0.15, 0.08), (0.01, 0.9), "assumption",
          "an attempt that was refused", scope="case"),
    Param("reporting.leave", "0..1", 0.45, Normal(0.45, 0.15), (0.05, 0.999), "assumption",
          "a departure from the country: papers count more of them than they name", scope="case"),
    Param("reporting.dismissed", "0..1", 0.8, Normal(0.8, 0.1), (0.2, 0.999), "assumption",
          "a dismissal or punishment", scope="case"),
    Param("reporting.floor", "0..1", 0.3, Normal(0.3, 0.12), (0.0, 1.0), "assumption",
          "chance for an invisible actor relative to a fully visible one", scope="case"),
)
# fmt: on


@mechanism
def detection(p, actor, detect):
    """Chance that an act of this actor is reported, given the class's own chance."""
    return detect * (p.reporting_floor + (1.0 - p.reporting_floor) * actor.visibility)
