"""Words of a text with their places and parts of speech.

Tags are Penn Treebank's, by Brill's transformation tagger (brill1992) as shipped, lexicon and rules, in
TextBlob. What reporting verbs need and the tagger misses (a verb form between a name and *that*) is mended in
`cues.py`, where the neighbourhood is known.
"""

import gc
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

_ABBREVIATIONS = [
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Prof",
    "Gen",
    "Col",
    "Lt",
    "Sgt",
    "Capt",
    "Maj",
    "Sen",
    "Rep",
    "Gov",
    "Rev",
    "Hon",
    "St",
    "Jr",
    "Sr",
    "Inc",
    "Ltd",
    "Co",
    "Corp",
    "vs",
    "No",
    "M",
    "MM",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_WORD = re.compile(
    r"(?:{})\.|(?:[A-Z]\.){{2,}}|[A-Z]\.(?=\s[A-Z])|[$£€]?\d+(?:[.,]\d+)*(?:%|(?:st|nd|rd|th|bn|m)\b)?"
    r"|n't\b|[^\W\d_]+(?:(?![’']s\b)[’'](?=[^\W\d_])[^\W\d_]+|[-‐‑&](?=\w)\w+)*|[’']s\b|\.\.\.|--|\S".format(
        "|".join(_ABBREVIATIONS)
    )
)
OPEN, CLOSE = "``", "''"
NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
VERBS = FINITE | {"VB", "VBN", "VBG"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: `[start, end)` in the text, its lower-case form, its Penn tag."""

    start: int
    end: int
    text: str
    low: str
    tag: str


class ExtraMissing(ImportError):
    """A library of the extra `extract` is not installed."""

    def __init__(self, library: str, task: str) -> None:
        super().__init__(f'{task} needs the library `{library}`: python -m pip install "fronde[extract]"')


@cache
def _tagger() -> Any:
    try:
        from textblob.en import parser
    except ImportError as error:
        raise ExtraMissing("textblob", "Reading a report") from error
    with warnings.catch_warnings():
        # The library leaves the files of its lexicon to the collector; read them all now.
        warnings.simplefilter("ignore", ResourceWarning)
        parser.find_tags(["A", "qqqing", "Qqq"])
        gc.collect()
    return parser


def tokenise(text: str, start: int, end: int, quotes: dict[int, str]) -> list[Token]:
    """Tokens of `text[start:end]`; `quotes` maps the offset of a quotation mark to OPEN or CLOSE."""
    found = [(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    words = [_plain(text[a:b], quotes.get(a)) for a, b in found]
    tags = [tag for _, tag in _tagger().find_tags(words)] if words else []
    tokens = [
        Token(a, b, text[a:b], word.lower(), quotes.get(a) or _tag(word, tag, i == 0))
        for i, ((a, b), word, tag) in enumerate(zip(found, words, tags, strict=True))
    ]
    return _mend(tokens)


def _plain(word: str, quote: str | None) -> str:
    if quote:
        return quote
    return word.replace("’", "'").replace("‐", "-").replace("‑", "-")


_FIXED = {
    **dict.fromkeys(("who", "whom"), "WP"),
    **dict.fromkeys(("which",), "WDT"),
    **dict.fromkeys(("whose",), "WP$"),
    **dict.fromkeys(("he", "she", "it", "they", "we", "i", "you"), "PRP"),
    **dict.fromkeys(("another", "others", "some", "many", "most", "few", "several"), "DT"),
    **dict.fromkeys(("said", "told", "added", "warned", "claimed", "insisted", "went"), "VBD"),
    **dict.fromkeys(("has", "is", "was", "does"), "VBZ"),
    **dict.fromkeys(("have", "are", "were", "do", "had", "did"), "VBP"),
    "'s": "POS",
    "--": ":",
    "—": ":",
    "–": ":",
    "-": ":",
    "...": ":",
}


def _tag(word: str, tag: str, first: bool = False) -> str:
    low = word.lower()
    if low in ("may", "will") and word[0].isupper() and tag == "MD" and not first:
        return "NNP"  # a month or a name
    if low in _FIXED:
        return _FIXED[low]
    if not word[0].isalnum() and tag in NOUNS:
        return ":"
    if word.isupper() and len(word) > 3 and tag == "NNP":
        # A word shouted in capitals: what it would be in plain letters.
        return str(_tagger().find_tags(["the", low])[1][1])
    return tag


def _mend(tokens: Sequence[Token]) -> list[Token]:
    """The tagger's common slips that matter for clauses: *left the country* is a verb, *who left* too."""
    mended = list(tokens)
    for i in range(1, len(mended)):
        token, before = mended[i], mended[i - 1]
        if token.tag == "VBN" and before.tag in ("WP", "WDT", "PRP"):
            mended[i] = _with(token, "VBD")
        elif token.tag in ("NN", "NNS", "VBP", "JJ") and before.tag in ("MD", "TO") and token.low.isalpha():
            mended[i] = _with(token, "VB")
    return mended


def _with(token: Token, tag: str) -> Token:
    return Token(token.start, token.end, token.text, token.low, tag)
