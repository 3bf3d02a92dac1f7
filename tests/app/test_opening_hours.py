"""A case in hours is opened at an hour; a case in days refuses one."""

import pytest

from fronde.app.opening import RequestError, moment_of, open_case


def test_an_hour_ends_what_is_seen():
    early, late = (open_case("uk-2022", moment) for moment in ("2022-07-06T06:00", "2022-07-06T18:00"))
    assert late.case.grid.n_observed - early.case.grid.n_observed == 12
    assert early.case.spec.as_of_time == "06:00"
    assert 0 < len(early.pack.events) < len(late.pack.events)


def test_a_case_in_days_refuses_an_hour():
    with pytest.raises(RequestError, match="leave out T18:00"):
        open_case("yemen-2011", "2011-03-20T18:00")


@pytest.mark.parametrize("text", ["2022-07-06T25:00", "2022-07-06T6:00", "2022-07-06 18:00"])
def test_no_hour(text):
    with pytest.raises(RequestError, match="expected a"):
        moment_of(text)
