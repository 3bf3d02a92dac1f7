"""Who is tied to whom: published ties, and synthetic ones so that nobody is alone for want of publication.

Synthetic ties. Every actor has POINTS places on a ring, fixed by its key. Actor i draws about mean_degree / 2
arrows; each lands on the ring and goes to the actor whose place comes next (inside i's group with probability
within_group, else outside it). Arrows count both ways, so the expected degree is mean_degree, less what falls
on the same pair twice. Landing points depend on i alone, places on j alone. So when an actor joins, only
those synthetic ties move that now land on it, or that landed on the synthetic member whose place it takes;
published ties never move. Our choice: the ring (consistent hashing), equal odds of the four kinds, weight 1,
ties mutual. A named actor's synthetic ties stand for ties nobody published: `published` tells them apart, and
no report may show them as facts.
"""

import bisect
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fronde.domain.draws import Decision, uniform
from fronde.scenario.fields import TIE_KINDS
from fronde.scenario.model import Ties
from fronde.scenario.rows import TieRow

POINTS = 8  # places per actor on the ring: evens out how often actors are chosen
Place = tuple[float, int]  # where on the circle, and whose
PLACE, COUNT, INSIDE, LANDING, KIND = (Decision.TIE + k for k in range(5))


@dataclass(frozen=True, eq=False)
class TieTable:
    """Ties in compressed rows: those of actor i are entries indptr[i]..indptr[i + 1], by neighbour.

    weight sums to 1 over the ties of an actor (after the multipliers of the kinds); 0 ties is an empty row.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int64]
    weight: NDArray[np.float64]
    kind: NDArray[np.int8]
    published: NDArray[np.bool_]


class Ring:
    """Places of actors on the unit circle."""

    def __init__(self, seed: int, keys: Sequence[int], group: Sequence[int]) -> None:
        """Place every actor. keys, group: [actor]."""
        self.group = group
        self.places = sorted((uniform(seed, PLACE, 0, k, key), i) for i, key in enumerate(keys) for k in range(POINTS))
        self.rings: dict[tuple[int, bool], list[Place]] = {}

    def _eligible(self, group: int, inside: bool) -> list[Place]:
        """Places of a group, or of all others."""
        if (group, inside) not in self.rings:
            self.rings[(group, inside)] = [place for place in self.places if (self.group[place[1]] == group) is inside]
        return self.rings[(group, inside)]

    def next(self, landing: float, actor: int, inside: bool) -> int | None:
        """The first other actor at or after a landing point, inside the actor's group or outside it."""
        ring = self._eligible(self.group[actor], inside)
        first = bisect.bisect_left(ring, (landing, -1))
        for k in range(len(ring)):
            other = ring[(first + k) % len(ring)][1]
            if other != actor:
                return other
        return None


def _drawn(seed: int, keys: Sequence[int], group: Sequence[int], ties: Ties) -> Iterable[tuple[int, int, int]]:
    """Synthetic arrows (from, to, kind)."""
    ring = Ring(seed, keys, group)
    whole = math.floor(ties.mean_degree / 2.0)
    rest = ties.mean_degree / 2.0 - whole
    for i, key in enumerate(keys):
        arrows = whole + (uniform(seed, COUNT, 0, 0, key) < rest)
        for k in range(arrows):
            own = uniform(seed, INSIDE, 0, k, key) < ties.within_group
            other = ring.next(uniform(seed, LANDING, 0, k, key), i, own)
            if other is not None:
                yield i, other, int(uniform(seed, KIND, 0, k, key) * len(TIE_KINDS))


def _published(rows: Iterable[TieRow], index: dict[str, int]) -> dict[tuple[int, int, int], float]:
    """Weights by (from, to, kind); the last known row counts; a direction not listed mirrors the other."""
    listed: dict[tuple[int, int, int], TieRow] = {}
    for row in rows:
        if row.from_id in index and row.to_id in index:
            key = (index[row.from_id], index[row.to_id], TIE_KINDS.index(row.kind))
            if key not in listed or listed[key].known_at < row.known_at:
                listed[key] = row
    weights = {key: row.weight for key, row in listed.items()}
    for (i, j, kind), row in listed.items():
        weights.setdefault((j, i, kind), row.weight)
    return weights


def make_ties(
    ids: Sequence[str], keys: Sequence[int], group: Sequence[int], rows: Iterable[TieRow], ties: Ties, seed: int
) -> TieTable:
    """Published and synthetic ties, from rows filtered by what was known. ids, keys, group: [actor]."""
    weights = _published(rows, {name: i for i, name in enumerate(ids)})
    facts = frozenset(weights)
    pairs = {(i, j) for i, j, _ in facts}
    for i, j, kind in _drawn(seed, keys, group, ties):
        if (i, j) not in pairs:  # a pair has either published ties or one synthetic tie
            pairs.update(((i, j), (j, i)))
            weights[(i, j, kind)] = weights[(j, i, kind)] = 1.0
    order = sorted(weights)
    start = np.array([i for i, _, _ in order], dtype=np.int64)
    kinds = np.array([k for _, _, k in order], dtype=np.int8)
    multiplier = np.array([ties.multipliers[name] for name in TIE_KINDS])
    raw = np.array([weights[key] for key in order], dtype=np.float64) * multiplier[kinds]
    totals = np.bincount(start, weights=raw, minlength=len(ids))
    counts = np.bincount(start, minlength=len(ids))
    weight = np.divide(raw, totals[start], out=np.zeros_like(raw), where=totals[start] > 0.0)
    return TieTable(
        np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        np.array([j for _, j, _ in order], dtype=np.int64),
        weight,
        kinds,
        np.array([key in facts for key in order], dtype=np.bool_),
    )
