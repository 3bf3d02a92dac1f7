"""Small elites and quiet parameters: what a limiting case needs and nothing else.

`elite` makes engine inputs of N actors who are alike unless told otherwise; `quiet` parameters switch every hazard off,
so that a case says which ones it switches on.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fronde.domain.params import defaults
from fronde.domain.state import ACTOR_FIELDS
from fronde.engine.run import Ensemble, simulate
from fronde.engine.schedule import Inputs
from fronde.mechanisms.registry import PARAMS, Params

Floats = NDArray[np.float64]
NEVER = -1000.0  # log hazard [ln(1/day)] of what must not happen
FIRST_ENTITY = 1000
INTERCEPTS = tuple(param.field for param in PARAMS if param.unit == "ln(1/day)")
RATES = ("plot_attempt_rate", "plot_reporting")  # hazards that are not given by their logarithm
SLOPES = tuple(param.field for param in PARAMS if "by_" in param.name)


def actor_table(n: int, **attributes: ArrayLike) -> Floats:
    """[N, field]: equal political weights, no force, everything else 0 but for `attributes` (numbers or [N])."""
    table = np.zeros((n, len(ACTOR_FIELDS)))
    for name, value in ({"weight": 1.0 / n, "visibility": 0.5} | attributes).items():
        table[:, list(ACTOR_FIELDS).index(name)] = value
    return table


def ties_of(n: int, pairs: ArrayLike = ()) -> dict[str, Any]:
    """Rows of ties for (from, to) pairs; each actor's ties share a weight of 1."""
    links = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    links = links[np.lexsort((links[:, 1], links[:, 0]))]
    degree = np.bincount(links[:, 0], minlength=n)
    return {
        "indptr": np.concatenate([[0], np.cumsum(degree)]).astype(np.uint64),
        "indices": np.ascontiguousarray(links[:, 1]).astype(np.uint64),
        "weights": 1.0 / degree[links[:, 0]],
    }


def everyone(n: int) -> Floats:
    """Pairs of a complete graph."""
    return np.array([(i, j) for i in range(n) for j in range(n) if i != j])


def elite(
    actors: Floats,
    days: ArrayLike,
    groups: ArrayLike | None = None,
    pairs: ArrayLike = (),
    observed: int = 0,
    conditioned: int = 0,
    **changes: Any,
) -> Inputs:
    """Engine inputs; `changes` replaces any field.

    days: [T] step lengths; observed: steps with imposed fortunes (unchanged); conditioned: steps with a record (empty);
    pairs: (from, to) of ties.
    """
    n, steps = actors.shape[0], np.asarray(days, dtype=np.float64)
    t, known = steps.size, max(1, observed)
    member = np.zeros(n, dtype=np.uint64) if groups is None else np.asarray(groups).astype(np.uint64)
    inputs = Inputs(
        seed=np.uint64(20220224), actors=actors, in_office=(actors[:, 3] > 0.0).astype(np.float64),
        listed_before=np.zeros(n), entities=np.arange(n, dtype=np.uint64) + np.uint64(FIRST_ENTITY), groups=member,
        n_groups=int(member.max()) + 1, days=steps, n_observed=observed, n_conditioned=conditioned, market=np.zeros(t),
        front=np.zeros(t), ratio=np.ones((known, n)), listed=np.zeros((known, n)), shock=np.zeros(t),
        sanctions=np.ones(t), push=np.ones(t), trap=np.ones(t), refusals=np.ones(t),
        leader_option=np.full(t, -1, dtype=np.int64), leader_day=np.zeros(t),
        focal=np.zeros((t, max(1, int(np.ceil(steps.max()))))), seen=np.array([1.0, 1.0, 1.0, 1.0, 0.0, 0.0]),
        renewed=np.zeros(t),
        reported_act=np.full((known, n), -1, dtype=np.int64), reported_ratio=np.full((known, n), np.inf),
        reported_index=np.full((known, n), -1, dtype=np.int64), pending=np.zeros((known, n)), **ties_of(n, pairs),
    )  # fmt: skip
    return _frozen(inputs._replace(**changes))


def _frozen(inputs: Inputs) -> Inputs:
    """The fields that a loaded case holds read-only, read-only here too: the kernel is compiled once for both."""
    copies = {name: np.array(getattr(inputs, name)) for name in ("in_office", "entities", "weights", "days")}
    for array in copies.values():
        array.setflags(write=False)
    return inputs._replace(**copies)


def values(runs: int, start: Floats, **changes: ArrayLike) -> Floats:
    """[R, param]: `start` in every run but for `changes` (kernel names; numbers or [R])."""
    theta = np.tile(start, (runs, 1))
    for name, value in changes.items():
        theta[:, Params._fields.index(name)] = value
    return theta


def default(runs: int, **changes: ArrayLike) -> Floats:
    """Default parameters [R, param] but for `changes`, and without frailty, given which answers are in closed form."""
    return values(runs, defaults(PARAMS), **({"frailty_sd": 0.0} | changes))


def quiet(runs: int, **changes: ArrayLike) -> Floats:
    """Every hazard switched off and every slope 0 but for `changes`; the rest keeps its default."""
    off: dict[str, ArrayLike] = {name: NEVER for name in INTERCEPTS}
    off.update({name: 0.0 for name in (*SLOPES, *RATES)})
    return default(runs, **(off | changes))


def numbers(runs: int, first: int = 0) -> NDArray[np.uint64]:
    """Replicate numbers of `runs` runs."""
    return np.arange(first, first + runs, dtype=np.uint64)


def play(inputs: Inputs, theta: Floats, with_acts: bool = False) -> Ensemble:
    """Simulate one run per row of theta, with replicate numbers 0, 1, ..."""
    return simulate(inputs, theta, numbers(theta.shape[0]), with_acts=with_acts)
