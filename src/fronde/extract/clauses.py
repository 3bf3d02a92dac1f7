"""Where noun phrases and clauses begin and end, from tags alone. All functions take and return token indices."""

from collections.abc import Sequence

from fronde.extract.lexicon import AUXILIARIES
from fronde.extract.tokens import CLOSE, FINITE, NOUNS, OPEN, Token
from fronde.extract.word_sets import word_set

Tokens = Sequence[Token]

SUBORDINATORS = word_set(
    """
    that because although though while whereas when whenever if unless until since as after before once whether
    where
    """
)
_NOMINAL = NOUNS | {"DT", "PDT", "JJ", "JJR", "JJS", "CD", "PRP$", "POS", "VBN", "VBG", "WP$"}
_DAYS = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday today yesterday tonight
    """
)
_TIME_WORDS = _DAYS | word_set(
    """
    week month year night morning evening afternoon day weekend
    """
)
HARD = frozenset((";", ":", "—", "–", "(", ")", "--", "..."))
RELATIVE = ("WP", "WDT", "WP$")


def stretch_start(tokens: Tokens, end: int) -> int:
    """First index of the run of words before `end` that no comma, mark or quotation interrupts."""
    i = end
    while i > 0 and tokens[i - 1].low not in HARD and tokens[i - 1].low not in (",", "?", "!", "."):
        if tokens[i - 1].tag == CLOSE:
            break
        if tokens[i - 1].tag == OPEN:
            break
        i -= 1
    return i


def main_verb(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a finite verb stands in `[start, end)` outside a relative clause."""
    relative = False
    for i in range(start, end):
        if tokens[i].tag in RELATIVE or (tokens[i].low == "that" and i > start and tokens[i - 1].tag in NOUNS):
            relative = True
        elif tokens[i].low == ",":
            relative = False
        elif tokens[i].tag in FINITE and not relative:
            return True
    return False


def before_auxiliaries(tokens: Tokens, verb: int) -> int:
    """Index of the last token of the subject's side: auxiliaries and adverbs before the verb are skipped."""
    i = verb - 1
    while i >= 0:
        token = tokens[i]
        if token.low == ")" and i > 2 and (opened := _opening_bracket(tokens, i)) is not None:
            i = opened - 1
            continue
        if (
            (token.low in AUXILIARIES and token.tag != "NNP")
            or token.tag in ("RB", "RBR", "MD")
            or token.low in ("himself", "herself", "themselves")
        ):
            i -= 1
        elif token.low == "," and i > 1 and tokens[i - 1].tag == "RB" and tokens[i - 2].low == ",":
            i -= 3
        else:
            break
    return i


def _opening_bracket(tokens: Tokens, close: int) -> int | None:
    """*Mark Ellis (R-Ohio) said*: where a short bracket before the verb opens."""
    return next((i for i in range(close - 1, max(0, close - 8), -1) if tokens[i].low == "("), None)


def noun_phrase_left(tokens: Tokens, last: int) -> int | None:
    """Start of the noun phrase (with its relative clause and lists) that ends at `last`; None if there is none."""
    if last < 0 or tokens[last].low in HARD or tokens[last].tag in (OPEN, CLOSE, "TO", "IN", "CC", ","):
        return None
    start = stretch_start(tokens, last)
    start = _after_subordinator(tokens, start, last)
    start = _extend_list(tokens, start, last)
    start = _skip_opening(tokens, start, last)
    if start > last:
        return None
    if not any(
        t.tag in NOUNS or t.tag in ("PRP", "DT", "CD", "WP", "JJ", "JJS", "NN", "WDT") for t in tokens[start : last + 1]
    ):
        return None
    return start


