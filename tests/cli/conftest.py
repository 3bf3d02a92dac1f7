"""The command line, called in this process."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fronde.cli.main import main

TINYLAND = Path(__file__).parents[1] / "scenario" / "fixtures" / "tinyland"


@pytest.fixture
def fronde(tmp_path, monkeypatch):
    """Call `fronde` with arguments in an empty folder; runs go to ./runs there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FRONDE_RUNS", raising=False)

    def call(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return call
