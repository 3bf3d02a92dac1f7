"""The quick commands of the tutorial run as written, one after the other, in an empty folder."""

import shlex

import pytest
from click.testing import CliRunner
from pages import DOCS, fences

cli = pytest.importorskip("fronde.cli.main")
QUICK = ("new", "check", "params", "schema", "doctor")  # no simulation: those have tests of their own


def _commands():
    for fence in fences(DOCS / "tutorial.md"):
        for line in fence.body.splitlines() if fence.language == "sh" else ():
            words = shlex.split(line)
            if words[0] == "fronde" and words[1] in QUICK:
                yield words[1:]


def test_the_tutorial_makes_a_case_that_passes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    commands = list(_commands())
    assert ["new", "my-case"] in commands
    for command in commands:
        result = CliRunner().invoke(cli.main, command, standalone_mode=False)
        assert result.exception is None, (command, result.output, result.exception)
        assert result.return_value in (None, 0), (command, result.output)
    assert (tmp_path / "my-case" / "case.yaml").is_file()
