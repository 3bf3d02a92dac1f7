"""Global games: the equilibrium conditions themselves, not the formula that solves them."""

import math
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.opinions.global_games import is_unique, private_game, public_game

NORMAL = NormalDist()


@given(st.floats(0.05, 20.0), st.floats(0.01, 2.0))
def test_the_marginal_attacker_is_indifferent(gain: float, sigma: float) -> None:
    game = private_game(gain, sigma)
    falls = NORMAL.cdf((game.theta_star - game.x_star) / sigma)  # flat prior: theta | x ~ N(x, sigma^2)
    assert falls * gain - (1.0 - falls) == pytest.approx(0.0, abs=1e-9)
    assert game.attack_mass(game.theta_star) == pytest.approx(game.theta_star, abs=1e-9)


@given(st.floats(0.0, 6.0), st.floats(0.3, 30.0), st.floats(-0.5, 1.5), st.floats(0.1, 0.9))
def test_every_root_is_an_equilibrium(a: float, b: float, z: float, cost: float) -> None:
    for equilibrium in public_game(z, a, b, cost):
        theta, x = equilibrium.theta_star, equilibrium.x_star
        if not 1e-9 < theta < 1.0 - 1e-9:
            continue  # beyond floating point
        assert equilibrium.attack_mass(theta) == pytest.approx(theta, abs=1e-9)
        mean, sd = (a * z + b * x) / (a + b), 1.0 / math.sqrt(a + b)
        assert NORMAL.cdf((theta - mean) / sd) == pytest.approx(cost, abs=1e-6)


@given(st.floats(0.0, 6.0), st.floats(0.3, 30.0), st.floats(-0.5, 1.5), st.floats(0.1, 0.9))
def test_poor_public_news_leaves_one_equilibrium(a: float, b: float, z: float, cost: float) -> None:
    roots = [e.theta_star for e in public_game(z, a, b, cost)]
    assert len(roots) in ((1,) if is_unique(a, b) else (1, 2, 3))
    assert roots == sorted(roots)


def test_without_public_news_both_games_agree() -> None:
    gain = 0.5
    (public,) = public_game(0.3, 0.0, 1.0 / 0.3**2, 1.0 / (1.0 + gain))
    private = private_game(gain, 0.3)
    assert (public.theta_star, public.x_star) == pytest.approx((private.theta_star, private.x_star), abs=1e-12)


def test_better_news_about_the_regime_makes_it_safer() -> None:
    good, bad = (public_game(z, 1.0, 4.0, 0.5)[0] for z in (0.8, 0.2))
    assert good.theta_star < bad.theta_star


def test_impossible_input_is_refused() -> None:
    with pytest.raises(ValueError, match="gain"):
        private_game(0.0, 0.3)
    with pytest.raises(ValueError, match="cost"):
        public_game(0.5, 1.0, 1.0, 1.0)
