"""Plain records for testing a mechanism alone: defaults, overrides, and legal records for hypothesis.

`plain` gives the Python twin of a mechanism (its own code, calling twins): compiling each function for records of this
size would take longer than all tests together. That compiled and plain code agree is tested in tests/engine.
"""

import types
from collections.abc import Callable
from functools import cache
from typing import Any

import hypothesis
from hypothesis import strategies as st

from fronde.domain.state import ACTOR_FIELDS, STATE_FIELDS, WORLD_FIELDS, Actor, State, World
from fronde.mechanisms.pace import pace
from fronde.mechanisms.registry import PARAMS, Params

SHARES = st.floats(0.0, 1.0)
SIGNED = st.floats(-1.0, 1.0)
FLAGS = st.sampled_from([0.0, 1.0])
MONEY = st.floats(0.0, 50.0)
DAYS = st.sampled_from([0.5, 1.0, 7.0, 14.0])


def given(*strategies: st.SearchStrategy[Any]) -> Callable[[Any], Any]:
    """hypothesis.given with fewer examples of these large records, the same ones in every run, and no clock."""
    rules = hypothesis.settings(max_examples=25, deadline=None, derandomize=True)
    return lambda test: rules(hypothesis.given(*strategies)(test))


@cache
def plain(function: Any) -> Any:
    """The mechanism as plain Python, with the mechanisms it calls; elementary functions stay compiled."""
    source = getattr(function, "py_func", function)
    if not source.__module__.startswith("fronde.mechanisms"):
        return function
    called = {name: source.__globals__[name] for name in source.__code__.co_names if name in source.__globals__}
    twins = {name: plain(value) for name, value in called.items() if hasattr(value, "py_func")}
    return types.FunctionType(source.__code__, source.__globals__ | twins, source.__name__)


def params(**changes: float) -> Any:
    """All parameters at their defaults but for `changes` (field names, as in kernels)."""
    return Params(*(param.default for param in PARAMS))._replace(**changes)


def actor(**changes: float) -> Any:
    """An actor with nothing: every attribute 0 but for `changes`."""
    return Actor(*(0.0 for _ in ACTOR_FIELDS))._replace(**changes)


def state(**changes: float) -> Any:
    """An actor's state with nothing in it but `changes`."""
    return State(*(0.0 for _ in STATE_FIELDS))._replace(**changes)


def world(**changes: float) -> Any:
    """A regime in power, sanctions and refusals as enacted, everything else 0 but for `changes`."""
    calm = World(*(0.0 for _ in WORLD_FIELDS))._replace(in_power=1.0, sanctions=1.0, refusals=1.0, favoured=-1.0)
    return calm._replace(**changes)


def paced(p: Any, dt: float = 7.0, w: Any = None) -> Any:
    """The pace of a step of dt days."""
    return plain(pace)(p, world() if w is None else w, dt)


def any_params(*mechanisms: str) -> st.SearchStrategy[Any]:
    """Parameters anywhere inside their bounds for the named mechanisms, defaults for the rest."""
    drawn = {p.field: st.floats(*p.bounds) for p in PARAMS if p.mechanism in mechanisms}
    return st.builds(params, **drawn)


def any_actor() -> st.SearchStrategy[Any]:
    """A legal actor."""
    special = {"wealth_start": MONEY, "position": SIGNED}
    return st.builds(actor, **{name: special.get(name, SHARES) for name in ACTOR_FIELDS})


def any_state() -> st.SearchStrategy[Any]:
    """A legal state of one actor."""
    special: dict[str, st.SearchStrategy[float]] = dict.fromkeys(
        ("in_office", "abroad", "punished", "plotting", "refused", "quit", "designated"), FLAGS
    )
    special |= {
        "voice": st.sampled_from([0.0, 1.0, 2.0]), "domestic": MONEY, "foreign": MONEY, "mood": st.floats(-3.0, 3.0),
        "grievance": st.floats(-3.0, 6.0), "fear": st.floats(0.0, 6.0), "loss": st.floats(0.0, 5.0),
    }  # fmt: skip
    return st.builds(state, **{name: special.get(name, SHARES) for name in STATE_FIELDS})


def any_world() -> st.SearchStrategy[Any]:
    """A legal regime."""
    special = {
        "policy": SIGNED, "pressure": SIGNED, "market": st.floats(-2.0, 1.0), "battlefield": st.floats(-3.0, 3.0),
        "war_declared": FLAGS, "in_power": FLAGS, "purge": FLAGS, "sanctions": st.floats(0.0, 2.0),
        "day": st.floats(0.0, 1000.0), "favoured": st.just(-1.0),
    }  # fmt: skip
    return st.builds(world, **{name: special.get(name, SHARES) for name in WORLD_FIELDS})
