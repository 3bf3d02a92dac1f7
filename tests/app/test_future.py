"""Two clocks: rows that became known after as_of change no name and no byte of a run, and count once they are known."""

import csv
import shutil
from pathlib import Path

import pytest

from fronde.app import service
from fronde.app.identity import identify
from fronde.app.opening import open_case
from fronde.inference.smc import Settings
from fronde.scenario.case import SHIPPED

from .conftest import session

CASE = "valdria"  # as of 2019-05-11
KNOWN = "2019-06-01"
NEXT_MONTH = "2019-06-10"
PARTICLES = 48
BYTES = ("forecast.json", "forecast.csv", "summary.json", "calibration.json", "posterior.npz", "results.nc")
PLANTED = {  # table -> what differs from its first row; everything else is copied, so that the row is valid
    "series/market.csv": {"date": "2019-05-04", "value": "1", "known_at": KNOWN},
    "series/battlefield.csv": {"date": "2019-05-04", "value": "-4", "known_at": KNOWN},
    "series/fortune.csv": {"date": "2019-05-04", "value": "0.01", "known_at": KNOWN},
    "elite/attributes.csv": {"attribute": "position", "value": "-1", "unit": "", "known_at": KNOWN},
    "evidence/events.csv": {"id": "ev-planted", "known_at": KNOWN, "date_low": "2019-05-01", "date_high": "2019-05-02"},
    "evidence/reports.csv": {"id": "rep-planted", "known_at": KNOWN, "published_at": KNOWN},
    "evidence/claims.csv": {"id": "V-planted", "report": "rep-planted", "known_at": KNOWN},
    "evidence/hops.csv": {"id": "V-planted-0", "claim": "V-planted", "known_at": KNOWN},
    "evidence/polls.csv": {"id": "poll-planted", "known_at": KNOWN, "share": "0.1", "field_end": "2019-05-10"},
}

LED_TO = ("evidence/reports.csv", "evidence/hops.csv")  # seen only where a claim leads to them


def plant(case: Path, table: str) -> None:
    path = case / table
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        columns, first = list(rows.fieldnames or ()), next(rows)
    assert set(PLANTED[table]) <= set(columns)
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, columns, lineterminator="\n").writerow(first | PLANTED[table])


@pytest.fixture
def planted(tmp_path):
    """A copy of the case with a row of the future in every table that the model reads."""
    case = Path(shutil.copytree(SHIPPED / CASE, tmp_path / CASE))
    for table in PLANTED:
        plant(case, table)
    assert [problem for problem in service.check(case) if problem.severity == "problem"] == []
    return case


def small(case, runs):
    return service.forecast(case, particles=PARTICLES, futures=2, session=session(runs))


def test_rows_of_the_future_change_no_byte(planted, tmp_path):
    honest = small(CASE, tmp_path / "honest")
    tempted = small(planted, tmp_path / "tempted")
    assert tempted.id == honest.id
    for name in BYTES:
        assert (tempted.folder / name).read_bytes() == (honest.folder / name).read_bytes(), name


@pytest.mark.parametrize("table", [table for table in PLANTED if table not in LED_TO])
def test_each_row_counts_once_it_is_known(table, tmp_path):
    case = Path(shutil.copytree(SHIPPED / CASE, tmp_path / CASE))
    before = identity(case)
    if table == "evidence/claims.csv":
        for needed in LED_TO:
            plant(case, needed)
    plant(case, table)
    assert identity(case) != before


def identity(case):
    """Name of the run a month later."""
    opened = open_case(case, NEXT_MONTH)
    return identify(opened.case, opened.pack, Settings(), "forecast").run
