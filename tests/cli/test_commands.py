"""Every command as a user gives it: data on stdout, talk on stderr, one JSON document with stable keys."""

import json

import pytest

from fronde.app.run import Run

from .conftest import TINYLAND

SMALL = ("--particles", "32", "--threads", "1")


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Runs that the tests of this file share."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture
def call(fronde, runs):
    """`fronde COMMAND ... --runs-folder` the shared one."""

    def shared(command, *arguments):
        done = fronde(command, *arguments, "--runs-folder", runs)
        assert done.exit_code == 0, done.output
        return done

    return shared


def test_forecast_prints_forecast_json(call, runs):
    done = call("forecast", TINYLAND, *SMALL, "--json")
    found = json.loads(done.stdout)
    assert found == Run(runs / found["run"]).forecast
    assert "calibrating" in done.stderr


def test_forecast_prints_a_table_and_where_the_report_is(call, runs):
    done = call("forecast", TINYLAND, *SMALL)
    lines = done.stdout.splitlines()
    assert lines[0] == "Tinyland, a palace quarrel"
    assert next(line for line in lines if line.startswith("A crackdown by the end of June")).rstrip().endswith("10%")
    assert any("90% interval" in line and "base rate" in line for line in lines)
    report = lines[-1].removeprefix("report: ")
    assert (runs / report).read_text(encoding="utf-8").startswith("<!")
    assert "32 particles" in done.stdout
    assert all(len(line) <= 100 for line in lines if "run:" not in line and "report:" not in line)


def test_demo_says_which_mode_it_was(call, monkeypatch):
    from fronde.app import service, work

    monkeypatch.setattr(service, "QUICK", 32)
    monkeypatch.setattr(work, "QUICK", 32)
    done = call("demo", "--case", TINYLAND, "--threads", "1")
    assert "quick mode: 32 particles, 8 futures each; --full takes 4096 particles" in done.stdout
    found = json.loads(call("demo", "--case", TINYLAND, "--threads", "1", "--json").stdout)
    assert {"run", "folder", "case", "as_of", "status", "quick", "report", "forecast", "files"} <= set(found)
    assert found["quick"] is True
    assert found["forecast"]["run"] == found["run"]


def test_calibrate_speaks_plainly(call):
    done = call("calibrate", TINYLAND, *SMALL)
    assert "32 equally weighted draws" in done.stdout
    assert "variance explained" in done.stdout
    found = json.loads(call("calibrate", TINYLAND, *SMALL, "--json").stdout)
    assert {"run", "folder", "calibration"} <= set(found)
    assert {"diagnostics", "posterior", "log_evidence"} <= set(found["calibration"])


def test_compare_prints_differences(call):
    done = call("compare", TINYLAND, "crackdown", "lifted", *SMALL)
    assert "Crackdown (crackdown): what fear does" in done.stdout
    assert "Sanctions lifted (lifted)" in done.stdout
    found = json.loads(call("compare", TINYLAND, "crackdown", "lifted", *SMALL, "--json").stdout)
    assert [row["id"] for row in found["variants"]] == ["crackdown", "lifted"]
    assert {"quantity", "baseline", "variant", "mean", "q05", "q95"} <= set(found["variants"][0]["differences"][0])


