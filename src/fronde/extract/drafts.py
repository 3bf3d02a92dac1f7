"""One sentence's attributions as token ranges: for each way of reporting, where its source and content stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from fronde.extract import content as at
from fronde.extract.clauses import before_auxiliaries, main_verb, noun_phrase_right, stretch_start, subject
from fronde.extract.content import Range
from fronde.extract.cues import Cue, find_cues
from fronde.extract.lexicon import AUXILIARIES, NEEDS_QUOTE, NOUNS_OF, RARE_INFINITIVE, TO_PASSIVE, WEAK_NOUN_OBJECT
from fronde.extract.segment import Unit
from fronde.extract.tokens import CLOSE, FINITE, NOUNS, OPEN, Token


@dataclass(slots=True)
class Draft:
    """An attribution in the making. `tail`: the voice comes after what was said."""

    cue: Cue
    source: Range | None = None
    parts: tuple[Range, ...] = ()
    hearer: Range | None = None
    tail: bool = False


def drafts(unit: Unit) -> list[Draft]:
    """All attributions of one sentence, in the order of their cues."""
    cues = find_cues(unit)
    tokens = unit.tokens
    subjects: dict[int, int] = {}
    own: dict[int, Range | None] = {}
    for cue in cues:
        if cue.kind in ("verb", "passive"):
            found = _subject(unit, cue)
            own[cue.start] = found
            if found is not None:
                subjects[found[0]] = cue.start
    found_drafts: list[Draft] = []
    for cue in cues:
        end = at.right_end(tokens, cue.end, cues, cue, subjects)
        draft = _KINDS[cue.kind](unit, cue, own.get(cue.start), end, found_drafts)
        if draft is not None and (draft.parts or draft.cue.lemma in ("quote",)):
            draft.parts = tuple(p for p in (_trim(tokens, p) for p in draft.parts) if p)
            found_drafts.append(draft)
    return found_drafts


def _trim(tokens: Sequence[Token], part: Range) -> Range | None:
    start, end = part
    while end > start and tokens[end - 1].low in (",", ".", ";", ":", "—", "–", "--", "-"):
        end -= 1
    while start < end and tokens[start].low in (",", ".", ";", ":", ")", "—"):
        start += 1
    return (start, end) if end > start else None


def _subject(unit: Unit, cue: Cue) -> Range | None:
    last = before_auxiliaries(unit.tokens, cue.start)
    if last >= 0 and unit.tokens[last].tag == CLOSE:
        return None
    found = subject(unit.tokens, cue.start)
    if found and any(unit.quoted(i) for i in range(*found)) and unit.tokens[found[0]].tag == OPEN:
        return None
    return found


def _inverted(unit: Unit, cue: Cue, own: Range | None) -> bool:
    """*…, said X*: the verb follows what was said, and the voice follows the verb."""
    tokens = unit.tokens
    if cue.start == 0:
        return False
    before = tokens[cue.start - 1]
    if before.tag == CLOSE or before.low in ("?", "!"):
        return at.tail_source(tokens, cue) is not None
    if before.low != ",":
        return False
    if own is not None and not main_verb(tokens, own[0], own[1]) and own[1] - own[0] < 25:
        return False
    return at.tail_source(tokens, cue) is not None


def _verb(unit: Unit, cue: Cue, own: Range | None, end: int, drafts: list[Draft]) -> Draft | None:
    tokens = unit.tokens
    if _inverted(unit, cue, own):
        source = at.tail_source(tokens, cue)
        if source is None or not ("q" in cue.letters or "t" in cue.letters):
            return None
        return _tail(unit, cue, source, source[1], drafts)
    if own is None:
        return None
    right = at.complement(tokens, cue, end)
    if right is not None and not _plausible(unit, cue, right):
        right = None
    left_ok = own[0] > 0 and (tokens[own[0] - 1].low in (",", "—", "–", "?", "!") or _closes_speech(tokens, own[0] - 1))
    if right is None or (left_ok and right[0] == "object" and "q" in cue.letters and tokens[own[0] - 1].tag == CLOSE):
        if left_ok and ("q" in cue.letters or "t" in cue.letters):
            return _tail(unit, cue, own, cue.end, drafts)
        return None
    kind, part, hearer = right
    draft = Draft(cue, own, (part,), hearer)
    if kind == "quote" and left_ok and tokens[own[0] - 1].tag == CLOSE:
        return _tail(unit, cue, own, cue.end, drafts)
    return draft


def _closes_speech(tokens: Sequence[Token], i: int) -> bool:
    """A closing mark after a comma or stop ends speech; one without ends words picked out."""
    return tokens[i].tag == CLOSE and i > 0 and tokens[i - 1].low in (",", ".", "!", "?", "...", ":")


def _plausible(unit: Unit, cue: Cue, right: tuple[str, Range, Range | None]) -> bool:
    """Whether a weak complement still means that something is said, thought or wanted."""
    kind, (start, end), _ = right
    tokens = unit.tokens
    has_quote = any(t.tag == OPEN for t in tokens[start:end])
    if cue.lemma in NEEDS_QUOTE and tokens[start].tag != OPEN and tokens[start - 1].low != ":":
        return kind == "clause" and tokens[start - 1].low == "that"
    if kind == "object" and cue.lemma in WEAK_NOUN_OBJECT and not has_quote:
        return cue.lemma in ("confirm", "express", "voice", "call", "report", "repeat") and end - start > 1
    if kind == "infinitive" and cue.lemma in RARE_INFINITIVE:
        return cue.lemma in ("offer", "vote", "seek", "aim", "want", "choose")
    if kind == "clause" and cue.lemma in ("find", "show", "see", "feel", "know", "mean", "make"):
        return start > 0 and (tokens[start - 1].low == "that" or cue.lemma in ("know", "feel"))
    return True


def _tail(unit: Unit, cue: Cue, source: Range, after: int, drafts: list[Draft]) -> Draft | None:
    tokens = unit.tokens
    begin = at.unit_body_start(tokens, len(tokens))
    for draft in drafts:
        if draft.tail and draft.source:
            begin = max(begin, draft.source[1], draft.cue.end)
        elif draft.cue.kind in ("participle",) or (
            draft.parts and not draft.tail and tokens[draft.cue.start].low not in ("it",)
        ):
            pass
    left_end = min(source[0], cue.start)
    left = at.left_parts(tokens, begin, left_end)
    if left is None:
        return None
    left = _last_quote_only(unit, left)
    i = _skip_hearer(unit, cue, after)
    second = at.after_tail(tokens, i, tokens[left[1] - 1].tag == CLOSE)
    parts = (left,) if second is None else (left, second)
    hearer = (cue.end, noun_phrase_right(tokens, cue.end)) if cue.lemma == "tell" and cue.end < len(tokens) else None
    if hearer and hearer[1] <= hearer[0]:
        hearer = None
    return Draft(cue, source, parts, hearer, tail=True)


def _last_quote_only(unit: Unit, left: Range) -> Range:
    """Keep only the quotation before the tail where what precedes it is a sentence of its own."""
    for a, b in unit.quotes:
        if b == left[1] and a > left[0]:
            inner = next((s for s, e in unit.inner if s <= a < e), left[0])
            if inner > left[0] or unit.tokens[a - 1].low == ":":
                return (max(inner, left[0]) if unit.tokens[a - 1].low != ":" else a, b)
    return left


def _skip_hearer(unit: Unit, cue: Cue, after: int) -> int:
    from fronde.extract.clauses import skip_adjuncts

    tokens = unit.tokens
    i = after
    if "a" in cue.letters and i < len(tokens):
        i = noun_phrase_right(tokens, i)
    return skip_adjuncts(tokens, i)


def _participle(unit: Unit, cue: Cue, own: Range | None, end: int, drafts: list[Draft]) -> Draft | None:
    tokens = unit.tokens
    if cue.lemma in ("cite", "quote"):
        stop = at.phrase_end(tokens, cue.end)
        if stop <= cue.end:
            return None
        outer = next((d for d in reversed(drafts) if d.parts), None)
        parts = outer.parts if outer else ()
        if not parts:
            left = at.left_parts(tokens, at.unit_body_start(tokens, cue.start), cue.start)
            parts = (left,) if left else ()
        return Draft(cue, (cue.end, stop), parts)
    right = at.complement(tokens, cue, end)
    if right is None or not _plausible(unit, cue, right):
        return None
    before = tokens[cue.start - 1]
    if before.tag == "PRP":
        source: Range | None = (cue.start - 1, cue.start)
    elif before.low == "as" and drafts:
        return None
    else:
        earlier = [d for d in drafts if d.source and d.cue.kind in ("verb", "participle", "phrase", "passive")]
        source = earlier[-1].source if earlier else _leading_subject(unit)
    return Draft(cue, source, (right[1],), right[2])


def _leading_subject(unit: Unit) -> Range | None:
    for i, token in enumerate(unit.tokens):
        if token.tag in ("VBD", "VBZ", "VBP") and not unit.quoted(i):
            return subject(unit.tokens, i)
    return None


def _passive(unit: Unit, cue: Cue, own: Range | None, end: int, drafts: list[Draft]) -> Draft | None:
    tokens = unit.tokens
    i = cue.end
    source: Range | None = None
    if i < len(tokens) and tokens[i].low == "by":
        stop = noun_phrase_right(tokens, i + 1)
        if stop > i + 1:
            source = (i + 1, stop)
            i = stop
    if tokens[cue.start].low == "it":
        return _impersonal(unit, cue, source, i, end, drafts)
    if i >= len(tokens):
        return None
    if cue.lemma == "quote":
        return _quoted_as(unit, cue, own, source, i, drafts)
    if tokens[i].low == "to" and tokens[cue.end - 1].low in TO_PASSIVE and own is not None:
        return Draft(cue, source, (own, (i, at.phrase_end(tokens, i + 1))))
    told = cue.lemma in ("tell", "order") or (
        source is not None and cue.lemma in ("ask", "urge", "warn", "inform", "assure", "instruct")
    )
    if (told and tokens[i].low in ("to", "not", "that")) or (told and tokens[i].low == "he"):
        start = i + 1 if tokens[i].low == "that" else i
        return Draft(cue, source, ((start, end if tokens[i].low == "that" else at.phrase_end(tokens, i + 1)),))
    if (
        source is not None
        and tokens[i].low in ("of", "as", "for")
        and own is not None
        and cue.lemma in ("accuse", "describe")
    ):
        return Draft(cue, source, (own, (i, at.phrase_end(tokens, i + 1))))
    return None


def _quoted_as(
    unit: Unit, cue: Cue, own: Range | None, source: Range | None, i: int, drafts: list[Draft]
) -> Draft | None:
    """*was quoted by a chamberlain as saying "…"*: the words are the first person's."""
    tokens = unit.tokens
    while i < len(tokens) and tokens[i].low not in ("as", ","):
        i += 1
    if i + 1 >= len(tokens) or tokens[i].low != "as":
        return None
    if i + 2 < len(tokens) and tokens[i + 2].low not in (".", ","):
        part: Range = (i + 3 if tokens[i + 2].low == "that" else i + 2, len(tokens))
        return Draft(cue, own, (part,))
    if own is None:
        return None
    left = at.left_parts(tokens, 0, own[0])
    return Draft(cue, own, (left,), tail=True) if left else None


