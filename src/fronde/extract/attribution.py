"""Who says what: each cue of a text with its source and its content as spans."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fronde.extract.content import Range
from fronde.extract.drafts import Draft, drafts
from fronde.extract.segment import Unit
from fronde.extract.tokens import CLOSE, OPEN


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `[start, end)` of the text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Attribution:
    """One voice and what it says. `hearer` is who was told; `unit` the sentence's number."""

    unit: int
    cue: Span
    lemma: str
    kind: str  # verb, participle, passive, noun, adverb, phrase, quote (a quotation without a cue of its own)
    source: Span | None
    content: tuple[Span, ...]
    hearer: Span | None = None
    negated: bool = False
    direct: bool = False
    modal: bool = False  # may or will say it: nobody has said it yet
    inferred: Span | None = field(default=None)  # the source carried over from before, where the text names none

    @property
    def voice(self) -> Span | None:
        """The source, stated or carried over."""
        return self.inferred or self.source


def attributions(units: Sequence[Unit]) -> list[Attribution]:
    """All attributions of a segmented text, in the order of their cues."""
    found: list[Attribution] = []
    for number, unit in enumerate(units):
        for draft in drafts(unit):
            found.append(_spans(number, unit, draft))
    return found


def _spans(number: int, unit: Unit, draft: Draft) -> Attribution:
    def span(part: Range) -> Span:
        return Span(unit.tokens[part[0]].start, unit.tokens[part[1] - 1].end)

    return Attribution(
        unit=number,
        cue=span((draft.cue.start, draft.cue.end)),
        lemma=draft.cue.lemma,
        kind=draft.cue.kind,
        source=span(draft.source) if draft.source else None,
        content=tuple(span(part) for part in draft.parts),
        hearer=span(draft.hearer) if draft.hearer else None,
        negated=draft.cue.negated,
        modal=draft.cue.modal,
        direct=any(unit.tokens[a].tag == OPEN and unit.tokens[b - 1].tag == CLOSE for a, b in draft.parts),
    )
