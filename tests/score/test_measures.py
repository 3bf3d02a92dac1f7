"""Scores against values by hand, their own readable forms, and two packages that are not ours."""

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st
from sklearn import linear_model, metrics

from fronde.score import discrimination as d
from fronde.score import measures as m
from fronde.score.resample import cluster_draws, interval

CHANCE = np.random.default_rng(7)
P = np.round(CHANCE.beta(0.6, 3.0, 400), 2)  # rounded, so that there are ties
Y = (CHANCE.random(400) < P).astype(float)


def test_by_hand():
    assert m.brier([0.675], [0])[0] == pytest.approx(0.455625)  # "likely" for a thing that did not come
    assert m.log_score([0.675], [0])[0] == pytest.approx(1.1239, abs=1e-4)
    assert m.log_score([0.0], [1])[0] == np.inf
    assert m.crps_sample([2.0], 5.0) == 3.0
    assert m.crps_sample([0.0, 1.0], 0.0) == pytest.approx(0.25)


def test_against_other_packages():
    np.testing.assert_allclose(m.brier(P, Y), scoringrules.brier_score(Y, P))
    np.testing.assert_allclose(m.log_score(P[P > 0], Y[P > 0]), scoringrules.log_score(Y[P > 0], P[P > 0]), rtol=1e-12)
    draws = CHANCE.poisson(4.0, 300).astype(float)
    assert m.crps_sample(draws, 6.0) == pytest.approx(float(scoringrules.crps_ensemble(6.0, draws)))
    assert d.auc(P, Y) == pytest.approx(metrics.roc_auc_score(Y, P))
    assert d.average_precision(P, Y) == pytest.approx(metrics.average_precision_score(Y, P))
    inside = (P > 0) & (P < 1)
    x = np.log(P[inside] / (1 - P[inside]))
    line = linear_model.LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(x[:, None], Y[inside])
    assert d.calibration_line(P[inside], Y[inside]) == pytest.approx((line.intercept_[0], line.coef_[0, 0]), abs=1e-4)


def test_dense_quantiles_come_to_the_sample():
    draws = CHANCE.normal(3.0, 2.0, 4000)
    levels = np.linspace(0.0005, 0.9995, 1000)
    assert m.crps_quantiles(levels, np.quantile(draws, levels), 1.0) == pytest.approx(
        m.crps_sample(draws, 1.0), abs=2e-3
    )


def test_a_date_is_a_sample_of_dates():
    days = np.arange(1.0, 101.0)
    draws = CHANCE.uniform(0.0, 100.0, 20000)
    for came in (0.0, 30.5, 99.0):
        found = m.crps_date(days, days / 100.0, came)
        assert found == pytest.approx(m.crps_sample(draws, came), abs=0.5)
    assert m.crps_date(days, days / 100.0, None) == pytest.approx(100.0 / 3.0)
    assert m.crps_date(days, np.zeros(100), None) == 0.0
    assert m.crps_date(days, np.zeros(100), 40.0) == 60.0


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_proper(truth, said):
    """Nobody gains in expectation by saying anything but what he believes."""
    for score in (m.brier, m.log_score):
        expected = [truth * score([p], [1])[0] + (1 - truth) * score([p], [0])[0] for p in (truth, said)]
        assert expected[0] <= expected[1] + 1e-12


@pytest.mark.parametrize(
    ("p", "y", "says"),
    [([np.nan], [1], "finite"), ([1.2], [1], "outside"), ([0.5], [0.5], "other than"), ([0.5, 0.5], [1], "shape")],
)
def test_refused(p, y, says):
    with pytest.raises(ValueError, match=says):
        m.brier(p, y)


def test_parts_of_the_brier_score_add_up():
    for equal_numbers in (False, True):
        parts = d.murphy(P, Y, equal_numbers=equal_numbers)
        total = parts["reliability"] - parts["resolution"] + parts["uncertainty"] + parts["within"]
        assert total == pytest.approx(m.brier(P, Y).mean())
        assert min(parts["reliability"], parts["resolution"], parts["uncertainty"]) >= 0.0
    grid = np.round(P, 1)
    assert d.murphy(np.clip(grid, 0.05, 0.95), Y, bins=10)["within"] == pytest.approx(0.0, abs=2e-3)


def test_counts_of_the_bins():
    rows = d.reliability(P, Y)
    assert sum(row["n"] for row in rows) == P.size
    assert sum(row["came"] for row in rows) == Y.sum()
    assert all(row["low"] <= row["observed"] <= row["high"] for row in rows)


def test_top_recall_shares_ties():
    assert d.top_recall([0.9] + [0.1] * 9, [1] + [0] * 9) == 1.0
    assert d.top_recall([0.5] * 10, [1] + [0] * 9) == pytest.approx(0.1)
    assert d.top_recall([0.5], [0]) is None


def test_no_line_where_there_is_none():
    assert d.calibration_line([0.1, 0.2, 0.8], [0, 0, 1]) is None
    assert d.calibration_line([0.1, 0.2], [0, 0]) is None


def test_bootstrap_draws_whole_clusters():
    clusters = np.repeat(np.arange(50), 8)
    draws = cluster_draws(clusters, 200, seed=1)
    assert all((np.bincount(clusters[rows], minlength=50) % 8 == 0).all() for rows in draws)
    found = interval(lambda rows: float(Y[rows].mean()), draws)
    assert found is not None
    assert found[0] < Y.mean() < found[1]
    assert cluster_draws(clusters, 2, seed=1)[1].tolist() == draws[1].tolist()