def test_simulate_and_again_from_its_manifest(call, fronde, runs, tmp_path):
    found = json.loads(call("simulate", TINYLAND, "--runs", "8", "--set", "leave.base=-6", "--json").stdout)
    assert (found["runs"], found["set"], found["source"]) == (8, {"leave.base": -6.0}, "prior")
    manifest = runs / found["run"] / "manifest.json"
    again = fronde("simulate", "--from-manifest", manifest, "--runs-folder", tmp_path / "again", "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["identical"] is True
    assert "8 runs of the prior" in call("simulate", TINYLAND, "--runs", "8").stdout


def test_a_recreated_run_that_differs_exits_1(call, fronde, runs, tmp_path):
    found = json.loads(call("simulate", TINYLAND, "--runs", "9", "--json").stdout)
    path = runs / found["run"] / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"]["simulation.json"] = "0" * 64
    path.write_text(json.dumps(manifest))
    again = fronde("simulate", "--from-manifest", path, "--runs-folder", tmp_path / "again")
    assert again.exit_code == 1
    assert "DIFFERENT  simulation.json" in again.stdout


def test_report_and_cite_find_a_run_by_the_beginning_of_its_name(call, runs):
    run = json.loads(call("forecast", TINYLAND, *SMALL, "--json").stdout)["run"]
    for name in (run, run[:-2], runs / run):
        assert call("report", name).stdout.strip() == str(runs / run / "report.html")
    found = json.loads(call("report", run, "--static", "--json").stdout)
    assert found == {"run": run, "written": [str(runs / run / "report.html")]}
    done = call("cite", run)
    assert f"run {run}" in done.stdout
    assert "hirschman1970" in done.stdout
    assert json.loads(call("cite", run, "--json").stdout)["as_of"] == "2021-05-01"


def test_an_ambiguous_or_misspelt_run_is_a_usage_error(call, fronde, runs):
    run = json.loads(call("forecast", TINYLAND, *SMALL, "--json").stdout)["run"]
    call("simulate", TINYLAND, "--runs", "8")
    several = fronde("cite", "tinyland-", "--runs", runs)
    assert several.exit_code == 2
    assert "give more of the name" in several.stderr
    wrong = fronde("cite", run.replace("tiny", "tny"), "--runs", runs)
    assert wrong.exit_code == 2
    assert f"did you mean `{run}`?" in wrong.stderr


def test_params_lists_and_filters(fronde):
    everything = json.loads(fronde("params", "--json").stdout)
    assert {"name", "unit", "default", "prior", "bounds", "source", "note"} <= set(everything[0])
    some = json.loads(fronde("params", "LEAVE.", "wong2026", "--json").stdout)
    assert [row["name"] for row in some] == ["leave.by_dependence"]
    done = fronde("params", "leave.by_dependence")
    assert "wong2026" in done.stdout
    assert some[0]["note"] in done.stdout
    assert "1 parameters, 0 of them assumptions" in done.stderr


def test_schema_is_a_schema(fronde):
    found = json.loads(fronde("schema").stdout)
    assert "horizon" in found["properties"]


def test_doctor_sees_what_is_there_and_what_lies_about(fronde, tmp_path):
    found = json.loads(fronde("doctor", "--json").stdout)
    assert {"versions", "cache", "compiled", "threads", "cases", "unfinished", "problems"} <= set(found)
    assert "valdria" in found["cases"]
    (tmp_path / "runs" / "x-1").mkdir(parents=True)
    (tmp_path / "runs" / "x-1" / "manifest.json").write_text('{"status": "running", "stage": "calibrating"}')
    assert "unfinished: x-1 (running, while calibrating)" in fronde("doctor").stdout


def test_doctor_exits_1_if_something_is_broken(fronde, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FRONDE_CACHE", str(tmp_path / "file" / "cache"))
    done = fronde("doctor")
    assert done.exit_code == 1
    assert "set FRONDE_CACHE" in done.stderr


def test_new_makes_a_case_that_checks(fronde, tmp_path):
    done = fronde("new", "my-case")
    assert done.exit_code == 0
    assert done.stdout.strip() == "my-case"
    assert fronde("check", "my-case").exit_code == 0
    assert fronde("new", "my-case").exit_code == 2
    assert fronde("new", "other", "--from", "valdria").exit_code == 0
    assert (tmp_path / "other" / "case.yaml").is_file()


def test_explain_says_what_a_number_rests_on(call):
    assert "sanctions, push" in call("explain", TINYLAND, *SMALL).stdout
    found = json.loads(call("explain", TINYLAND, *SMALL, "--json").stdout)
    assert {"base_rate", "sanctions", "parameters", "origins", "observations"} <= set(found["questions"][0])


def test_weekly_compares_with_one_calibration_and_draws(call, tmp_path):
    chart = tmp_path / "chart.json"
    done = call("weekly", TINYLAND, "--weeks", "1", "--no-pulls", "--chart", chart, *SMALL)
    assert "against one calibration on everything" in done.stdout
    assert "$schema" in json.loads(chart.read_text(encoding="utf-8"))
