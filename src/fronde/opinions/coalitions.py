"""Ruling coalitions without commitment: whom a group of powerful people ends up with after its purges.

A coalition Y inside X wins if power(Y) > majority * power(X), and then may throw the others out for good. X
is self-enforcing if no winning proper part of it is self-enforcing. The ultimate ruling coalition of X is X
itself if it is self-enforcing, else the self-enforcing winning part of least power: everybody in it prefers
it to anything larger, and fears nothing from inside. So purges stop at self-enforcing sizes, and strength can
be a reason to be purged.

Exact method, n players, O(n 2^n): with best(X) the strongest self-enforcing coalition inside X (X included),
    strongest(X) = the strongest best(X without i) over i in X,
    X is self-enforcing  <=>  power(strongest(X)) <= majority * power(X);
    best(X) = X if it is, else strongest(X).
One 32-bit word a subset, so 25 players take 128 MiB. Beyond `EXACT_LIMIT` the smallest players are merged
into blocs that stand or fall together (see `merge_small`): a stated approximation.
Ties in power are not generic: the theory assumes none; equal powers are broken by the order of the players.
Source: acemoglu_egorov_sonin2008.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fronde.domain.jit import kernel

EXACT_LIMIT = 25
_SLACK = 1e-12  # relative: exactly `majority` of the power does not win, whatever the rounding


@dataclass(frozen=True)
class Ruling:
    """Members by index, whether nobody is purged, and whether no players were merged to find out."""

    members: tuple[int, ...]
    self_enforcing: bool
    exact: bool


@kernel
def _tables(powers):
    """Powers of all subsets of either half of the players: any subset's power is a sum of two entries."""
    half = (powers.size + 1) // 2
    tables = np.zeros((2, 1 << half))
    for part in range(2):
        for i in range(min(half, powers.size - part * half)):
            for mask in range(1 << i):
                tables[part, mask + (1 << i)] = tables[part, mask] + powers[part * half + i]
    return tables, half


@kernel
def _strongest_stable(powers, majority):
    """For every subset, as bits: the strongest self-enforcing coalition in it, shape (2**n,)."""
    n = powers.size
    tables, half = _tables(powers)
    low = (1 << half) - 1
    best = np.zeros(1 << n, dtype=np.uint32)
    for mask in range(1, 1 << n):
        strongest, strongest_power = 0, 0.0
        for i in range(n):
            if (mask >> i) & 1:
                part = np.int64(best[mask & ~(1 << i)])
                part_power = tables[0, part & low] + tables[1, part >> half]
                if part_power > strongest_power:
                    strongest, strongest_power = part, part_power
        power = tables[0, mask & low] + tables[1, mask >> half]
        stable = strongest_power <= majority * power * (1.0 + _SLACK)
        best[mask] = mask if stable else strongest
    return best


@kernel
def _weakest_winning(best, powers, majority):
    """The least powerful self-enforcing subset that wins in the whole, as bits."""
    tables, half = _tables(powers)
    low = (1 << half) - 1
    whole = best.size - 1
    needed = majority * powers.sum() * (1.0 + _SLACK)
    chosen, least = whole, np.inf
    for mask in range(1, best.size):
        if best[mask] == mask:
            power = tables[0, mask & low] + tables[1, mask >> half]
            if power > needed and power < least:
                chosen, least = mask, power
    return chosen


def ruling_coalition(powers: ArrayLike, majority: float = 0.5, exact_limit: int = EXACT_LIMIT) -> Ruling:
    """Ultimate ruling coalition of players with `powers` > 0, shape (n,), under `majority` in [0.5, 1)."""
    strength = np.asarray(powers, dtype=np.float64)
    if strength.ndim != 1 or strength.size == 0 or not np.all(np.isfinite(strength)) or strength.min() <= 0:
        raise ValueError("powers: expected a non-empty list of positive finite numbers")
    if not 0.5 <= majority < 1.0:
        raise ValueError(f"majority: expected a share of power in [0.5, 1), found {majority}")
    blocs = merge_small(strength, exact_limit)
    merged = np.array([strength[list(bloc)].sum() for bloc in blocs])
    best = _strongest_stable(merged, majority)
    whole = best.size - 1
    chosen = whole if best[whole] == whole else _weakest_winning(best, merged, majority)
    members = sorted(player for k, bloc in enumerate(blocs) if (int(chosen) >> k) & 1 for player in bloc)
    return Ruling(tuple(members), len(members) == strength.size, len(blocs) == strength.size)


def merge_small(powers: NDArray[np.float64], limit: int) -> list[tuple[int, ...]]:
    """Players as at most `limit` blocs, in order of power: the two weakest blocs are joined until they fit.

    Exact when nothing is merged. Otherwise the members of a bloc cannot betray one another, which the theory
    would let them do; with a few large players and many small ones, joining the small ones matters least.
    """
    blocs: list[tuple[int, ...]] = [(int(i),) for i in np.argsort(powers, kind="stable")]
    while len(blocs) > limit:
        joined = blocs[0] + blocs[1]
        rest = [*blocs[2:], joined]
        blocs = sorted(rest, key=lambda bloc: (sum(float(powers[i]) for i in bloc), bloc))
    return blocs


def near_equal_size(players: int, majority: float = 0.5, step: float = 1e-4) -> int:
    """Size of the ruling coalition of near equals, powers 1, 1 + step, 1 + 2 step, ..."""
    return len(ruling_coalition(1.0 + step * np.arange(players), majority).members)
