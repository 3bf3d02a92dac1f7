"""A report pasted into the app: what was found in it, and the chosen claims into the inbox."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fronde.app import extraction
from fronde.app.views.desk import Desk
from fronde.evidence.event_classes import EVENT_CLASSES
from fronde.scenario.case import SHIPPED


def read(desk: Desk, case: str, text: str, outlet: str, published: date | None) -> dict[str, Any]:
    """The document of `extraction.extract`, the words a reviewer may choose from, and whether the case takes rows."""
    folder = desk.case(case)
    found = extraction.extract(text, outlet, published, folder)
    return {
        **found,
        "case": case,
        "classes": {name: c.definition for name, c in EVENT_CLASSES.items()},
        "writable": not folder.resolve().is_relative_to(SHIPPED.resolve()),
    }


def propose(
    desk: Desk, case: str, text: str, outlet: str, published: date, edits: Mapping[int, Mapping[str, str]], coder: str
) -> dict[str, Any]:
    """Append the claims numbered in `edits`, with what the reader changed, as proposed."""
    return extraction.propose(desk.case(case), text, outlet, published, list(edits), edits, coder=coder)
