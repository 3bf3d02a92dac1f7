"""The worked example of the KTAB library: five invented actors, three dimensions, and the run its log prints.

Facts read from the library's repository (scenario file `smpExample`, log of 30 May 2017; MIT licence).
Alice's first coordinate is blank in the shipped scenario and taken from the log. The log prints positions to
0.1 and probabilities to 0.0001. Its draws cannot be had from the seed alone: offers were queued in the order
in which threads finished. `replay` therefore lets every actor take whichever of *our* offers is nearest to
the printed position: if the log's 70 moves are among our offers, the distance stays within the printed
rounding.
"""

from dataclasses import dataclass

import numpy as np

from fronde.opinions.bargaining import (
    Actors,
    Rules,
    State,
    advance,
    look,
    moved,
    offers_to,
    propose,
    winning_probabilities,
)
from fronde.opinions.ktab import Floats

NAMES = ("Alice", "Bob", "Carol", "David", "Ellie")
_COORDINATES = (
    (52.8, 39.8, 39.6), (15.9, 61.4, 72.0), (61.1, 86.5, 44.5), (26.3, 16.5, 15.9), (73.3, 61.1, 26.3),
)  # fmt: skip
_CARES = (
    (32.3, 22.4, 13.4), (25.2, 34.5, 26.5), (28.8, 28.6, 18.2), (15.6, 42.0, 14.3), (39.7, 19.9, 15.8),
)  # fmt: skip
POSITIONS, SALIENCES = np.array(_COORDINATES) / 100.0, np.array(_CARES) / 100.0  # (actor, dimension), 0..1
CAPABILITY = np.array([117.7, 93.2, 61.4, 135.4, 63.8])
# Ideal points follow the own position with this weight, Bob's also Alice's, Carol's David's; the rest stays.
FOLLOW = np.diag([0.87, 0.75, 0.65, 0.57, 1.0])
FOLLOW[1, 0], FOLLOW[2, 3] = 0.07, 0.13
ACTORS = Actors(CAPABILITY, SALIENCES, FOLLOW)

_PRINTED = """
52.8 55.5 37.9 52.1 52.1 45.1 42.9 38.9 38.9 38.9 40.8 41.1 41.3 41.3 41.3
39.8 63.2 18.4 39.2 39.1 23.4 31.6 43.2 43.2 43.2 53.9 50.9 49.5 49.5 49.6
39.6 42.2 19.0 28.9 28.8 22.7 33.5 48.1 48.1 48.1 61.5 56.2 53.7 53.7 53.8
15.9 23.5 23.5 25.3 25.3 25.3 30.2 34.1 34.1 41.9 41.3 41.5 41.5 41.6 41.6
61.4 63.8 63.8 62.1 62.1 62.1 59.2 56.3 56.3 55.4 51.3 50.6 50.5 49.9 49.9
72.0 70.1 70.1 69.0 69.0 69.0 66.8 64.6 64.6 62.6 59.2 58.4 58.2 57.5 57.5
61.1 33.5 64.0 41.1 41.1 26.6 26.6 38.9 38.9 41.4 41.5 41.9 42.0 41.8 41.7
86.5 18.9 47.7 25.1 25.1 60.5 60.5 43.2 43.2 48.7 50.8 44.5 42.8 43.8 44.4
44.5 19.0 32.4 22.4 22.4 67.6 67.6 48.2 48.2 56.2 58.7 49.2 46.6 48.9 50.0
26.3 26.3 37.8 37.8 40.9 45.1 45.1 42.6 42.6 42.4 42.4 42.4 42.4 42.4 42.4
16.5 16.5 18.4 18.4 22.8 23.4 23.4 24.2 24.2 24.8 24.8 24.8 24.8 24.8 24.8
15.9 15.9 19.0 19.0 21.9 22.7 22.7 25.8 25.8 29.0 29.0 29.0 29.0 29.0 29.0
73.3 64.1 64.0 58.7 58.7 58.1 57.8 56.4 42.1 41.3 42.2 42.0 41.5 41.5 41.5
61.1 48.1 47.7 38.2 38.2 36.4 37.3 40.7 55.2 50.7 25.0 40.5 50.5 50.5 50.5
26.3 32.5 32.4 29.5 29.5 28.9 29.8 33.6 62.3 58.7 30.3 44.3 58.2 58.2 58.2
"""
_PRINTED_PROBABILITIES = """
.3154 .1806 .1924 .1970 .2102 .1491 .2281 .3430 .2378 .2090 .0910 .2730 .2197 .2203 .2290
.1668 .2446 .2987 .2431 .2523 .1773 .2347 .3499 .2340 .1097 .3769 .2986 .6452 .4282 .4282
.1082 .2278 .5088 .1869 .1675 .3086 .1422 .3430 .2378 .2436 .3189 .1497 .1030 .1338 .1358
.2216 .1716 .1924 .1620 .1528 .1491 .1689 .0393 .0890 .1784 .1043 .1529 .0322 .0385 .0381
.1880 .1754 .5088 .2110 .2172 .3650 .2262 .2679 .4393 .2593 .1088 .1258 .6452 .1792 .1688
"""


def _numbers(text: str) -> Floats:
    return np.array([[float(word) for word in line.split()] for line in text.strip().splitlines()])


PRINTED_POSITIONS = _numbers(_PRINTED).reshape(5, 3, 15).transpose(2, 0, 1)  # (state, actor, dimension), 0..100
PRINTED_PROBABILITIES = _numbers(_PRINTED_PROBABILITIES).T  # (state, actor)


@dataclass(frozen=True)
class Replay:
    """Largest departures from print: positions [0..100], probabilities; last step over first; states."""

    positions: float
    probabilities: float
    last_change: float
    states: int


def replay() -> Replay:
    """The printed run, every move computed by `bargaining`."""
    rules = Rules()
    history = [State(POSITIONS, POSITIONS)]
    off = 0.0
    for printed in PRINTED_POSITIONS[1:]:
        state = history[-1]
        view = look(ACTORS, state, rules)
        proposals = [propose(ACTORS, state, view, i, rules) for i in range(len(NAMES))]
        to = np.empty_like(state.positions)
        for k in range(len(NAMES)):
            offers = [o.proposer_to if o.proposer == k else o.target_to for o in offers_to(k, state, proposals)]
            distances = [float(np.abs(100.0 * x - printed[k]).max()) for x in offers]
            nearest = int(np.argmin(distances))
            off = max(off, distances[nearest])
            to[k] = offers[nearest]
        history.append(advance(ACTORS, state, to))
    ours = np.array([winning_probabilities(ACTORS, state, rules) for state in history])
    first = moved(history[0], history[1]) + 1e-4
    return Replay(
        off,
        float(np.abs(ours - PRINTED_PROBABILITIES).max()),
        moved(history[-2], history[-1]) / first,
        len(history),
    )
