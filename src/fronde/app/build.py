"""From a case and its evidence to what the engine needs: the only place where the two meet."""

import math
from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.domain.state import ACTOR_FIELDS, ACTS, LEADER_EVENTS
from fronde.engine.schedule import Inputs
from fronde.evidence.events import EventEvidence
from fronde.evidence.leader import LeaderRecord
from fronde.scenario.case import Case
from fronde.scenario.model import Levelled, Shock
from fronde.scenario.series import Grid

SEEN = np.array([1.0, 1.0, 1.0, 1.0, 0.0, 0.0])  # options that cannot escape notice: favours and dismissals can
CERTAIN = 20.0  # reports of an individual act with at least this likelihood ratio count as confirmation


def step_of(grid: Grid, day: date, part: float | None = None) -> tuple[int, float]:
    """Step that a day falls in and the day's offset within it; edges are ends of days.

    part: fraction of the day passed, where the hour is known and steps are shorter than a day (default: noon).
    """
    if grid.hourly:
        moment = max(grid.elapsed(day, 0.5 if part is None else part), 1e-6)
        step = int(np.searchsorted(grid.times, moment - 1e-9, side="left")) - 1
        return step, float(moment - grid.times[step])
    elapsed = (day - grid.start).days
    edges = grid.times
    step = int(np.searchsorted(edges, max(elapsed, 1), side="left")) - 1
    return step, float(max(elapsed, 1) - 1 - edges[step])


def actor_table(case: Case) -> NDArray[np.float64]:
    """[N, field] in the order of ACTOR_FIELDS."""
    return np.ascontiguousarray(np.column_stack([getattr(case.elite, name) for name in ACTOR_FIELDS]))


