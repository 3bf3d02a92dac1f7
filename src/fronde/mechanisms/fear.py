"""Fear: repression times exposure.

    F = repression * (1 - by_closeness * closeness) * (1 - by_abroad * abroad)
      * (1 + by_dependence * D + by_example * sum_j tie_ij punished_j + by_refusal * refused)
Speaking against the leader costs `leader_factor` times as much fear as against the policy (see `speak`).
Sources: wintrobe1998 (repression and loyalty), M8 (salience of examples); the product form is our choice.
"""

from fronde.domain.jit import mechanism
from fronde.domain.params import Normal, Param

# fmt: off
PARAMS = (
    Param("fear.by_closeness", "1", 0.3, Normal(0.3, 0.2), (0.0, 1.0), "assumption",
          "those close to the leader feel safer"),
    Param("fear.by_abroad", "1", 0.7, Normal(0.7, 0.15), (0.0, 1.0), "osw2023",
          "distance protects, but many stay silent abroad too"),
    Param("fear.by_dependence", "1", 0.8, Normal(0.8, 0.4), (0.0, 3.0), "guriev_sonin2009",
          "who can be expropriated has more to fear"),
    Param("fear.by_example", "1", 1.5, Normal(1.5, 0.8), (0.0, 6.0), "assumption",
          "punished acquaintances make the threat real"),
    Param("fear.by_refusal", "1", 0.5, Normal(0.5, 0.3), (0.0, 3.0), "bloomberg2022",
          "a refused resignation is also a warning"),
)
# fmt: on


@mechanism
def fear(p, actor, state, world):
    """Fear of one actor, 0 without repression, unbounded above."""
    safety = (1.0 - p.fear_by_closeness * actor.closeness) * (1.0 - p.fear_by_abroad * state.abroad)
    dread = 1.0 + p.fear_by_dependence * state.dependence + p.fear_by_example * state.examples
    return world.repression * safety * (dread + p.fear_by_refusal * state.refused)
