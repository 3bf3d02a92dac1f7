# ruff: noqa: E501  patterns are read whole, not wrapped
"""From sentences and attributions to claims: one per event class and clause, with chain, bounds and dates."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fronde.evidence.codebook import ClaimType, Identity, Modality, Polarity, Qualifier, QuoteKind, SourceKind
from fronde.extract import hints
from fronde.extract import modality as mood
from fronde.extract.actors import Gazetteer, Mention, mentions
from fronde.extract.aims import aimed, caveat_near, group_of
from fronde.extract.attribution import Attribution, Span
from fronde.extract.counts import Count, counts
from fronde.extract.dates import When, dates
from fronde.extract.frames import leader_names, matches
from fronde.extract.segment import Unit
from fronde.extract.voices import Voice, is_outlet, same_voice, voice
from fronde.extract.word_sets import word_set

_STANCES = frozenset(["criticise_policy", "criticise_leader", "public_loyalty", "silence", "discontent_spread"])
_CONDITIONS = frozenset(["split", "isolation", "hardliner_dominance", "trap", "poll_support", "escalation_pressure"])
_BACKGROUND = frozenset(("patronage", "sourcing"))
_WILL = word_set(
    """
    plan intend want vow promise pledge threaten hope agree offer decide
    """
)
_AHEAD = _WILL | word_set(
    """
    expect predict forecast anticipate fear expected consider demand urge
    """
)
# Negation is part of what these classes say.
_NEGATIVE_BY_NATURE = word_set(
    """
    trap isolation silence media_control resign_refused hardliner_dominance wealth_loss war_setback
    discontent_spread
    """
)
_ACTS = frozenset(["resign", "flee", "return", "dismissed", "appointed", "mobilisation", "seizure", "repression"])
_PEOPLE = re.compile(
    r"(?:minister|official|general|officer|commander|tycoon|oligarch|billionaire|banker|magnate|owner|governor|aide|deput|senator|lawmaker|executive|business|"
    r"people|\w+(?:ers|ors|ists|ants|ials|ians|ees)\b|m[ae]n\b|women|famil|regiment|division|reservist|member|marshal|prince|diplomat|judge|journalist|soldier|others|critic|elite|baron|ally|allies|them\b|respondent|citizen|%|percent)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[;:—–]\s|,\s(?:(?:and|but|or|while|though|although|as|after|because|which|who|whose|where|adding|becoming|citing|saying)\s)?|\s(?:while|because|but|after)\s",
    re.IGNORECASE,
)
_REMEMBERED = 100  # interviews with an outlet that a later source is compared with
_FEWEST = 3
_SHORTEST = 4  # words of a sentence worth a guess


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of a chain: who passed it on, by which word, and whether the text says so here."""

    voice: Voice
    verb: str
    stated: bool
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """A claim as the rules read it; `sure` is False where no frame fits and the class is a guess."""

    span: Span
    event_class: str
    claim_type: ClaimType
    polarity: Polarity
    modality: Modality
    quote_kind: QuoteKind
    chain: tuple[Hop, ...]
    actors: tuple[Mention, ...]
    count: Count | None
    when: When | None
    probability: tuple[float, float] | None
    sentence: int
    sure: bool = True
    targets: tuple[Mention, ...] = ()
    group: str = ""
    caveat: str = ""  # words by which the source limits what it says


def claims(
    text: str,
    units: Sequence[Unit],
    found: Sequence[Attribution],
    outlet: str,
    published: date | None,
    gazetteer: Gazetteer | None,
    outlets: tuple[str, ...] = (),
) -> list[ProposedClaim]:
    """Claims of a text in reading order."""
    reader = _Reader(text, tuple(found), outlet, published, gazetteer, outlets)
    proposed: list[ProposedClaim] = []
    for number, unit in enumerate(units):
        for a, b in unit.inner:
            sentence = Span(unit.tokens[a].start, unit.tokens[b - 1].end)
            here = reader.sentence(number, sentence)
            proposed += here or reader.fallback(number, sentence, proposed)
    return proposed


