"""Reports given to the app: what was found in them, what a second reader says, the chosen claims into the inbox."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fronde.app import endpoint, extraction
from fronde.app.opening import RequestError
from fronde.app.views.desk import Desk
from fronde.evidence.event_classes import EVENT_CLASSES
from fronde.scenario.case import SHIPPED


def read(desk: Desk, case: str, articles: Sequence[extraction.Article]) -> dict[str, Any]:
    """The document of `extraction.extract_many`, the words a reviewer may choose from, and what else can be done.

    writable: whether the case takes rows. model: name of the second reader, if the user set the address of one.
    """
    folder = desk.case(case)
    return {
        **extraction.extract_many(articles, folder),
        "case": case,
        "classes": {name: c.definition for name, c in EVENT_CLASSES.items()},
        "writable": not folder.resolve().is_relative_to(SHIPPED.resolve()),
        "model": os.environ.get("FRONDE_LLM_MODEL", "default") if os.environ.get("FRONDE_LLM_URL") else None,
    }


def text_of(content: bytes, name: str) -> dict[str, str]:
    """The text of a file: plain, HTML or PDF with text. Raises RequestError for what cannot be read."""
    from fronde.extract import formats

    try:
        return {"name": name, "text": formats.text_of(content, name)}
    except formats.Unreadable as error:
        raise RequestError(str(error)) from error


def second(desk: Desk, case: str, text: str, outlet: str, published: date | None) -> dict[str, Any]:
    """Both readers side by side, disagreements first. Sends the text to the address the user set, and only there."""
    found = endpoint.compare(extraction.extract(text, outlet, published, desk.case(case)))
    return {key: found[key] for key in ("model", "dropped", "kept", "rows")}


def propose(
    desk: Desk, case: str, text: str, outlet: str, published: date, edits: Mapping[int, Mapping[str, str]], coder: str
) -> dict[str, Any]:
    """Append the claims numbered in `edits`, with what the reader changed, as proposed."""
    return extraction.propose(desk.case(case), text, outlet, published, list(edits), edits, coder=coder)
