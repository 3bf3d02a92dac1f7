"""How numbers, dates and probabilities are worded."""

import math
from datetime import date

import pytest

from fronde.report import words
from fronde.report.words import NONE


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0, "<1%"),
        (1, ">99%"),
        (0.0004, "<0.1%"),
        (0.004, "0.4%"),
        (0.0094, "0.9%"),
        (0.0096, "1%"),
        (0.375, "38%"),
        (0.994, "99%"),
        (0.996, ">99%"),
        (None, NONE),
        (math.nan, NONE),
        ("0.3", NONE),
        (True, NONE),
    ],
)
def test_percent_never_claims_certainty(share, shown):
    assert words.percent(share) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1240, "1\u202f240"),
        (18.52, "18.5"),
        (0.042, "0.042"),
        (-3.0, "−3"),
        (0, "0"),
        (0.00002, "2.0e−05"),
        (3e15, "3.0e+15"),
        (math.inf, NONE),
    ],
)
def test_plain_numbers(value, shown):
    assert words.plain(value) == shown


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(0.12, 0.33, "12–33%"), (0.0, 0.33, "<1% to 33%"), (0.999, 0.9999, ">99%"), (None, 0.3, NONE)],
)
def test_intervals_of_probability(low, high, shown):
    assert words.between(low, high, words.percent) == shown


def test_interval_of_negative_numbers_is_not_a_row_of_dashes():
    assert words.between(-2, -1) == "−2 to −1"


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.03, "remote chance"),
        (0.15, "highly unlikely"),
        (0.30, "unlikely"),
        (0.45, "realistic possibility"),
        (0.65, "likely"),
        (0.85, "highly likely"),
        (0.97, "almost certain"),
        (None, NONE),
    ],
)
def test_words_of_the_yardstick(share, shown):
    assert words.likelihood(share) == shown


@pytest.mark.parametrize(("reach", "decimals"), [(9.4, 1), (12.3, 0), (0.013, 3), (1300, 0), (0, 0), (math.inf, 0)])
def test_decimals_follow_the_reach(reach, decimals):
    assert words.decimals_for(reach) == decimals


def test_differences_are_signed_and_nothing_is_unsigned():
    assert words.difference(0.0123, 1, share=True) == "+1.2"
    assert words.difference(-3.96, 1) == "−4.0"
    assert words.difference(-0.04, 1) == "0.0"


def test_dates():
    assert words.long_date("2022-04-30") == "30 April 2022"
    assert words.short_date(date(2022, 4, 3)) == "3\u00a0Apr\u00a02022"
    assert words.long_date("soon") == "soon"
    assert words.long_date(None) == NONE
    assert words.weeks(182) == "26 weeks"
    assert words.weeks(10) == "10 days"


def test_a_base_rate_of_nothing_is_nothing():
    assert [words.base_percent(share) for share in (0, 0.0004, 0.3, None)] == ["0%", "<0.1%", "30%", NONE]


def test_signs_and_dates_in_running_text():
    assert words.minus("policy -0.26 (-0.41 to 3), post-2014, a-b") == "policy −0.26 (−0.41 to 3), post-2014, a-b"
    assert words.held("by 9 May 2031?") == "by 9\u00a0May\u00a02031?"
    assert words.fixed(-0.002, 2) == "0.00"
    names = ("a", "b", "c")
    assert [words.listed(names[:size]) for size in range(4)] == ["", "a", "a and b", "a, b and c"]
