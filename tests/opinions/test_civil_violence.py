"""Civil violence: cases with known answers on small tori; bands of the full model are published numbers."""

from dataclasses import replace

import numpy as np
import pytest

from fronde.domain.draws import uniform
from fronde.opinions.chance import Decision
from fronde.opinions.civil_violence import World, disc, outburst_interval, play

SMALL = World(side=10, vision=2.0)
GOLDEN_ACTIVE = [37, 36, 33, 30, 26, 21, 19, 16, 12, 11, 7, 7]
GOLDEN_JAILED = [3, 6, 9, 13, 17, 20, 22, 25, 27, 30, 33, 34]


def test_the_disc_of_the_published_model_has_149_cells() -> None:
    assert len(disc(7.0, 40)) == 149
    assert len(disc(1.0, 10)) == 5


def test_a_legitimate_government_sees_no_rebellion() -> None:
    course = play(replace(SMALL, legitimacy=1.0), 30, 1)
    assert course.active.sum() == 0
    assert course.jailed.sum() == 0


def test_without_police_exactly_the_aggrieved_are_active() -> None:
    course = play(replace(SMALL, police=0.0, legitimacy=0.5), 5, 3)
    hardship = np.array([uniform(3, Decision.CHARACTER, 0, 0, person) for person in range(70)])
    assert course.active.tolist() == [int((0.5 * hardship > 0.1).sum())] * 5
    assert course.jailed.sum() == 0


def test_nobody_is_both_active_and_jailed() -> None:
    course = play(replace(SMALL, legitimacy=0.3), 60, 2)
    assert np.all(course.active + course.jailed <= 70)
    assert course.jailed.max() > 0


def test_terms_of_zero_fill_no_jail() -> None:
    course = play(replace(SMALL, legitimacy=0.3, jail_longest=1), 20, 2)
    assert course.jailed.sum() == 0


def test_runs_repeat_compiled_or_not_and_seeds_differ() -> None:
    course = play(replace(SMALL, legitimacy=0.6), 12, 4)
    assert course.active.tolist() == GOLDEN_ACTIVE
    assert course.jailed.tolist() == GOLDEN_JAILED
    assert play(replace(SMALL, legitimacy=0.6), 12, 5).active.tolist() != GOLDEN_ACTIVE


def test_longer_runs_begin_like_shorter_ones() -> None:
    long, short = play(SMALL, 20, 6), play(SMALL, 8, 6)
    assert np.array_equal(long.active[:8], short.active)


def test_interval_between_outbursts_by_hand() -> None:
    active = np.array([0, 60, 70, 0, 0, 51, 0, 50, 99])
    assert outburst_interval(active) == pytest.approx((4 + 3) / 2)
    assert np.isnan(outburst_interval(np.array([0, 60, 0])))


def test_impossible_worlds_are_refused() -> None:
    with pytest.raises(ValueError, match="torus"):
        play(World(side=10), 1, 0)
    with pytest.raises(ValueError, match="fit"):
        play(replace(SMALL, people=0.99, police=0.05), 1, 0)
