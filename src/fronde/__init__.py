"""Fronde: record what is reported about a ruling elite, calibrate a model of it, forecast who breaks, keep score.

    case = fronde.load_case("russia-2022")
    run = case.forecast()
    run.forecast["questions"]

The model is imported when first used, so that `import fronde` costs nothing.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fronde.app.handle import CaseHandle

__version__ = "0.1.0"
__all__ = ["__version__", "load_case"]


def load_case(name_or_path: str | Path, as_of: str | date | None = None) -> "CaseHandle":
    """A case (the name of a shipped one, or a folder) as it could be seen on `as_of` (its own date if None).

    Raises `fronde.scenario.problems.CaseError` with every problem found.
    """
    from fronde.app.handle import CaseHandle

    return CaseHandle.load(name_or_path, as_of)
