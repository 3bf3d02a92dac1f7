"""The scorecard: order, paired gains on common statements only, coverage of counts."""

import math

import pytest

from fronde.score.card import card, count_row
from fronde.score.table import lines_of


def item(case, name, forecaster, p, outcome):
    state = "open" if outcome is None else "yes" if outcome else "no"
    where = {"case": case, "id": name, "as_of": "2020-01-01", "by": "2020-02-01"}
    return {"kind": "question", **where, "p": p, "forecaster": forecaster, "outcome": outcome, "state": state}


ITEMS = [
    item("a", "q1", "Fronde", 0.2, True),
    item("a", "q1", "coin", 0.5, True),
    item("a", "q2", "Fronde", 0.9, True),
    item("b", "q1", "coin", 0.5, False),
    item("b", "q2", "Fronde", 0.4, None),
]


def test_misses_first_and_open_last():
    found = card(ITEMS)
    assert [row["p"] for row in found["items"]] == [0.2, 0.5, 0.5, 0.9, 0.4]
    assert (found["resolved"], found["open"]) == (3, 1)
    assert found["coverage"] is None


def test_gain_is_on_what_both_answered():
    (gain,) = card(ITEMS)["against"]
    assert (gain["other"], gain["n"]) == ("coin", 1)
    assert gain["gain"] == pytest.approx(math.log(2) - math.log(5))


def test_certainty_that_fails_costs_much_but_not_everything():
    assert card([item("a", "q", "x", 0.0, True)])["items"][0]["log"] == pytest.approx(9 * math.log(10))


def test_counts():
    row = {"group": "g", "act": "leave", "by": "2020-02-01", "mean": 2.0,
           "quantiles": {"0.05": 0, "0.25": 1, "0.5": 2, "0.75": 3, "0.95": 5}}  # fmt: skip
    inside, outside = count_row(row, 2.0), count_row(row, 9.0)
    assert (inside["in50"], inside["in90"], outside["in90"]) == (True, True, False)
    assert inside["crps"] < outside["crps"]
    assert card([], [inside, outside])["coverage"]["in90"] == 0.5
    assert card([], [inside, outside])["counts"][0]["observed"] == 9.0


def test_rows_of_countries():
    y = [0, 0, 1, 0, 0, 1, 0, 0, 0, 1]
    said = {"sharp": [0.1, 0.1, 0.8, 0.2, 0.1, 0.7, 0.3, 0.1, 0.2, 0.25], "flat": [0.3] * 10}
    sharp, flat = lines_of(said, y, list("aabbccddee"), draws=50)
    assert sharp["log"] < flat["log"]
    assert flat["first_gains"] == pytest.approx(flat["log"] - sharp["log"])
    assert flat["slope"] is None
    assert flat["ap"] == pytest.approx(0.3)
