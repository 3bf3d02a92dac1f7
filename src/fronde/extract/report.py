# ruff: noqa: E501  the table of scripts is read by column
"""`read_report(text, …)`: the one entry of this room."""

import re
from dataclasses import dataclass
from datetime import date

from fronde.extract.actors import Gazetteer
from fronde.extract.attribution import Attribution, Span, attributions
from fronde.extract.carry import carry_quotes, resolve_pronouns
from fronde.extract.claims import ProposedClaim, claims
from fronde.extract.segment import Unit, segment
from fronde.extract.word_sets import word_set

LONGEST = 400_000  # characters; a longer text is cut there, and said to be


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one text. Every span lies in `text`."""

    text: str
    units: tuple[Unit, ...]
    attributions: tuple[Attribution, ...]
    claims: tuple[ProposedClaim, ...]
    boilerplate: tuple[Span, ...]
    unread: tuple[str, ...]  # sentences that say what could not be read, and why


def read_report(
    text: str,
    outlet: str = "",
    published: date | None = None,
    gazetteer: Gazetteer | None = None,
    outlets: tuple[str, ...] = (),
) -> Reading:
    """Read one report in English.

    outlet, published: who printed it and when; dates like *on Thursday* need the second.
    gazetteer: the case's actors; outlets: the case's known outlets by name.
    Never raises for a text, whatever it holds; `unread` says what was left out.
    """
    unread = list(_unreadable(text))
    clipped = text[:LONGEST]
    segmented = segment(clipped)
    found = carry_quotes(clipped, segmented.units, attributions(segmented.units))
    found = resolve_pronouns(clipped, sorted(found, key=lambda a: a.cue.start))
    proposed = claims(clipped, segmented.units, found, outlet, published, gazetteer, outlets)
    if not segmented.units and not unread:
        unread.append("The text holds no sentence.")
    return Reading(
        clipped,
        segmented.units,
        tuple(found),
        tuple(proposed),
        tuple(Span(a, b) for a, b in segmented.boilerplate),
        tuple(unread),
    )


_SCRIPTS = (
    ("Cyrillic", r"[\u0400-\u052f]"), ("Arabic", r"[\u0600-\u06ff\u0750-\u077f]"), ("Hebrew", r"[\u0590-\u05ff]"), ("Greek", r"[\u0370-\u03ff]"),
    ("Chinese or Japanese", r"[\u3040-\u30ff\u4e00-\u9fff]"), ("Korean", r"[\uac00-\ud7af]"), ("Devanagari", r"[\u0900-\u097f]"), ("Georgian", r"[\u10a0-\u10ff]"), ("Armenian", r"[\u0530-\u058f]"), ("Thai", r"[\u0e00-\u0e7f]"),
)  # fmt: skip
_ENGLISH = word_set(
    """
    the of and to in a is that for it was on with as by at from his her he she they said has have had not but
    be are this which
    """
)


def _unreadable(text: str) -> list[str]:
    said = []
    letters = sum(c.isalpha() for c in text)
    for name, pattern in _SCRIPTS:
        share = len(re.findall(pattern, text)) / max(1, letters)
        if share > 0.1:
            said.append(
                f"{share:.0%} of the letters are {name}: the rules read English only, so those sentences yield no claim."
            )
    words = re.findall(r"[a-z']+", text[:20000].lower())
    if len(words) > 40 and sum(w in _ENGLISH for w in words) < 0.12 * len(words):
        said.append("The text does not look like English: the rules read English only.")
    if len(text) > LONGEST:
        said.append(f"Only the first {LONGEST:,} of {len(text):,} characters were read.")
    return said
