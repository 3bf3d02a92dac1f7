"""Limiting cases that must hold: analytic, exact or published, checked on the engine that makes the forecasts.

`check_limits()` runs them all, one row a case; every row is a test (`tests/engine/test_limits.py`). A row holds when
the figure is within `bound` of the expected one. Bounds of sampled figures are SIGMAS standard errors; the draws are
fixed, so a row holds or fails for good. A bound of 0 means exactly.
"""

from collections.abc import Callable, Iterator
from typing import Any

from fronde.app.limits import accounts, cascade, court, frailty, hazards, sanctions, voices
from fronde.app.limits.row import Row

CASES: tuple[Callable[[], Iterator[Row]], ...] = (
    hazards.waiting,
    hazards.step_lengths,
    voices.repression,
    voices.leader,
    voices.contagion,
    frailty.common,
    frailty.bunching,
    court.hearing,
    court.pressing,
    sanctions.frozen,
    sanctions.nothing_abroad,
    accounts.stocks_and_flows,
    accounts.variants,
    cascade.thresholds,
)


def check_limits() -> list[dict[str, Any]]:
    """All limiting cases as rows of name, expected, got, bound, ok."""
    return [row.as_dict() for case in CASES for row in case()]
