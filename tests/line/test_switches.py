"""Push and trap of sanctions can be taken out one at a time, and nothing else moves."""

import numpy as np
import pytest

from fronde.app.build import build
from fronde.domain.params import defaults
from fronde.domain.state import GROUP_SERIES
from fronde.engine.run import simulate
from fronde.mechanisms.registry import PARAMS
from fronde.scenario.case import load_case

RUNS = 32
LOSS, DEPENDENCE = list(GROUP_SERIES).index("loss"), list(GROUP_SERIES).index("dependence")


@pytest.fixture(scope="module")
def inputs():
    case = load_case("russia-2022")
    return build(case, conditioned=False, steps=case.grid.n_observed + 2)[0]


def run(inputs, **changes):
    n, steps = inputs.n_observed, inputs.days.size
    levers = {name: np.where(np.arange(steps) < n, 1.0, level) for name, level in changes.items()}
    theta = np.tile(defaults(PARAMS), (RUNS, 1))
    return simulate(inputs._replace(**levers), theta, np.arange(RUNS, dtype=np.uint64))


def test_a_switch_acts_on_its_own_term_and_from_its_step_on(inputs):
    n = inputs.n_observed
    base, no_push, no_trap = run(inputs), run(inputs, push=0.0), run(inputs, trap=0.0)
    for other in (no_push, no_trap):
        assert np.array_equal(other.groups[:n], base.groups[:n])
        assert np.array_equal(other.counts[:n], base.counts[:n])
    assert no_push.groups[n, LOSS].sum() < base.groups[n, LOSS].sum()
    assert np.array_equal(no_push.groups[n, DEPENDENCE], base.groups[n, DEPENDENCE])
    assert no_trap.groups[n, DEPENDENCE].sum() < base.groups[n, DEPENDENCE].sum()
    assert np.array_equal(no_trap.groups[n, LOSS], base.groups[n, LOSS])


def test_without_foreign_wealth_and_closure_the_switches_do_nothing(inputs):
    actors = inputs.actors.copy()
    actors[:, 1] = 0.0  # foreign share
    actors[:, 9] = 0.0  # roots abroad
    bare = inputs._replace(actors=actors)
    base = run(bare)
    for name in ("push", "trap"):
        assert np.array_equal(run(bare, **{name: 0.0}).counts, base.counts)
