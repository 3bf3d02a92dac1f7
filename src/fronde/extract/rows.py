# ruff: noqa: E501  rows of cells are read as tables
"""A reading as rows of an evidence pack: cells as text, everything `proposed`."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from fronde.evidence.codebook import HopKind, Identity, Modality, SourceKind, Stated
from fronde.evidence.event_classes import EVENT_CLASSES
from fronde.extract.claims import Hop, ProposedClaim
from fronde.extract.report import Reading
from fronde.extract.same import Heard, chance, heard, quotations
from fronde.extract.voices import Voice, same_voice

Cells = dict[str, str]
Tables = dict[str, list[Cells]]
MOST_WORDS, MOST_QUOTED = 20, 10
CODER = "extractor"
CAVEAT = "caveat:"  # in a note: the source limited what it said


@dataclass(frozen=True, slots=True)
class Known:
    """What the case has already: its sources, by id their names; its origins, by id their source."""

    sources: Mapping[str, str]
    origins: Mapping[str, str]
    roles: Mapping[str, str]  # source -> role text, of sources without a name
    heard: Mapping[str, Heard] = field(default_factory=dict)  # origin -> its voice, as two are compared


EMPTY = Known({}, {}, {})


def tables(
    reading: Reading,
    outlet: str,
    published: date,
    known: Known = EMPTY,
    title: str = "",
    only: Iterable[int] | None = None,
    coder: str = CODER,
    note: str = "",
) -> Tables:
    """Rows to append to a pack: report, sources, origins, pairs that may be one origin, claims, hops, forecasts.

    only: numbers of the claims to take; all by default. coder, note: who read it, and what stands beside each claim.
    """
    return _Writer(reading, outlet, published, known, coder, note).write(
        title, set(range(len(reading.claims))) if only is None else set(only)
    )


def slug(words: str) -> str:
    """A short id out of a name."""
    return re.sub(r"-+", "-", re.sub(r"[^a-z0-9]+", "-", words.lower())).strip("-")[:40].strip("-") or "unnamed"


class _Writer:
    def __init__(
        self, reading: Reading, outlet: str, published: date, known: Known, coder: str = CODER, note: str = ""
    ) -> None:
        self.reading, self.outlet, self.published, self.known = reading, outlet, published, known
        self.coder, self.note, self.said = coder, note, quotations(reading)
        self.key = hashlib.sha256(reading.text.encode("utf-8", "surrogatepass")).hexdigest()
        self.out: Tables = {
            name: [] for name in ("sources", "reports", "origins", "origin_pairs", "claims", "hops", "forecasts")
        }
        self.source_ids: dict[str, str] = {}
        self.origin_ids: dict[str, str] = {}

    def write(self, title: str, chosen: set[int]) -> Tables:
        report = f"rep-x-{self.key[:10]}"
        self.out["reports"].append(
            {
                "id": report, "coder": self.coder, "outlet": self.source(Voice(self.outlet, SourceKind.OUTLET, Identity.NAMED, "")),
                "title": (title or self._title())[:200], "published_at": self.published.isoformat(), "text_sha256": self.key,
                "licence": "not stored", "language": "en", "note": "read by the extractor",
            }
        )  # fmt: skip
        for number, claim in enumerate(self.reading.claims):
            if number in chosen:
                mark = "x" if self.coder == CODER else "m"
                self._claim(f"{mark}-{self.key[:10]}-{number + 1:03d}", report, claim)
        return {name: rows for name, rows in self.out.items() if rows}

    def _title(self) -> str:
        first = self.reading.units[0] if self.reading.units else None
        return " ".join(self.reading.text[first.start : first.end].split()[:12]) if first else "untitled"

    def _claim(self, key: str, report: str, claim: ProposedClaim) -> None:
        chain = claim.chain or (Hop(Voice(self.outlet, SourceKind.OUTLET, Identity.NAMED, ""), "", True),)
        new = sorted({m.name for m in claim.actors if m.actor is None})
        notes = [self.note] if self.note else []
        notes += [] if claim.sure else ["class guessed"]
        if claim.caveat:
            notes.append(f"{CAVEAT} {claim.caveat}")
        if new:
            notes.append("names the case does not know: " + ", ".join(new)[:120])
        cells = {
            "id": key, "coder": self.coder, "known_at": self.published.isoformat(), "note": "; ".join(notes), "report": report,
            "origin": self.origin(chain), "line": str(claim.sentence + 1), "char_start": str(claim.span.start),
            "char_end": str(claim.span.end), "text": own_words(claim), "quote_words": self._quoted(claim),
            "quote_kind": str(claim.quote_kind), "claim_type": str(claim.claim_type), "event_class": claim.event_class,
            "polarity": str(claim.polarity), "modality": str(claim.modality),
            "actors": "; ".join(dict.fromkeys(m.actor for m in claim.actors if m.actor)),
            "group": claim.group, "targets": "; ".join(dict.fromkeys(m.actor or m.name.replace(";", ",") for m in claim.targets)),
        }  # fmt: skip
        if claim.when and claim.when.low <= claim.when.high:
            cells |= {
                "date_low": claim.when.low.isoformat(),
                "date_high": claim.when.high.isoformat(),
                "date_precision": str(claim.when.precision),
            }
        if claim.count:
            cells |= {
                "count_low": _number(claim.count.low),
                "count_high": _number(claim.count.high),
                "count_qualifier": str(claim.count.qualifier),
            }
        self.out["claims"].append(cells)
        for position, hop in enumerate(chain):
            self.out["hops"].append(
                {
                    "id": f"{key}-{position}", "coder": self.coder, "known_at": self.published.isoformat(), "claim": key,
                    "position": str(position), "source": self.source(hop.voice), "verb": hop.verb[:60],
                    "stated": str(Stated.YES if hop.stated else Stated.INFERRED), "kind": str(_kind(hop, position)),
                }
            )  # fmt: skip
        if claim.probability and claim.modality in (Modality.FUTURE, Modality.CONDITIONAL):
            self._forecast(key, claim, chain)

    def _forecast(self, key: str, claim: ProposedClaim, chain: tuple[Hop, ...]) -> None:
        low, high = claim.probability or (0.0, 1.0)
        self.out["forecasts"].append(
            {
                "id": f"f-{key}", "coder": self.coder, "known_at": self.published.isoformat(), "issuer": self.source(chain[-1].voice),
                "claim": key, "statement": own_words(claim), "event_class": claim.event_class,
                "condition": "stated in the report" if claim.modality is Modality.CONDITIONAL else "",
                "issued_at": self.published.isoformat(),
                "resolve_at": claim.when.high.isoformat() if claim.when and claim.when.high > self.published else "",
                "p_low": f"{low:.2f}", "p_high": f"{high:.2f}", "created_by": self.coder,
            }
        )  # fmt: skip

    def _quoted(self, claim: ProposedClaim) -> str:
        if str(claim.quote_kind) == "none":
            return ""
        words = claim.span.of(self.reading.text).strip("\"“”'‘’ ").split()
        return " ".join(words[:MOST_QUOTED])

    def source(self, voice: Voice) -> str:
        """Id of a source: the case's own where the name is known, a new row otherwise."""
        if voice.name in self.source_ids:
            return self.source_ids[voice.name]
        found = known_source(voice, self.known)
        if found is None:
            unnamed = voice.identity is not Identity.NAMED
            found = f"src-x-{slug(voice.name)}" + (f"-{self.key[:6]}" if unnamed else "")
            taken = {row["id"] for row in self.out["sources"]} | set(self.known.sources)
            if unnamed and self.known.sources.get(found) == voice.name[:200]:
                self.source_ids[voice.name] = found
                return found  # this text was read before
            if found in taken:
                found = f"{found[:40]}-{hashlib.sha256(voice.name.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
            self.out["sources"].append(
                {
                    "id": found, "coder": self.coder, "name": voice.name[:200], "kind": str(voice.kind), "identity": str(voice.identity),
                    "role_text": voice.role_text, "access": str(voice.access), "reliability": "F",
                }
            )  # fmt: skip
        self.source_ids[voice.name] = found
        return found

    def origin(self, chain: tuple[Hop, ...]) -> str:
        """Id of the origin: where the case knows this named voice, its origin; an unnamed one gets its own and a pair."""
        voice = chain[-1].voice
        source = self.source(voice)
        if source in self.origin_ids:
            return self.origin_ids[source]
        named = voice.identity is Identity.NAMED
        known = next((key for key, owner in self.known.origins.items() if owner == source), None)
        if known and named:
            self.origin_ids[source] = known
            return known
        found = f"o-x-{source.removeprefix('src-').removeprefix('x-')}-{self.key[:6]}"
        self.origin_ids[source] = found
        self.out["origins"].append(
            {"id": found, "coder": self.coder, "label": f"{voice.name} ({self.outlet})"[:200], "source": source}
        )
        for key, p, why in maybe_same(heard(voice, self.published, self.said.get(voice.name, ())), self.known):
            if not key.endswith(f"-{self.key[:6]}"):
                self.out["origin_pairs"].append(
                    {"id": f"pair-{found}-{slug(key)}", "coder": self.coder, "origin_a": key, "origin_b": found,
                     "p_same": f"{p:.2f}", "note": why[:200]}
                )  # fmt: skip
        return found