def _impersonal(unit: Unit, cue: Cue, source: Range | None, i: int, end: int, drafts: list[Draft]) -> Draft | None:
    tokens = unit.tokens
    if i < len(tokens) and tokens[i].low == "that":
        return Draft(cue, source, ((i + 1, end),))
    if i < len(tokens) and tokens[i].low not in (",", ".", "to"):
        if cue.lemma in ("seems", "appears") and tokens[i].low not in ("the", "a"):
            return None
        return Draft(cue, source, ((i, end),))
    left = at.left_parts(tokens, at.unit_body_start(tokens, cue.start), cue.start)
    if left is None or tokens[i - 1].low == "to":
        return None
    second = at.after_tail(tokens, i, tokens[left[1] - 1].tag == CLOSE)
    return Draft(cue, source, (left,) if second is None else (left, second), tail=True)


def _noun(unit: Unit, cue: Cue, own: Range | None, end: int, drafts: list[Draft]) -> Draft | None:
    tokens = unit.tokens
    source: Range | None = None
    before = cue.start - 1
    while before >= 0 and tokens[before].tag in ("JJ", "VBN", "VBG", "RB", "CD"):
        before -= 1
    if before >= 0 and tokens[before].tag == "POS":
        start = before - 1
        while start > 0 and tokens[start - 1].tag in NOUNS | {"DT", "JJ", "CD", "PRP$"}:
            start -= 1
        source = (start, before + 1)
    elif before >= 0 and tokens[before].tag == "PRP$":
        source = (before, before + 1)
    i = cue.end
    low = tokens[i].low
    if low == "that":
        if i + 1 < len(tokens) and tokens[i + 1].tag in ("VBD", "VBZ", "VBP", "MD"):
            return None
        return Draft(cue, source, ((i + 1, _clause_of_noun(tokens, i + 1, end)),))
    if low == "to":
        return Draft(cue, source, ((i, at.phrase_end(tokens, i + 1)),))
    if low == "of" and cue.lemma in NOUNS_OF:
        return Draft(cue, source, ((i + 1, at.phrase_end(tokens, i + 2)),)) if i + 2 < len(tokens) else None
    return Draft(cue, source, ((i, _clause_of_noun(tokens, i, end)),))


