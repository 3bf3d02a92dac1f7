"""Posterior files between cases: written, read, and refused where they would count twice or know too much."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from fronde.app.calibrate import case_params
from fronde.app.identity import calibration_key
from fronde.app.pooling import PoolingError, lesson_document
from fronde.domain.params import to_values
from fronde.inference import smc
from fronde.mechanisms.registry import NAMES, PARAMS
from fronde.scenario.case import load_case
from fronde.scenario.model import Pooled

COMMON = next(k for k, param in enumerate(PARAMS) if param.scope == "common")
OWN = next(k for k, param in enumerate(PARAMS) if param.scope == "case")


@pytest.fixture
def case(tinyland):
    return load_case(tinyland)


def leaning(case, power=1.0, name="elsewhere"):
    item = Pooled(case=name, file="taught.json", power=power, because="a test")
    return replace(case, spec=case.spec.model_copy(update={"pooling": (item,)}))


def taught(case, **changes):
    z = np.random.default_rng(1).normal(1.0, 0.3, size=(500, len(PARAMS)))
    content = lesson_document(case, PARAMS, z, {"code": "x"}) | {"as_of": case.spec.as_of.isoformat()} | changes
    (case.folder / "taught.json").write_text(json.dumps(content), encoding="utf-8")


def test_common_parameters_lean_and_those_of_the_case_do_not(case):
    taught(case)
    found = case_params(leaning(case))
    mean, sd = found[COMMON].pooled
    assert 0.5 < mean < 1.0
    assert 0.3 < sd < 1.0
    assert found[OWN].pooled == (0.0, 1.0)
    z = np.zeros((1, len(PARAMS)))
    moved, still = to_values(found, z)[0], to_values(PARAMS, z)[0]
    assert moved[COMMON] != still[COMMON]
    assert moved[OWN] == still[OWN]


def test_power_zero_is_no_pooling(case):
    taught(case)
    for param in case_params(leaning(case, 0.0)):
        assert param.pooled == pytest.approx((0.0, 1.0))


def test_a_posterior_that_knows_more_is_refused(case):
    taught(case, as_of="2999-01-01")
    with pytest.raises(PoolingError, match="knows what was known on 2999-01-01"):
        case_params(leaning(case))


def test_a_posterior_that_leans_itself_is_refused(case):
    taught(case, leaned_on=["third"])
    with pytest.raises(PoolingError, match="count twice"):
        case_params(leaning(case))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"as_of": "2000-01-01"}', '{"as_of": 3, "parameters": []}'])
def test_an_unreadable_posterior_is_one_sentence_with_the_remedy(case, text):
    (case.folder / "taught.json").write_text(text, encoding="utf-8")
    with pytest.raises(PoolingError, match=r"--posterior-to taught\.json"):
        case_params(leaning(case))


def test_another_prior_of_the_same_name_is_not_mixed(case):
    taught(case)
    path = case.folder / "taught.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for row in content["parameters"]:
        if row["name"] == NAMES[COMMON]:
            row["prior"] = "Normal(mean=0.0, sd=99.0) in (0, 1)"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert case_params(leaning(case))[COMMON].pooled == (0.0, 1.0)


def test_other_lessons_are_another_calibration(case):
    taught(case)
    before = calibration_key(leaning(case), "e", smc.Settings())
    taught(case, particles=7)
    assert calibration_key(leaning(case), "e", smc.Settings()) != before
    assert date.fromisoformat(json.loads((case.folder / "taught.json").read_text())["as_of"]) == case.spec.as_of
