"""Freeze first, look afterwards: scorecards of a case, of a folder, of a rolling origin; resolving questions."""

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from fronde.app import freezing, questions, released, scorecard, scoring
from fronde.app.backtest import backtest
from fronde.app.frozen import read_frozen
from fronde.app.opening import RequestError, open_case
from fronde.app.outcomes import later
from fronde.app.rolled import origins
from fronde.mechanisms.registry import NAMES
from fronde.scenario.case import SHIPPED, load_case

from .conftest import session
from .test_future import PLANTED, plant

CASE = "valdria"
SMALL = 48


@pytest.fixture
def case(tmp_path):
    return Path(shutil.copytree(SHIPPED / CASE, tmp_path / "cases" / CASE))


def edit(case, old, new):
    text = (case / "case.yaml").read_text()
    assert old in text
    (case / "case.yaml").write_text(text.replace(old, new, 1))


def resolved(case):
    questions.resolve(case, "regent_falls", "no", date(2019, 11, 9), "invented")
    questions.resolve(case, "closure_by_harbour_day", "no", date(2019, 6, 2), "invented")


def test_scorecard_of_a_case_just_made(case, tmp_path):
    resolved(case)
    runs = session(tmp_path / "runs")
    card = scoring.score_case(case, freezing.how(particles=SMALL), runs)
    said = {(row["id"], row["forecaster"]): row for row in card["items"]}
    ours = said["regent_falls", scorecard.OURS]
    assert ours["outcome"] is False
    assert ours["brier"] == pytest.approx(ours["p"] ** 2)
    assert said["regent_falls", scorecard.HAZARD]["p"] < 0.1
    assert said["two_houses_leave", scorecard.OURS]["state"] == "open"
    logs = [row["log"] for row in card["items"] if row["log"] is not None]
    assert logs == sorted(logs, reverse=True)
    assert {line["forecaster"] for line in card["forecasters"]} >= {scorecard.OURS, scorecard.BASE, scorecard.COIN}
    again = scorecard.scorecard(case, runs.runs)
    assert again["items"] == card["items"]
    assert [line["sha256"] for line in again["cases"][0]["frozen"]] == [ours["sha256"]]
    json.dumps(card, allow_nan=False)


def test_a_question_changed_after_freezing_is_void(case, tmp_path):
    resolved(case)
    runs = session(tmp_path / "runs")
    scoring.score_case(case, freezing.how(particles=SMALL), runs)
    edit(case, "id: regent_falls,", "id: regent_falls, rule: Yes if he is gone more or less,")
    rows = scorecard.scorecard(case, runs.runs)["items"]
    assert {row["state"] for row in rows if row["id"] == "regent_falls"} == {"void"}


def test_later_rows_change_no_frozen_forecast(case, tmp_path):
    """The planted rows, and outcomes, become known after as_of; what is frozen is the same to the last digit."""
    honest = freezing.freeze_forecast(open_case(case), freezing.how(particles=SMALL), session(tmp_path / "honest"))
    for table in PLANTED:
        plant(case, table)
    resolved(case)
    tempted = freezing.freeze_forecast(open_case(case), freezing.how(particles=SMALL), session(tmp_path / "tempted"))
    assert tempted.content == honest.content


def test_the_rolling_origin_freezes_each_date_as_if_nothing_came_later(case, tmp_path):
    """Rows of the future in every table, and outcomes, move no frozen forecast; the ledger is not computed again."""
    small = freezing.how(particles=SMALL)
    honest = backtest([SHIPPED / CASE], small, session(tmp_path / "honest"), 2)
    for table in PLANTED:
        plant(case, table)
    resolved(case)
    runs = session(tmp_path / "tempted")
    card = backtest([case], small, runs, 2)
    lines = {name: read_frozen(tmp_path / name / "frozen.jsonl") for name in ("honest", "tempted")}
    assert [line.content for line in lines["tempted"]] == [line.content for line in lines["honest"]]
    assert [line.content["as_of"] for line in lines["tempted"]] == origins(load_case(case), 2)
    assert honest["resolved"] < card["resolved"]
    before = (tmp_path / "tempted" / "frozen.jsonl").read_bytes()
    assert backtest([case], small, runs, 2)["items"] == card["items"]
    assert (tmp_path / "tempted" / "frozen.jsonl").read_bytes() == before


def test_outcomes_need_a_frozen_forecast_of_the_case(case, tmp_path):
    line = freezing.freeze_forecast(open_case(case), freezing.how("prior"), session(tmp_path / "runs"))
    other = Path(shutil.copytree(case, tmp_path / "other"))
    with pytest.raises(ValueError, match="not of 'other'"):
        later(load_case(other), line, date(2020, 1, 1))


def test_counts_and_dates_come_from_a_complete_record(case, tmp_path):
    edit(case, "as_of: 2019-05-11", "as_of: 2019-04-13\nrecord_until: 2019-05-11")
    edit(case, "horizon: 26 weeks", "horizon: 31 weeks")
    card = scoring.score_case(case, freezing.how("prior"), session(tmp_path / "runs"))
    with (case / "evidence" / "events.csv").open() as stream:
        days = [row["date_low"] for row in csv.DictReader(stream) if row["event_class"] == "resign"]
    expected = sum("2019-04-13" < day <= "2019-05-11" for day in days)
    seen = {row["observed"] for row in card["counts"] if (row["group"], row["act"]) == ("all", "resign")}
    assert seen == {float(expected)}
    assert card["coverage"]["n"] == len(card["counts"]) > 0
    assert {row["event"] for row in card["dates"]} >= {"declare", "mobilise"}
    assert all(row["crps"] >= 0.0 for row in card["dates"])


