"""What other cases taught, as a prior for this one: a hierarchy over cases, with a discount.

A parameter common to all regimes is z_c = sqrt(1 - b) u + sqrt(b) e_c in case c, with u shared and b = BETWEEN the
share of the prior variance that differs from case to case; u, e_c ~ N(0, 1), so z_c ~ N(0, 1) as without pooling. A
number of the case alone has b = 1 and learns nothing from elsewhere.
The posterior N(m, v) of another case is N(0, 1) times a likelihood with precision w = 1/v - 1 and centre m / (v w).
That case counts with a power a in 0..1 (power prior, ibrahim_chen2000):
    precision of u = 1 + sum_c a_c (1 - b) / (1/w_c + b)
    mean of u      = sum_c a_c sqrt(1 - b) y_c / (1/w_c + b) / precision,       y_c = m_c / (v_c w_c)
    z of the new case ~ N( sqrt(1 - b) mean, (1 - b) / precision + b )
Correlations between parameters are not passed on, and posteriors are taken as normal in z: a stated approximation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BETWEEN = 0.2  # share of the prior variance of a common parameter that differs between regimes (assumption)
SMALLEST = 1e-9


@dataclass(frozen=True)
class Lesson:
    """The posterior of another case: mean and variance of z [K], NaN where it has nothing to say; power 0..1."""

    mean: Floats
    variance: Floats
    power: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.power <= 1.0:
            raise ValueError(f"the power of a pooled case is {self.power}; expected 0 to 1")
        if self.mean.shape != self.variance.shape:
            raise ValueError(f"mean {self.mean.shape} and variance {self.variance.shape} differ in shape")


def pool(lessons: Sequence[Lesson], between: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of z [K] before the case's own evidence; between [K] in 0..1.

    A posterior no narrower than the prior has no likelihood to speak of and is passed over, parameter by parameter.
    """
    precision, weighted = np.ones_like(between), np.zeros_like(between)
    for lesson in lessons:
        with np.errstate(divide="ignore", invalid="ignore"):
            taught = 1.0 / lesson.variance - 1.0
            says = np.isfinite(taught) & np.isfinite(lesson.mean) & (taught > SMALLEST)
            centre = lesson.mean / (lesson.variance * taught)
            weight = np.where(says, lesson.power / (1.0 / taught + between), 0.0)
        precision += (1.0 - between) * weight
        weighted += np.sqrt(1.0 - between) * weight * np.where(says, centre, 0.0)
    return np.sqrt(1.0 - between) * weighted / precision, np.sqrt((1.0 - between) / precision + between)
