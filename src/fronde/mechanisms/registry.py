"""All parameters of the model in one order, and the record type that kernels read them from."""

from collections import Counter, namedtuple

from fronde.domain.params import Param
from fronde.mechanisms import (
    battlefield,
    dependence,
    fear,
    frailty,
    grievance,
    information,
    leader,
    leave,
    perception,
    plot,
    public,
    refusal,
    reporting,
    repression,
    resign,
    shock,
    speak,
    wealth,
)

MECHANISMS = (
    wealth,
    shock,
    frailty,
    grievance,
    dependence,
    fear,
    perception,
    speak,
    resign,
    leave,
    refusal,
    information,
    leader,
    repression,
    plot,
    battlefield,
    public,
    reporting,
)
PARAMS: tuple[Param, ...] = tuple(param for module in MECHANISMS for param in module.PARAMS)
NAMES: tuple[str, ...] = tuple(param.name for param in PARAMS)
Params = namedtuple("Params", [param.field for param in PARAMS])  # type: ignore[misc]

if duplicates := [name for name, count in Counter(NAMES).items() if count > 1]:
    raise ValueError(f"parameters declared twice: {duplicates}")


def assumptions(params: tuple[Param, ...] = PARAMS) -> dict[str, int]:
    """Number of parameters whose only source is `assumption`, by mechanism."""
    return dict(Counter(param.mechanism for param in params if param.source == "assumption"))
