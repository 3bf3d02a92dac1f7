"""Reporting: the chance that an act gets into the papers."""

import pytest

from fronde.mechanisms import reporting

from .records import SHARES, actor, any_actor, any_params, given, params, plain

detection = plain(reporting.detection)


def test_detection_worked_by_hand() -> None:
    p = params(reporting_floor=0.25)
    assert detection(p, actor(visibility=0.6), 0.8) == pytest.approx(0.8 * (0.25 + 0.75 * 0.6), rel=1e-14)


@given(any_params("reporting"), any_actor(), SHARES)
def test_detection_is_a_probability_largest_for_the_fully_visible(p, a, detect) -> None:
    chance = detection(p, a, detect)
    assert 0.0 <= chance <= detection(p, a._replace(visibility=1.0), detect) + 1e-15
    assert detection(p, a._replace(visibility=1.0), detect) == pytest.approx(detect, rel=1e-12)
    assert detection(p, a._replace(visibility=0.0), detect) == pytest.approx(detect * p.reporting_floor, rel=1e-12)
