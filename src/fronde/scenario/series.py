"""Series as seen at a date: the one filter, the time grid, and the observed paths on its edges.

The clock starts at the end of the eve of the onset (time 0). Edge k is the end of a day; the first step is
shortened so that `as_of` falls on an edge. Observed paths are imposed on the simulation from edge 0 to edge
`n_observed`.
"""

import bisect
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from fronde.scenario.rows import SeriesRow

SMALLEST_FORTUNE = 1e-3  # USD bn; a lower published value counts as this much, so that logarithms exist
Floats = NDArray[np.float64]


class Dated(Protocol):
    """Anything that became known on a day."""

    @property
    def known_at(self) -> date:
        """Day on which it could first be known."""


Known = TypeVar("Known", bound=Dated)


def known(rows: Iterable[Known], as_of: date) -> list[Known]:
    """Rows that could be known on `as_of`. The only door through which rows of a case reach the model."""
    return [row for row in rows if row.known_at <= as_of]


@dataclass(frozen=True, eq=False)
class Grid:
    """Time steps. days [n_steps] lengths; edges [n_steps + 1] dates, end of day; edges[0] is the start.

    Steps shorter than a day share the date of the day they lie in. `began` is the fraction of the day of the onset that
    had passed when the clock started: 0 where it starts on the eve.
    """

    start: date
    as_of: date
    end: date
    days: Floats
    n_observed: int
    edges: tuple[date, ...]
    began: float = 0.0

    @property
    def n_steps(self) -> int:
        """Number of steps from the start to the end of the horizon."""
        return len(self.days)

    @property
    def times(self) -> Floats:
        """Edges as days after the start [n_steps + 1]."""
        if self.hourly:
            return np.concatenate([[0.0], np.cumsum(self.days)])
        return np.array([(edge - self.start).days for edge in self.edges], dtype=np.float64)

    @property
    def labels(self) -> tuple[str, ...]:
        """Edges in print [n_steps + 1]: the day; with the hour (`2022-07-06T18:00`) where steps are shorter than one.

        A day without an hour means its end. Every document takes its dates from here.
        """
        if not self.hourly:
            return tuple(edge.isoformat() for edge in self.edges)
        first = datetime.combine(self.start, time()) + timedelta(days=1.0 + self.began)
        return tuple((first + timedelta(minutes=round(1440 * at))).isoformat(timespec="minutes") for at in self.times)

    @property
    def hourly(self) -> bool:
        """Whether the steps are shorter than a day."""
        return bool(self.days.size and self.days.min() < 1.0)

    def elapsed(self, day: date, part: float = 1.0) -> float:
        """Days on the clock when `part` of a day has passed; its end by default."""
        return (day - self.start).days - 1.0 + part - self.began


def _hourly(onset: date, as_of: date, horizon: int, step: float, began: float, until: float) -> Grid:
    """Grid in steps shorter than a day, from the hour of the onset to as many days after the hour of as_of."""
    start = onset - timedelta(days=1)
    per_day = round(1.0 / step)
    n_observed = max(1, round(((as_of - onset).days + until - began) * per_day))
    days = np.full(n_observed + horizon * per_day, step)
    times = began + np.arange(days.size + 1) * step
    edges = tuple(start + timedelta(days=math.ceil(round(time, 6))) for time in times)
    return Grid(start, as_of, edges[-1], frozen(days), n_observed, edges, began)


