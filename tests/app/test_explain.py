"""`fronde explain`: parts that must vanish vanish, a parameter that matters is found, the document is whole."""

import json

import numpy as np
import pytest

from fronde.app import service
from fronde.app.explain import explainable, paired, sobol
from fronde.app.opening import RequestError

from .conftest import TINYLAND, session

PARTS = {"push", "trap", "together"}


def test_the_parameter_that_makes_the_difference_is_found():
    pytest.importorskip("SALib")
    z = np.random.default_rng(2).normal(size=(2000, 6))
    p = 1.0 / (1.0 + np.exp(-2.0 * z[:, 3] - 0.7 * z[:, 1]))
    rows = sobol([f"x{k}" for k in range(6)], z, p, 1)
    assert [row["name"] for row in rows[:2]] == ["x3", "x1"]
    assert rows[0]["interval90"][0] > 0.5
    assert rows[2]["share"] < 0.1


def test_coins_have_nothing_to_explain_and_fates_everything():
    chance = np.random.default_rng(3)
    assert explainable(chance.random((4000, 16)) < 0.4) < 0.1
    fate = np.repeat(chance.random((4000, 1)) < 0.4, 16, axis=1)
    assert explainable(fate) == 1.0


def test_no_difference_has_no_sign():
    same = np.random.default_rng(4).random((50, 4)) < 0.5
    assert paired(same, same) == {"change": 0.0, "interval90": [0.0, 0.0], "sign": "no sure sign"}
    assert paired(np.ones((50, 4), bool), np.zeros((50, 4), bool))["sign"] == "raises"


def test_an_explanation_has_every_part_and_is_found_again(tmp_path):
    run = service.explain(TINYLAND, None, None, 48, session(tmp_path))
    found = run.document(service.EXPLANATION)
    assert found["questions"]
    for row in found["questions"]:
        assert set(row["sanctions"]) == PARTS
        assert row["base_rate_source"]
        low, high = row["interval90"]
        assert low < row["p"] < high
        assert all(0.0 <= one["p_if_yes"] <= 1.0 for one in row["observations"])
    json.dumps(found, allow_nan=False)
    known = {claim.id for claim in service.open_case(TINYLAND).pack.claims}
    told = {one["id"] for row in found["questions"] for one in row["claims"]}
    assert told | set(found["not_reweighed"]) == known
    assert service.explain(TINYLAND, None, None, 48, session(tmp_path)).id == run.id


def test_an_unknown_question_names_the_known_ones(tmp_path):
    with pytest.raises(RequestError, match="no question"):
        service.explain(TINYLAND, "nonsense", None, 48, session(tmp_path))
