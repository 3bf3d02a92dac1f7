# ruff: noqa: E501  patterns are read whole, not wrapped
"""Paragraphs, sentences with their quotations kept whole, and what is no part of the report at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fronde.extract.tokens import CLOSE, OPEN, Token, tokenise

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_BOILERPLATE = re.compile(
    r"^\s*(?:"
    r"\(?(?:additional )?(?:reporting|editing|writing|compiled) (?:by|and)\b"
    r"|(?:read|see|watch|listen)(?: (?:more|next|also|now|the full))*\s?:|read (?:more|next|also)\b"
    r"|(?:sign|signing) up\b.*|subscribe\b.*|click here\b.*|follow us\b.*|for more (?:stories|news|from)\b.*"
    r"|(?:have you )?got (?:a|any) (?:story|tip|news|information)\b.*|do you have (?:a )?(?:story|tip)\b.*"
    r"|(?:all rights reserved|copyright|©|\(c\) \d{4}).*|advertisement\.?|related(?: articles| stories)?:?.*"
    r"|share (?:this|on)\b.*|(?:photo|image|picture|credit)s?\s?:.*|this (?:article|story) (?:was|has been) (?:first |originally )?"
    r"(?:published|updated|amended)\b.*|download (?:the|our) app\b.*|join (?:our|the) (?:newsletter|channel)\b.*"
    r"|(?:contact|email) (?:our|the|us)\b.*|you can unsubscribe\b.*|by (?:signing|submitting)\b.*|comments? (?:are )?closed.*"
    r"|most read\b.*|trending\b.*|more on this (?:story|topic).*|get the latest\b.*|our (?:standards|journalism)\b.*"
    r"|we use cookies\b.*|cookie (?:policy|settings).*|getty images.*|loading\.*)",
    re.IGNORECASE,
)
_DOUBLE = {'"', "“", "”", "„", "«", "»", "‟"}
_SINGLE = {"'", "‘", "’"}
LONGEST_UNIT = 300  # tokens; no writer's sentence is longer, and time grows with the square of it
_LOW_AFTER = re.compile(r"\s+[\"“'‘(\[]?[A-Z0-9“\"'‘À-Þ]")


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, quotations whole. `inner` holds the token ranges of the sentences inside it."""

    paragraph: int
    tokens: tuple[Token, ...]
    inner: tuple[tuple[int, int], ...]
    quotes: tuple[tuple[int, int], ...]  # token ranges, marks included
    headline: bool = False

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    def quoted(self, i: int) -> bool:
        """Whether token i stands inside a quotation."""
        return any(a <= i < b for a, b in self.quotes)


@dataclass(frozen=True, slots=True)
class Segmented:
    """The sentences of a text and the spans that were dropped as boilerplate."""

    units: tuple[Unit, ...]
    boilerplate: tuple[tuple[int, int], ...]


def segment(text: str) -> Segmented:
    """Cut a text into sentences; quotations are never cut, boilerplate is set aside."""
    units: list[Unit] = []
    dropped: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        if _BOILERPLATE.match(text[start:end]) and end - start < 400:
            dropped.append((start, end))
            continue
        marks = quotation_marks(text, start, end)
        tokens = tokenise(text, start, end, marks)
        headline = bool(tokens) and text[end - 1] not in ".!?\"”'’:)" and len(tokens) < 30
        units += _units(tokens, number, headline)
    return Segmented(tuple(units), tuple(dropped))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end


def quotation_marks(text: str, start: int, end: int) -> dict[int, str]:
    """Offsets of the quotation marks of one paragraph, each opening or closing; apostrophes are left out."""
    marks: dict[int, str] = {}
    single: int | None = None
    is_open = False
    for i in range(start, end):
        char = text[i]
        if char in _DOUBLE:
            before = text[i - 1] if i > start else " "
            opening = char in "“„«" or (char not in "”»" and not is_open and (before.isspace() or before in "([—–-'‘"))
            if char in "”»" or (is_open and char not in "“„«"):
                opening = False
            if opening or is_open:
                marks[i] = OPEN if opening else CLOSE
                is_open = opening
        elif char in _SINGLE and not is_open:
            single = _single(text, i, start, end, single, marks)
    return marks


def _single(text: str, i: int, start: int, end: int, opened: int | None, marks: dict[int, str]) -> int | None:
    """Single quotes count as quotation marks only as a pair around words."""
    before = text[i - 1] if i > start else " "
    after = text[i + 1] if i + 1 < end else " "
    if (before.isspace() or before in "([—–-:") and not after.isspace() and text[i] != "’":
        return i
    if opened is not None and not before.isspace() and not after.isalnum() and i - opened > 2:
        if (
            before == "s"
            and after == " "
            and text.find(text[i] + " ", i + 1, end) > 0
            and text[i + 2 : i + 3].islower()
        ):
            return opened  # more likely a possessive: 'the generals' quarrel'
        marks[opened], marks[i] = OPEN, CLOSE
        return None
    return opened


def _units(tokens: list[Token], paragraph: int, headline: bool) -> Iterator[Unit]:
    start = 0
    inner_start = 0
    inner: list[tuple[int, int]] = []
    depth = 0
    for i, token in enumerate(tokens):
        depth = 1 if token.tag == OPEN else 0 if token.tag == CLOSE else depth
        last = i + 1 == len(tokens)
        ended = token.low in (".", "!", "?", "...") or (
            token.tag == CLOSE and i > start and tokens[i - 1].low in (".", "!", "?")
        )
        following = None if last else tokens[i + 1]
        full = i + 1 - start >= LONGEST_UNIT
        goes_on = not ended or following is None or following.tag == CLOSE or not _begins(following, tokens[i])
        if not last and goes_on and not full:
            continue
        inner.append((inner_start, i + 1))
        inner_start = i + 1
        if last or not depth or full:
            yield _unit(tokens[start : i + 1], [(a - start, b - start) for a, b in inner], paragraph, headline)
            start, inner = i + 1, []


def _begins(following: Token, mark: Token) -> bool:
    if following.tag == OPEN:
        return True
    return following.text[0].isupper() or following.text[0].isdigit() or not following.text[0].isascii()


def _unit(tokens: list[Token], inner: list[tuple[int, int]], paragraph: int, headline: bool) -> Unit:
    quotes = []
    opened = None
    for i, token in enumerate(tokens):
        if token.tag == OPEN:
            opened = i
        elif token.tag == CLOSE and opened is not None:
            quotes.append((opened, i + 1))
            opened = None
    if opened is not None:
        quotes.append((opened, len(tokens)))
    return Unit(paragraph, tuple(tokens), tuple(inner), tuple(quotes), headline)