def make_grid(
    onset: date, as_of: date, horizon: int, step: float, onset_part: float = 0.0, as_of_part: float = 1.0
) -> Grid:
    """Grid from the eve of the onset to the end of the horizon; horizon and step in days.

    onset_part, as_of_part: fractions of their days passed at the onset and at as_of, for steps shorter than a day.
    """
    if step < 1:
        return _hourly(onset, as_of, horizon, step, onset_part, as_of_part)
    step = int(step)
    start = onset - timedelta(days=1)
    observed = (as_of - start).days
    lengths = [observed % step] if observed % step else []
    lengths += [step] * (observed // step)
    n_observed = len(lengths)
    lengths += [step] * (horizon // step)
    edges = [start]
    for length in lengths:
        edges.append(edges[-1] + timedelta(days=length))
    return Grid(start, as_of, edges[-1], frozen(np.array(lengths, dtype=np.float64)), n_observed, tuple(edges))


@dataclass(frozen=True, eq=False)
class Paths:
    """What was observed, on edges 0..n_observed.

    market      [edge]         ln(total fortunes / at the start)
    battlefield [edge]         sd, success positive
    fortune     [actor, edge]  ln(fortune / at the start); the market's path where `has_fortune` is False
    has_fortune [actor]        whether a fortune of this actor was published by as_of
    shock       [step]         freshness to which an event in public raises the shock in this step, 0 for none
    designation [actor]        day after the start of the first listing, negative if before, inf if none is
    known
    has_market, has_battlefield  whether the case has such a series at all (else the path is zero)
    """

    market: Floats
    battlefield: Floats
    fortune: Floats
    has_fortune: NDArray[np.bool_]
    shock: Floats
    designation: Floats
    has_market: bool
    has_battlefield: bool


@dataclass(frozen=True)
class Curve:
    """Values of one series by date, each date in its last known vintage."""

    dates: tuple[date, ...]
    values: tuple[float, ...]

    def last(self, day: date) -> float:
        """Value of the last date not after `day`; the first value before any."""
        return self.values[max(0, bisect.bisect_right(self.dates, day) - 1)]


def frozen(array: NDArray[np.generic]) -> NDArray:
    """The array, made read-only."""
    array.setflags(write=False)
    return array


def curves(rows: Iterable[SeriesRow], name: str) -> dict[str, Curve]:
    """Curves of one series by subject; where a date was revised, the value known last counts."""
    vintages: dict[str, dict[date, SeriesRow]] = defaultdict(dict)
    for row in rows:
        if row.name == name:
            before = vintages[row.subject].get(row.date)
            if before is None or before.known_at < row.known_at:
                vintages[row.subject][row.date] = row
    return {
        subject: Curve(tuple(sorted(found)), tuple(found[day].value for day in sorted(found)))
        for subject, found in sorted(vintages.items())
    }


def _single(rows: Iterable[SeriesRow], name: str) -> Curve | None:
    found = curves(rows, name)
    return next(iter(found.values())) if found else None


def log_fortune(fortune: Curve, market: Curve | None, day: date) -> float:
    """ln of a fortune [USD bn] on a day, from the days on which it was published.

    Between two listings a and b the fortune follows the market, and what the market does not explain is
    spread evenly over time; before the first and after the last listing it follows the market alone:
        ln F(t) = ln F(a) + m(t) - m(a) + (t - a)/(b - a) * [ln F(b)/F(a) - (m(b) - m(a))],   m = ln market
    """

    def value(k: int) -> float:
        return math.log(max(fortune.values[k], SMALLEST_FORTUNE))

    def index(when: date) -> float:
        return math.log(market.last(when)) if market else 0.0

    after = bisect.bisect_right(fortune.dates, day)
    if after == 0 or after == len(fortune.dates):
        k = max(0, after - 1)
        return value(k) + index(day) - index(fortune.dates[k])
    a, b = fortune.dates[after - 1], fortune.dates[after]
    unexplained = value(after) - value(after - 1) - (index(b) - index(a))
    return value(after - 1) + index(day) - index(a) + (day - a).days / (b - a).days * unexplained


def fortunes_at(rows: Iterable[SeriesRow], day: date) -> dict[str, float]:
    """Fortune [USD bn] on a day of each actor whose fortune was published."""
    rows = list(rows)
    market = _single(rows, "market")
    return {actor: math.exp(log_fortune(curve, market, day)) for actor, curve in curves(rows, "fortune").items()}


def make_paths(rows: Iterable[SeriesRow], grid: Grid, ids: tuple[str, ...]) -> Paths:
    """Observed paths on the grid from rows that are already filtered by `known`."""
    rows = list(rows)
    edges = grid.edges[: grid.n_observed + 1]
    market, battle = _single(rows, "market"), _single(rows, "battlefield")
    market_path = np.zeros(len(edges))
    if market:
        market_path[:] = [math.log(market.last(edge) / market.last(grid.start)) for edge in edges]
    battle_path = np.zeros(len(edges))
    if battle:  # before the first reading nothing has happened at the front
        battle_path[:] = [battle.last(edge) if edge >= battle.dates[0] else 0.0 for edge in edges]
    found = curves(rows, "fortune")
    fortune = np.tile(market_path, (len(ids), 1))
    for i, name in enumerate(ids):
        if name in found:
            base = log_fortune(found[name], market, grid.start)
            fortune[i] = [log_fortune(found[name], market, edge) - base for edge in edges]
    return Paths(
        frozen(market_path),
        frozen(battle_path),
        frozen(fortune),
        frozen(np.array([name in found for name in ids], dtype=np.bool_)),
        _shocks(rows, grid),
        _designations(rows, grid, ids),
        market is not None,
        battle is not None,
    )


def _shocks(rows: list[SeriesRow], grid: Grid) -> Floats:
    """Events in public by the step in which their day begins; several in one step count as the strongest."""
    renewed = np.zeros(grid.n_observed)
    curve = _single(rows, "shock")
    for day, value in zip(curve.dates, curve.values, strict=True) if curve else ():
        if grid.start < day <= grid.as_of:
            step = int(np.searchsorted(grid.times, max(grid.elapsed(day, 0.0), 0.0), side="right")) - 1
            renewed[min(step, grid.n_observed - 1)] = max(renewed[min(step, grid.n_observed - 1)], value)
    return frozen(renewed)


def _designations(rows: list[SeriesRow], grid: Grid, ids: tuple[str, ...]) -> Floats:
    first: Mapping[str, Curve] = curves(rows, "designation")
    days = [grid.elapsed(first[name].dates[0]) if name in first else math.inf for name in ids]
    return frozen(np.array(days, dtype=np.float64))
