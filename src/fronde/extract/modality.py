# ruff: noqa: E501  patterns are read whole, not wrapped
"""How firmly a clause is put: polarity, modality, and the range behind a probability word.

Ranges are those of ICD 203 (icd203) and the three that reports need beside it (our choice): *would not be surprised*
.30-.70, *may* or *could* .20-.55, a flat future .85-.97. A word is never turned into a point.
"""

import re
from typing import Final

from fronde.evidence.codebook import Modality

Range = tuple[float, float]
_WORDS: Final[tuple[tuple[str, Range], ...]] = (
    (r"would(?:n't| not) be surprised", (0.30, 0.70)),
    (
        r"almost no chance|next to no chance|almost certainly (?:not|won't)|(?<!not )remote(?:ly)? (?:chance|possib)",
        (0.01, 0.05),
    ),
    (r"(?:very|highly|most|extremely) unlikely|little chance|slim chance", (0.05, 0.20)),
    (r"unlikely|improbabl[ey]|doubtful|probably not", (0.20, 0.45)),
    (
        r"almost certain(?:ly)?|nearly certain(?:ly)?|virtually certain(?:ly)?|bound to|inevitabl[ey]|a matter of time",
        (0.95, 0.99),
    ),
    (r"(?:very|highly|extremely|more than) likely|in all likelihood", (0.80, 0.95)),
    (r"better than even", (0.50, 0.80)),
    (r"even (?:chance|odds)|as likely as not|toss-up|fifty-fifty|50-50", (0.45, 0.55)),
    (r"(?<!un)likely|probabl[ey]|expected to|expects?|expected|suggests?", (0.55, 0.80)),
    (r"may|might|could|possibl[ey]|perhaps|can't rule out|cannot rule out", (0.20, 0.55)),
    (r"will|\w+'ll|won't|'ll|shall|going to|never will|would", (0.85, 0.97)),
)
_PROBABILITY = tuple((re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.IGNORECASE), span) for pattern, span in _WORDS)
_CONDITION = re.compile(
    r"(?:^|[\s\"“'‘,;—])(?:[Ii]f|[Uu]nless|[Ss]hould (?:he|she|they|it|[A-Z]\w+)|were (?:he|she|they|it) to|in the event|provided that)\b"
)
_WHETHER = re.compile(r"\b(?:wonder|ask|asked|clear|unclear|know|see|doubt|sure|surprised)\w* if\b", re.IGNORECASE)
_PAST_HEDGE = re.compile(r"\b(?:may|might|could) (?:well )?(?:already )?have\b", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|won't|shall|is going to|are going to|about to|set to|due to (?:be )?\w+|poised to|ready to|going to|unlikely to"
    r"|plans? to|planning to|intends? to|intend to|likely to|expected to|wants? to|hopes? to|vow(?:s|ed) to|pledged to|threaten(?:s|ed) to"
    r"|considering|preparing to|may yet|(?:may|might|could)(?! (?:well )?(?:already )?have)|would|chances? (?:of|that|are)|odds (?:of|that|are)|better than even|risk of|be surprised if|matter of time)\b|'ll\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:appears?|appeared|seems?|seemed|suggest(?:s|ed)?|hint(?:s|ed)?|apparently|possibly|perhaps|probably|likely|signs? (?:of|that))\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly|(?:is|are|was|were) (?:widely )?(?:said|thought|believed|understood|rumou?red|alleged|reported|claimed) to"
    r"|it (?:is|was|has been) (?:said|claimed|reported|rumou?red|alleged)|rumou?rs?|amid (?:claims|reports|rumours))\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|without|cannot|nothing|hardly|unable)\b|n't\b", re.IGNORECASE
)
_NEGATION_NEAR = re.compile(
    r"(?:\b(?:not|never|no|nobody|none|neither|without|cannot|hardly)\b|n't\b)(?:\W+\w+){0,5}?\W*$", re.IGNORECASE
)
DENIES: Final = frozenset(["deny", "reject", "dismiss", "doubt", "dispute", "refute", "rule_out", "question"])


def probability(words: str) -> Range | None:
    """Range of the first probability word found, the most specific first; None if there is none."""
    for pattern, span in _PROBABILITY:
        if pattern.search(words):
            return span
    return None


def modality(words: str, sentence: str, hearsay: bool, intention: bool, before: str = "") -> Modality:
    """Modality of a clause within its sentence. `hearsay`: an adverb or passive of report covers it.

    `intention`: it is what somebody plans, expects or wants.
    """
    if _CONDITION.search(sentence) and not _WHETHER.search(sentence):
        return Modality.CONDITIONAL
    if _PAST_HEDGE.search(words):
        return Modality.SUGGESTED
    if intention or _FUTURE.search(words):
        return Modality.FUTURE
    if hearsay or _HEARSAY.search(words):
        return Modality.REPORTED
    if _HEDGE.search(words) or _HEDGE.search(before[-40:]):
        return Modality.SUGGESTED
    return Modality.ASSERTED


def negated(before: str, match: str) -> bool:
    """Whether the words before a match, in its own clause, deny it."""
    if _NEGATION.match(match):
        return True
    return bool(_NEGATION_NEAR.search(before)) and not re.search(
        r"not only\W*$|no doubt\W*$|no longer\W*$", before, re.IGNORECASE
    )
