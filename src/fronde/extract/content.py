"""What a cue reports: the spans before, around or after it."""

from collections.abc import Sequence

from fronde.extract.clauses import (
    Tokens,
    inverted_source,
    main_verb,
    noun_phrase_right,
    skip_adjuncts,
    stretch_start,
)
from fronde.extract.cues import Cue
from fronde.extract.tokens import CLOSE, NOUNS, OPEN
from fronde.extract.word_sets import word_set

Range = tuple[int, int]
_TAILS = word_set(
    """
    adding saying citing quoting telling warning describing calling insisting claiming noting
    """
)
_CUT_AFTER_COMMA = frozenset(["but", "while", "although", "though", "yet", "whereas"])


def right_end(tokens: Tokens, start: int, cues: Sequence[Cue], own: Cue, subjects: dict[int, int]) -> int:
    """End of a clause reported to the right of its cue: the sentence's end, or where another voice begins.

    `subjects` maps the start of another cue's source to the cue's place.
    """
    i = start
    size = len(tokens)
    quoted = False
    while i < size:
        token = tokens[i]
        if token.tag == OPEN:
            quoted = True
        elif token.tag == CLOSE:
            quoted = False
        elif not quoted:
            if token.low == ";" or (token.low in (".", "!", "?", "...") and i + 1 == size):
                break
            if token.low == "," and i > start and _other_voice(tokens, i, cues, own, subjects):
                break
        i += 1
    return i


def _other_voice(tokens: Tokens, comma: int, cues: Sequence[Cue], own: Cue, subjects: dict[int, int]) -> bool:
    i = comma + 1
    if i >= len(tokens):
        return True
    if tokens[i].low in _TAILS:
        return True
    if any(c.start == i and c.kind in ("phrase", "participle") for c in cues):
        return True
    if any(c.start == i and c.kind == "passive" and tokens[i].low == "it" for c in cues):
        return True
    joined = tokens[i].low in ("but", "and", "while", "though", "although", "yet", "as")
    if joined:
        i += 1
    place = subjects.get(i)
    if place is None or place <= own.start:
        return False
    return joined or place - i < 12


def phrase_end(tokens: Tokens, start: int) -> int:
    """End of an object, an infinitive or a gerund: at a comma, a new clause, or the sentence's end."""
    i = start
    quoted = False
    while i < len(tokens):
        token = tokens[i]
        if token.tag == OPEN:
            quoted = True
        elif token.tag == CLOSE:
            quoted = False
            if i + 1 < len(tokens) and tokens[i + 1].low in ("after", "in", "on", "at", "while", "when"):
                return i + 1
        elif not quoted:
            if token.low in (";", ":", "—", "–", "(") or (token.low in (".", "!", "?") and i + 1 == len(tokens)):
                break
            if token.low == "," and not _list_goes_on(tokens, i):
                break
            if i > start and token.low in ("but", "while", "although", "after", "because", "when") and i > start + 1:
                break
        i += 1
    return i


def _list_goes_on(tokens: Tokens, comma: int) -> bool:
    end = comma + 1
    while end < len(tokens) and tokens[end].low not in (",", ".", ";"):
        end += 1
    if (comma + 1 < len(tokens) and tokens[comma + 1].low in ("a", "an", "who", "which", "whose")) or main_verb(
        tokens, comma + 1, end
    ):
        return False
    return any(t.low in ("and", "or") for t in tokens[comma + 1 : end]) and tokens[comma + 1].tag in NOUNS | {
        "DT",
        "JJ",
        "VB",
        "TO",
    }


def left_parts(tokens: Tokens, start: int, end: int) -> Range | None:
    """`[start, end)` without a leading *and* or *but* and without a trailing comma."""
    while start < end and (tokens[start].tag == "CC" or tokens[start].low in (",", ";", "—", "–", ".", ":")):
        start += 1
    while end > start and tokens[end - 1].low in (",", ";", "—", "–", ":", "--", "-"):
        end -= 1
    return (start, end) if end > start else None


def after_tail(tokens: Tokens, start: int, left_is_quote: bool) -> Range | None:
    """The second part of a statement that its tail interrupts: *A, he said, B*."""
    if start >= len(tokens) or tokens[start].low not in (",", ".", ";"):
        return None
    i = start + 1
    if i >= len(tokens):
        return None
    first = tokens[i]
    if tokens[start].low == ".":
        return None
    if left_is_quote and first.tag != OPEN:
        return None
    if first.tag == "VBG" or first.low in _TAILS or first.low in _CUT_AFTER_COMMA:
        return None
    if (
        first.low in ("a", "an", "the", "which", "who", "in")
        and first.tag != OPEN
        and not main_verb(tokens, i, len(tokens))
    ):
        return None
    if first.low in ("which", "who", "a"):
        return None
    end = len(tokens)
    while end > i and tokens[end - 1].low in (".", "!", "?"):
        end -= 1
    return (i, end) if end > i else None


def complement(tokens: Tokens, cue: Cue, clause_end: int) -> tuple[str, Range, Range | None] | None:
    """What stands to the right of a verb: (kind, content range, hearer) or None where nothing is reported there."""
    letters = cue.letters
    i = skip_adjuncts(tokens, cue.end)
    hearer: Range | None = None
    if ("a" in letters or "p" in letters) and i < len(tokens) and tokens[i].low != "that":
        end = noun_phrase_right(tokens, i)
        if end > i and not (tokens[i].tag == "PRP" and "a" not in letters and "p" not in letters):
            after = skip_adjuncts(tokens, end)
            if after < len(tokens):
                found = _after_hearer(tokens, cue, letters, after, clause_end)
                if found is not None:
                    return found[0], found[1], (i, end)
                if "a" in letters and "n" not in letters:
                    hearer = (i, end)
                    i = after
    if i >= len(tokens) or (i >= clause_end and tokens[min(i, len(tokens) - 1)].tag != OPEN):
        return None
    return _direct(tokens, cue, letters, i, clause_end, hearer)