def _after_subordinator(tokens: Tokens, start: int, last: int) -> int:
    """Cut off a clause that stands before the noun phrase in the same stretch."""
    cut = start
    for i in range(start, last + 1):
        low = tokens[i].low
        if low == "that" and i > start and tokens[i - 1].tag in NOUNS and i + 1 <= last and tokens[i + 1].tag in FINITE:
            continue  # a relative clause: officials that know
        if (low in SUBORDINATORS and i < last and not (low == "as" and i > start and tokens[i - 1].tag in NOUNS)) or (
            tokens[i].tag == "CC" and low in ("and", "but", "or") and i < last and main_verb(tokens, cut, i)
        ):
            cut = i + 1
    if main_verb(tokens, cut, last + 1):
        # A finite verb is left and no relative pronoun explains it: keep what follows it.
        for i in range(last, cut - 1, -1):
            if tokens[i].tag in FINITE and not _relative_before(tokens, cut, i):
                return i + 1 if i < last else cut
    return cut


def _relative_before(tokens: Tokens, start: int, i: int) -> bool:
    return any(t.tag in RELATIVE or t.low == "that" for t in tokens[start:i])


def _extend_list(tokens: Tokens, start: int, last: int) -> int:
    """*Ney, Lefebvre and Macdonald*: a comma before a member of a list does not end the phrase."""
    while (
        start > 1
        and tokens[start - 1].low == ","
        and any(t.low in ("and", "or") for t in tokens[start : last + 1])
        and tokens[start - 2].tag in NOUNS
        and not main_verb(tokens, stretch_start(tokens, start - 1), start - 1)
        and len(tokens[start : last + 1]) < 9
        and tokens[start].tag in NOUNS
    ):
        start = stretch_start(tokens, start - 1)
    return start


_OPENING = word_set(
    """
    but and yet so still meanwhile however now then also even instead later earlier here there
    """
)


def _skip_opening(tokens: Tokens, start: int, last: int) -> int:
    while start < last and (tokens[start].tag in ("CC", "RB", "UH") or tokens[start].low in _OPENING):
        start += 1
    if tokens[start].tag == "IN" and tokens[start].low in ("in", "on", "at", "by", "from", "for", "after", "during"):
        # "In Vienna the minister said": a place or a day before the subject.
        i = start + 1
        while i < last and tokens[i].tag in _NOMINAL and tokens[i + 1].tag not in ("DT", "PRP", "PRP$"):
            i += 1
        if i < last and tokens[i + 1].tag in ("DT", "PRP", "PRP$"):
            return i + 1
    return start


def subject(tokens: Tokens, verb: int) -> tuple[int, int] | None:
    """`[start, end)` of the subject before a verb, with an apposition or relative clause between commas."""
    last = before_auxiliaries(tokens, verb)
    if last < 0:
        return None
    if tokens[last].tag in ("WP", "WDT") and tokens[last].low in ("who", "which", "that"):
        return last, last + 1
    if tokens[last].low == ",":
        return _with_apposition(tokens, last)
    start = noun_phrase_left(tokens, last)
    return None if start is None else (start, last + 1)


def _with_apposition(tokens: Tokens, comma: int) -> tuple[int, int] | None:
    for first in range(comma - 1, 0, -1):
        if tokens[first].tag in (OPEN, CLOSE) or tokens[first].low in HARD:
            return None
        if tokens[first].low != ",":
            continue
        inside = tokens[first + 1]
        if inside.tag not in NOUNS and inside.tag not in (
            "DT",
            "WP",
            "WDT",
            "WP$",
            "JJ",
            "CD",
            "PRP$",
            "VBN",
            "JJS",
            "JJR",
            "RBR",
            "RB",
        ):
            return None
        start = noun_phrase_left(tokens, first - 1)
        if start is None or main_verb(tokens, start, first):
            return None
        return start, comma
    return None


