"""Where each field lies in memory, and how a mechanism gets to see it.

Everything that differs between runs is a flat float64 array with LANES runs innermost, so one loop over lanes is one
row of SIMD instructions. Offsets are unsigned constants: signed indices cost a wrap-around test each, runtime strides
defeat the alias analysis, and either stops the vectoriser.
"""

from collections import namedtuple
from collections.abc import Iterable
from keyword import iskeyword
from typing import Any

import numpy as np

from fronde.domain.jit import mechanism
from fronde.domain.state import (
    ACTOR_FIELDS,
    GROUP_SERIES,
    LANES,
    OWN,
    PACE_FIELDS,
    PASSING,
    SHOWN_FIELDS,
    STATE_FIELDS,
    STRANDS,
    TALLIES,
    WORLD_FIELDS,
    Act,
    Actor,
    LeaderEvent,
    Pace,
    State,
    World,
)
from fronde.mechanisms.registry import PARAMS, Params

LANE_COUNT = np.uint64(LANES)
LASTING = tuple(name for name in STATE_FIELDS if name not in PASSING)
N_STATE = len(LASTING)
N_PASSING = len(PASSING)
N_SHOWN = len(SHOWN_FIELDS)
N_WORLD = len(WORLD_FIELDS)
N_PACE = len(PACE_FIELDS)
N_PARAMS = len(PARAMS)
N_ACTS = len(Act)
N_EVENTS = len(LeaderEvent)
N_GROUP_SERIES = len(GROUP_SERIES)
N_TALLIES = len(TALLIES)
STATE_STRIDE = np.uint64(N_STATE * LANES)  # from one actor to the next
PASSING_STRIDE = np.uint64(N_PASSING * LANES)
SHOWN_STRIDE = np.uint64(N_SHOWN * LANES)
TILE = np.uint64(64)  # actors that go through a step together, so few that all they need stays in the second cache
_LAST_OWN, _LAST_SHARED = np.uint64(OWN - 1), np.uint64(STRANDS - OWN - 1)


@mechanism
def strand(entity):
    """Offset of the strand of chance that an actor (or the regime) draws from, in a flat array [strand, lane]."""
    return (entity & _LAST_OWN) * LANE_COUNT


@mechanism
def shared_strand(step):
    """Offset of the strand that what is common to all draws from in a step."""
    return (np.uint64(OWN) + (step & _LAST_SHARED)) * LANE_COUNT


@mechanism
def aligned(size):
    """Zeros [size] that start on a cache line: a vector of eight numbers that straddles two lines costs two loads."""
    room = np.zeros(size + 8)
    skipped = (-(room.ctypes.data // 8)) % 8
    return room[skipped : skipped + size]


Room = namedtuple("Room", "state shown before")


def room(actors: int) -> Room:
    """Memory for all actors of a block, unset: what lasts of them, and what they show in this step and the last.

    Made once for a thread, not for every block, and by numpy, which asks for large pages: touching the memory of a
    large elite for the first time takes as long as some steps of it.
    """
    strides = (STATE_STRIDE, SHOWN_STRIDE, SHOWN_STRIDE)
    arrays = (np.empty(actors * int(stride) + 8) for stride in strides)
    return Room(*(array[(start := -(array.ctypes.data // 8) % 8) : start + array.size - 8] for array in arrays))


def offsets(names: Iterable[str], actors: int = 1) -> Any:
    """A record of field -> offset of its first lane, e.g. S.voice; numba freezes it into constants.

    actors: how many lie side by side in each field. A name that Python keeps to itself gets an underscore.
    """
    fields = [f"{name}_" if iskeyword(name) else name for name in names]
    places = [np.uint64(k * actors * LANES) for k in range(len(fields))]
    return namedtuple("Offsets", fields)(*places)  # type: ignore[arg-type]


S = offsets(LASTING)
F = offsets(PASSING)
V = offsets(SHOWN_FIELDS)
W = offsets(WORLD_FIELDS)
N = offsets(PACE_FIELDS)
P = offsets(Params._fields)
T = offsets(TALLIES)


def _reader(record: Any, arguments: str, sources: Iterable[tuple[str, int]], scaled: str | None = None) -> Any:
    """A compiled function (arguments) -> record; sources: of each field the row it lies in and its offset in lanes.

    scaled: a field that is multiplied by a last argument. Generated because numba cannot build a named tuple from a
    loop; unused loads vanish after inlining.
    """
    rows, places = zip(*sources, strict=True)
    scope: dict[str, Any] = {f"_{k}": np.uint64(place * LANES) for k, place in enumerate(places)}
    factors = [" * level" if field == scaled else "" for field in record._fields]
    fields = [f"{row} + _{k} + lane]{factor}" for k, (row, factor) in enumerate(zip(rows, factors, strict=True))]
    scope["record"] = record
    more = ", level" if scaled else ""
    exec(f"def load({arguments}, lane{more}):\n    return record({', '.join(fields)})", scope)
    return mechanism(scope["load"])


def _loader(record: Any, places: Iterable[int], scaled: str | None = None) -> Any:
    """A compiled function (flat, base, lane) -> record of the fields at these places of one array."""
    return _reader(record, "flat, base", (("flat[base", place) for place in places), scaled)


def params_of(*mechanisms: str) -> Any:
    """A compiled function (theta, base, lane) -> record of the parameters that these mechanisms declare.

    Each loop loads the parameters of the mechanisms it calls: loading all of them everywhere tripled compile time.
    """
    places = [k for k, param in enumerate(PARAMS) if param.mechanism in mechanisms]
    return _loader(namedtuple("Params", [PARAMS[k].field for k in places]), places)


def _state_loader(scaled: str | None = None) -> Any:
    """A compiled function (state, base, passing, place, lane) -> State from the two arrays that hold it."""
    sources = [
        ("passing[place", PASSING.index(field)) if field in PASSING else ("state[base", LASTING.index(field))
        for field in STATE_FIELDS
    ]
    return _reader(State, "state, base, passing, place", sources, scaled)


load_state = _state_loader()
load_lasting = _loader(namedtuple("Lasting", LASTING), range(N_STATE))
load_world = _loader(World, range(N_WORLD))
load_pace = _loader(Pace, range(N_PACE))
# as a term of the model sees them from which sanctions are taken out in part: one argument more, the level 0..1
load_felt = _state_loader(scaled="frozen")
load_under = _loader(World, range(N_WORLD), scaled="sanctions")


def _actor_loader() -> Any:
    """A compiled function (actors[n, field], i) -> Actor."""
    fields = ", ".join(f"actors[i, {k}]" for k in range(len(ACTOR_FIELDS)))
    scope: dict[str, Any] = {"record": Actor}
    exec(f"def load_actor(actors, i):\n    return record({fields})", scope)
    return mechanism(scope["load_actor"])


load_actor = _actor_loader()
