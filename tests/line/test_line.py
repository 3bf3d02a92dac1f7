"""From evidence to forecast on the small fictional case."""

import json

import numpy as np
import pytest

from fronde.app.forecast import continued, forecast
from fronde.app.recovery import make_truth, recover
from fronde.domain.params import to_values
from fronde.engine.run import simulate
from fronde.forecast.compare import paired
from fronde.inference.smc import Settings
from fronde.mechanisms.registry import NAMES


@pytest.fixture(scope="module")
def result(problem, posterior):
    return forecast(problem, posterior, "test", futures=4, variants=list(problem.case.spec.variants)[:1])


def test_every_history_shows_the_confirmed_acts(problem, posterior):
    histories = problem.histories(posterior.z, posterior.replicates)
    confirmed = np.isinf(problem.inputs.reported_ratio) & (problem.inputs.reported_act >= 0)
    assert confirmed.any()
    for step, i in zip(*np.nonzero(confirmed), strict=True):
        act, group = problem.inputs.reported_act[step, i], problem.case.elite.group[i]
        assert np.all(histories.reported[step, act, group] >= 1)


def test_futures_share_their_history_and_differ_after_it(problem, posterior):
    runs = continued(problem, posterior, 2)
    n = problem.case.grid.n_observed
    assert np.array_equal(runs.counts[:n, :, :, 0::2], runs.counts[:n, :, :, 1::2])
    assert not np.array_equal(runs.counts[n:, :, :, 0::2], runs.counts[n:, :, :, 1::2])


def test_forecast_has_the_keys_that_others_rely_on(result):
    document = result.forecast
    assert set(document) == {
        "case",
        "as_of",
        "horizon_days",
        "issued_at",
        "run",
        "runs",
        "questions",
        "counts",
        "series",
        "assumptions",
        "evidence",
    }
    for question in document["questions"]:
        assert set(question) == {"id", "text", "p", "interval50", "interval90", "base_rate"}
        low, high = question["interval90"]
        assert 0.0 < low <= question["interval50"][0] <= question["interval50"][1] <= high < 1.0
        assert low < high
    for row in document["counts"]:
        assert {"group", "act", "by", "mean", "quantiles", "p_at_least"} <= set(row)
        assert list(row["quantiles"]) == ["0.05", "0.25", "0.5", "0.75", "0.95"]
    json.dumps(document, allow_nan=False)
    json.dumps(result.summary, allow_nan=False)


def test_an_identical_variant_differs_by_exactly_zero(problem, posterior):
    once, again = continued(problem, posterior, 1), continued(problem, posterior, 1)
    for row in paired(once, again, problem.case.grid):
        assert row["mean"] == row["se"] == row["q05"] == row["q95"] == 0.0


def test_one_mechanism_changed_changes_the_result(problem, posterior):
    values = to_values(problem.params, posterior.z)
    before = simulate(problem.inputs, values, posterior.replicates)
    values[:, NAMES.index("speak.policy_base")] += 1.0
    after = simulate(problem.inputs, values, posterior.replicates)
    assert after.weight.sum() != before.weight.sum()


def test_a_world_gives_a_record_of_its_own_acts(case):
    worlds = [make_truth(case, number) for number in range(8)]
    assert any(world is not None and len(world.problem.reports) > 0 for world in worlds)
    for world in worlds:
        if world is not None:
            z = np.repeat(world.z[None, :], 16, axis=0)
            ids = np.repeat(np.arange(16, dtype=np.uint64)[:, None], 8, axis=1)
            histories = world.problem.histories(z, ids)
            assert np.isfinite(histories.weight).all()


@pytest.mark.slow
def test_known_parameters_are_recovered_within_their_intervals(case):
    found = recover(case, 16, Settings(particles=192))
    assert 0.42 < found.covered50.mean() < 0.58
    assert 0.84 < found.covered90.mean() < 0.96
    informed = np.argsort(-found.contraction.mean(axis=0))[:8]
    assert found.covered90[:, informed].mean() > 0.75
