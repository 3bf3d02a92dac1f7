"""Base rates of coups: the outside view, before anything particular about the case is said.

Annual chance q that a country-year under a regime sees an attempt (or a success), by kind of regime and by
time the leader has been in office, both taken from before the year; over a horizon by a constant hazard,
    h = -ln(1 - q)/365.25 per day,   P(within T days) = 1 - (1 - q)^(T/365.25).
Tenure must be lagged: a list coded at the end of the year has already reset it after a coup, which would
triple the apparent risk of the first year.
Two kinds of numbers, told apart by `source`: rates of the 1950-2019 country-years (`N15`, counts mostly not
given), and counts made by `tabulate` on the 1990-2015 country-years of the same lists (kinds `party-based`,
`military`, `military personal`, `party-personal`, `monarchy` there). Country-years of one country are not
independent, so the intervals are too narrow.
Sources: powell_thyne2011 (coups), bell_besaw_frank2021 (leaders and regimes).
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

DAYS_PER_YEAR = 365.25
FOREVER = 200.0


@dataclass(frozen=True)
class Rate:
    """Annual chances of one cell; `years` country-years and `attempts`, 0 where the source gives none."""

    kind: str
    tenure: tuple[float, float]
    since: int
    until: int
    attempt: float
    success: float | None
    attempts: int = 0
    years: int = 0
    source: str = "N15"

    def attempt_interval(self) -> tuple[float, float] | None:
        """90% Wilson interval of the annual chance of an attempt; None where the counts are not given."""
        return wilson(self.attempts, self.years) if self.years else None


ANY = (0.0, FOREVER)
RATES = (
    Rate("autocracy", ANY, 1950, 2019, 0.051, 0.027),
    Rate("autocracy", ANY, 1990, 2019, 0.025, 0.011),
    Rate("autocracy", (0.0, 1.0), 1950, 2019, 0.101, None),
    Rate("autocracy", (1.0, 3.0), 1950, 2019, 0.077, None),
    Rate("autocracy", (3.0, 7.0), 1950, 2019, 0.064, None),
    Rate("autocracy", (7.0, 15.0), 1950, 2019, 0.028, None),
    Rate("autocracy", (15.0, FOREVER), 1950, 2019, 0.030, None),
    Rate("personalist", ANY, 1990, 2019, 0.042, 0.011, 30),
    Rate("personalist", (0.0, 1.0), 1990, 2019, 0.14, None),
    Rate("personalist", (1.0, 3.0), 1990, 2019, 0.039, None),
    Rate("personalist", (3.0, 7.0), 1990, 2019, 0.027, None),
    Rate("personalist", (7.0, 15.0), 1990, 2019, 0.017, None),
    Rate("personalist", (15.0, FOREVER), 1990, 2019, 0.043, 0.023, 17, 391),
    Rate("party", ANY, 1990, 2015, 8 / 534, 5 / 534, 8, 534, "panel count"),
    Rate("military", ANY, 1990, 2015, 4 / 67, 2 / 67, 4, 67, "panel count"),
    Rate("military-personal", ANY, 1990, 2015, 5 / 59, 2 / 59, 5, 59, "panel count"),
    Rate("party-personal", ANY, 1990, 2015, 2 / 162, 1 / 162, 2, 162, "panel count"),
    Rate("monarchy", ANY, 1990, 2015, 2 / 363, 1 / 363, 2, 363, "panel count"),
)
KINDS = tuple(dict.fromkeys(rate.kind for rate in RATES))


def find_rate(kind: str, tenure_years: float, success: bool = False) -> tuple[Rate, str]:
    """The most particular rate on file (kind and tenure, else kind, else all) and a sentence naming it.

    With `success`, only cells whose rate of successful attempts is known.
    """
    known = [r for r in RATES if r.success is not None or not success]
    fitting = [r for r in known if r.kind == kind and r.tenure[0] <= tenure_years < r.tenure[1]]
    said = f"{kind} regimes"
    if not fitting:
        fitting = [r for r in known if r.kind == "autocracy" and r.tenure == ANY]
        said = f"all autocracies, since there is no rate for '{kind}'"
    if tenure_years < 0:
        raise ValueError(f"tenure_years: expected years in office, found {tenure_years}")
    best = max(fitting, key=lambda r: (r.since, r.tenure != ANY))
    at = "" if best.tenure == ANY else f", leader in office {_span(best.tenure)}"
    return best, f"{said} {best.since}-{best.until}{at} ({best.source})"


def _span(tenure: tuple[float, float]) -> str:
    low, high = tenure
    return f"{low:g} years or more" if high == FOREVER else f"{low:g}-{high:g} years"


def daily_hazard(annual: float) -> float:
    """Constant hazard [1/day] of an annual chance."""
    if not 0.0 <= annual < 1.0:
        raise ValueError(f"annual: expected a probability below 1, found {annual}")
    return -math.log1p(-annual) / DAYS_PER_YEAR


def within(annual: float, days: float) -> float:
    """Chance within `days`, the hazard being constant."""
    return -math.expm1(-daily_hazard(annual) * days)


def wilson(events: int, trials: int, z: float = 1.6449) -> tuple[float, float]:
    """Wilson score interval of a proportion; the default z gives 90%."""
    p, spread = events / trials, z * z / trials
    centre = (p + 0.5 * spread) / (1.0 + spread)
    half = z / (1.0 + spread) * math.sqrt(p * (1.0 - p) / trials + 0.25 * spread / trials)
    return max(0.0, centre - half), min(1.0, centre + half)


def tabulate(
    kind: ArrayLike,
    tenure_years: ArrayLike,
    attempt: ArrayLike,
    success: ArrayLike,
    edges: tuple[float, ...] = (0.0, FOREVER),
) -> list[Rate]:
    """Count the cells kind x tenure of a country-year panel; arrays (rows,), outcomes 0 or 1."""
    kinds, years_in = np.asarray(kind), np.asarray(tenure_years, dtype=np.float64)
    tried, done = np.asarray(attempt) > 0, np.asarray(success) > 0
    if not kinds.shape == years_in.shape == tried.shape == done.shape:
        raise ValueError("kind, tenure_years, attempt and success must have one entry per country-year")
    rates = []
    for name in dict.fromkeys(str(k) for k in kinds):
        for low, high in pairwise(edges):
            cell = (kinds == name) & (years_in >= low) & (years_in < high)
            n = int(cell.sum())
            if n:
                a, s = int(tried[cell].sum()), int(done[cell].sum())
                rates.append(Rate(name, (low, high), 0, 0, a / n, s / n, a, n, "panel count"))
    return rates
