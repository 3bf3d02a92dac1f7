"""What one sentence owes to those before it: quotations without a cue, pronouns, the outlet that was told."""

import re
from collections.abc import Sequence
from dataclasses import replace

from fronde.extract.attribution import Attribution, Span, with_content
from fronde.extract.segment import Unit
from fronde.extract.tokens import CLOSE, OPEN

_PRONOUN = re.compile(r"^(?:s?he|they|it|i|we|who|him|her|them|his|their|its)$", re.IGNORECASE)
_SHARES = 0.7  # a sentence with at least this share of its words in quotation marks is somebody's speech


def carry_quotes(text: str, units: Sequence[Unit], found: Sequence[Attribution]) -> list[Attribution]:
    """Give quotations that no cue claims to the speaker before them; they join that speaker's last attribution."""
    items = sorted(found, key=lambda a: a.cue.start)
    claimed = [span for item in items for span in item.content] + [i.source for i in items if i.source]
    for number, unit in enumerate(units):
        for quote in free_quotes(unit, claimed):
            owner = _owner(units, items, number, quote)
            if owner is None:
                continue
            index = items.index(owner)
            items[index] = with_content(owner, quote)
            claimed.append(quote)
    return items


def free_quotes(unit: Unit, claimed: Sequence[Span]) -> list[Span]:
    """Whole quoted sentences of a unit that overlap nothing claimed so far."""
    free = []
    for a, b in unit.quotes:
        span = Span(unit.tokens[a].start, unit.tokens[b - 1].end)
        words = sum(t.text[0].isalnum() for t in unit.tokens[a:b])
        whole = unit.tokens[b - 2].low in (".", "!", "?", ",") if b - a > 2 else False
        share = words / max(1, sum(t.text[0].isalnum() for t in unit.tokens))
        if words >= 2 and (whole or share >= _SHARES) and not any(span.overlaps(c) for c in claimed):
            free.append(span)
    return free


def _owner(units: Sequence[Unit], items: Sequence[Attribution], number: int, quote: Span) -> Attribution | None:
    """The last attribution before the quotation whose words were quoted, at most two paragraphs back."""
    unit = units[number]
    best: Attribution | None = None
    for item in items:
        if item.cue.start >= quote.start:
            break
        near = unit.paragraph - units[item.unit].paragraph
        speaks = item.kind in ("verb", "passive", "participle", "phrase") and item.source is not None
        if near <= 2 and speaks and (item.direct or item.unit >= number - 1):
            best = item
    return best


def continues(units: Sequence[Unit], number: int) -> bool:
    """Whether a quotation opened before this sentence is still open: it began a paragraph and was not closed."""
    if number == 0:
        return False
    before = units[number - 1]
    return bool(before.quotes) and before.tokens[-1].tag != CLOSE and units[number].tokens[0].tag == OPEN


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