def known_source(voice: Voice, known: Known) -> str | None:
    """The case's source of this name, if it has one: named voices only."""
    if voice.identity is not Identity.NAMED:
        return None
    bare = re.sub(r"^the\s+", "", voice.name.lower())
    for key, name in known.sources.items():
        if re.sub(r"^the\s+", "", name.lower()) == bare:
            return key
    if voice.kind is not SourceKind.PERSON:
        return None
    return next(
        (
            key
            for key, name in known.sources.items()
            if key not in known.roles and same_voice(name, voice.name) and len(name.split()) <= 3
        ),
        None,
    )


def maybe_same(voice: Heard, known: Known) -> list[tuple[str, float, str]]:
    """Origins of the case that may be this voice: (origin, p_same, why). A shared name is no pair: it is one source."""
    found = [(key, chance(other, voice)) for key, other in known.heard.items()]
    return [(key, *same) for key, same in found if same and same[0] < 1.0]


def _kind(hop: Hop, position: int) -> HopKind:
    if position == 0:
        return HopKind.STATEMENT
    if hop.voice.kind is SourceKind.DOCUMENT or hop.voice.kind is SourceKind.POLL:
        return HopKind.DOCUMENT
    if hop.voice.kind is SourceKind.OUTLET:
        return HopKind.REPEATS
    return HopKind.INTERVIEW if hop.verb in ("told",) else HopKind.STATEMENT


def own_words(claim: ProposedClaim) -> str:
    """A neutral line of at most twenty words from the codebook, so that no report's wording is stored."""
    who = ", ".join(dict.fromkeys(m.name for m in claim.actors)) or "Somebody of the elite"
    number = ""
    if claim.count:
        bound = claim.count.low if claim.count.low is not None else claim.count.high
        number = f" ({claim.count.qualifier.replace('_', ' ')}{f' {bound:g}' if bound is not None else ''})"
    denial = "It is denied: " if str(claim.polarity) == "deny" else ""
    line = f"{denial}{who}: {EVENT_CLASSES[claim.event_class].definition[0].lower()}{EVENT_CLASSES[claim.event_class].definition[1:]}{number}"
    return " ".join(line.split()[:MOST_WORDS])


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