def test_folder_with_a_released_model(case, tmp_path):
    resolved(case)
    runs = session(tmp_path / "runs")
    line = freezing.freeze_forecast(open_case(case), freezing.how(particles=SMALL), runs)
    target = released.release(tmp_path / "runs" / line.content["run"], tmp_path / "model.json", 16)
    found = released.read_model(target)
    assert found.z.shape[0] == 16
    card = scoring.score_folder(case.parent, freezing.how(target), runs)
    assert card["cases"][0]["frozen"][0]["forecaster"] == "Fronde, frozen model"
    assert card["resolved"] == 3
    with pytest.raises(RequestError, match="no released model"):
        released.read_model(case / "case.yaml")


def test_wrong_cases_are_named_and_the_others_scored(case, tmp_path):
    resolved(case)
    broken = Path(shutil.copytree(case, case.parent / "broken"))
    edit(broken, "id: regent_falls,", "id: regent_falls, groups: [houses], ")
    bad = Path(shutil.copytree(case, case.parent / "bad"))
    with (bad / "evidence" / "resolutions.csv").open("a") as stream:
        stream.write("r-x,a,2019-06-02,accepted,2019-06-02,,,,two_houses_leave,x,maybe,no,2019-06-02,,x\n")
    runs = session(tmp_path / "runs")
    card = scoring.score_folder(case.parent, freezing.how("prior"), runs)
    assert [row["case"] for row in card["refused"]] == ["bad", "broken"]
    assert "`maybe` is not one of" in card["refused"][0]["problems"][0]
    assert "case.yaml:" in card["refused"][1]["problems"][0]
    assert [row["case"] for row in card["cases"]] == [CASE]
    before = (tmp_path / "runs" / "frozen.jsonl").read_bytes()
    assert scoring.score_folder(case.parent, freezing.how("prior"), runs)["items"] == card["items"]
    assert (tmp_path / "runs" / "frozen.jsonl").read_bytes() == before


def test_parameters_of_a_released_model_are_not_refitted(case):
    from fronde.app.calibrate import prepare

    problem = prepare(load_case(case))
    taught = released.Model("t", np.random.default_rng(0).standard_normal((4, len(NAMES))), frozenset({"leave.base"}))
    own = released.own_effects(taught, problem)
    assert {name for name, mine in zip(NAMES, own, strict=True) if mine} == {"leave.base", *problem.case.spec.params}
    z = released.draws_for(taught, problem, 8)
    found = released.conditioned(problem, z, own).z
    assert np.array_equal(found[:, ~own], z[:, ~own])
    assert np.array_equal(np.unique(found[:, ~own], axis=0), np.unique(taught.z[:, ~own], axis=0))
    assert not np.allclose(found[:, own], z[:, own])


def test_empty_folder_says_what_was_expected(tmp_path):
    with pytest.raises(RequestError, match="holds no case"):
        scoring.score_folder(tmp_path, freezing.how("prior"), session(tmp_path / "runs"))


def test_resolving_is_checked_and_written_once(case):
    before = (case / "evidence" / "resolutions.csv").read_bytes()
    for name, answer, on, basis, says in (
        ("regent_fals", "no", date(2019, 11, 9), "x", "regent_falls"),
        ("regent_falls", "no", date(2019, 11, 1), "x", "may still come"),
        ("regent_falls", "no", date(2999, 1, 1), "x", "still to come"),
        ("regent_falls", "no", date(2019, 11, 9), " ", "basis is empty"),
        ("f-V11", "no", date(2019, 11, 9), "x", "rule that was written before"),
        ("f-V10", "yes", date(2019, 6, 2), "x", "rule"),
    ):
        with pytest.raises(RequestError, match=says):
            questions.resolve(case, name, answer, on, basis)
    with pytest.raises(RequestError, match="already resolves f-V10"):
        questions.resolve(case, "f-V10", "yes", date(2019, 6, 2), "x", rule="as written")
    assert (case / "evidence" / "resolutions.csv").read_bytes() == before
    row = questions.resolve(case, "regent_falls", "yes", date(2019, 7, 1), "=invented, with a comma")
    assert (row["state"], row["resolved_at"]) == ("yes", "2019-07-01")
    assert row["rule"].startswith("Yes if the record of accepted events holds `removed`")
    with pytest.raises(RequestError, match="what is resolved stays"):
        questions.resolve(case, "regent_falls", "no", date(2019, 11, 9), "second thoughts")


def test_a_resolution_is_known_only_from_its_day(case):
    resolved(case)
    states = {row["id"]: row["state"] for row in questions.listed(case, date(2019, 6, 1))}
    assert states["regent_falls"] == "open"


def test_a_country_block_sets_the_base_rate_of_attempts_and_nothing_else(case):
    from fronde.app.calibrate import ATTEMPT_RATE, case_params

    before = {param.name: param for param in case_params(load_case(case))}
    edit(case, "\ngroups:", "\ncountry: {polyarchy_l1: 0.2, months_since_attempt: 30, source: invented}\n\ngroups:")
    after = {param.name: param for param in case_params(load_case(case))}
    moved = [name for name in before if before[name] != after[name]]
    assert moved == [ATTEMPT_RATE]
    assert 0.02 < after[ATTEMPT_RATE].default < 0.5