def _clause_of_noun(tokens: Sequence[Token], start: int, end: int) -> int:
    """A clause after a noun that is itself a subject ends before the second finite verb in a row."""
    verbs = 0
    for i in range(start, end):
        if tokens[i].low == ",":
            return i
        if tokens[i].tag in FINITE and (i == start or tokens[i - 1].low not in AUXILIARIES):
            verbs += 1
            leading = start >= 2 and stretch_start(tokens, start) <= 1
            if verbs == 2 and leading and tokens[i - 1].tag not in ("WP", "WDT", "PRP", "CC"):
                return i
    return end


def _adverb(unit: Unit, cue: Cue, own: Range | None, end: int, drafts: list[Draft]) -> Draft | None:
    tokens = unit.tokens
    if cue.start == 0:
        begin = cue.end + (1 if cue.end < len(tokens) and tokens[cue.end].low == "," else 0)
        return Draft(cue, None, ((begin, end),)) if begin < end else None
    start = _clause_start(tokens, cue.start)
    stop = at.phrase_end(tokens, cue.end + 1) if cue.end + 1 <= len(tokens) else cue.end
    parts = [p for p in ((start, cue.start), (cue.end, min(stop, len(tokens)))) if p[1] > p[0]]
    return Draft(cue, None, tuple(parts)) if parts else None


