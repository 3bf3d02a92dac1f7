"""Dependence, the trap: the part of what an actor has left that the leader can cancel.

    D = (state_lever * domestic + rank_value * rank * in_office) / (usable + rank_value * rank * in_office)   in [0, 1]
Freezing the foreign part shrinks the denominator: sanctions raise grievance and dependence together, and which of
push and trap wins is a result (wong2026, siegel2022, ahn_ludema2020 find both signs). Our formalisation of M2.
"""

from fronde.domain.jit import mechanism
from fronde.domain.params import LogNormal, Param
from fronde.mechanisms.wealth import usable

# fmt: off
PARAMS = (
    Param("dependence.rank_value", "USD bn", 0.3, LogNormal(0.3, 0.7), (0.001, 10.0), "assumption",
          "what the highest office is worth to its holder, in the coin of fortunes"),
)
# fmt: on


@mechanism
def dependence(p, actor, state):
    """Dependence of one actor, 0 for somebody who has nothing at all."""
    office = p.dependence_rank_value * actor.rank * state.in_office
    held = usable(state) + office
    return (actor.state_lever * state.domestic + office) / (held if held > 1e-9 else 1e-9)
