"""Base rates: arithmetic by hand, and a table that agrees with its own counts."""

import pytest

from fronde.opinions.base_rates import (
    DAYS_PER_YEAR,
    RATES,
    daily_hazard,
    find_rate,
    tabulate,
    wilson,
    within,
)


def test_a_year_at_the_annual_rate_is_the_annual_rate() -> None:
    assert within(0.043, DAYS_PER_YEAR) == pytest.approx(0.043)
    assert within(0.043, 0.0) == 0.0
    assert 1.0 - (1.0 - within(0.043, 100.0)) ** 2 == pytest.approx(within(0.043, 200.0))
    assert daily_hazard(0.5) * DAYS_PER_YEAR == pytest.approx(0.693147, abs=1e-6)


def test_rates_agree_with_their_counts() -> None:
    counted = [r for r in RATES if r.years]
    assert counted
    for rate in counted:
        assert rate.attempts / rate.years == pytest.approx(rate.attempt, abs=5e-4)
        low, high = rate.attempt_interval() or (1.0, 0.0)
        assert low < rate.attempt < high


def test_success_is_never_likelier_than_an_attempt() -> None:
    assert all(r.success is None or r.success <= r.attempt for r in RATES)


def test_the_most_particular_rate_is_found_and_named() -> None:
    rate, said = find_rate("personalist", 22.0)
    assert (rate.attempts, rate.years) == (17, 391)
    assert "15 years or more" in said
    rate, said = find_rate("party", 4.0)
    assert "party" in said
    assert rate.years == 534
    rate, said = find_rate("theocracy", 4.0)
    assert rate.kind == "autocracy"
    assert rate.since == 1990
    assert "no rate for 'theocracy'" in said
    assert find_rate("personalist", 10.0, success=True)[0].success == 0.011
    with pytest.raises(ValueError, match="tenure_years"):
        find_rate("personalist", -1.0)


def test_wilson_by_hand() -> None:
    # z = 2, 1 of 4: centre (1/4 + 1/2)/2 = 3/8, half width 2/2 * sqrt(3/64 + 1/16)
    assert wilson(1, 4, z=2.0) == pytest.approx((0.375 - 0.330719, 0.375 + 0.330719), abs=1e-6)
    assert wilson(0, 50)[0] == 0.0


def test_tabulate_counts_cells() -> None:
    kind = ["a", "a", "a", "b", "a"]
    rates = tabulate(kind, [0.5, 2.0, 5.0, 1.0, 0.1], [1, 0, 2, 0, 0], [1, 0, 0, 0, 0], (0.0, 1.0, 10.0))
    assert [(r.kind, r.tenure, r.attempts, r.years) for r in rates] == [
        ("a", (0.0, 1.0), 1, 2),
        ("a", (1.0, 10.0), 1, 2),
        ("b", (1.0, 10.0), 0, 1),
    ]
    assert rates[0].success == 0.5
    with pytest.raises(ValueError, match="country-year"):
        tabulate(["a"], [1.0, 2.0], [0], [0])