def _after_hearer(tokens: Tokens, cue: Cue, letters: str, i: int, clause_end: int) -> tuple[str, Range] | None:
    token = tokens[i]
    if token.low == "that" and "t" in letters:
        return "clause", (i + 1, clause_end)
    if token.low in (":", ",") and i + 1 < len(tokens) and tokens[i + 1].tag == OPEN and "q" in letters:
        return "quote", (i + 1, quote_end(tokens, i + 1))
    if token.tag == OPEN and "q" in letters:
        return "quote", (i, clause_end)
    if token.low == "to" and ("p" in letters or "a" in letters) and cue.lemma != "say":
        return "infinitive", (i, phrase_end(tokens, i + 1)) if cue.lemma in (
            "tell",
            "ask",
            "warn",
            "advise",
            "promise",
        ) else (
            cue.end,
            phrase_end(tokens, i + 1),
        )
    if token.low in ("of", "about") and "o" in letters:
        return "about", (i, phrase_end(tokens, i + 1))
    if "a" in letters and "t" in letters and clause_starts(tokens, i):
        return "clause", (i, clause_end)
    return None


def clause_starts(tokens: Tokens, i: int) -> bool:
    """Whether a clause with its own subject and verb begins here."""
    if tokens[i].tag in ("PRP", "EX") or tokens[i].low in ("there", "if", "this", "that"):
        return True
    if tokens[i].tag in NOUNS or tokens[i].tag in ("DT", "PRP$", "JJ", "CD", "VBG", OPEN, "NNP"):
        end = i
        while end < len(tokens) and tokens[end].low not in (",", ".", ";") and end < i + 16:
            end += 1
        return main_verb(tokens, i, end)
    return False


def quote_end(tokens: Tokens, start: int) -> int:
    """Index after the closing mark of the quotation that opens at `start`."""
    for i in range(start + 1, len(tokens)):
        if tokens[i].tag == CLOSE:
            return i + 1
    return len(tokens)


def _direct(
    tokens: Tokens, cue: Cue, letters: str, i: int, clause_end: int, hearer: Range | None
) -> tuple[str, Range, Range | None] | None:
    token = tokens[i]
    if token.low in (":", ",") and i + 1 < len(tokens) and tokens[i + 1].tag == OPEN and "q" in letters:
        return "quote", (i + 1, max(quote_end(tokens, i + 1), min(clause_end, len(tokens)))), hearer
    if token.tag == OPEN and ("q" in letters or "t" in letters or "n" in letters):
        return "quote", (i, clause_end), hearer
    if token.low == ":" and "q" in letters and i + 1 < len(tokens):
        return "clause", (i + 1, clause_end), hearer
    if token.low == "that" and "t" in letters:
        return "clause", (i + 1, clause_end), hearer
    if token.low == "to" and "i" in letters:
        return "infinitive", (i, phrase_end(tokens, i + 1)), hearer
    if token.low == "to" and "o" in letters and token.tag == "TO":
        return None
    if token.low in ("whether", "if", "what", "why", "how", "when", "where") and "w" in letters:
        return "clause", (i, clause_end), hearer
    if "t" in letters and clause_starts(tokens, i):
        return "clause", (i, clause_end), hearer
    if token.low in ("of", "about", "against", "on") and "o" in letters:
        return "about", (i, phrase_end(tokens, i + 1)), hearer
    if token.tag == "VBG" and "g" in letters:
        return "gerund", (i, phrase_end(tokens, i + 1)), hearer
    return _object(tokens, letters, i, hearer)


def _object(tokens: Tokens, letters: str, i: int, hearer: Range | None) -> tuple[str, Range, Range | None] | None:
    if hearer is not None or not ("n" in letters or "s" in letters or "c" in letters):
        return None
    if tokens[i].tag not in NOUNS and tokens[i].tag not in ("DT", "PRP$", "JJ", "CD", "PRP", "PDT", OPEN, "VBG", "VBN"):
        return None
    end = phrase_end(tokens, i + 1)
    if "n" not in letters:
        span = tokens[i:end]
        judged = any(t.low == "as" for t in span) if "s" in letters else False
        quoted = any(t.tag == OPEN for t in span)
        if not (judged or ("c" in letters and (quoted or len(span) > 2)) or quoted):
            return None if "s" not in letters or "c" in letters else ("object", (i, end), hearer)
    return "object", (i, end), hearer


def tail_source(tokens: Tokens, cue: Cue) -> Range | None:
    """The source after an inverted verb: *said Petar Lund, a shipping magnate*."""
    start = cue.end
    if start >= len(tokens) or not (
        tokens[start].tag in NOUNS or tokens[start].tag in ("DT", "PRP$", "CD", "JJ", "PRP", "JJS", "WP")
    ):
        return None
    end = inverted_source(tokens, start)
    return (start, end) if end > start else None


def unit_body_start(tokens: Tokens, end: int) -> int:
    """Where a statement before a tail begins: the sentence, or the text after a dateline's dash."""
    for i in range(min(end, 12)):
        if (
            tokens[i].low in ("-", "—", "–", "--")
            and i
            and all(t.text.isupper() or t.tag in ("NNP", "CD", ",", "(", ")", ":", ".", "NN") for t in tokens[:i])
            and tokens[0].text.isupper()
        ):
            return i + 1
    return 0


__all__ = ["after_tail", "complement", "left_parts", "phrase_end", "right_end", "stretch_start", "tail_source"]
