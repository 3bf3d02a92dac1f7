"""Cases by the hour: every document dates its edges with the hour, and two hours of one day are two runs."""

import pytest

from fronde.app import service
from fronde.app.handle import CaseHandle
from fronde.app.identity import identify
from fronde.app.opening import open_case
from fronde.inference.smc import Settings
from fronde.scenario.case import load_case

from .conftest import session

CASE, NOON, SIX = "uk-2022", "2022-07-06T12:00", "2022-07-06T18:00"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return service.forecast(CASE, particles=24, futures=1, session=session(tmp_path_factory.mktemp("runs")))


def series(value):
    """Every list of dates in a document."""
    if isinstance(value, dict):
        yield from ([value["dates"]] if isinstance(value.get("dates"), list) else [])
        yield from (found for inner in value.values() for found in series(inner))
    elif isinstance(value, list):
        yield from (found for inner in value for found in series(inner))


def test_no_series_repeats_a_date(run):
    found = [*series(run.forecast), *series(run.summary)]
    assert len(found) > 20
    assert all(len(set(dates)) == len(dates) and dates == sorted(dates) for dates in found)
    assert all("T" in day for dates in found for day in dates)


def test_the_hour_stands_wherever_the_date_does(run):
    assert {run.forecast["as_of"], run.forecast["issued_at"], run.summary["as_of"], run.manifest["as_of"]} == {NOON}
    assert f"--as-of {NOON} " in run.summary["manifest"]["command"]
    assert {row["by"] for row in run.forecast["counts"]} == {
        SIX, "2022-07-07T00:00", "2022-07-07T12:00", "2022-07-08T12:00"
    }  # fmt: skip
    page = (run.folder / "report.html").read_text()
    assert "6 July 2022,\u00a012:00" in page
    assert ">12:00</text>" in page


def test_two_hours_of_a_day_are_two_runs(tmp_path):
    names = set()
    for moment in (NOON, SIX, "2022-07-06"):
        opened = open_case(CASE, moment)
        identity = identify(opened.case, opened.pack, Settings(), "forecast")
        names.add((identity.run, identity.calibration, identity.scenario))
    assert len({part for name in names for part in name}) == 9


def test_python_and_the_manifest_keep_the_hour(run, tmp_path):
    assert CaseHandle.load(CASE).case.spec.moment == NOON
    again, same = service.recreate(run.folder, session(tmp_path / "runs"))
    assert again.id == run.id
    assert all(same.values())
    other = CaseHandle.load(CASE, SIX).forecast(particles=24, futures=1, runs_folder=tmp_path / "six")
    assert (other.forecast["as_of"], other.id == run.id) == (SIX, False)


def test_days_without_hours_are_dated_as_before():
    grid = load_case("valdria").grid
    assert grid.labels == tuple(edge.isoformat() for edge in grid.edges)
