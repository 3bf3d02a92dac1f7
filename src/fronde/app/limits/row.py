"""One limiting case: what must come out, what came out, and how far the two may be apart."""

import math
from dataclasses import asdict, dataclass
from typing import Any

SIGMAS = 4.5  # bound of a sampled figure in standard errors: one false alarm in 150 000 rows


@dataclass(frozen=True)
class Row:
    """A checked case; `bound` is the largest distance from `expected` at which it holds."""

    name: str
    expected: float
    got: float
    bound: float

    @property
    def ok(self) -> bool:
        """Whether the case holds; never for a figure that is not a number."""
        return abs(self.got - self.expected) <= self.bound

    def as_dict(self) -> dict[str, Any]:
        """The row as `fronde validate` prints it."""
        return asdict(self) | {"ok": self.ok}


def share(name: str, expected: float, got: float, trials: int) -> Row:
    """A share of independent trials, bounded by its binomial error."""
    return Row(name, expected, got, SIGMAS * math.sqrt(expected * (1.0 - expected) / trials))


def chi_square_ratio(name: str, chi_square: float, freedom: int) -> Row:
    """Chi-square over its degrees of freedom: 1 under the hypothesis."""
    return Row(name, 1.0, chi_square / freedom, SIGMAS * math.sqrt(2.0 / freedom))
