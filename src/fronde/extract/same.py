"""Which voices are one: across articles read together, and against the origins a case has.

    p = 1     both named, the same name
    p = 0     named apart
    p = .95   six words in a row quoted by both                       our choice
    p = .5    both unnamed, the same role, first read within 14 days  `same_origin.same_role`, `same_origin.window`
    p = .1    otherwise                                               `same_origin.otherwise`: the default, not offered
The numbers with a name are priors of the evidence room; its default rule asks for equal words of the role, here half
of the telling words shared is enough.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from fronde.evidence.codebook import Identity
from fronde.evidence.priors import prior
from fronde.extract.report import Reading
from fronde.extract.voices import Voice, same_voice
from fronde.extract.word_sets import word_set

RUN = 6  # words in a row that two quotations share
_QUOTED = 0.95
_SMALL = word_set(
    """
    a an the of in on to with who one two three four five at least several some and from source sources person
    people official officials anonymous unnamed senior former current other another
    """
)


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice as two are compared: its name, whether it is a name, telling words of its role, when first read, what
    it is quoted with (runs of words)."""

    name: str
    named: bool
    role: frozenset[str]
    first: date | None
    runs: frozenset[tuple[str, ...]] = frozenset()


@dataclass(frozen=True, slots=True)
class SameOrigin:
    """Two claims of two articles (`article, claim` numbers) that likely hang on one voice, and why."""

    one: tuple[int, int]
    other: tuple[int, int]
    p_same: float
    why: str


def heard(voice: Voice, first: date | None, quotations: Iterable[str] = ()) -> Heard:
    """A voice of a reading, with the quotations that hang on it."""
    named = voice.identity is Identity.NAMED
    return Heard(voice.name, named, role_words(voice.role_text or voice.name), first, runs_of(quotations))


def role_words(role: str) -> frozenset[str]:
    """The telling words of a role, plurals as singulars."""
    return frozenset(w.removesuffix("s") for w in re.findall(r"[a-z]+", role.lower()) if w not in _SMALL)


def runs_of(quotations: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """All runs of `RUN` words of some quotations."""
    found: set[tuple[str, ...]] = set()
    for quotation in quotations:
        words = re.findall(r"[^\W_]+", quotation.lower())
        found.update(tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    return frozenset(found)


def chance(one: Heard, other: Heard) -> tuple[float, str] | None:
    """P(one voice) and why; None where it is named apart or the default of the likelihood says all there is."""
    if one.named and other.named:
        return (1.0, f"both name {other.name}") if same_voice(one.name, other.name) else None
    shared = one.runs & other.runs
    if shared:
        return _QUOTED, f"both quote: {' '.join(min(shared))}"
    if one.named or other.named or not one.role or not other.role or one.first is None or other.first is None:
        return None
    apart = abs((one.first - other.first).days)
    alike = len(one.role & other.role) / len(one.role | other.role) >= 0.5
    if not alike or apart > prior("same_origin.window"):
        return None
    return prior("same_origin.same_role"), f"same role without a name, read {apart} days apart"


def same_origins(readings: Sequence[Reading], days: Sequence[date | None]) -> list[SameOrigin]:
    """Pairs across articles published on `days`, one per pair of voices. Cost: square of the number of voices."""
    found = []
    voices = [list(voices_of(reading, day)) for reading, day in zip(readings, days, strict=True)]
    for a, b in combinations(range(len(readings)), 2):
        for c, one in voices[a]:
            for d, other in voices[b]:
                same = chance(one, other)
                if same:
                    found.append(SameOrigin((a, c), (b, d), *same))
    return found


def voices_of(reading: Reading, day: date | None) -> Iterator[tuple[int, Heard]]:
    """The innermost voices of a reading other than the paper itself, each with the number of its first claim."""
    first: dict[str, tuple[int, Voice]] = {}
    said = quotations(reading)
    for number, claim in enumerate(reading.claims):
        if len(claim.chain) > 1 or (claim.chain and claim.chain[0].verb):
            first.setdefault(claim.chain[-1].voice.name, (number, claim.chain[-1].voice))
    for name, (number, voice) in first.items():
        yield number, heard(voice, day, said.get(name, ()))


def quotations(reading: Reading) -> Mapping[str, list[str]]:
    """Name of the innermost voice -> the words quoted from it."""
    said: dict[str, list[str]] = {}
    for claim in reading.claims:
        if claim.chain and str(claim.quote_kind) in ("direct", "mixed"):
            said.setdefault(claim.chain[-1].voice.name, []).append(claim.span.of(reading.text))
    return said
