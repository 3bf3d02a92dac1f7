"""Base rates: the file that ships, wrong panels, a fit on a synthetic one, and an origin that cannot look ahead."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from fronde.app.panels import OURS, score_panels
from fronde.app.rolling import trailing
from fronde.hazard import case
from fronde.hazard.features import features
from fronde.hazard.fit import fit, roll, spread
from fronde.hazard.model import Release, _parsed, shipped, text_of
from fronde.hazard.panel import OUTCOMES, UNITS, PanelError, panel_folder, read_panel
from fronde.mechanisms.registry import PARAMS

COLUMNS = ("ccode", "year", "tenure_months", "regime_type", "autocracy", "months_since_attempt", "attempts_60m",
           "ln_gdppc_l1", "coup_attempt", "irregular_exit", "leader_exits")  # fmt: skip
WORLD = dict(countries=120, years=range(1950, 1991))


def write(folder: Path, rows: list[dict], name: str = "panel_year_test.csv", columns: tuple = COLUMNS) -> Path:
    folder.mkdir(exist_ok=True)
    with (folder / name).open("w", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def world(seed: int = 3) -> list[dict]:
    """A synthetic world: attempts fall in wealth and are four times as likely under the military."""
    chance = np.random.default_rng(seed)
    rows = []
    for country in range(WORLD["countries"]):
        wealth, military = chance.normal(8.0, 1.0), country % 3 == 0
        for year in WORLD["years"]:
            p = 1 / (1 + math.exp(-(-3.0 + math.log(4) * military - 0.8 * (wealth - 8.0))))
            tried = int(chance.random() < p)
            rows.append({"ccode": country, "year": year, "tenure_months": 30, "autocracy": 1, "attempts_60m": 0,
                         "regime_type": "military" if military else "party-based", "months_since_attempt": 999,
                         "ln_gdppc_l1": f"{wealth:.3f}", "coup_attempt": tried, "irregular_exit": tried,
                         "leader_exits": 2 * tried})  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    return read_panel(write(tmp_path_factory.mktemp("panels"), world()), "year")


def test_what_ships_reads_and_says_where_it_comes_from():
    release = shipped()
    assert {(m.unit, m.outcome) for m in release.models} == {(unit, outcome) for unit in UNITS for outcome in OUTCOMES}
    assert all(m.year_limit == 2015 and 0 < m.recent < 0.3 for m in release.models)
    assert "CC BY-SA" in release.provenance["licence"]
    assert len(release.provenance["files"]) == 5
    assert not any("sanc" in name or "cab_" in name for m in release.models for name in m.columns)


def test_a_release_reads_back_as_written():
    again = _parsed(text_of(shipped()))
    assert again.models == shipped().models


def test_prediction_by_hand(panel):
    model = fit(panel, "coup_attempt", 1980)
    name, (mean, sd, coefficient) = "gdp", model.columns["gdp"]
    lone = type(model)("year", "coup_attempt", 1979, 1, 1, 0.1, -2.0, {name: (mean, sd, coefficient)})
    x = features(panel)["gdp"]
    expected = 1 / (1 + np.exp(-(-2.0 + coefficient * (x - mean) / sd)))
    np.testing.assert_allclose(lone.predict(panel), expected)


def test_fit_finds_what_made_the_world(panel):
    p, y = fit(panel, "coup_attempt", 1991).predict(panel), panel.outcome("coup_attempt")
    military = panel.texts["regime_type"] == "military"
    odds = [float(np.mean(p[rows] / (1 - p[rows]))) for rows in (military, ~military)]
    assert 2.5 < odds[0] / odds[1] < 6.0
    assert np.corrcoef(p, panel.column("ln_gdppc_l1"))[0, 1] < -0.4
    assert p.mean() == pytest.approx(y.mean(), rel=0.2)


def test_rolling_origin_reads_nothing_later(panel, tmp_path):
    rows = world()
    for row in rows:
        if row["year"] > 1980:
            row |= {"coup_attempt": 1 - row["coup_attempt"], "ln_gdppc_l1": 12.0, "regime_type": "monarchy"}
    tempted = read_panel(write(tmp_path / "tempted", rows), "year")
    early = panel.column("year") <= 1980
    np.testing.assert_array_equal(roll(tempted, "coup_attempt")[early], roll(panel, "coup_attempt")[early])
    np.testing.assert_array_equal(trailing(tempted, "coup_attempt")[early], trailing(panel, "coup_attempt")[early])
    last = panel.column("year") == 1980
    assert (roll(tempted, "coup_attempt") != roll(panel, "coup_attempt"))[panel.column("year") > 1981].any()
    flipped = [row | {"coup_attempt": 1} if row["year"] == 1980 else row for row in world()]
    now = read_panel(write(tmp_path / "now", flipped), "year")
    np.testing.assert_array_equal(roll(now, "coup_attempt")[last], roll(panel, "coup_attempt")[last])


def test_missing_columns_count_as_the_mean(panel):
    p = shipped().find("year", "coup_attempt").predict(panel)
    assert np.isfinite(p).all()
    assert ((p > 0) & (p < 1)).all()


def test_panels_are_scored_frozen_and_beside_the_published(tmp_path):
    folder = write(tmp_path / "sealed", world())
    rows = [{"who": "Somebody", "outcome": "coup_attempt", "ccode": c, "year": 1990, "p": 0.05} for c in range(60)]
    write(folder, rows, "forecasts_somebody.csv", ("who", "outcome", "ccode", "year", "p"))
    tables = score_panels(folder, tmp_path / "frozen.jsonl", Release({}, shipped().models))
    by_rows = {(t["outcome"], t["rows"]): t for t in tables}
    assert by_rows["coup_attempt", "all"]["lines"][0]["n"] == len(world())
    compared = by_rows["coup_attempt", "rows of Somebody"]
    assert [line["forecaster"] for line in compared["lines"]][:2] == [OURS, "Somebody"]
    assert {line["n"] for line in compared["lines"]} == {60}
    assert len((tmp_path / "frozen.jsonl").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [({"ln_gdppc_l1": "rich"}, "panel_year_test.csv:2: ln_gdppc_l1 is 'rich'"), ({"year": ""}, "year is empty")],
)
def test_wrong_cells_are_named(tmp_path, change, says):
    rows = world()[:3]
    rows[0] |= change
    with pytest.raises(PanelError, match=says):
        read_panel(write(tmp_path, rows), "year")


def test_two_rows_of_one_year_are_refused(tmp_path):
    rows = world()[:3]
    with pytest.raises(PanelError, match="two rows for"):
        read_panel(write(tmp_path, [*rows, rows[0]]), "year")


def test_no_folder_is_said_kindly(monkeypatch):
    monkeypatch.delenv("FRONDE_PANELS", raising=False)
    with pytest.raises(PanelError, match="FRONDE_PANELS"):
        panel_folder()


def test_base_rate_of_a_case_follows_what_is_known():
    calm = case.base_rates(2010, "personalist", 16.0, {"polyarchy_l1": 0.3})
    shaken = case.base_rates(2010, "personalist", 0.5, {"polyarchy_l1": 0.3, "months_since_attempt": 6.0})
    assert 0.002 < calm["attempt"]["annual"] < shaken["attempt"]["annual"] < 0.6
    assert case.base_rates(2010, "other", 3.0, {"regime_type": "parliamentary"})["removed"]["outcome"] == "leader_exit"
    assert case.within(0.19, 365.25) == pytest.approx(0.19)
    assert case.within(0.19, 730.5) == pytest.approx(1 - 0.81**2)


def test_a_base_rate_has_an_interval_from_resampled_countries():
    for country in ({}, {"polyarchy_l1": 0.3, "months_since_attempt": 6.0}):
        for rate in case.base_rates(2010, "personalist", 16.0, country).values():
            low, high = rate["annual90"]
            assert 0.0 < low < rate["annual"] < high < 1.0
            assert 1.2 < high / low < 10.0


def test_resampled_countries_move_the_line_about_the_fitted_one(panel):
    found = spread(panel, "coup_attempt", 1991, fit(panel, "coup_attempt", 1991), 8)
    chances = found.interval(panel, 0.9)
    assert chances.shape == (2, panel.size)
    inside = (chances[0] <= found.predict(panel)) & (found.predict(panel) <= chances[1])
    assert inside.mean() > 0.6
    assert len({line[0] for line in found.spread}) == 8


def test_a_multiplier_is_the_ratio_of_hazards_where_runs_can_tell():
    year = case.multiplier(1 - math.exp(-0.2), 1 - math.exp(-0.1), case.DAYS_PER_YEAR, 100_000)
    assert year["multiplier"] == pytest.approx(2.0, abs=1e-3)
    assert year["resolved"]
    assert not year["at_bound"]


@pytest.mark.parametrize(("hits", "most"), [(0, 1.0), (1, 2.0), (3, 4.0)])
def test_no_run_of_an_hour_makes_a_factor_of_hundreds(hits, most):
    """One run in 400 within 12 hours at 1 % a year: the plain ratio would be 183."""
    found = case.multiplier(hits / 400, 0.01, 0.5, 400)
    assert most - 0.05 <= found["multiplier"] <= most + 0.05
    assert not found["resolved"]


def test_a_multiplier_stops_at_the_bound_of_the_mechanisms():
    cap = next(param for param in PARAMS if param.name == "plot.cap")
    assert cap.bounds[1] == case.MOST
    for p, wanted in ((0.9, case.MOST), (0.0, 1 / case.MOST)):
        found = case.multiplier(p, 0.05, 365.0, 10_000)
        assert (found["multiplier"], found["at_bound"]) == (wanted, True)
