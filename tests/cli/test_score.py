"""`fronde question` and `fronde score` from the command line, on a copy of the teaching case."""

import json
import shutil

import pytest
from click.testing import CliRunner

from fronde.cli.main import main
from fronde.scenario.case import SHIPPED


def run(*words):
    found = CliRunner().invoke(main, [str(word) for word in words], standalone_mode=False)
    assert found.exception is None, found.exception
    return found.stdout


@pytest.fixture
def case(tmp_path):
    return shutil.copytree(SHIPPED / "valdria", tmp_path / "cases" / "valdria")


def test_from_question_to_scorecard(case, tmp_path):
    assert "regent_falls" in run("question", "list", case)
    said = ("--on", "2019-11-09", "--basis", "invented")
    row = json.loads(run("question", "resolve", case, "regent_falls", "no", *said, "--json"))
    assert row["state"] == "no"
    runs = ("--runs", tmp_path / "runs", "--threads", 1)
    card = json.loads(run("score", case.parent, "--frozen", "prior", *runs, "--json"))
    assert card["resolved"] == 2
    text = run("score", case, "--particles", 48, *runs)
    assert text.index("misses first") < text.index("base rate of `attempt`")
