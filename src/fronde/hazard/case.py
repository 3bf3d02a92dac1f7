"""The base rate of a case: what the hazard models say of a country like this, before anything particular is known.

    P(within T days) = 1 - (1 - q)^(T / 365.25),   q the chance within a year
A case names its regime and the leader's time in office; its `country` block may add the rest, all of it known at
`as_of`. What is left out counts as the average country's. `removed` means an irregular exit under autocrats, and any
exit where the leader answers to a parliament or an electorate.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from fronde.hazard.features import NEVER
from fronde.hazard.model import shipped
from fronde.hazard.panel import Panel

DAYS_PER_YEAR = 365.25
MOST = 8.0  # mechanisms move no base rate by more, either way
KINDS = {"personalist": "personal", "party": "party-based", "military": "military", "monarchy": "monarchy"}
ELECTED = ("parliamentary", "presidential")
ASKED = {"attempt": "coup_attempt", "removed": "irregular_exit"}


def one_row(year: int, regime: str, tenure_years: float, country: Mapping[str, Any]) -> Panel:
    """A country-year of one case as a panel; keys of `country` are columns of a panel, or `regime_type`."""
    kind = str(country.get("regime_type") or KINDS.get(regime, ""))
    numbers: dict[str, float] = {"year": float(year), "tenure_months": 12.0 * tenure_years}
    if kind:
        numbers["autocracy"] = 0.0 if kind in ELECTED else 1.0
    numbers |= {name: float(value) for name, value in country.items() if isinstance(value, int | float)}
    if "attempts_60m" not in numbers:
        since = numbers.get("months_since_attempt", NEVER)
        numbers |= {"attempts_60m": float(since < 60.0), "months_since_attempt": since}
    return Panel(
        "year", {name: np.array([value]) for name, value in numbers.items()}, {"regime_type": np.array([kind])}, {}
    )


def base_rates(year: int, regime: str, tenure_years: float, country: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Chance within a year of `attempt` and `removed` with its 90 % interval, and which features were given.

    The interval resamples the countries that the models were fitted to; it holds nothing of what a case leaves out.
    """
    row = one_row(year, regime, tenure_years, country)
    given = sorted(name for name in row.numbers if name != "year")
    elected = str(row.texts["regime_type"][0]) in ELECTED
    found = {}
    for event, outcome in ASKED.items():
        outcome = "leader_exit" if elected and event == "removed" else outcome
        model = shipped().find("year", outcome)
        ends = model.interval(row)
        found[event] = {"outcome": outcome, "annual": float(model.predict(row)[0]),
                        "annual90": None if ends is None else ends[:, 0].tolist(), "given": given,
                        "fitted_to": model.year_limit, "rows": model.rows, "events": model.events}  # fmt: skip
    return found


def multiplier(p: float, annual: float, days: float, runs: int) -> dict[str, Any]:
    """By what factor a forecast's mean hazard departs from its base rate over the same window, bounded.

    m = (H + h) / (H0 + h),   H = -ln(1 - p),   H0 = -ln(1 - annual) days / 365.25,   h = 1 / runs,   1/B <= m <= B
    p: share of `runs` runs in which it came. h is what one run weighs: where the base rate lies far below it (windows
    of hours) runs cannot tell a factor, and m tends to 1, not to the luck of one run. B is MOST, the highest bound of
    `plot.cap`; `resolved` says whether the base rate alone would have shown in ten runs.
    """
    ours, base, h = -math.log1p(-min(p, 1.0 - 1e-12)), -math.log1p(-annual) * days / DAYS_PER_YEAR, 1.0 / runs
    raw = (ours + h) / (base + h)
    return {"multiplier": min(max(raw, 1.0 / MOST), MOST), "bound": MOST, "at_bound": not 1.0 / MOST < raw < MOST,
            "resolved": base * runs >= 10.0}  # fmt: skip


def within(annual: float, days: float) -> float:
    """Chance within `days` at a constant hazard."""
    return float(-np.expm1(np.log1p(-annual) * days / DAYS_PER_YEAR))