def noun_phrase_right(tokens: Tokens, start: int) -> int:
    """End of the simple noun phrase that begins at `start` (`start` itself if none does): a hearer, an object."""
    i = start
    if i < len(tokens) and tokens[i].tag == "PRP":
        return i + 1
    seen = False
    while i < len(tokens):
        token = tokens[i]
        if token.tag in _NOMINAL and not (
            seen and token.tag in ("DT", "PRP$") and tokens[i - 1].tag not in ("PDT", "DT", "CC", "IN")
        ):
            if token.tag in ("VBN", "VBG") and (i + 1 >= len(tokens) or tokens[i + 1].tag not in NOUNS):
                break
            seen = seen or token.tag in NOUNS
        elif (
            seen
            and token.low in ("of", "and", "for", "in", "&")
            and i + 1 < len(tokens)
            and tokens[i + 1].tag in _NOMINAL
        ):
            if token.low == "in" and tokens[i + 1].low in ("a", "an"):
                break
        else:
            break
        i += 1
    return i if seen or (i > start and tokens[start].tag in ("DT", "CD")) else start


def inverted_source(tokens: Tokens, start: int) -> int:
    """End of the source after *said*, with its apposition: until a comma that opens something else, or a stop."""
    i = start
    size = len(tokens)
    while i < size:
        token = tokens[i]
        if token.low in (".", "!", "?", ";", ":", "—", "–", "(", "--") or token.tag in (OPEN, CLOSE):
            break
        if token.low == "," and not _apposition_follows(tokens, i):
            break
        if token.low in SUBORDINATORS - {"as", "that"} and i > start:
            break
        i += 1
    return strip_time(tokens, start, i)


def _apposition_follows(tokens: Tokens, comma: int) -> bool:
    if comma + 1 >= len(tokens):
        return False
    after = tokens[comma + 1]
    if after.tag in ("WP", "WP$", "WDT", "CD"):
        return True
    if after.tag not in NOUNS and after.tag not in ("DT", "JJ"):
        return False
    end = comma + 1
    while (
        end < len(tokens)
        and tokens[end].low not in (",", ".", ";", ":", "?", "!")
        and tokens[end].tag not in (OPEN, CLOSE)
    ):
        end += 1
    return not main_verb(tokens, comma + 1, end)


def strip_time(tokens: Tokens, start: int, end: int) -> int:
    """Drop *on Wednesday*, *in a statement*, *last night* from the end of a phrase."""
    for i in range(start + 1, end):
        token = tokens[i]
        following = tokens[i + 1] if i + 1 < end else None
        if token.low in _DAYS and i + 1 == end:
            return strip_time(tokens, start, i)
        if (
            token.low in ("on", "late", "early")
            and following is not None
            and (following.low in _DAYS or following.low in ("monday",))
        ):
            return i
        if token.low == "in" and following is not None and (following.low in ("a", "an") or following.tag == "PRP$"):
            return i
        if token.low in ("last", "this", "earlier") and following is not None and following.low in _TIME_WORDS:
            return i
    return end


def skip_adjuncts(tokens: Tokens, start: int) -> int:
    """Index after adverbs, days and *in a statement* that stand between a verb and what it reports."""
    i = start
    size = len(tokens)
    while i < size:
        token = tokens[i]
        if token.tag == "RB" and token.low not in ("not", "n't"):
            i += 1
        elif token.low in _DAYS or (
            token.low in ("last", "this", "earlier") and i + 1 < size and tokens[i + 1].low in _TIME_WORDS
        ):
            i += 1 if token.low in _DAYS else 2
        elif token.low in ("on", "in", "at", "during", "after", "via", "through", "to", "from", "by") and i + 1 < size:
            end = noun_phrase_right(tokens, i + 1)
            if (
                end == i + 1
                or end >= size
                or not (
                    tokens[end].low
                    in ("that", ",", ":", ".", "on", "in", "at", "this", "last", "after", "during", "as")
                    or tokens[end].tag == OPEN
                    or (token.low == "on" and tokens[i + 1].low in _DAYS)
                    or token.low == "to"
                )
            ):
                break
            i = end
        else:
            break
    return i
