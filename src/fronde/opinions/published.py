"""Published numbers, each with where it comes from, how it is known, and the function that recomputes it.

`check_published()` runs the tables of `published_forms.py` and `published_processes.py`, one row a number;
`fronde validate --suite published` prints them, and every row is a test. A number nobody here has
recomputed stays in the table with the reason, and counts neither as right nor as wrong.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

import numpy as np

from fronde.domain.jit import INTERPRETED
from fronde.opinions.number import Number, Published
from fronde.opinions.published_forms import FORMS
from fronde.opinions.published_processes import PROCESSES


class Status(Enum):
    """What the check found."""

    REPRODUCED = "reproduced"
    MISSED = "missed"
    NOT_ATTEMPTED = "not attempted"  # the note says why
    SKIPPED = "skipped"  # needs compiled code, and compilation is switched off


@dataclass(frozen=True)
class CheckRow:
    """One line of the report: `off` is the largest absolute difference from the expectation."""

    id: str
    about: str
    source: str
    expected: Number | str
    got: Number | None
    off: float | None
    tolerance: float
    known: str
    status: str
    note: str

    @property
    def ok(self) -> bool:
        """False only for a number that was recomputed and missed."""
        return self.status != Status.MISSED.value

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def _plain(value: Any) -> Number:
    array = np.asarray(value, dtype=np.float64)
    return float(array) if array.ndim == 0 else tuple(float(x) for x in array.ravel())


def check(entry: Published) -> CheckRow:
    """Recompute one number and compare."""
    got: Number | None = None
    off: float | None = None
    if entry.compute is None or isinstance(entry.expected, str):
        status = Status.NOT_ATTEMPTED
    elif entry.compiled and INTERPRETED:
        status = Status.SKIPPED
    else:
        got = _plain(entry.compute())
        mine, print_ = np.atleast_1d(got), np.atleast_1d(np.asarray(entry.expected, dtype=np.float64))
        off = float(np.abs(mine - print_).max()) if mine.shape == print_.shape else float("inf")
        status = Status.REPRODUCED if off <= entry.tolerance else Status.MISSED
    return CheckRow(
        entry.id,
        entry.about,
        entry.source,
        entry.expected,
        got,
        off,
        entry.tolerance,
        entry.known.value,
        status.value,
        entry.note,
    )


def published_table() -> tuple[Published, ...]:
    """All entries, in the order of their ids."""
    return FORMS + PROCESSES


def check_published(ids: Iterable[str] | None = None) -> list[CheckRow]:
    """Check all published numbers, or those whose id is, or starts with, one of `ids` (`N7`: all of N7)."""
    wanted = None if ids is None else tuple(ids)
    table = published_table()
    chosen = [e for e in table if wanted is None or any(e.id == w or e.id.startswith(w + ".") for w in wanted)]
    if wanted is not None and not chosen:
        raise KeyError(
            f"no published number matches {', '.join(wanted)}; there are "
            f"{', '.join(dict.fromkeys(e.id.split('.')[0] for e in table))}"
        )
    return [check(entry) for entry in chosen]
