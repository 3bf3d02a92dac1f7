"""Cases that run in hours: the same clock, shorter steps, nothing read past the hour of as_of."""

from datetime import date

import numpy as np
import pytest

from fronde.app.build import step_of
from fronde.evidence.cells import as_time
from fronde.scenario.model import day_part, parse_step
from fronde.scenario.rules import faults
from fronde.scenario.series import make_grid

TUESDAY, WEDNESDAY = date(2022, 7, 5), date(2022, 7, 6)


def test_hours_divide_a_day():
    assert parse_step("1 hour") == 1 / 24
    assert parse_step("24h") == 1
    assert isinstance(parse_step("24h"), int)
    assert parse_step("7 days") == 7
    with pytest.raises(ValueError, match="divides a day"):
        parse_step("5 hours")


def test_grid_in_hours_starts_at_the_hour_of_the_onset():
    grid = make_grid(TUESDAY, WEDNESDAY, 1, 1 / 24, day_part("18:00"), day_part("12:00"))
    assert grid.n_observed == 18
    assert grid.n_steps == 18 + 24
    assert np.allclose(grid.times, np.arange(43) / 24)
    assert grid.edges[6] == TUESDAY  # midnight ends the day it closes
    assert grid.edges[7] == WEDNESDAY
    assert step_of(grid, TUESDAY, day_part("18:02"))[0] == 0
    assert step_of(grid, WEDNESDAY, day_part("11:59"))[0] == 17


def test_grid_in_days_is_what_it_was():
    grid = make_grid(TUESDAY, date(2022, 7, 26), 14, 7)
    assert grid.n_observed == 4
    assert not grid.hourly
    assert [(edge - grid.start).days for edge in grid.edges] == grid.times.tolist()


def test_hours_without_a_step_in_hours_are_refused():
    case = {"onset": "2022-07-05", "as_of": "2022-07-06", "step": "1 day", "horizon": "2 days", "as_of_time": "12:00"}
    assert any("as_of_time" in fault.found for fault in faults(case))
    assert not [f for f in faults({**case, "step": "1 hour"}) if f.location[:1] in (("as_of_time",), ("step",))]


def test_time_of_day_is_checked():
    assert as_time(" 18:05 ") == "18:05"
    with pytest.raises(ValueError, match="time of day"):
        as_time("25:00")
