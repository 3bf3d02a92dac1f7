"""The tables of `add evidence` are what they say: a case with them passes the check, and they weigh something."""

import re
from datetime import date

import pytest
from pages import DOCS

from fronde.evidence.events import event_likelihoods
from fronde.evidence.pack import read_pack
from fronde.scenario.check import check
from fronde.scenario.new import new

TABLE = re.compile(r"^`(?P<file>evidence/\w+\.csv)`\n\n```csv\n(?P<rows>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def case(tmp_path):
    folder = new("my-case", tmp_path)
    page = (DOCS / "how-to" / "add-evidence.md").read_text(encoding="utf-8")
    tables = list(TABLE.finditer(page))
    assert len(tables) == 7
    for table in tables:
        (folder / table["file"]).write_text(table["rows"], encoding="utf-8")
    return folder


def test_the_example_passes_the_check(case):
    assert [str(problem) for problem in check(case)] == []


def test_the_example_speaks_for_the_departure(case):
    (found,) = event_likelihoods(read_pack(case / "evidence", date(2021, 5, 1)))
    assert (found.actor, found.act, found.origins) == ("xx-ada-brook", "leave", ("BANKER",))
    assert found.log_lr > 0.0


def test_the_example_is_unknown_before_its_report(case):
    assert event_likelihoods(read_pack(case / "evidence", date(2021, 4, 11))) == ()
