"""Perception: what actors show, how it fades, what others make of it."""

import math

import pytest

from fronde.mechanisms import perception

from .records import DAYS, SHARES, any_params, any_state, given, paced, params, plain, state

standing, fade, perceive = map(plain, (perception.standing, perception.fade, perception.perceive))
SHOWS = {"perception_show_speak": 0.6, "perception_show_resign": 0.8, "perception_show_leave": 0.5}


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, 0.0),
        ({"voice": 1.0}, 0.6),
        ({"voice": 2.0}, 1.0),
        ({"quit": 1.0}, 0.8),
        ({"abroad": 1.0}, 0.5),
        ({"abroad": 1.0, "voice": 1.0}, 0.6),
        ({"abroad": 1.0, "quit": 1.0, "voice": 1.0}, 0.8),
        ({"quit": 1.0, "voice": 2.0}, 1.0),
        ({"in_office": 1.0, "punished": 1.0, "plotting": 1.0, "refused": 1.0, "private": 1.0}, 0.0),
    ],
)
def test_the_strongest_of_voice_quitting_and_absence_shows_and_nothing_else(changes, shown) -> None:
    assert standing(params(**SHOWS), state(**changes)) == shown


def test_fading_worked_by_hand() -> None:
    p = params(perception_lasting=0.25, perception_display_days=30.0)
    assert fade(p, paced(p, 30.0 * math.log(2.0)), 1.0, 0.8) == pytest.approx(0.2 + 0.8 * 0.5, rel=1e-14)
    assert fade(p, paced(p, 30.0 * math.log(4.0)), 1.0, 0.0) == pytest.approx(0.25, rel=1e-14)


@given(any_params("perception"), any_state(), DAYS)
def test_fading_stays_between_the_display_and_what_lasts(p, s, dt) -> None:
    rest = p.perception_lasting * standing(p, s)
    whole, half = paced(p, dt), paced(p, 0.5 * dt)
    faded = fade(p, whole, s.display, standing(p, s))
    assert min(rest, s.display) - 1e-12 <= faded <= max(rest, s.display) + 1e-12
    again = fade(p, half, fade(p, half, s.display, standing(p, s)), standing(p, s))
    assert again == pytest.approx(faded, abs=1e-13)


def test_perception_worked_by_hand() -> None:
    p = params(perception_rate=0.1, perception_public_share=0.25)
    dt = 10.0 * math.log(2.0)  # half of the way
    found = perceive(p, paced(p, dt), 0.2, 0.4, 0.8)
    assert found == pytest.approx(0.5 * 0.2 + 0.5 * (0.75 * 0.4 + 0.25 * 0.8), rel=1e-14)


@given(any_params("perception"), SHARES, SHARES, SHARES, DAYS)
def test_perceived_discontent_moves_toward_what_is_seen_and_stays_a_share(p, perceived, circle, signal, dt) -> None:
    share = p.perception_public_share
    target = (1.0 - share) * circle + share * signal
    moved = perceive(p, paced(p, dt), perceived, circle, signal)
    assert 0.0 <= moved <= 1.0
    assert min(perceived, target) - 1e-12 <= moved <= max(perceived, target) + 1e-12


@given(any_params("perception"), SHARES, SHARES, SHARES, DAYS, SHARES)
def test_seeing_more_never_lowers_what_is_perceived(p, perceived, circle, signal, dt, more) -> None:
    before = perceive(p, paced(p, dt), perceived, circle, signal)
    assert perceive(p, paced(p, dt), perceived, circle + more, signal) >= before
    assert perceive(p, paced(p, dt), perceived, circle, signal + more) >= before


@given(any_params("perception"), DAYS)
def test_silence_all_around_is_seen_as_silence(p, dt) -> None:
    assert perceive(p, paced(p, dt), 0.0, 0.0, 0.0) == 0.0
