"""Synthetic elites of any size for benchmarks, and blocks of runs on them."""

import numpy as np

from fronde.app.calibrate import prior_z
from fronde.app.limits.toy import actor_table, elite
from fronde.domain.params import to_values
from fronde.domain.state import LANES, STRANDS
from fronde.engine.layout import N_ACTS, N_STATE, N_WORLD, aligned
from fronde.engine.schedule import Inputs
from fronde.mechanisms.registry import PARAMS

GROUPS = 8


def synthetic(n: int = 300, ties: int = 12, steps: int = 104, days: float = 7.0) -> Inputs:
    """n actors in eight groups, `ties` ties each, no record, nothing observed. Synthetic."""
    chance = np.random.default_rng(7)
    group = np.sort(np.arange(n) % GROUPS)
    weight = chance.lognormal(0.0, 1.0, n)
    armed = np.where(group >= 6, weight, 0.0)
    table = actor_table(
        n, wealth_start=np.where(group < 4, chance.lognormal(0.0, 1.0, n), 0.02),
        foreign_share=chance.uniform(0.1, 0.7, n), state_lever=chance.uniform(0.2, 0.9, n),
        rank=np.where(group >= 4, chance.uniform(0.2, 1.0, n), 0.0), closeness=chance.beta(1.0, 4.0, n),
        coercion=armed / armed.sum(), weight=weight / weight.sum(), position=chance.uniform(-1.0, 0.6, n),
        salience=chance.uniform(0.2, 0.8, n), roots_abroad=chance.uniform(0.0, 0.8, n),
        visibility=chance.uniform(0.2, 1.0, n),
    )  # fmt: skip
    own = np.repeat(np.arange(n), ties)
    others = (own + 1 + chance.integers(0, n - 1, own.size)) % n
    return elite(table, [days] * steps, groups=group, pairs=np.stack([own, others], axis=1))


def room(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """State, world and counts of a block: what both forms fill. On cache lines, as the engine's own."""
    return aligned(n * N_STATE * LANES), aligned(N_WORLD * LANES), np.zeros((N_ACTS, GROUPS, LANES), np.int64)


def blocks(count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """theta [param, lane] and replicates [strand, lane], flat, of `count` blocks of prior draws."""
    z, numbers = prior_z(1, count * LANES)
    values = to_values(PARAMS, z)
    found = []
    for first in range(0, count * LANES, LANES):
        rows = slice(first, first + LANES)
        strands = np.repeat(numbers[rows][None], STRANDS, axis=0)
        found.append((np.ascontiguousarray(values[rows].T).ravel(), np.ascontiguousarray(strands).ravel()))
    return found
