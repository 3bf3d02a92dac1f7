"""The base rate of a count is a negative binomial, cut at the people who can still act."""

import numpy as np
import pytest

from fronde.forecast.counts import NIL, base_rate
from fronde.forecast.probability import LEVELS


@pytest.mark.parametrize("reported", [0.0, 2.0, 6.0])
@pytest.mark.parametrize("able", [5, 40])
@pytest.mark.parametrize("exposure", [2.0, 65.0])
def test_against_draws(reported, able, exposure):
    found = base_rate(reported, 1.5, exposure, 182.0, able)
    scale = 182.0 / exposure / (1.0 + 0.5 / 1.5)
    chance = np.random.default_rng(1)
    draws = np.minimum(chance.poisson(chance.gamma(reported + 0.5, scale, 200_000)), able)
    assert found.mean == pytest.approx(draws.mean(), rel=0.02)
    assert found.p_any == pytest.approx((draws > 0).mean(), abs=0.005)
    assert found.quantiles == pytest.approx(np.quantile(draws, LEVELS, method="inverted_cdf"), abs=1)


def test_no_more_than_the_people_left_however_short_the_record():
    found = base_rate(17.0, 17.0, 0.5, 365.0, 25.0)
    assert found.mean <= 25.0
    assert max(found.quantiles) == 25
    assert base_rate(30.0, 30.0, 10.0, 56.0, 0.0) == NIL


def test_the_cut_does_not_touch_rare_acts():
    wide, cut = (base_rate(3.0, 3.0, 66.0, 182.0, able) for able in (10_000.0, 198.0))
    assert cut.mean == pytest.approx(wide.mean, rel=1e-9)
    assert cut.quantiles == wide.quantiles
