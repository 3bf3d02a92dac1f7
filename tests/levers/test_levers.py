"""Levers on a calibrated run: legal settings, paired with the baseline, the same as a variant of the case."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from fronde.app import levers, service
from fronde.app.opening import RequestError
from fronde.app.store import RunError
from fronde.app.work import Session
from fronde.domain.state import WORLD_FIELDS
from fronde.scenario.problems import CaseError


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> levers.Workbench:
    runs = tmp_path_factory.mktemp("runs")
    run = service.calibrate("valdria", particles=48, futures=2, session=Session(runs, threads=1))
    return levers.workbench(run.folder, runs=24)


def test_neutral_levers_are_the_baseline_itself(bench: levers.Workbench) -> None:
    neutral = {lever.name: lever.neutral for lever in levers.LEVERS}
    assert bench.under(neutral) is bench.baseline


def test_settings_do_what_the_same_variant_of_the_case_does(bench: levers.Workbench) -> None:
    ours = bench.under({"from": "2019-05-25", "sanctions": 0.0})
    theirs = bench.under({"variant": "sanctions_lifted"})
    assert np.array_equal(ours.counts, theirs.counts)
    assert not np.array_equal(ours.series, bench.baseline.series)


def test_nothing_before_the_day_changes(bench: levers.Workbench) -> None:
    day = date(2019, 8, 1)
    found = bench.under({"from": day.isoformat(), "sanctions": 2.0, "options": ["crackdown"]})
    grid = bench.problem.case.grid
    step = sum(edge < day for edge in grid.edges[1:])
    assert np.array_equal(found.series[:step], bench.baseline.series[:step])
    assert not np.array_equal(found.series[step:], bench.baseline.series[step:])


def test_a_picture_has_every_scenario_and_pairs_differences(bench: levers.Workbench) -> None:
    found = levers.picture(bench, {"mild": {"sanctions": 0.5}, "hard": {"options": ["crackdown"]}})
    shown = {row["scenario"] for panel in found["fan"]["panels"] for row in panel["data"]["values"]}
    assert shown == {"baseline", "mild", "hard"}
    assert {row["scenario"] for row in found["rows"]} == {"mild", "hard"}
    leave = next(row for row in found["rows"] if row["quantity"] == "leave" and row["scenario"] == "mild")
    assert leave["mean"] == pytest.approx(leave["variant"] - leave["baseline"])


def test_settings_as_yaml_are_legal_variants(bench: levers.Workbench) -> None:
    from fronde.scenario.model import Variant

    text = levers.as_yaml({'say "x": y': {"sanctions": 0.5, "options": ["limit"]}}, bench)
    block = YAML(typ="safe").load(text)["variants"]["levers_0"]
    assert block["title"] == 'say "x": y'
    assert len(Variant.model_validate({**block, "actions": tuple(block["actions"])}).actions) == 2


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"sanction": 1.0}, "did you mean"),
        ({"sanctions": 3.0}, "expected 0 to 2"),
        ({"sanctions": True}, "expected 0 to 2"),
        ({"sanctions": float("nan")}, "expected 0 to 2"),
        ({"from": "2019-05-11"}, "within the forecast"),
        ({"from": "tomorrow"}, "YYYY-MM-DD"),
        ({"options": ["abdicate"]}, "unknown option"),
        ({"variant": "nothing"}, "unknown variant"),
    ],
)
def test_illegal_settings_are_refused(bench: levers.Workbench, settings: dict, words: str) -> None:
    with pytest.raises(RequestError, match=words):
        bench.under(settings)


def test_bounds_and_units_are_those_of_the_case_file() -> None:
    from fronde.scenario.schema import schema_text

    text = schema_text()
    assert '"maximum": 2.0' in text or '"maximum":2.0' in text
    found = {lever.name: (lever.low, lever.high) for lever in levers.LEVERS}
    assert found == {
        "sanctions": (0.0, 2.0), "refusals": (0.0, 2.0), "battlefield": (-5.0, 5.0), "repression": (0.0, 12.0),
    }  # fmt: skip


def test_repression_is_a_rate_of_crackdowns(bench: levers.Workbench) -> None:
    first, last = date(2022, 5, 1), date(2022, 10, 29)
    assert levers.crackdowns(0.0, first, last) == []
    assert levers.crackdowns(0.5, first, last) == [first]
    monthly = levers.crackdowns(12.0, first, last)
    assert (monthly[0], len(monthly), monthly[-1] <= last) == (first, 6, True)
    harsher = [bench.under({"repression": rate}) for rate in (1.0, 12.0)]
    level = [run.series[:, list(WORLD_FIELDS).index("repression")].mean() for run in (bench.baseline, *harsher)]
    assert level == sorted(level)
    assert level[0] < level[2]


def test_a_variant_as_text_does_what_its_levers_do_and_mistakes_have_a_line(bench: levers.Workbench) -> None:
    text = levers.as_yaml({"mine": {"sanctions": 0.0, "from": "2019-05-25"}}, bench)
    ours, theirs = bench.under({"yaml": text}), bench.under({"sanctions": 0.0, "from": "2019-05-25"})
    assert np.array_equal(ours.counts, theirs.counts)
    own = levers.as_yaml({"named": {"variant": "sanctions_lifted"}}, bench)
    assert np.array_equal(bench.under({"yaml": own}).counts, bench.under({"variant": "sanctions_lifted"}).counts)
    with pytest.raises(CaseError) as caught:
        bench.under({"yaml": text.replace("level: 0.0", "level: 3").replace("kind: sanctions", "kind: sanctoins")})
    assert [(row.file, row.line) for row in caught.value.problems] == [("variants.yaml", 6)]
    with pytest.raises(CaseError, match="level"):
        bench.under({"yaml": text.replace("level: 0.0", "level: 3")})
    with pytest.raises(CaseError, match="after as_of"):
        bench.under({"yaml": text.replace("2019-05-25", "2018-05-25")})
    with pytest.raises(CaseError, match="one variant"):
        bench.under({"yaml": text + text.replace("variants:\n", "").replace("levers_0", "other")})
    with pytest.raises(CaseError):
        bench.under({"yaml": "variants: []"})


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no calibrated run"):
        levers.workbench(tmp_path)
