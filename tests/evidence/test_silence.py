"""Silence: a new silent feed lowers, never raises, the rate."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.evidence.codebook import Status
from fronde.evidence.rows import Feed
from fronde.evidence.silence import active_feeds, log_silence, prob_unreported


def test_one_feed_by_hand():
    assert prob_unreported(0.7, 1) == pytest.approx(1.0 - 0.7 * 0.7 * 0.6)
    assert prob_unreported(0.7, 1, 1.0, 0.9) == pytest.approx(1.0 - 0.7 * 0.9)
    assert prob_unreported(0.7, 0) == 1.0
    assert prob_unreported(0.7, 500) == pytest.approx(0.3)


@given(st.floats(0.01, 0.99), st.integers(0, 30))
def test_a_new_silent_feed_lowers_never_raises(visibility, feeds):
    assert prob_unreported(visibility, feeds + 1) <= prob_unreported(visibility, feeds)


@given(st.integers(0, 10))
def test_the_posterior_rate_falls_with_every_silent_feed(feeds):
    """Posterior mean of a count under a flat prior on 0..20, all of it unreported."""
    counts = np.arange(21)

    def mean(n):
        weight = np.exp(log_silence(counts, "flee", n))
        return float((weight * counts).sum() / weight.sum())

    assert mean(feeds + 1) <= mean(feeds) + 1e-12


def test_feeds_are_counted_where_they_were_read(build):
    def feed(key, low, high):
        return Feed(id=key, outlet=key, active_from=low, active_to=high, status=Status.ACCEPTED)

    tables = build.tables_of(
        feeds=[
            feed("paper1", date(2031, 1, 1), None),
            feed("paper2", date(2031, 1, 1), date(2031, 2, 1)),
            feed("paper3", date(2032, 6, 1), None),
        ]
    )
    pack = build.pack_of(tables)
    assert active_feeds(pack, date(2031, 1, 15), date(2031, 1, 20)) == 2
    assert active_feeds(pack, date(2031, 3, 1), date(2031, 3, 8)) == 1
    assert len(pack.feeds) == 2
    assert active_feeds(build.pack_of(build.tables_of()), date(2031, 3, 1), date(2031, 3, 8)) == 0