@dataclass(frozen=True, slots=True)
class Codes:
    """What a second reader says of the words `span`; `source` "" for the outlet's own voice."""

    span: Span
    source: str
    event_class: str
    claim_type: ClaimType
    polarity: Polarity
    modality: Modality


def coded_claims(
    text: str,
    units: Sequence[Unit],
    found: Sequence[Attribution],
    codes: Sequence[Codes],
    outlet: str,
    published: date | None,
    gazetteer: Gazetteer | None,
    outlets: tuple[str, ...] = (),
) -> list[ProposedClaim]:
    """Claims whose codes another reader gave; actors, counts and dates of their words are read here."""
    reader = _Reader(text, tuple(found), outlet, published, gazetteer, outlets)
    starts = [unit.start for unit in units]
    proposed = []
    for item in codes:
        number = max(0, bisect_left(starts, item.span.start + 1) - 1)
        claim = reader.claim(number, item.span, item.span, item.span, item.event_class)
        chain = [Hop(Voice(outlet, SourceKind.OUTLET, Identity.NAMED, ""), "", True)] if outlet else []
        if item.source:
            chain.append(Hop(voice(item.source, outlets), "", True))
        proposed.append(
            replace(
                claim, claim_type=item.claim_type, polarity=item.polarity, modality=item.modality, chain=tuple(chain)
            )
        )
    return proposed


def _clauses(text: str, sentence: Span) -> list[Span]:
    cuts = [sentence.start]
    for m in _CUT.finditer(text, sentence.start, sentence.end):
        if len(text[cuts[-1] : m.start()].split()) >= _FEWEST and len(text[m.end() : sentence.end].split()) >= _FEWEST:
            cuts.append(m.end() if m.group()[0] in ",;:—–" else m.start() + 1)
    cuts.append(sentence.end)
    return [_tight(text, Span(a, b)) for a, b in itertools.pairwise(cuts) if text[a:b].strip(" ,")]


