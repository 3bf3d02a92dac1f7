"""The pace of a step: what the mechanisms need that depends on the run and the step alone, not on the actor.

Worked out once a run and step, before the loop over actors: exponentials of parameters would be the same for everyone.
Each line calls the file that states and explains the formula.
"""

from fronde.domain.jit import mechanism
from fronde.domain.state import Pace
from fronde.mechanisms import grievance, leader, leave, perception, repression, resign, wealth


@mechanism
def pace(p, world, dt):
    """Pace of a step of dt days."""
    kept = grievance.mood_kept(p, dt)
    critic, exile, rival = repression.risks(p, world)
    return Pace(
        mood_kept=kept,
        mood_sd=grievance.mood_sd(p, kept),
        rent_kept=leader.rent_kept(p, dt),
        frozen_share=wealth.frozen_share(p, world, dt),
        display_kept=perception.display_kept(p, dt),
        perceived_share=perception.perceived_share(p, dt),
        returning=leave.returning(p),
        rejoining=resign.rejoining(p),
        critic=critic,
        exile=exile,
        rival=rival,
    )
