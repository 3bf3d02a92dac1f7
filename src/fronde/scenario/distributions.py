"""Attributes of those of whom nothing is published: one draw per (seed, attribute, actor), by inverse
distributions.

    value = clip(F^-1(u)),   u = uniform(seed, 1000 + attribute code, 0, 0, actor key)
so an actor's traits depend on nobody else and on no order.
"""

import math
from collections.abc import Callable
from statistics import NormalDist

from fronde.domain.draws import Decision, uniform
from fronde.scenario.fields import Attribute
from fronde.scenario.model import Constant, LogitNormal, LogNormal, Normal, Uniform

_STANDARD = NormalDist()
Drawn = Constant | Uniform | Normal | LogNormal | LogitNormal


def quantile(dist: Drawn, u: float) -> float:
    """Inverse distribution function at u in (0, 1), in the attribute's unit."""
    if isinstance(dist, Constant):
        return dist.value
    if isinstance(dist, Uniform):
        return dist.low + u * (dist.high - dist.low)
    z = _STANDARD.inv_cdf(u)
    if isinstance(dist, Normal):
        return dist.mean + dist.sd * z
    if isinstance(dist, LogNormal):
        return dist.median * math.exp(min(dist.sigma * z, 100.0))
    logit = math.log(dist.median / (1.0 - dist.median)) + dist.sd * z
    return 1.0 / (1.0 + math.exp(-max(min(logit, 700.0), -700.0)))


def draw(
    dist: Drawn,
    attribute: Attribute,
    seed: int,
    entity: int,
    chance: Callable[[int, int, int, int, int], float] = uniform,
) -> float:
    """The attribute of one actor, held inside its legal range."""
    u = 0.5 if isinstance(dist, Constant) else chance(seed, Decision.ATTRIBUTE + attribute.code, 0, 0, entity)
    return min(max(quantile(dist, u), attribute.low), attribute.high)
