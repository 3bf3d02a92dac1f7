"""What one sentence owes to those before it: quotations without a cue, pronouns, the outlet that was told."""

import re
from collections.abc import Sequence
from dataclasses import replace

from fronde.extract.attribution import Attribution, Span
from fronde.extract.segment import Unit

_PRONOUN = re.compile(r"^(?:s?he|they|it|i|we|who|him|her|them|his|their|its)$", re.IGNORECASE)
_LOOKED_AT = 50  # attributions back that may own a quotation
_SHARES = 0.7  # a sentence with at least this share of its words in quotation marks is somebody's speech


def carry_quotes(text: str, units: Sequence[Unit], found: Sequence[Attribution]) -> list[Attribution]:
    """Give quotations that no cue claims to the speaker before them; they join that speaker's last attribution.

    A speech may run over any number of paragraphs, as long as no two without a quotation lie between.
    """
    items = sorted(found, key=lambda a: a.cue.start)
    taken = bytearray(len(text))  # characters that some cue claims
    for item in items:
        for span in (*item.content, *([item.source] if item.source else [])):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
    reach = [units[item.unit].paragraph for item in items]  # paragraph in which each was last heard
    extra: list[list[Span]] = [[] for _ in items]
    before = 0
    for number, unit in enumerate(units):
        for quote in free_quotes(unit, taken):
            while before < len(items) and items[before].cue.start < quote.start:
                before += 1
            owner = _owner(items[:before][-_LOOKED_AT:], reach[:before][-_LOOKED_AT:], number, unit.paragraph)
            if owner is None:
                continue
            index = owner + max(0, before - _LOOKED_AT)
            extra[index].append(quote)
            reach[index] = unit.paragraph
            taken[quote.start : quote.end] = b"\1" * (quote.end - quote.start)
    return [replace(i, content=(*i.content, *more)) if more else i for i, more in zip(items, extra, strict=True)]


def free_quotes(unit: Unit, taken: bytearray) -> list[Span]:
    """Whole quoted sentences of a unit that overlap nothing claimed so far."""
    free = []
    spoken = sum(t.text[0].isalnum() for t in unit.tokens)
    for a, b in unit.quotes:
        span = Span(unit.tokens[a].start, unit.tokens[b - 1].end)
        words = sum(t.text[0].isalnum() for t in unit.tokens[a:b])
        whole = unit.tokens[b - 2].low in (".", "!", "?", ",") if b - a > 2 else False
        if words >= 2 and (whole or words / max(1, spoken) >= _SHARES) and not any(taken[span.start : span.end]):
            free.append(span)
    return free


def _owner(items: Sequence[Attribution], reach: Sequence[int], number: int, paragraph: int) -> int | None:
    """The last attribution whose words were quoted, heard at most two paragraphs back."""
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        speaks = item.kind in ("verb", "passive", "participle", "phrase") and item.source is not None
        if paragraph - reach[index] <= 2 and speaks and (item.direct or item.unit >= number - 1):
            return index
    return None


def resolve_pronouns(text: str, items: Sequence[Attribution]) -> list[Attribution]:
    """A pronoun speaks for the last fitting source; `inferred` keeps whom it stands for."""
    last: Span | None = None
    last_many: Span | None = None
    resolved: list[Attribution] = []
    for item in items:
        source = item.source
        if source is None:
            resolved.append(item)
            continue
        words = source.of(text)
        if _PRONOUN.match(words):
            low = words.lower()
            stand_in = last_many if low in ("they", "them", "their") and last_many else last
            resolved.append(replace(item, inferred=stand_in) if stand_in else item)
            continue
        if _plural(words):
            last_many = source
        last = source
        resolved.append(item)
    return resolved


def _plural(words: str) -> bool:
    head = re.split(r",| who | of | close | familiar | with | in | at ", words, maxsplit=1)[0].strip()
    return bool(re.search(r"s$|people$|\band\b|men$|police$", head)) and not head.endswith("ss")
