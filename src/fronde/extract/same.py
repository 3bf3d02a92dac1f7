"""Which voices of several articles are one: the same name, or the same words quoted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fronde.evidence.codebook import Identity
from fronde.extract.report import Reading
from fronde.extract.voices import same_voice

RUN = 6  # words in a row that two quotations share


@dataclass(frozen=True, slots=True)
class SameOrigin:
    """Two claims of two articles (`article, claim` numbers) that likely hang on one voice, and why."""

    one: tuple[int, int]
    other: tuple[int, int]
    p_same: float
    why: str


def same_origins(readings: Sequence[Reading]) -> list[SameOrigin]:
    """Pairs across articles, at most one per pair of voices. Cost: words of all quotations once, then their hits."""
    found: dict[tuple[int, str, int, str], SameOrigin] = {}
    runs: dict[tuple[str, ...], tuple[int, int]] = {}
    for a, reading in enumerate(readings):
        for c, claim in enumerate(reading.claims):
            if str(claim.quote_kind) not in ("direct", "mixed"):
                continue
            words = re.findall(r"[^\W_]+", claim.span.of(reading.text).lower())
            for i in range(len(words) - RUN + 1):
                run = tuple(words[i : i + RUN])
                first = runs.setdefault(run, (a, c))
                if first[0] != a:
                    _add(found, readings, first, (a, c), 0.95, f"both quote: {' '.join(run)}")
    for a, reading in enumerate(readings):
        for b in range(a):
            for c, claim in enumerate(reading.claims):
                if not claim.chain or claim.chain[-1].voice.identity is not Identity.NAMED or len(claim.chain) < 2:
                    continue
                for d, other in enumerate(readings[b].claims):
                    if len(other.chain) > 1 and same_voice(claim.chain[-1].voice.name, other.chain[-1].voice.name):
                        _add(found, readings, (b, d), (a, c), 1.0, f"both name {claim.chain[-1].voice.name}")
                        break
    return list(found.values())


def _add(
    found: dict[tuple[int, str, int, str], SameOrigin],
    readings: Sequence[Reading],
    one: tuple[int, int],
    other: tuple[int, int],
    p: float,
    why: str,
) -> None:
    voices = [
        readings[a].claims[c].chain[-1].voice.name if readings[a].claims[c].chain else "" for a, c in (one, other)
    ]
    found.setdefault((one[0], voices[0], other[0], voices[1]), SameOrigin(one, other, p, why))
