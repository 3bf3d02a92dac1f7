"""A number in print: where it comes from, how it is known, and the function that recomputes it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

Number = float | int | tuple[float, ...]


class Known(Enum):
    """How the expectation is known."""

    READ = "read"  # read in the named source
    RECOMPUTED = "recomputed"  # computed independently from the source's rules
    RECALLED = "recalled"  # from memory: needs a second source


@dataclass(frozen=True)
class Published:
    """A number in print. `compute` returns the same shape as `expected`; None if nobody has recomputed it."""

    id: str
    about: str
    source: str
    expected: Number | str  # words only where nothing is computed
    tolerance: float
    known: Known
    compute: Callable[[], Any] | None
    note: str = ""
    compiled: bool = False  # too slow without compilation
