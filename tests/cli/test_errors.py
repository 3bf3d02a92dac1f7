"""Exit codes and messages: 0 ok, 1 failed, 2 usage, 3 problems found, 130 cancelled."""

import errno
import json

import click
import pytest

from fronde.app import service
from fronde.app.store import RunError
from fronde.cli import errors

from .conftest import TINYLAND


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["forcast"], "No such command 'forcast'"),
        (["forecast"], "Missing argument 'CASE'"),
        (["forecast", "valdri"], "valdri: no such case; expected a folder with case.yaml or the name"),
        (["check", "valdri"], "did you mean `valdria`?"),
        (["forecast", "valdria", "--as-of", "2019-02-30"], "expected a date that exists, as YYYY-MM-DD"),
        (["forecast", "valdria", "--as-of", "2018-02-28"], "expected a day after the onset 2019-03-04"),
        (["forecast", "valdria", "--horizon", "26"], "expected a duration such as `26 weeks`"),
        (["forecast", "valdria", "--horizont", "26w"], "--horizon"),
        (["forecast", "valdria", "--full", "--particles", "64"], "exclude each other"),
        (["calibrate", "valdria", "--particles", "zero"], "'zero' is not a valid integer"),
        (["calibrate", "valdria", "--resume", "--fresh"], "exclude each other"),
        (["compare", "valdria"], "Missing argument 'VARIANTS...'"),
        (["compare", "valdria", "crackdwn"], "did you mean `crackdown`?"),
        (["simulate"], "give a CASE, or --from-manifest FILE"),
        (["simulate", "valdria", "--set", "leave.base"], "such as leave.base=-9"),
        (["simulate", "valdria", "--set", "leave.base=nan"], "such as leave.base=-9"),
        (["simulate", "valdria", "--set", "leave.bas=-9"], "did you mean `leave.base`?"),
        (["report", "nothing"], "holds no runs; make one with `fronde forecast CASE`"),
        (["new", "../../etc/x y"], "x y"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_usage_errors_exit_2_with_a_remedy_and_write_nothing(fronde, tmp_path, arguments, words):
    done = fronde(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr + (done.stdout if arguments[0] == "check" else "")
    assert "Traceback" not in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_bad_number_of_threads_is_named(fronde, monkeypatch):
    monkeypatch.setenv("FRONDE_THREADS", "many")
    done = fronde("forecast", "valdria")
    assert done.exit_code == 2
    assert "FRONDE_THREADS is `many`" in done.stderr


@pytest.fixture
def spoilt(tmp_path_factory):
    """A case with two mistakes."""
    case = service.new("spoilt", tmp_path_factory.mktemp("cases"))
    text = (case / "case.yaml").read_text()
    (case / "case.yaml").write_text(text.replace("seed:", "sed:").replace("horizon: 26 weeks", "horizon: 26"))
    return case


def test_a_bad_case_exits_3_naming_every_place(fronde, spoilt, tmp_path):
    for command in ("check", "forecast", "calibrate", "simulate", "demo"):
        done = fronde(command, *(["--case"] if command == "demo" else []), spoilt)
        assert done.exit_code == 3, command
        assert "sed" in done.output, command
        assert "did you mean `seed`?" in done.output
        assert "26 weeks" in done.output
        assert "case.yaml:" in done.output
    assert list(tmp_path.iterdir()) == []


def test_bad_evidence_exits_3_with_its_line(fronde, tmp_path, tmp_path_factory):
    case = service.new("evil", tmp_path_factory.mktemp("cases"))
    path = case / "evidence" / "events.csv"
    path.write_text(path.read_text() + "a,b\n")
    done = fronde("forecast", case)
    assert done.exit_code == 3
    assert "error: evidence/events.csv:" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_check_prints_problems_as_one_document(fronde, spoilt):
    done = fronde("check", spoilt, "--json")
    assert done.exit_code == 3
    found = json.loads(done.stdout)
    assert set(found) == {"case", "ok", "problems"}
    assert found["ok"] is False
    assert set(found["problems"][0]) == {"file", "line", "column", "found", "expected", "remedy", "severity"}
    assert all(row["line"] > 0 for row in found["problems"])


def test_a_good_case_exits_0(fronde):
    done = fronde("check", TINYLAND, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["ok"] is True


def raising(error):
    def action(*args, **more):
        raise error

    return action


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "cancelled; what was finished is kept"),
        (RunError("the run is broken; mend it"), 1, "error: the run is broken; mend it"),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "the disk is full; files that were finished are kept"),
        (PermissionError(errno.EACCES, "Permission denied", "runs"), 1, "error: runs: Permission denied"),
        (MemoryError(), 1, "fewer --particles"),
        (ZeroDivisionError("division by zero"), 1, "`--debug` shows where it happened"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_failures_have_a_code_and_one_message(fronde, monkeypatch, error, code, words):
    monkeypatch.setattr(service, "forecast", raising(error))
    done = fronde("forecast", "valdria")
    assert done.exit_code == code
    assert words in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.output


@pytest.mark.parametrize("arguments", [["--debug", "forecast", "valdria"], ["forecast", "valdria", "--debug"]], ids=str)
def test_debug_shows_where(fronde, monkeypatch, arguments):
    monkeypatch.setattr(service, "forecast", raising(ZeroDivisionError("division by zero")))
    done = fronde(*arguments)
    assert done.exit_code == 1
    assert "Traceback" in done.output


def test_a_caller_may_handle_errors_itself(monkeypatch):
    from fronde.cli.main import main

    with pytest.raises(click.NoSuchOption):
        main(["forecast", "--nonsense"], standalone_mode=False)


def test_a_place_without_a_line_shows_no_zeros():
    class Found:
        file, line, column, found, expected, remedy = "a.csv", 0, 0, "x", "y", "z"

    assert errors.problem_text(Found) == "a.csv: x; expected y; z"
