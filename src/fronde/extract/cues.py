"""Which words of a sentence report: verbs in use as verbs, passives, nouns, adverbs, phrases."""

from dataclasses import dataclass

from fronde.extract.lexicon import ADVERBS, NOUNS_OF, NOUNS_TO, PASSIVE, PREFIXES, forms, verbs
from fronde.extract.lexicon import NOUNS as CUE_NOUNS
from fronde.extract.segment import Unit
from fronde.extract.tokens import CLOSE, NOUNS, OPEN, VERBS, Token
from fronde.extract.word_sets import word_set

_MODAL = word_set(
    """
    will would may might can could shall should must
    """
)
_BE = word_set(
    """
    is are was were be been being 's 're
    """
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words `[start, end)` of a sentence that report, their lemma and how they are built."""

    start: int
    end: int
    lemma: str
    kind: str  # verb, participle, passive, noun, adverb, phrase
    negated: bool = False
    modal: bool = False

    @property
    def letters(self) -> str:
        """What may follow: see `lexicon.py`."""
        return verbs().get(self.lemma, "")


def find_cues(unit: Unit) -> list[Cue]:
    """All reporting words outside quotations, in order."""
    found: list[Cue] = []
    tokens = unit.tokens
    i = 0
    while i < len(tokens):
        cue = None if unit.quoted(i) else _cue_at(tokens, i)
        if cue is not None:
            found.append(cue)
            i = cue.end
        else:
            i += 1
    return found


def _cue_at(tokens: tuple[Token, ...], i: int) -> Cue | None:
    for words in PREFIXES:
        if tuple(t.low for t in tokens[i : i + len(words)]) == words:
            return Cue(i, i + len(words), " ".join(words), "phrase")
    token = tokens[i]
    if token.low in ADVERBS:
        return Cue(i, i + 1, token.low, "adverb")
    if token.low == "it" and i + 2 < len(tokens):
        impersonal = _impersonal(tokens, i)
        if impersonal is not None:
            return impersonal
    pair = f"{token.low} {tokens[i + 1].low}" if i + 1 < len(tokens) else ""
    for form, width in ((pair, 2), (token.low, 1)):
        if form in forms():
            cue = _verb(tokens, i, width, *forms()[form])
            if cue is not None:
                return cue
    return _noun(tokens, i)


def _impersonal(tokens: tuple[Token, ...], i: int) -> Cue | None:
    """*it is said that*, *it has been claimed*, *it seems*, *it emerged that*."""
    end = i + 1
    while end < len(tokens) and tokens[end].low in ("is", "was", "has", "had", "been", "now", "widely", "being"):
        end += 1
    if end < len(tokens) and end > i + 1 and tokens[end].low in PASSIVE - {"told", "quoted", "urged", "held", "seen"}:
        return Cue(i, end + 1, tokens[end].low, "passive")
    if end < len(tokens) and tokens[end].low in ("seems", "appears", "emerged", "transpired"):
        return Cue(i, end + 1, tokens[end].low, "passive")
    return None


def _verb(tokens: tuple[Token, ...], i: int, width: int, lemma: str, tags: frozenset[str]) -> Cue | None:
    token = tokens[i]
    before = tokens[i - 1] if i else None
    after = tokens[i + width] if i + width < len(tokens) else None
    if before is not None and before.low in (
        "to",
        "a",
        "an",
        "the",
        "of",
        "no",
        "his",
        "her",
        "their",
        "its",
        "'s",
        "this",
    ):
        return None
    auxiliaries, negated = _auxiliaries(tokens, i)
    if token.low in PASSIVE and auxiliaries & _BE and tags & {"VBN", "VBD"}:
        return _passive(tokens, i, lemma, negated)
    if "VBG" in tags and token.low.endswith("ing"):
        if auxiliaries & _BE:
            return Cue(i, i + width, lemma, "verb", negated)
        if (
            before is not None
            and (before.low in (",", "and", "as", "by") or before.tag == "PRP")
            and not (after is not None and after.tag in NOUNS and before.low not in (",", "as", "by"))
        ):
            return Cue(i, i + width, lemma, "participle", negated)
        return None
    if token.tag in VERBS or auxiliaries:
        if token.tag == "VBN" and not auxiliaries and not _finite_anyway(tokens, i, tags):
            return None
        if token.tag == "VB" and not auxiliaries and "VBP" not in tags:
            return None
        return Cue(i, i + width, lemma, "verb", negated, bool(auxiliaries & _MODAL))
    if _verb_after_all(before, after, token) or _plans_to(tokens, i, before, after):
        return Cue(i, i + width, lemma, "verb", negated)
    return None


def _auxiliaries(tokens: tuple[Token, ...], i: int) -> tuple[set[str], bool]:
    found: set[str] = set()
    negated = False
    j = i - 1
    while j >= 0:
        low = tokens[j].low
        if low in ("not", "n't", "never") or low.endswith("n't"):
            negated = True
        if low in (
            [
                "is",
                "are",
                "was",
                "were",
                "be",
                "been",
                "being",
                "has",
                "have",
                "had",
                "does",
                "do",
                "did",
                "will",
                "would",
                "may",
                "might",
                "can",
                "could",
                "should",
                "must",
                "'s",
                "'re",
            ]
        ):
            if low == "'s" and not (j and tokens[j - 1].tag == "PRP"):
                break
            found.add(low)
        elif (
            tokens[j].tag != "RB"
            and low not in ("himself", "herself", "themselves", "n't", "not")
            and not low.endswith("n't")
        ):
            break
        j -= 1
    return found, negated


def _finite_anyway(tokens: tuple[Token, ...], i: int, tags: frozenset[str]) -> bool:
    """A form that is both past and participle counts as past after a subject and before what it reports."""
    if "VBD" not in tags or i == 0:
        return False
    before = tokens[i - 1]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if before.tag in ("IN", "DT", "JJ", "TO"):
        return False
    return after is None or after.low != "by"


def _verb_after_all(before: Token | None, after: Token | None, token: Token) -> bool:
    """The tagger's noun is a verb where a name or plural stands before and a clause or quotation after."""
    if before is None or after is None or token.text[0].isupper():
        return False
    if before.tag in (CLOSE,) or before.low == ",":
        return after.tag in NOUNS or after.tag in ("PRP", "DT") or after.low in (".", ":")
    if before.tag not in ("NNP", "NNS", "NNPS", "PRP", "NN", "CD"):
        return before.tag in ("WP", "WDT")
    if token.tag == "NNS" and before.tag in ("NNS", "NNPS") and after.low != "that":
        return False
    return after.low in ("that", ":", ",", ".") or after.tag in (OPEN, "PRP", "DT", "PRP$") or (before.tag == "PRP")


def _plans_to(tokens: tuple[Token, ...], i: int, before: Token | None, after: Token | None) -> bool:
    """*The owner plans to leave*: the clause would have no verb otherwise."""
    if before is None or after is None or after.low != "to" or before.tag not in NOUNS | {"PRP"}:
        return False
    rest = (t for t in tokens[i + 1 :])
    for token in rest:
        if token.low in (",", ".", ";"):
            break
        if token.tag in ("VBD", "VBZ", "VBP", "MD"):
            return False
    return True


def _passive(tokens: tuple[Token, ...], i: int, lemma: str, negated: bool) -> Cue | None:
    start = i - 1
    while start > 0 and (tokens[start].tag == "RB" or tokens[start].low in ("not", "n't")):
        start -= 1
    if tokens[start].low not in _BE:
        start = i
    return Cue(start if lemma not in ("tell", "quote") else i, i + 1, lemma, "passive", negated)


def _noun(tokens: tuple[Token, ...], i: int) -> Cue | None:
    """*the claim that*, *amid reports of*, *a decision to*."""
    token = tokens[i]
    single = token.low[:-1] if token.low.endswith("s") and not token.low.endswith("ss") else token.low
    if single not in CUE_NOUNS and token.low not in CUE_NOUNS:
        return None
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    lemma = single if single in CUE_NOUNS else token.low
    if (
        after == "that"
        or (after == "to" and lemma in NOUNS_TO and i + 2 < len(tokens) and tokens[i + 2].tag in ("VB", "NN"))
        or (after == "of" and lemma in NOUNS_OF)
        or (lemma in ("rumour", "rumor") and i + 1 < len(tokens) and tokens[i + 1].tag in ("PRP", "DT", "NNP"))
    ):
        return Cue(i, i + 1, lemma, "noun")
    return None
