"""Where each field lies in memory, and how a mechanism gets to see it.

Everything that differs between runs is a flat float64 array with LANES runs innermost, so one loop over lanes is one
row of SIMD instructions. Offsets are unsigned constants: signed indices cost a wrap-around test each, runtime strides
defeat the alias analysis, and either stops the vectoriser.
"""

from collections import namedtuple
from collections.abc import Iterable
from typing import Any

import numpy as np

from fronde.domain.jit import mechanism
from fronde.domain.state import (
    ACTOR_FIELDS,
    GROUP_SERIES,
    LANES,
    STATE_FIELDS,
    STRANDS,
    TALLIES,
    WORLD_FIELDS,
    Act,
    Actor,
    LeaderEvent,
    State,
    World,
)
from fronde.mechanisms.registry import PARAMS, Params

LANE_COUNT = np.uint64(LANES)
N_STATE = len(STATE_FIELDS)
N_WORLD = len(WORLD_FIELDS)
N_PARAMS = len(PARAMS)
N_ACTS = len(Act)
N_EVENTS = len(LeaderEvent)
N_GROUP_SERIES = len(GROUP_SERIES)
N_TALLIES = len(TALLIES)
STATE_STRIDE = np.uint64(N_STATE * LANES)  # from one actor to the next
_LAST_STRAND = np.uint64(STRANDS - 1)


@mechanism
def strand(entity):
    """Offset of the strand of chance that an actor (or the regime) draws from, in a flat array [strand, lane]."""
    return (entity & _LAST_STRAND) * LANE_COUNT


@mechanism
def aligned(size):
    """Zeros [size] that start on a cache line: a vector of eight numbers that straddles two lines costs two loads."""
    room = np.zeros(size + 8)
    skipped = (-(room.ctypes.data // 8)) % 8
    return room[skipped : skipped + size]


def offsets(names: Iterable[str]) -> Any:
    """A record of field -> offset of its first lane, e.g. S.voice; numba freezes it into constants."""
    fields = list(names)
    places = [np.uint64(k * LANES) for k in range(len(fields))]
    return namedtuple("Offsets", fields)(*places)  # type: ignore[arg-type]


S = offsets(STATE_FIELDS)
W = offsets(WORLD_FIELDS)
P = offsets(Params._fields)
T = offsets(TALLIES)


def _loader(record: Any, places: Iterable[int], scaled: str | None = None) -> Any:
    """A compiled function (flat, base, lane) -> record of the fields at these places, written out one by one.

    scaled: a field that is multiplied by a fourth argument. Generated because numba cannot build a named tuple from a
    loop; unused loads vanish after inlining.
    """
    scope: dict[str, Any] = {f"_{k}": np.uint64(place * LANES) for k, place in enumerate(places)}
    factors = [" * level" if field == scaled else "" for field in record._fields]
    fields = ", ".join(f"flat[base + {name} + lane]{factor}" for name, factor in zip(scope, factors, strict=True))
    scope["record"] = record
    more = ", level" if scaled else ""
    exec(f"def load(flat, base, lane{more}):\n    return record({fields})", scope)
    return mechanism(scope["load"])


def params_of(*mechanisms: str) -> Any:
    """A compiled function (theta, base, lane) -> record of the parameters that these mechanisms declare.

    Each loop loads the parameters of the mechanisms it calls: loading all of them everywhere tripled compile time.
    """
    places = [k for k, param in enumerate(PARAMS) if param.mechanism in mechanisms]
    return _loader(namedtuple("Params", [PARAMS[k].field for k in places]), places)


load_state = _loader(State, range(N_STATE))
load_world = _loader(World, range(N_WORLD))
# as a term of the model sees them from which sanctions are taken out in part: (flat, base, lane, level 0..1)
load_felt = _loader(State, range(N_STATE), scaled="frozen")
load_under = _loader(World, range(N_WORLD), scaled="sanctions")


def _actor_loader() -> Any:
    """A compiled function (actors[n, field], i) -> Actor."""
    fields = ", ".join(f"actors[i, {k}]" for k in range(len(ACTOR_FIELDS)))
    scope: dict[str, Any] = {"record": Actor}
    exec(f"def load_actor(actors, i):\n    return record({fields})", scope)
    return mechanism(scope["load_actor"])


load_actor = _actor_loader()
