"""Global games of regime change: how many attack when each sees the regime's strength with error.

The regime of strength theta falls if the attacking mass A >= theta. A private signal is x = theta + sigma *
noise, noise ~ N(0, 1); everybody attacks below one cut-off x*, so A(theta) = Phi((x* - theta)/sigma) and, at
the strength that just falls, A(theta*) = theta*.

Without public news (`private_game`; flat prior; an attack pays `gain` on success and -1 on failure):
    theta* = gain/(1 + gain),   x* = theta* + sigma * Phi^-1(theta*).
With public news (`public_game`; prior theta ~ N(z, 1/a), private precision b = 1/sigma^2; attack if
P(fall | x) >= cost): eliminating x* leaves, for theta in (0, 1),
    (a (theta - z) - sqrt(b) Phi^-1(theta)) / sqrt(a + b) = Phi^-1(cost),
one root for every z if and only if a/sqrt(b) <= sqrt(2 pi), else up to three: public news coordinates.
Strength, mass and cost in units of 1; precisions in 1/strength^2.
Sources: morris_shin1998 (uniqueness), angeletos_hellwig_pavan2007 (public information and multiplicity).
"""

import math
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

STANDARD = NormalDist()


@dataclass(frozen=True)
class Equilibrium:
    """The strength that just falls, the signal below which everybody attacks, and the noise of signals."""

    theta_star: float
    x_star: float
    sigma: float

    def attack_mass(self, theta: float) -> float:
        """Share attacking a regime of strength `theta`."""
        return STANDARD.cdf((self.x_star - theta) / self.sigma)


def private_game(gain: float, sigma: float) -> Equilibrium:
    """Closed form for a gain of success `gain` [losses of a failed attack] and signal noise `sigma`."""
    if gain <= 0 or sigma <= 0:
        raise ValueError(f"gain and sigma: expected positive numbers, found {gain} and {sigma}")
    theta_star = gain / (1.0 + gain)
    return Equilibrium(theta_star, theta_star + sigma * STANDARD.inv_cdf(theta_star), sigma)


def is_unique(public_precision: float, private_precision: float) -> bool:
    """Whether the game with public news has one equilibrium whatever the news."""
    return public_precision / math.sqrt(private_precision) <= math.sqrt(2.0 * math.pi)


def public_game(z: float, public_precision: float, private_precision: float, cost: float) -> list[Equilibrium]:
    """All equilibria in increasing order of theta* (one or three; two only at tangency).

    The residual falls from +inf at 0 to -inf at 1 and turns at most twice, where sqrt(b)/phi(Phi^-1(theta)) =
    a: its monotone pieces are known, and each holds at most one root, found by bisection.
    """
    if not 0.0 < cost < 1.0 or public_precision < 0 or private_precision <= 0:
        raise ValueError(
            f"expected cost in (0, 1), precisions >= 0 and > 0, found {cost}, {public_precision}, {private_precision}"
        )
    a, root_b = public_precision, math.sqrt(private_precision)
    right = STANDARD.inv_cdf(cost) * math.sqrt(a + private_precision)

    def residual(y: float) -> float:
        return a * (STANDARD.cdf(y) - z) - root_b * y - right

    # In y = Phi^-1(theta) the turning points are a phi(y) = sqrt(b).
    edges = [-40.0, 40.0]
    if not is_unique(a, private_precision):
        turn = math.sqrt(-2.0 * math.log(root_b / a * math.sqrt(2.0 * math.pi)))
        edges = [-40.0, -turn, turn, 40.0]
    equilibria: list[Equilibrium] = []
    for low, high in pairwise(edges):
        if residual(low) * residual(high) <= 0:
            y = _bisect(residual, low, high)
            theta_star = STANDARD.cdf(y)
            if not equilibria or theta_star - equilibria[-1].theta_star > 1e-12:
                equilibria.append(Equilibrium(theta_star, theta_star + y / root_b, 1.0 / root_b))
    return equilibria


def _bisect(function, low: float, high: float) -> float:
    sign = 1.0 if function(low) > 0 else -1.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        if sign * function(middle) > 0:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
