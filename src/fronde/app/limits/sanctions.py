"""Sanctions in the limit: everything abroad and frozen, and nothing abroad at all."""

import math
from collections.abc import Iterator

import numpy as np

from fronde.app.limits.hazards import mixed_elite
from fronde.app.limits.row import Row, share
from fronde.app.limits.toy import actor_table, default, elite, play, quiet
from fronde.domain.state import ACTOR_FIELDS, GROUP_SERIES, Act

USABLE = list(GROUP_SERIES).index("usable")
FORTUNE = 5.0  # USD bn
DAYS = 28.0


def frozen() -> Iterator[Row]:
    """Fortunes wholly abroad and wholly frozen: nothing is portable, and owners leave as if they had nothing.

    Leaving counts portable wealth alone here (by_exit 1, the push of losses off): rate = exp(base) (1 + portable).
    """
    n, runs, base = 20, 500, -5.0
    table = actor_table(n, wealth_start=FORTUNE, foreign_share=1.0)
    theta = quiet(runs, leave_base=base, leave_by_exit=1.0, wealth_freeze_days=1e-3)
    left = {}
    for listed in (0.0, 1.0):
        inputs = elite(table, [7.0] * 4, observed=4, listed=np.full((4, n), listed), refusals=np.zeros(4))
        played = play(inputs, theta)
        left[listed] = float(played.counts[:, Act.LEAVE].sum()) / (n * runs)
        if listed:
            yield Row("all abroad and frozen: wealth that can be taken along [USD bn]", 0.0,
                      float(played.groups[:, USABLE].max()), 0.0)  # fmt: skip
    for listed, portable in ((0.0, FORTUNE), (1.0, 0.0)):
        expected = -math.expm1(-math.exp(base) * (1.0 + portable) * DAYS)
        name = f"all abroad, {'frozen' if listed else 'free'}: share of owners who left in {DAYS:.0f} days"
        yield share(name, expected, left[listed], n * runs)


def nothing_abroad() -> Iterator[Row]:
    """With nothing abroad, sanctions lifted, kept or doubled give the same runs.

    Two other ways in which sanctions act are closed: life abroad (grievance.closure) and the market.
    """
    inputs = mixed_elite(7.0)
    table = inputs.actors.copy()
    table[:, list(ACTOR_FIELDS).index("foreign_share")] = 0.0
    theta = default(200, grievance_closure=0.0, wealth_market_by_sanctions=0.0, speak_policy_base=-6.0)
    levels = [play(inputs._replace(actors=table, sanctions=np.full(12, level)), theta) for level in (0.0, 1.0, 2.0)]
    acts = max(float(np.abs(other.counts - levels[0].counts).max()) for other in levels[1:])
    felt = max(float(np.abs(other.groups - levels[0].groups).max()) for other in levels[1:])
    yield Row("nothing abroad: acts that change with sanctions", 0.0, acts, 0.0)
    yield Row("nothing abroad: fortunes and feelings that change with sanctions", 0.0, felt, 0.0)
