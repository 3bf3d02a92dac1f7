"""Civil violence on a torus: people, police, and outbursts that come and go by themselves.

Each person has hardship H and risk aversion R ~ U(0, 1); grievance = H (1 - legitimacy). A free person is
active iff
    grievance - R P > threshold,   P = 1 - exp(-k floor(C/A))   (`rounding=False`: without the floor),
with C police and A active people within `vision` (Euclidean disc on the torus, own cell included). A starts
at 1, the person counting itself as if active, and counts it once more if it already is. P is 0.9 with one
policeman per active person (k = 2.3). Without the floor outbursts disappear: the rounding is the model.
Order of a tick (stated because it decides cascades): all people and police in a fresh random order, one after
the other, each seeing what those before it did. A free person moves to a random cell without police or free
people within its vision, then decides. A policeman moves likewise, then jails one random active person within
its vision, for a whole number of ticks below `jail_longest`, and steps onto its cell. Jail terms are counted
down at the end of a tick. Jailed people stay in their cell but do not occupy it.
Sources: epstein2002 (model I), wilensky2004 (this order and rounding: the NetLogo Rebellion model).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fronde.domain.draws import uniform_pair
from fronde.domain.jit import kernel
from fronde.domain.maths import exp
from fronde.opinions.chance import Decision

_PLACE = np.uint64(Decision.PLACE >> 1)
_CHARACTER = np.uint64(Decision.CHARACTER >> 1)
_ORDER = np.uint64(Decision.ORDER >> 1)
_ARREST = np.uint64(Decision.ARREST >> 1)
_ZERO = np.uint64(0)


@dataclass(frozen=True)
class World:
    """Parameters; the defaults are those of the published table."""

    side: int = 40  # cells
    people: float = 0.70  # share of cells
    police: float = 0.04  # share of cells
    vision: float = 7.0  # cells
    legitimacy: float = 0.82
    jail_longest: int = 30  # ticks
    threshold: float = 0.1
    k: float = 2.3
    rounding: bool = True


@dataclass(frozen=True)
class Course:
    """Counts after each tick, shapes (ticks,)."""

    active: NDArray[np.int64]
    jailed: NDArray[np.int64]


def disc(vision: float, side: int) -> NDArray[np.int64]:
    """Row and column offsets within Euclidean distance `vision`, shape (cells, 2)."""
    reach = int(vision)
    if 2 * reach + 1 > side:
        raise ValueError(f"vision {vision} reaches around a torus of side {side}")
    span = range(-reach, reach + 1)
    return np.array([(i, j) for i in span for j in span if i * i + j * j <= vision * vision], dtype=np.int64)


@kernel
def _neighbours(offsets, side):
    """Cells seen from each cell, shape (cells, seen)."""
    cells = np.empty((side * side, offsets.shape[0]), dtype=np.int64)
    for row in range(side):
        for column in range(side):
            for n in range(offsets.shape[0]):
                i, j = (row + offsets[n, 0]) % side, (column + offsets[n, 1]) % side
                cells[row * side + column, n] = i * side + j
    return cells


@kernel
def _shuffled(count, seed, pair, step):
    """Random order of 0..count-1 (Fisher-Yates)."""
    order = np.arange(count)
    for i in range(count - 1, 0, -1):
        u, _ = uniform_pair(seed, pair, _ZERO, np.uint64(step), np.uint64(i))
        j = int(u * (i + 1))
        order[i], order[j] = order[j], order[i]
    return order


@kernel
def _free_cell(cell, seen, occupied, u):
    """A random unoccupied cell among those seen; the old one if there is none."""
    free = 0
    for n in range(seen.shape[1]):
        free += occupied[seen[cell, n]] == 0
    if free == 0:
        return cell
    wanted = int(u * free)
    for n in range(seen.shape[1]):
        if occupied[seen[cell, n]] == 0:
            if wanted == 0:
                return seen[cell, n]
            wanted -= 1
    return cell


@kernel
def _suspect(cell, seen, active_at, where, active, u):
    """A random active person in the cells seen, else -1; after a release several may share a cell."""
    total = 0
    for n in range(seen.shape[1]):
        total += active_at[seen[cell, n]]
    if total == 0:
        return -1
    wanted = int(u * total)
    for n in range(seen.shape[1]):
        here = seen[cell, n]
        if wanted < active_at[here]:
            for person in range(active.size):
                if active[person] and where[person] == here:
                    if wanted == 0:
                        return person
                    wanted -= 1
        wanted -= active_at[here]
    return -1


@kernel
def _arrest_chance(cell, seen, police_at, active_at, k, rounding):
    """P that somebody in this cell expects to be arrested."""
    police, active = 0, 1
    for n in range(seen.shape[1]):
        police += police_at[seen[cell, n]]
        active += active_at[seen[cell, n]]
    ratio = police // active if rounding else police / active
    return 1.0 - exp(-k * ratio)


@kernel
def _play(people, police, side, offsets, limits, jail_longest, rounding, ticks, seed):
    """Counts of active and jailed after each tick, shape (ticks, 2); limits = (legitimacy, threshold, k)."""
    legitimacy, threshold, k = limits
    seen = _neighbours(offsets, side)
    where = _shuffled(side * side, seed, _PLACE, 0)[: people + police]
    occupied = np.zeros(side * side, dtype=np.int64)  # police and free people
    police_at = np.zeros(side * side, dtype=np.int64)
    active_at = np.zeros(side * side, dtype=np.int64)
    active = np.zeros(people, dtype=np.bool_)
    jail = np.zeros(people, dtype=np.int64)
    grievance, aversion = np.empty(people), np.empty(people)
    for person in range(people):
        u, v = uniform_pair(seed, _CHARACTER, _ZERO, _ZERO, np.uint64(person))
        grievance[person], aversion[person] = u * (1.0 - legitimacy), v
    for unit in range(people + police):
        occupied[where[unit]] = 1
        police_at[where[unit]] += unit >= people
    course = np.zeros((ticks, 2), dtype=np.int64)
    for tick in range(ticks):
        for unit in _shuffled(people + police, seed, _ORDER, tick + 1):
            is_police = unit >= people
            if not is_police and jail[unit] > 0:
                continue
            _, luck = uniform_pair(seed, _ORDER, _ZERO, np.uint64(tick + 1), np.uint64(unit + 1_000_000))
            old = where[unit]
            cell = _free_cell(old, seen, occupied, luck)
            occupied[old] -= 1
            occupied[cell] += 1
            where[unit] = cell
            if is_police:
                police_at[old] -= 1
                u, v = uniform_pair(seed, _ARREST, _ZERO, np.uint64(tick), np.uint64(unit))
                person = _suspect(cell, seen, active_at, where, active, u)
                if person >= 0:
                    occupied[cell] -= 1
                    cell = where[person]
                    where[unit] = cell  # onto the cell the person no longer occupies
                    active[person] = False
                    active_at[cell] -= 1
                    jail[person] = int(v * jail_longest)
                    occupied[cell] += 1 if jail[person] == 0 else 0  # a term of 0: free again at once
                police_at[cell] += 1
            else:
                if active[unit]:
                    active_at[old] -= 1
                    active_at[cell] += 1
                arrest = _arrest_chance(cell, seen, police_at, active_at, k, rounding)
                rises = grievance[unit] - aversion[unit] * arrest > threshold
                active_at[cell] += int(rises) - int(active[unit])
                active[unit] = rises
        for person in range(people):
            if jail[person] > 0:
                jail[person] -= 1
                occupied[where[person]] += jail[person] == 0
            course[tick, 0] += active[person]
            course[tick, 1] += jail[person] > 0
    return course


def play(world: World, ticks: int, seed: int) -> Course:
    """The course of one run."""
    cells = world.side**2
    people, police = round(world.people * cells), round(world.police * cells)
    if people + police > cells:
        raise ValueError(f"{people} people and {police} police do not fit on {cells} cells")
    limits = (world.legitimacy, world.threshold, world.k)
    course = _play(
        people,
        police,
        world.side,
        disc(world.vision, world.side),
        limits,
        world.jail_longest,
        world.rounding,
        ticks,
        np.uint64(seed),
    )
    return Course(course[:, 0], course[:, 1])


def outburst_interval(active: NDArray[np.int64], above: int = 50) -> float:
    """Mean ticks between starts of outbursts (from at most to more than `above` active); else NaN."""
    over = active > above
    starts = np.flatnonzero(over[1:] & ~over[:-1])
    return float(np.diff(starts).mean()) if starts.size > 1 else float("nan")


@dataclass(frozen=True)
class Statistics:
    """Means over runs of what the tables print; `between` holds the standard deviations between runs."""

    active: float
    active_sd: float
    jailed: float
    still: float  # share of ticks with nobody active
    outburst: float  # share of ticks with more than 50 active
    interval: float  # ticks between outbursts
    most: float
    between: tuple[float, ...] = ()


def statistics(world: World, runs: int, ticks: int = 500, warm_up: int = 50) -> Statistics:
    """Statistics of `ticks` ticks after `warm_up`, over seeds 0..runs-1."""
    rows = []
    for seed in range(runs):
        course = play(world, warm_up + ticks, seed)
        active, jailed = course.active[warm_up:], course.jailed[warm_up:]
        rows.append(
            (
                active.mean(),
                active.std(),
                jailed.mean(),
                (active == 0).mean(),
                (active > 50).mean(),
                outburst_interval(active),
                active.max(),
            )
        )
    table = np.array(rows, dtype=np.float64)
    spread = table.std(axis=0, ddof=1) if runs > 1 else np.full(table.shape[1], np.nan)
    return replace(Statistics(*table.mean(axis=0).tolist()), between=tuple(spread.tolist()))
