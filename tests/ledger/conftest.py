"""A copy of the invented case to change, and rows to add to it."""

import shutil

import pytest

from fronde.scenario.case import SHIPPED


@pytest.fixture
def case(tmp_path):
    """A folder with the case of Valdria; its evidence may be changed."""
    return shutil.copytree(SHIPPED / "valdria", tmp_path / "valdria")


@pytest.fixture
def before(case):
    """Bytes of the evidence of the case before anything is done."""
    return contents(case)


def contents(case):
    return {path.name: path.read_bytes() for path in sorted((case / "evidence").iterdir())}


@pytest.fixture
def now():
    """What the evidence folder holds now, and that nothing was left beside it."""

    def look(case):
        assert not list(case.glob(".evidence*"))
        return contents(case)

    return look


@pytest.fixture
def fresh():
    """Rows of one new claim with its chain."""
    claim = {"id": "N1", "known_at": "2019-05-10", "report": "rep-4", "origin": "GAZETTE", "text": "Two owners packed"}
    codes = {"claim_type": "condition", "event_class": "discontent_spread", "group": "council", "reliability": "C"}
    return {
        "claims": [{**claim, **codes}],
        "hops": [{"id": "N1-0", "claim": "N1", "position": "0", "source": "src-gazette"}],
    }