def _tight(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while end > start and text[end - 1] in " ,;:—–.\n\t":
        end -= 1
    while start < end and text[start] in " ,;:—–\n\t":
        start += 1
    return Span(start, end)


class _Reader:
    def __init__(
        self,
        text: str,
        found: tuple[Attribution, ...],
        outlet: str,
        published: date | None,
        gazetteer: Gazetteer | None,
        outlets: tuple[str, ...],
    ) -> None:
        self.text, self.found, self.outlet = text, found, outlet
        self.published, self.gazetteer, self.outlets = published, gazetteer, outlets
        self.leaders = leader_names(text)
        self.told = self._hearers()
        self.parts = sorted(((c.start, c.end, n) for n, a in enumerate(found) for c in a.content))
        self.longest = max((end - start for start, end, _ in self.parts), default=0)

    def over(self, place: int) -> list[Attribution]:
        """Attributions with content that may cover a place of the text, in their order."""
        low = bisect_left(self.parts, (place - self.longest - 2, 0, 0))
        high = bisect_left(self.parts, (place + 3, 0, 0))
        return [self.found[n] for n in sorted({n for _, end, n in self.parts[low:high] if end >= place - 1})]

    def sentence(self, number: int, sentence: Span) -> list[ProposedClaim]:
        words = sentence.of(self.text)
        clauses = _clauses(self.text, sentence)
        seen: set[tuple[str, int]] = set()
        proposed = []
        for match in matches(words, self.leaders):
            start, end = sentence.start + match.start, sentence.start + match.end
            touched = [i for i, c in enumerate(clauses) if c.start < end and start < c.end]
            if not touched or any((match.event_class, i) in seen for i in touched):
                continue
            seen |= {(match.event_class, i) for i in touched}
            span = Span(clauses[touched[0]].start, clauses[touched[-1]].end)
            proposed.append(self.claim(number, sentence, span, Span(start, end), match.event_class))
        return proposed

    def fallback(self, number: int, sentence: Span, before: Sequence[ProposedClaim]) -> list[ProposedClaim]:
        """A guess, marked as one, for what somebody says or what speaks of the elite, where no frame fits.

        The class is the one most words hint at, else the last one spoken about nearby.
        """
        words = sentence.of(self.text)
        if len(words.split()) < _SHORTEST:
            return []
        spoken = any(
            a.voice and any(c.start <= sentence.start + 2 and sentence.end - 2 <= c.end for c in a.content)
            for a in self.over(sentence.start + 2)
        )
        if not spoken and not hints.about_an_elite(words):
            return []
        recent = next((c for c in reversed(before) if number - c.sentence <= 2), None)
        topic = hints.guess(words) or (recent.event_class if recent and spoken else None)
        if topic is None:
            return []
        return [self.claim(number, sentence, _tight(self.text, sentence), sentence, topic, sure=False)]

    def claim(
        self, number: int, sentence: Span, span: Span, core: Span, event_class: str, sure: bool = True
    ) -> ProposedClaim:
        text = self.text
        covering = sorted(
            (
                a
                for a in self.over(core.start)
                if any(c.start <= core.start + 1 and core.start < c.end for c in a.content)
                and a.cue.start not in range(core.start, core.end)
            ),
            key=lambda a: -sum(c.end - c.start for c in a.content),
        )
        words = self._body(span, covering)
        stem = words[: words.find(core.of(text)) + core.end - core.start] if core.of(text) in words else words
        hearsay = any(
            a.kind == "adverb"
            or (a.kind == "passive" and a.source is None and a.lemma not in ("tell", "order"))
            or (a.kind == "noun" and a.lemma in ("rumour", "rumor"))
            for a in covering
        )
        ahead = any(a.lemma in _AHEAD and not a.negated for a in covering)
        before = text[sentence.start : core.start]
        tone = mood.modality(stem, sentence.of(text), hearsay, ahead, before)
        near = probability_words(text, span, covering)
        chance = mood.probability(near) if tone in (Modality.FUTURE, Modality.CONDITIONAL) else None
        count = next((c for c in counts(words) if _PEOPLE.search(words, c.start, c.end + 60)), None)
        if event_class in ("sanctions", "poll_support", "wealth_loss") and count and count.qualifier is Qualifier.MANY:
            count = None
        when = self._when(words, tone)
        kind = self._type(event_class, tone, covering)
        people = mentions(text, self.gazetteer, span.start, span.end) or mentions(
            text, self.gazetteer, sentence.start, span.end
        )
        chain = self.chain(covering)
        actors, targets = aimed(event_class, people, core.start, [h.voice for h in chain], self.gazetteer)
        return ProposedClaim(
            span, event_class, kind, self._polarity(covering, sentence, span, core, event_class), tone, self._quote(covering, span),
            chain, actors, count, when, chance, number, sure,
            targets, group_of(actors, words, self.gazetteer), caveat_near(text, sentence),
        )  # fmt: skip

    def _body(self, span: Span, covering: Sequence[Attribution]) -> str:
        """The clause without the words that attribute it."""
        if not covering:
            return span.of(self.text)
        parts = [(max(c.start, span.start), min(c.end, span.end)) for c in covering[0].content]
        return " ".join(self.text[a:b] for a, b in parts if a < b) or span.of(self.text)

    def _when(self, words: str, tone: Modality) -> When | None:
        future = tone in (Modality.FUTURE, Modality.CONDITIONAL)
        inside = dates(words, self.published, future)
        return inside[0] if inside else None

    def _type(self, event_class: str, tone: Modality, covering: Sequence[Attribution]) -> ClaimType:
        if tone in (Modality.FUTURE, Modality.CONDITIONAL):
            return ClaimType.INTENTION if any(a.lemma in _WILL for a in covering) else ClaimType.FORECAST
        if event_class in _BACKGROUND:
            return ClaimType.BACKGROUND
        if event_class in _STANCES:
            return ClaimType.EVENT if event_class.startswith("criticise") and not covering else ClaimType.STANCE
        return ClaimType.CONDITION if event_class in _CONDITIONS else ClaimType.EVENT

    def _polarity(
        self, covering: Sequence[Attribution], sentence: Span, span: Span, core: Span, event_class: str
    ) -> Polarity:
        denials = sum(a.lemma in mood.DENIES and not a.negated for a in covering)
        if event_class not in _NEGATIVE_BY_NATURE:
            begin = max([span.start, *(c.start for a in covering for c in a.content if c.start <= core.start < c.end)])
            inside = re.sub(r"would(?:n't| not) be surprised", "", self.text[begin : core.start])
            within = event_class in _ACTS and bool(re.search(r"\b(?:not|never|no)\b|n't\b", core.of(self.text)))
            denials += within or mood.negated(inside, core.of(self.text))
        after = self.text[core.end : sentence.end]
        denials += bool(re.match(r".{0,40}\b(?:was|were|is|are) (?:false|untrue|wrong|nonsense)\b", after))
        return Polarity.DENY if denials % 2 else Polarity.AFFIRM

    def _quote(self, covering: Sequence[Attribution], span: Span) -> QuoteKind:
        if not covering:
            return QuoteKind.NONE
        marks = sum(self.text[span.start : span.end].count(m) for m in '"“”')
        inner = covering[-1]
        if inner.direct and any(
            self.text[c.start] in "\"“'‘«" and c.start <= span.start and span.end <= c.end for c in inner.content
        ):
            return QuoteKind.DIRECT
        return QuoteKind.MIXED if marks else QuoteKind.INDIRECT

    def chain(self, covering: Sequence[Attribution]) -> tuple[Hop, ...]:
        """Outlet of the report, outlets that were told, speakers, whom they cite; outermost first."""
        hops = [Hop(Voice(self.outlet, SourceKind.OUTLET, Identity.NAMED, ""), "", True)] if self.outlet else []
        own = re.sub(r"^the\s+", "", self.outlet.lower())
        for a in covering:
            spoken = a.voice
            if spoken is None or a.modal:
                continue
            words = spoken.of(self.text)
            told = self._told(a, words)
            if (
                told
                and re.sub(r"^the\s+", "", told.lower()) != own
                and (not own or not own.endswith(re.sub(r"^the\s+", "", told.lower())))
            ):
                hops.append(Hop(voice(told, self.outlets), "told", a.hearer is not None, a.hearer))
            if any(same_voice(h.voice.name, words) for h in hops[1:]):
                continue
            hops.append(Hop(voice(words, self.outlets), a.cue.of(self.text), a.source is not None, spoken))
        return tuple(hops)

    def _told(self, a: Attribution, words: str) -> str | None:
        """The outlet a source spoke to: here, or where it was last said before."""
        last = bisect_left(self.told, a.cue.start + 1, key=lambda heard: heard[0])
        for at, speaker, outlet in reversed(self.told[max(0, last - _REMEMBERED) : last]):
            if at == a.cue.start or (at < a.cue.start and (same_voice(speaker, words) or _same_role(speaker, words))):
                return outlet
        return None

    def _hearers(self) -> list[tuple[int, str, str]]:
        """(place of the cue, source, outlet it spoke to) over the whole text."""
        heard = []
        for a in self.found:
            if a.voice is None:
                continue
            words = a.voice.of(self.text)
            if a.hearer is not None and is_outlet(a.hearer.of(self.text), self.outlets):
                heard.append((a.cue.start, words, a.hearer.of(self.text)))
                continue
            lead = _SPOKE_TO.search(self.text, max(0, a.cue.start - 120), a.cue.start)
            if lead and is_outlet(lead.group(1), self.outlets):
                heard.append((a.cue.start, words, lead.group(1)))
        return heard


_SPOKE_TO = re.compile(r"(?:[Ss]peaking (?:on|to)|[Ii]n an interview (?:with|on)) ((?:the )?[A-Z][\w ]+?),")


def _same_role(one: str, other: str) -> bool:
    """*a source*, *the insider*, *he*: a definite or pronoun after an indefinite source carries on."""
    low = other.lower()
    return bool(
        re.match(
            r"(?:the (?:source|insider|official|defector|general|person|man|woman|tycoon|banker)|he|she|they|another|the insider)\b",
            low,
        )
    ) and bool(re.match(r"(?:an? |one |two |[A-Z])", one))


def probability_words(text: str, span: Span, covering: Sequence[Attribution]) -> str:
    """The clause, and what its attributions put between cue and clause, where probability words stand."""
    start = min(
        [span.start]
        + [c.start for a in covering[-1:] for c in a.content if span.start - c.start < 60 and c.start <= span.start]
    )
    return text[start : span.end]
