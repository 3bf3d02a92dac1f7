"""What is believed before any evidence: coups inside the published range, intervals as published."""

import numpy as np
import pytest

from fronde.app.prior_check import base_range, hazards, jeffreys, place, year_of


def test_jeffreys_interval_of_the_published_count():
    low, high = jeffreys(17, 391)
    assert low == pytest.approx(0.0268, abs=5e-4)
    assert high == pytest.approx(0.0668, abs=5e-4)


def test_yearly_coup_hazard_of_the_prior_is_inside_the_published_range():
    case, year = year_of("russia-2022", 2048)
    found = hazards(year)
    for what in ("attempt", "removed"):
        low, high = base_range(case, what)
        assert low <= found[what][0] <= high, what


def test_two_sided_p_of_the_middle_and_of_the_tail():
    usual = np.arange(1001.0)
    assert place(500.0, usual)[3] == pytest.approx(1.0)
    assert place(-1.0, usual)[3] == 0.0
    assert place(25.0, usual)[3] == pytest.approx(0.051, abs=0.002)
