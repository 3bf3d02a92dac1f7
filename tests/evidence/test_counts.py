"""Count claims against enumeration of every person, and their bounds."""

from dataclasses import replace
from itertools import product
from math import exp, factorial, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fronde.evidence.codebook import Polarity, Qualifier
from fronde.evidence.counts import (
    CountClaim,
    count_claims,
    interval,
    log_count,
    prob_growing,
    prob_in_interval,
    seen_pmf,
)

AT_LEAST_FOUR = CountClaim("flee", "owners", Qualifier.AT_LEAST, 4, None, None, None, None, 15.0)


def enumerate_seen(n, p, phi, size):
    """P(C = k) by walking through which persons were noticed, and how many strays were counted."""
    found = np.zeros(size)
    for noticed in product((0, 1), repeat=n):
        weight = np.prod([p if seen else 1.0 - p for seen in noticed]) if n else 1.0
        for strays in range(size - sum(noticed)):
            found[sum(noticed) + strays] += weight * exp(-phi) * phi**strays / factorial(strays)
    return found


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 7), st.floats(0.0, 1.0), st.floats(0.0, 2.0))
def test_convolution_equals_enumeration(n, p, phi):
    np.testing.assert_allclose(seen_pmf(n, p, phi, 12), enumerate_seen(n, p, phi, 12), atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 5), st.integers(0, 5), st.floats(0.1, 0.9), st.floats(0.0, 1.0))
def test_growing_equals_enumeration(now, before, p, phi):
    a, b = enumerate_seen(before, p, phi, 30), enumerate_seen(now, p, phi, 30)
    expected = sum(b[k] * a[:k].sum() for k in range(30))
    assert prob_growing([now], [before], p, phi)[0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("qualifier", "low", "high", "expected"),
    [
        (Qualifier.AT_LEAST, 4, None, (4, np.inf)),
        (Qualifier.EXACT, 4, None, (4, 4)),
        (Qualifier.AT_MOST, None, 2, (0, 2)),
        (Qualifier.ABOUT, 8, None, (6, 10)),
        (Qualifier.SOME, None, None, (2, np.inf)),
        (Qualifier.SEVERAL, None, None, (3, np.inf)),
        (Qualifier.MANY, None, None, (5, np.inf)),
        (Qualifier.MOST, None, None, (21, np.inf)),
        (Qualifier.ALL, None, None, (36, np.inf)),
        (Qualifier.NONE, None, None, (0, 0)),
        (Qualifier.GROWING, None, None, (1, np.inf)),
    ],
)
def test_what_the_words_allow(qualifier, low, high, expected):
    assert interval(qualifier, low, high, 40) == expected


def test_most_is_more_than_half():
    assert interval(Qualifier.MOST, None, None, 41) == (21, np.inf)
    assert interval(Qualifier.MOST, None, None, 3) == (2, np.inf)


def test_a_number_without_a_bound_is_refused():
    with pytest.raises(ValueError, match="count_low or count_high"):
        interval(Qualifier.AT_LEAST, None, None, 10)


def test_interval_probabilities_cover_everything():
    parts = [prob_in_interval([0, 3, 9], bounds, 0.6, 0.4) for bounds in ((0, 2), (3, 3), (4, np.inf))]
    np.testing.assert_allclose(sum(parts), 1.0, atol=1e-12)


@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=8),
    st.floats(1.0, 100.0),
    st.sampled_from(list(Qualifier)),
)
def test_no_count_claim_outweighs_its_origin(counts, ratio, qualifier):
    claim = replace(AT_LEAST_FOUR, qualifier=qualifier, likelihood_ratio=ratio)
    found = log_count(claim, np.array(counts), 60)
    assert found.shape == (len(counts),)
    assert np.all(found >= -1e-12)
    assert np.all(found <= log(ratio) + 1e-12)
    np.testing.assert_allclose(log_count(replace(claim, likelihood_ratio=1.0), np.array(counts), 60), 0.0, atol=1e-12)


def test_at_least_four_likes_four_and_more():
    found = log_count(AT_LEAST_FOUR, np.arange(12), 42)
    assert np.all(np.diff(found) > 0.0)
    assert found[0] < 0.01
    assert found[11] > log(14.0)
    exact = log_count(
        replace(AT_LEAST_FOUR, qualifier=Qualifier.EXACT), np.arange(12), 42, report_prob=1.0, false_rate=0.0
    )
    assert np.argmax(exact) == 4
    assert exact[4] == pytest.approx(log(15.0))
    assert np.all(exact[[3, 5]] == 0.0)


def test_growing_compares_two_windows():
    claim = replace(AT_LEAST_FOUR, qualifier=Qualifier.GROWING, low=None)
    now, before = np.array([6, 3, 1]), np.array([1, 3, 6])
    found = log_count(claim, now, 42, before=before)
    assert found[0] > found[1] > found[2]


@pytest.mark.parametrize("bad", [[-1.0], [np.nan], [[1.0]]])
def test_counts_must_be_counts(bad):
    with pytest.raises(ValueError, match="n_runs"):
        log_count(AT_LEAST_FOUR, np.array(bad), 42)


def number(build, key, origin, *hops, low=4.0, **more):
    more.setdefault("count_qualifier", Qualifier.AT_LEAST)
    return build.claim(key, origin, *hops, event=None, group="owners", count_low=low, **more)


def test_count_claims_of_a_pack(build):
    pack = build.pack_of(
        build.tables_of(
            number(build, "a", "O1", "paper1", "insider"),
            number(build, "b", "O1", "tabloid", "paper1", "insider"),
            number(build, "c", "O2", "paper2", "clerk", low=7.0),
            build.claim("d", "O1", "paper1", "insider"),
        )
    )
    found = count_claims(pack)
    assert [each.claims for each in found] == [("a", "b"), ("c",)]
    assert 1.0 < found[0].likelihood_ratio <= 20.0
    assert [each.claims for each in count_claims(pack, without={"O1"})] == [("c",)]


def test_copies_of_a_number_count_once(build):
    one = count_claims(build.pack_of(build.tables_of(number(build, "a", "O1", "paper1", "insider"))))
    same = count_claims(
        build.pack_of(build.tables_of(*(number(build, key, "O1", "paper1", "insider") for key in "abc")))
    )
    assert one[0].likelihood_ratio == same[0].likelihood_ratio


def test_a_denied_number_turns_around(build):
    denied = number(build, "a", "O1", "paper1", "insider", polarity=Polarity.DENY)
    (found,) = count_claims(build.pack_of(build.tables_of(denied)))
    assert found.likelihood_ratio < 1.0
    assert np.all(np.diff(log_count(found, np.arange(10), 42)) < 0.0)
