"""The actions on a small case: the same bytes again, nothing from the future, finished work used again."""

import json
import shutil
from pathlib import Path

import pytest

import fronde
from fronde.app import service
from fronde.app.opening import RequestError
from fronde.app.store import read_manifest
from fronde.scenario.problems import CaseError

from .conftest import FUTURES, PARTICLES, TINYLAND, Heard, session, small_forecast

DOCUMENTS = ("forecast.json", "forecast.csv", "summary.json", "calibration.json", "posterior.npz", "results.nc")


def contents(run, names=DOCUMENTS):
    return {name: (run.folder / name).read_bytes() for name in names}


@pytest.mark.parametrize("threads", [1, 2])
def test_the_same_bytes_again_whatever_the_threads(finished_run, tmp_path, threads):
    again = small_forecast(TINYLAND, tmp_path, threads=threads)
    assert again.id == finished_run.id
    for name, content in contents(finished_run).items():
        assert (again.folder / name).read_bytes() == content, name


def test_another_seed_gives_another_forecast(finished_run, tinyland, tmp_path):
    path = tinyland / "case.yaml"
    path.write_text(path.read_text().replace("seed: 20210501", "seed: 7"))
    other = small_forecast(tinyland, tmp_path)
    assert other.id != finished_run.id
    assert other.forecast["counts"] != finished_run.forecast["counts"]


def test_a_finished_forecast_is_used_again(own_run):
    before = {path.name: path.stat().st_mtime_ns for path in own_run.folder.glob("*.nc")}
    heard = Heard()
    again = small_forecast(TINYLAND, own_run.folder.parent, heard)
    assert again.id == own_run.id
    assert "using the finished forecast" in heard.text
    assert {path.name: path.stat().st_mtime_ns for path in own_run.folder.glob("*.nc")} == before
    assert heard.stages == []


def test_a_forecast_that_was_tampered_with_is_made_again(own_run):
    path = own_run.folder / "forecast.json"
    true = path.read_bytes()
    path.write_bytes(true.replace(b'"p": 0', b'"p": 1', 1))
    heard = Heard()
    small_forecast(TINYLAND, own_run.folder.parent, heard)
    assert path.read_bytes() == true
    assert "using the finished calibration" in heard.text


def test_another_horizon_uses_the_same_calibration(own_run):
    heard = Heard()
    other = service.forecast(
        TINYLAND, horizon="13w", particles=PARTICLES, futures=FUTURES, session=session(own_run.folder.parent, heard)
    )
    assert other.id != own_run.id
    assert f"using the finished calibration in {own_run.folder}" in heard.text
    assert (other.folder / "posterior.npz").read_bytes() == (own_run.folder / "posterior.npz").read_bytes()
    assert other.forecast["horizon_days"] == 91


def test_a_calibration_made_for_another_horizon_is_the_one_it_would_have_made(own_run, tmp_path):
    short = service.calibrate(TINYLAND, particles=PARTICLES, futures=FUTURES, horizon="13w", session=session(tmp_path))
    assert (short.folder / "posterior.npz").read_bytes() == (own_run.folder / "posterior.npz").read_bytes()


def test_fresh_computes_again_to_the_same_bytes(own_run):
    before = contents(own_run)
    heard = Heard()
    small_forecast(TINYLAND, own_run.folder.parent, heard, fresh=True)
    assert "finished" not in heard.text
    assert ("calibrating", 0) in {(stage, done) for stage, done, _ in heard.stages}
    assert contents(own_run) == before


def test_progress_never_passes_its_total_and_ends_there(tmp_path):
    heard = Heard()
    small_forecast(TINYLAND, tmp_path, heard)
    assert all(0 <= done <= total for _, done, total in heard.stages)
    last = {stage: (done, total) for stage, done, total in heard.stages}
    assert all(done == total for done, total in last.values()), last
    assert {"prior", "calibrating", "forecast", "writing"} <= set(last)


def test_the_forecast_has_the_agreed_keys(finished_run):
    found = finished_run.forecast
    assert set(found) >= {
        "case", "as_of", "horizon_days", "issued_at", "run", "questions", "counts", "series", "assumptions", "evidence"
    }  # fmt: skip
    assert found["issued_at"] == found["as_of"] == "2021-05-01"
    assert found["run"] == finished_run.id
    for row in found["questions"]:
        assert set(row) == {"id", "text", "p", "interval50", "interval90", "base_rate"}
        assert row["interval90"][0] <= row["interval50"][0] <= row["interval50"][1] <= row["interval90"][1]
    for row in found["counts"]:
        assert {"group", "act", "by", "mean", "quantiles", "p_at_least"} <= set(row)
        assert list(row["quantiles"]) == ["0.05", "0.25", "0.5", "0.75", "0.95"]
        assert list(row["p_at_least"]) == ["1", "2", "4", "8"]
    assert set(found["evidence"]) == {"claims", "origins", "used"}


def test_the_manifest_says_what_was_done(finished_run):
    found = finished_run.manifest
    assert (found["status"], found["kind"], found["seed"]) == ("done", "forecast", 20210501)
    assert found["settings"]["particles"] == PARTICLES
    assert len(found["scenario_hash"]) == len(found["evidence_hash"]) == 64
    assert found["as_of"] == "2021-05-01"
    assert found["evidence_vintage"] is None  # Tinyland has no evidence
    assert {"fronde", "python", "numpy", "numba"} <= set(found["versions"])
    assert {"calibrating", "forecasting"} <= set(found["timings"])
    assert set(found["files"]) == {*DOCUMENTS, "report.html"}