def _listed(case: Case, steps: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Whether sanctions reached each actor by the end of each step [T, N], and before the start [N]."""
    first = case.paths.designation
    ends = case.grid.times[1 : steps + 1]
    before = first < 0.0
    during = (first[None, :] <= ends[:, None]) & ~before[None, :]
    return during.astype(np.float64), before.astype(np.float64)


def _reports(
    case: Case, reported: Iterable[EventEvidence]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64], tuple[EventEvidence, ...]]:
    """Reported acts on the grid: act, ratio and index [T observed, N], and the reports that were placed."""
    grid = case.grid
    shape = (max(1, grid.n_observed), case.elite.size)
    act = np.full(shape, -1, dtype=np.int64)
    ratio = np.full(shape, math.inf)
    index = np.full(shape, -1, dtype=np.int64)
    rows = {identifier: i for i, identifier in enumerate(case.elite.ids)}
    placed: list[EventEvidence] = []
    for item in sorted(reported, key=lambda r: (r.date_low, r.actor, ACTS.index(r.act))):
        if item.actor not in rows or item.date_low > grid.as_of or item.date_high <= grid.start:
            continue
        middle = item.date_low + (min(item.date_high, grid.as_of) - item.date_low) / 2
        when = max(middle, grid.edges[1]) if middle <= grid.start else middle
        step, i = step_of(grid, when, item.part)[0], rows[item.actor]
        while step < grid.n_observed and act[step, i] >= 0:
            step += 1  # two acts of one actor in one step: the later one moves to the next
        if step >= grid.n_observed:
            continue
        act[step, i] = ACTS.index(item.act)
        odds = math.exp(item.log_lr)
        ratio[step, i] = math.inf if odds >= CERTAIN else max(odds, 1e-3)
        index[step, i] = len(placed)
        placed.append(item)
    return act, ratio, index, tuple(placed)


def pending_acts(act: NDArray[np.int64]) -> NDArray[np.float64]:
    """1.0 where an act of the actor comes on record in a later step [T, N]."""
    on_record = (act >= 0).astype(np.int64)
    later = np.cumsum(on_record[::-1], axis=0)[::-1] - on_record
    return np.asarray(later > 0, dtype=np.float64)


def _levers(case: Case, variant: str | None) -> dict[str, Any]:
    """Per-step levers and options imposed by a variant's actions."""
    grid = case.grid
    n = grid.n_steps
    levers: dict[str, Any] = {
        "shock": np.zeros(n),
        "sanctions": np.ones(n),
        "push": np.ones(n),
        "trap": np.ones(n),
        "refusals": np.ones(n),
        "leader_option": np.full(n, -1, dtype=np.int64),
        "leader_day": np.zeros(n),
    }
    for action in case.actions(variant):
        step, offset = step_of(grid, action.at)
        if isinstance(action, Shock):
            levers["shock"][step] += action.shock
        elif isinstance(action, Levelled):
            levers[action.kind][step:] = action.level
        else:
            _impose(levers, step, offset, action.kind, n)
    return levers


def _impose(levers: dict[str, Any], step: int, offset: float, event: str, end: int) -> None:
    """Put an option on the grid; one a step, so a second one in a step moves to the next."""
    while step < end and levers["leader_option"][step] >= 0:
        step, offset = step + 1, 0.0
    if step < end:
        levers["leader_option"][step] = LEADER_EVENTS.index(event)
        levers["leader_day"][step] = offset


def _focal(case: Case) -> NDArray[np.float64]:
    """[T, day of the step]: 1.0 on days that invite announcements."""
    grid = case.grid
    focal = np.zeros((grid.n_steps, max(1, math.ceil(grid.days.max()))))
    for item in case.spec.focal_dates:
        if grid.start < item.date <= grid.end:
            step, offset = step_of(grid, item.date)
            focal[step, int(offset)] = 1.0
    return focal


def build(
    case: Case,
    reported: Iterable[EventEvidence] = (),
    record: Iterable[LeaderRecord] = (),
    variant: str | None = None,
    conditioned: bool = True,
    steps: int | None = None,
) -> tuple[Inputs, tuple[EventEvidence, ...]]:
    """Engine inputs of a case, and the reports in the order of `Ensemble.included`.

    conditioned False leaves the acts of the observed period free (prior predictive, synthetic data) while fortunes,
    market and conflict stay imposed; steps cuts the run short (default: to the end of the horizon).
    """
    grid, elite = case.grid, case.elite
    n = grid.n_steps if steps is None else steps
    observed = min(grid.n_observed, n)
    act, ratio, index, placed = _reports(case, reported if conditioned else ())
    levers = _levers(case, variant)
    for item in record if conditioned else ():
        if grid.start < item.at <= grid.as_of:
            step, offset = step_of(grid, item.at)
            _impose(levers, step, offset, item.event, grid.n_observed)
    listed, before = _listed(case, observed)
    fill = np.zeros(n - observed)
    inputs = Inputs(
        seed=np.uint64(case.spec.seed),
        actors=actor_table(case),
        in_office=elite.in_office,
        listed_before=before,
        entities=elite.key,
        groups=elite.group.astype(np.uint64),
        n_groups=len(elite.groups),
        indptr=elite.tie_indptr.astype(np.uint64),
        indices=elite.tie_indices.astype(np.uint64),
        weights=elite.tie_weight,
        days=np.ascontiguousarray(grid.days[:n]),
        n_observed=observed,
        n_conditioned=observed if conditioned else 0,
        market=np.concatenate([case.paths.market[1 : observed + 1], fill]),
        front=np.concatenate([case.paths.battlefield[1 : observed + 1], fill]),
        ratio=np.ascontiguousarray(np.exp(np.diff(case.paths.fortune[:, : observed + 1], axis=1)).T),
        listed=listed,
        focal=np.ascontiguousarray(_focal(case)[:n]),
        seen=SEEN,
        renewed=np.concatenate([case.paths.shock[:observed], fill]),
        reported_act=act,
        reported_ratio=ratio,
        reported_index=index,
        pending=pending_acts(act),
        **{key: np.ascontiguousarray(value[:n]) for key, value in levers.items()},
    )
    return inputs, placed
