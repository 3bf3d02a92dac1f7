"""Quantiles of a base rate are those of the negative binomial it was made from."""

import numpy as np
import pytest

from fronde.forecast.counts import base_quantiles, base_rate

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@pytest.mark.parametrize("reported", [0.0, 2.0, 6.0])
def test_against_draws(reported):
    mean, p_any = base_rate(reported, 1.5, 65.0, 182.0)
    scale = mean / (reported + 0.5)
    chance = np.random.default_rng(1)
    draws = chance.poisson(chance.gamma(reported + 0.5, scale, 200_000))
    assert draws.mean() == pytest.approx(mean, rel=0.02)
    assert base_quantiles(mean, p_any, LEVELS) == pytest.approx(
        np.quantile(draws, LEVELS, method="inverted_cdf"), abs=1
    )


def test_certainty_of_one_is_no_infinite_count():
    assert base_quantiles(40.0, 1.0, LEVELS)[-1] < 60
    assert base_quantiles(0.0, 0.0, LEVELS) == [0] * 5