def test_results_hold_no_clock_and_no_folder(finished_run):
    manifest = finished_run.manifest
    year = manifest["started_at"][:10].encode()
    for name in ("forecast.json", "summary.json", "forecast.csv", "calibration.json"):
        content = (finished_run.folder / name).read_bytes()
        assert year not in content
        assert str(finished_run.folder.parent).encode() not in content


def test_the_summary_repeats_the_manifest(finished_run):
    found, manifest = finished_run.summary, finished_run.manifest
    assert found["quick"] is True
    assert found["manifest"]["scenario_hash"] == manifest["scenario_hash"]
    assert found["manifest"]["command"] == (
        f"fronde forecast tinyland --as-of 2021-05-01 --horizon 182d --particles {PARTICLES}"
    )


def test_results_open_as_a_tree(finished_run):
    pytest.importorskip("xarray")
    tree = finished_run.tree()
    assert set(tree.children) == {"posterior", "prior", "posterior_predictive", "observed_data"}
    theta = tree["posterior"]["theta"]
    assert theta.sizes == {"chain": 1, "draw": PARTICLES, "parameter": theta.sizes["parameter"]}
    assert theta.coords["unit"].sel(parameter="leave.base").item() == "ln(1/day)"
    acts = tree["posterior_predictive"]["acts_reported"]
    assert acts.sizes["draw"] == PARTICLES
    assert str(acts.coords["time"].values[-1])[:10] == "2021-10-30"
    assert acts.attrs["unit"] == "people"
    assert tree["observed_data"].sizes["time"] == 8
    tree.close()


def test_without_xarray_the_error_names_the_extra(finished_run, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "xarray", None)
    with pytest.raises(ImportError, match=r"fronde\[analysis\]"):
        finished_run.tree()


def test_questions_and_variants_outside_the_window_are_left_out_and_said(tmp_path):
    heard = Heard()
    run = service.forecast(TINYLAND, horizon="4w", particles=PARTICLES, futures=2, session=session(tmp_path, heard))
    assert run.forecast["questions"] == []
    assert {row["id"] for row in run.summary["variants"]} == {"crackdown"}
    assert "question two_leave is left out: it is decided by 2021-10-30, after the horizon ends" in heard.text
    assert "variant lifted is left out: it acts on 2021-06-01" in heard.text


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"as_of": "2021-13-01"}, "as-of date"),
        ({"as_of": "2021-01-01"}, "after the onset"),
        ({"horizon": "26"}, "horizon"),
        ({"horizon": "10d"}, "multiple of the step"),
        ({"assigned": {"leave.bas": 1.0}}, "did you mean `leave.base`"),
        ({"assigned": {"leave.base": 99.0}}, "expected -"),
    ],
)
def test_a_request_that_makes_no_sense_writes_nothing(tmp_path, what, words):
    with pytest.raises(RequestError, match=words):
        service.simulate(TINYLAND, session=session(tmp_path / "runs"), **what)
    assert not (tmp_path / "runs").exists()


def test_bad_input_writes_nothing(tinyland, tmp_path):
    path = tinyland / "case.yaml"
    path.write_text(path.read_text().replace("horizon: 26 weeks", "horizn: 26 weeks"))
    with pytest.raises(CaseError, match="horizn"):
        small_forecast(tinyland, tmp_path / "runs")
    events = TINYLAND / "evidence" / "events.csv"
    shutil.copy(TINYLAND / "case.yaml", path)
    (tinyland / "evidence" / "events.csv").write_text(events.read_text() + "too,few\n")
    with pytest.raises(ValueError, match=r"events\.csv:\d+"):
        small_forecast(tinyland, tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_the_python_interface_gives_runs(own_run, tmp_path):
    case = fronde.load_case(TINYLAND, as_of="2021-05-01")
    run = case.forecast(particles=PARTICLES, futures=FUTURES, runs_folder=own_run.folder.parent, threads=1)
    assert run.forecast["run"] == run.id == own_run.id
    assert run.paths["forecast.json"] == run.folder / "forecast.json"
    simulated = case.simulate(runs=8, params={"leave.base": -7.0}, runs_folder=tmp_path / "other", threads=1)
    assert simulated.document("simulation.json")["set"] == {"leave.base": -7.0}
    with pytest.raises(CaseError, match="no such case"):
        fronde.load_case("nowhere")


def test_a_run_without_the_document_says_what_it_has(own_run):
    with pytest.raises(RuntimeError, match=r"holds no simulation\.json; it has calibration\.json"):
        own_run.document("simulation.json")


def test_the_version_is_that_of_the_package():
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text()
    assert f'version = "{fronde.__version__}"' in text


def test_the_report_is_written_again_and_the_manifest_knows(own_run):
    before = read_manifest(own_run.folder)["files"]["report.html"]
    (path,) = service.report(own_run.folder, static=True)
    assert path.is_file()
    assert read_manifest(own_run.folder)["files"]["report.html"] != before
    assert json.loads((own_run.folder / "manifest.json").read_text())["status"] == "done"
