"""One declaration per number of the model: unit, default, prior, bounds, source.

Every parameter is the image of a standard normal z under its prior, truncated to its bounds:
    value = F^-1( F(low) + Phi(m + s z) * (F(high) - F(low)) ),   m, s = 0, 1 unless other cases lent what they taught
so that inference always works on z ~ N(0, 1), whatever the parameter. `assumption` is a legal source and is counted.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fronde.domain.jit import kernel
from fronde.domain.maths import exp, log, normal_quantile

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Normal:
    """Normal prior: mean and standard deviation in the parameter's unit."""

    mean: float
    sd: float


@dataclass(frozen=True)
class LogNormal:
    """Lognormal prior: median in the parameter's unit, sigma of the logarithm."""

    median: float
    sigma: float


Prior = Normal | LogNormal


@dataclass(frozen=True)
class Param:
    """A number of the model. `note` says in plain words what it means and why the prior is as it is.

    scope: `common` to all regimes (how people react) or a number of the `case` (levels and base rates of one country).
    pooled: mean and sd of z before the case's own evidence, (0, 1) unless other cases lend what they taught.
    """

    name: str
    unit: str
    default: float
    prior: Prior
    bounds: tuple[float, float]
    source: str
    note: str
    scope: Literal["common", "case"] = "common"
    pooled: tuple[float, float] = (0.0, 1.0)

    def __post_init__(self) -> None:
        low, high = self.bounds
        if not low <= self.default <= high:
            raise ValueError(f"{self.name}: default {self.default} outside bounds {low}..{high}")
        if isinstance(self.prior, LogNormal) and low < 0:
            raise ValueError(f"{self.name}: a lognormal prior needs a lower bound of at least 0, found {low}")
        if not self.source:
            raise ValueError(f"{self.name}: source is empty; write `assumption` if there is none")

    @property
    def field(self) -> str:
        """Name inside kernels: `leave.base` is `leave_base`."""
        return self.name.replace(".", "_")

    @property
    def mechanism(self) -> str:
        """The mechanism that declares it."""
        return self.name.split(".", 1)[0]


def override(param: Param, value: float, sd: float | None, because: str) -> Param:
    """The parameter with a case's own value: prior moved there, or narrowed to it where no sd is given."""
    low, high = param.bounds
    if not low <= value <= high:
        raise ValueError(f"{param.name}: {value} is outside its bounds {low}..{high} [{param.unit}]")
    spread = 0.0 if sd is None else sd
    if isinstance(param.prior, LogNormal):
        prior: Prior = LogNormal(value, spread)
    else:
        prior = Normal(value, spread)
    return replace(param, default=value, prior=prior, source="case", note=because)


@kernel
def _normal_cdf(x):
    return 0.5 * math.erfc(-x * 0.7071067811865476)


@kernel
def _to_values(z, is_log, centre, spread, low, high, out):
    for k in range(centre.size):
        a = log(low[k]) if is_log[k] and low[k] > 0.0 else low[k]
        b = log(high[k]) if is_log[k] else high[k]
        m = log(centre[k]) if is_log[k] else centre[k]
        if is_log[k] and low[k] <= 0.0:
            a = -1e300
        bottom = _normal_cdf((a - m) / spread[k]) if spread[k] > 0.0 else 0.0
        top = _normal_cdf((b - m) / spread[k]) if spread[k] > 0.0 else 1.0
        for r in range(z.shape[0]):
            value = m
            if spread[k] > 0.0:
                u = bottom + _normal_cdf(z[r, k]) * (top - bottom)
                u = min(max(u, 1e-15), 1.0 - 1e-15)
                value = m + spread[k] * normal_quantile(u)
            value = min(max(value, a), b)
            out[r, k] = min(max(exp(value), low[k]), high[k]) if is_log[k] else value


def to_values(params: tuple[Param, ...], z: Floats) -> Floats:
    """Standard normals to parameter values.

    z: [run, param] standard normal coordinates. Returns [run, param] in each parameter's unit, inside its bounds.
    """
    if z.ndim != 2 or z.shape[1] != len(params):
        raise ValueError(f"z has shape {z.shape}; expected (runs, {len(params)})")
    is_log = np.array([isinstance(p.prior, LogNormal) for p in params])
    centre = np.array([p.prior.median if isinstance(p.prior, LogNormal) else p.prior.mean for p in params])
    spread = np.array([p.prior.sigma if isinstance(p.prior, LogNormal) else p.prior.sd for p in params])
    low, high = (np.array(side, dtype=np.float64) for side in zip(*(p.bounds for p in params), strict=True))
    moved = np.array([p.pooled for p in params])
    if (moved != (0.0, 1.0)).any():
        z = moved[:, 0] + moved[:, 1] * z
    out = np.empty_like(z)
    _to_values(np.ascontiguousarray(z), is_log, centre, spread, low, high, out)
    return out


def defaults(params: tuple[Param, ...]) -> Floats:
    """Default values [param]."""
    return np.array([p.default for p in params])
