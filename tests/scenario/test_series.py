"""Grid, the filter by date, and the observed paths, against points worked by hand."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.scenario.case import load_case
from fronde.scenario.rows import SeriesRow
from fronde.scenario.series import fortunes_at, known, make_grid, make_paths

from .conftest import FIXTURES

START = date(2021, 3, 9)


def row(name, subject, day, value, known_at=None):
    when = START + timedelta(days=day)
    return SeriesRow(name, subject, when, value, "", known_at or when, "fiction", "f", 1)


def paths(rows, ids=("a", "b"), observed=28):
    grid = make_grid(START + timedelta(days=1), START + timedelta(days=observed), 28, 7)
    return make_paths(rows, grid, ids)


@given(st.integers(1, 900), st.integers(1, 30), st.integers(1, 60))
def test_as_of_is_on_the_grid(observed, step, steps):
    grid = make_grid(START + timedelta(days=1), START + timedelta(days=observed), steps * step, step)
    assert grid.edges[0] == START
    assert grid.edges[grid.n_observed] == START + timedelta(days=observed)
    assert grid.edges[-1] == grid.end == START + timedelta(days=observed + steps * step)
    assert (grid.days > 0).all()
    assert (grid.days <= step).all()
    assert (grid.days[1:] == step).all()
    assert np.array_equal(np.diff(grid.times), grid.days)
    assert grid.n_steps == grid.n_observed + steps


def test_grid_of_the_russian_dates():
    grid = make_grid(date(2022, 2, 24), date(2022, 4, 30), 182, 7)
    assert (grid.start, grid.n_observed, grid.n_steps) == (date(2022, 2, 23), 10, 36)
    assert grid.days[:2].tolist() == [3.0, 7.0]  # 66 days observed = 3 + 9 * 7
    assert grid.end == date(2022, 10, 29)


def test_known_keeps_what_was_known_on_the_day_itself():
    rows = [row("x", "s", 1, 1.0), row("x", "s", 2, 1.0), row("x", "s", 3, 1.0)]
    assert known(rows, START + timedelta(days=2)) == rows[:2]


def test_market_and_battlefield():
    found = paths([row("market", "m", -3, 100.0), row("market", "m", 10, 50.0), row("battlefield", "m", 8, -1.0)])
    assert found.market.tolist() == [0.0, 0.0, math.log(0.5), math.log(0.5), math.log(0.5)]
    assert found.battlefield.tolist() == [0.0, 0.0, -1.0, -1.0, -1.0]


def test_without_series_paths_are_flat():
    found = paths([])
    assert not found.market.any()
    assert not found.battlefield.any()
    assert not found.fortune.any()
    assert not found.has_market
    assert not found.has_fortune.any()
    assert np.isinf(found.designation).all()


def test_fortune_between_listings_spreads_what_the_market_does_not_explain():
    rows = [row("market", "m", 0, 100.0), row("market", "m", 14, 50.0)]
    rows += [row("fortune", "a", 0, 8.0), row("fortune", "a", 28, 2.0)]  # the market explains half of ln 1/4
    found = paths(rows)
    half = math.log(0.5)
    np.testing.assert_allclose(found.fortune[0], [0, half / 4, half * 1.5, half * 1.75, 2 * half], atol=1e-12)
    assert found.has_fortune.tolist() == [True, False]
    assert found.fortune[1].tolist() == found.market.tolist()  # nobody listed b: it follows the market


def test_fortune_outside_listings_follows_the_market():
    rows = [row("market", "m", 0, 100.0), row("market", "m", 7, 50.0), row("market", "m", 14, 25.0)]
    rows += [row("fortune", "a", 8, 4.0)]
    assert fortunes_at(rows, START) == {"a": pytest.approx(8.0)}
    np.testing.assert_allclose(paths(rows).fortune[0], np.log([1, 0.5, 0.25, 0.25, 0.25]), atol=1e-12)


def test_a_fortune_of_nothing_has_a_logarithm():
    assert np.isfinite(paths([row("fortune", "a", 0, 5.0), row("fortune", "a", 20, 0.0)]).fortune).all()


def test_the_last_vintage_counts():
    late = START + timedelta(days=20)
    rows = [row("market", "m", 0, 100.0), row("market", "m", 7, 80.0), row("market", "m", 7, 60.0, late)]
    assert paths(rows).market[1] == pytest.approx(math.log(0.6))
    assert paths(known(rows, START + timedelta(days=19))).market[1] == pytest.approx(math.log(0.8))


def test_designation_is_the_first_day_and_may_lie_before_the_start():
    rows = [row("designation", "a", 12, 1.0), row("designation", "a", 5, 1.0), row("designation", "b", -300, 1.0)]
    assert paths(rows, ("a", "b", "c")).designation.tolist() == [5.0, -300.0, math.inf]


def test_paths_of_a_case():
    case = load_case(FIXTURES / "tinyland")
    assert case.grid.n_observed == 8
    assert case.paths.fortune.shape == (14, 9)
    assert case.paths.designation[0] == 11.0
    assert case.paths.market[-1] == pytest.approx(math.log(0.8))