def _clause_start(tokens: Sequence[Token], i: int) -> int:
    start = stretch_start(tokens, i)
    for j in range(i - 1, start - 1, -1):
        if tokens[j].low in ("that", "but", "while", "because") or (
            tokens[j].low == "and" and main_verb(tokens, start, j)
        ):
            return j + 1
    if start > 1 and tokens[start - 1].low == "," and not main_verb(tokens, start, i) and start == i:
        return start
    return start


def _phrase(unit: Unit, cue: Cue, own: Range | None, end: int, drafts: list[Draft]) -> Draft | None:
    tokens = unit.tokens
    stop = _source_of_phrase(tokens, cue.end, leading=cue.start <= 1)
    if stop <= cue.end:
        return None
    source = (cue.end, stop)
    if cue.start <= 1:
        part = at.left_parts(tokens, stop, end if end > stop else len(tokens))
        return Draft(cue, source, (part,)) if part else None
    begin = at.unit_body_start(tokens, cue.start)
    for draft in drafts:
        if draft.tail and draft.source and draft.source[1] <= cue.start:
            begin = max(begin, draft.source[1])
    for j in range(cue.start - 1, begin, -1):
        if tokens[j].low == ";" and not unit.quoted(j):
            begin = j + 1
            break
    left = at.left_parts(tokens, begin, cue.start)
    second = None
    if stop < len(tokens) and tokens[stop].low == "," and left and not main_verb(tokens, left[0], left[1]):
        second = (stop + 1, end if end > stop + 1 else len(tokens))
    parts = tuple(p for p in (left, second) if p)
    return Draft(cue, source, parts, tail=True) if parts else None


def _source_of_phrase(tokens: Sequence[Token], start: int, leading: bool) -> int:
    i = start
    while i < len(tokens):
        token = tokens[i]
        if token.low in (".", ";", ":", "—", "–", ")", "?", "!") or token.tag in (OPEN, CLOSE):
            break
        if token.low == ",":
            relative = i + 1 < len(tokens) and tokens[i + 1].tag in ("WP", "WDT", "WP$")
            if not relative:
                break
        i += 1
    return i


_KINDS = {
    "verb": _verb,
    "participle": _participle,
    "passive": _passive,
    "noun": _noun,
    "adverb": _adverb,
    "phrase": _phrase,
}
