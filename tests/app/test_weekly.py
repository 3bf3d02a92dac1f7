"""Week by week: the last week agrees with one calibration on everything, within the error that is stated."""

import json
from itertools import pairwise

import pytest

from fronde.app import service
from fronde.app.additions import WEEKLY, weekly_of, whole_summary
from fronde.app.opening import open_case
from fronde.app.weekly import dates_of, news
from fronde.charts.weekly import weekly_chart

from .conftest import session


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    run = service.weekly("valdria", None, 128, 3, True, session(tmp_path_factory.mktemp("weekly")))
    return run.document(WEEKLY)


def test_sequential_agrees_with_batch(found):
    batch = found["batch"]
    assert batch["z_rms"] < 1.6
    for name, both in batch["p"].items():
        assert abs(both["sequential"] - both["batch"]) < 0.02 + 5.0 * both["se"], name


def test_every_week_says_how_healthy_it_was_and_what_became_known(found):
    assert len(found["weeks"]) == 4
    assert found["weeks"][0]["bridge_steps"] is None
    for week in found["weeks"]:
        assert 0.0 < week["effective"] <= 1.0
        assert set(week["p"]) == {item["id"] for item in found["questions"]}
    for week in found["weeks"][1:]:
        assert week["carried"] >= 0.5
        for item in week["news"]:
            assert item["new"]
    json.dumps(found, allow_nan=False)


def test_the_chart_has_a_panel_for_each_question(found):
    chart = weekly_chart(found)
    assert len(chart.panels) == len(found["questions"])
    assert len(chart.rows) == len(found["questions"]) * len(found["weeks"])


def test_dates_are_a_week_apart_and_end_at_the_case_s_own():
    opened = open_case("valdria")
    days = dates_of(opened, None)
    assert days[-1] == opened.case.spec.as_of
    assert days[0] > opened.case.spec.start
    assert {(b - a).days for a, b in pairwise(days)} == {7}


def test_news_is_what_the_older_pack_lacks():
    pack = open_case("valdria").pack
    assert news(pack, pack) == {}
    assert news(None, pack)


def test_updates_lie_beside_the_forecast_of_their_own_date_only(tmp_path):
    own = session(tmp_path)
    run = service.forecast("valdria", session=own, particles=64, futures=1)
    early = service.forecast("valdria", "2019-04-06", session=own, particles=64, futures=1)
    assert weekly_of(run) is None
    done = service.weekly("valdria", None, 64, 1, False, own)
    assert weekly_of(run) == done.document(WEEKLY)
    assert weekly_of(early) is None, "nothing that became known later stands beside a forecast"
    (path,) = service.report(run.folder)
    assert 'id="moved"' in path.read_text(encoding="utf-8")
    assert whole_summary(run)["weekly"] == done.document(WEEKLY)
    assert "weekly" not in whole_summary(early)
