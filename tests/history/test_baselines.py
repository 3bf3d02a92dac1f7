"""Baselines of the tournament against known answers, and a tiny tournament."""

import json

import numpy as np
import pytest

from fronde.app.history import baselines, frail, standings
from fronde.app.history.moments import CASES, Stream, moments, seen, stream
from fronde.app.history.suite import FORECASTERS, Size, joint, play
from fronde.app.released import read_model


def record(counts, size=1000, step=1.0):
    """A stream with so many departures in each step."""
    when = np.repeat((np.arange(len(counts)) + 0.5) * step, counts)
    return Stream("made", step, size, np.arange(when.size), when, len(counts) * step, np.inf, np.array([]))


def test_hawkes_without_excitement_is_poisson():
    made = record([3, 0, 2, 1])
    values = np.array([[np.log(1.5), -50.0, 0.0]])
    at_risk = np.array([1000, 997, 997, 995]) / 1000
    y = np.array([3, 0, 2, 1])
    expected = (y * np.log(1.5 * at_risk) - 1.5 * at_risk).sum()
    assert baselines.hawkes_loglik(values, made)[0] == pytest.approx(expected, abs=1e-9)


def test_hawkes_likelihood_worked_by_hand():
    made = record([2, 1], size=10**9)
    mu, alpha, keep = 0.5, 0.8, 0.25
    values = np.array([[np.log(mu), np.log(alpha / (1 - alpha)), np.log(keep / (1 - keep))]])
    second = mu + alpha * (1 - keep) * 2
    expected = 2 * np.log(mu) - mu + np.log(second) - second
    assert baselines.hawkes_loglik(values, made)[0] == pytest.approx(expected, abs=1e-6)


def test_hawkes_mean_tends_to_its_stationary_rate_and_is_recovered():
    mu, alpha, keep = 1.0, 0.5, 0.5
    truth = np.array([np.log(mu), 0.0, 0.0])
    quiet = record([0], size=10**7)
    made = baselines.run_hawkes(np.tile(truth, (400, 1)), quiet, (200.0,), seed=3)[:, 0]
    assert made.mean() / 200 == pytest.approx(mu / (1 - alpha), rel=0.03)  # hawkes1971: mu / (1 - alpha)
    chance, excited, counts = np.random.default_rng(5), 0.0, []
    for _ in range(600):
        counts.append(int(chance.poisson(mu + alpha * (1 - keep) * excited)))
        excited = keep * excited + counts[-1]
    found = baselines.sample("hawkes", record(counts, size=10**7), (), 2000, seed=1)
    assert np.all(np.abs(found.mean(axis=0) - truth) < 4 * found.std(axis=0) + 0.05)


def test_constant_rate_finds_its_rate_and_forecasts_in_proportion():
    made = record([2] * 100, size=10**6)
    rate = np.exp(baselines.sample("constant", made, (), 2000, seed=1))
    assert rate.mean() == pytest.approx(2e-6, rel=0.1)
    counts = baselines.constant(made, (7.0, 28.0), (), 2000, seed=1)
    assert counts.mean(axis=0) == pytest.approx([14, 56], rel=0.1)
    assert (counts[:, 1] >= counts[:, 0]).all()


def test_survival_with_a_level_alone_is_the_logit_of_the_rate(monkeypatch):
    only_level = (np.zeros(6), np.array([10.0, *[1e-9] * 5]))
    monkeypatch.setitem(baselines.SHAPES, "survival", only_level)
    made = record([5] * 40, size=400)
    mode, _ = baselines.fit_survival(made, baselines.Traits(np.zeros(400), np.zeros((400, 400))), ())
    chance = 200 / sum(400 - 5 * k for k in range(40))
    assert 10.0 * mode[0] == pytest.approx(np.log(chance / (1 - chance)), abs=0.01)


def test_frailty_is_found_where_departures_are_bunched_and_not_where_they_are_even():
    people = baselines.Traits(np.full(200, 0.5), np.zeros((200, 200)))
    streams = [record(counts, size=200) for counts in ([1] * 40, [0] * 19 + [40] + [0] * 20)]
    even, bunched = (frail.lesson(made, people) for made in streams)
    assert even.mean[frail.COEFFICIENTS] < -0.5
    assert bunched.mean[frail.COEFFICIENTS] > 0.5
    widths = []
    for made in streams:
        found, chance = frail.frail(made, people, (7.0, 28.0), (), 500, 1)
        assert (found[:, 1] >= found[:, 0]).all()
        assert ((chance >= 0.0) & (chance <= 1.0)).all()
        widths.append(np.std(np.log1p(found[:, 1])))
    assert widths[1] > widths[0]


@pytest.mark.parametrize("name", CASES)
def test_forecasts_are_dated_by_the_clock_and_see_nothing_later(name):
    whole = stream(name)
    assert whole.when.size > 0
    for moment in moments(name):
        known = seen(whole, moment.at)
        assert (known.when <= moment.at + 1e-9).all()
        assert moment.at + moment.horizons[0] <= whole.end + 1e-9


def test_kendall_and_log_count():
    assert standings.kendall(np.array([0.9, 0.5, 0.1]), np.array([1.0, 2.0, 3.0])) == 1.0
    assert standings.kendall(np.array([0.9, 0.5]), np.array([1.0, 1.0])) is None
    assert standings.log_count(np.zeros(99), 0, 1) == pytest.approx(-np.log(99.5 / 100))


def test_a_tiny_tournament(tmp_path):
    size = Size(64, 2, ("usa-2021", "gdr-1989"), 1)
    rows, taught = play(size, tmp_path)
    again, _ = play(size, tmp_path)
    assert rows == again
    found = standings.table(rows, FORECASTERS)
    assert found["dates"] == 2
    assert set(found["overall"]) == set(FORECASTERS)
    assert all(np.isfinite(found["overall"][f]["log"]["mean"]) for f in FORECASTERS)
    (tmp_path / "model.json").write_bytes(json.dumps(joint(taught, 8)).encode())
    assert read_model(tmp_path / "model.json").z.shape[0] == 8
