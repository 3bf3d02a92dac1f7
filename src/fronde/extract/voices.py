# ruff: noqa: E501  patterns are read whole, not wrapped
"""What a source is: named, a role, or nobody in particular; a person, an outlet, a document, a poll, a group."""

import re
from dataclasses import dataclass
from typing import Final

from fronde.evidence.codebook import Access, Identity, SourceKind

_OUTLET: Final = re.compile(
    r"(?<![a-z])(?:[A-Z][\w.&-]*\s)*(?:Times|Post|Courier|Ledger|Tribune|Telegraph|Guardian|Journal|Herald|Gazette|Star|Beacon|Globe|Mail|Mirror|Sun|Express|Observer|"
    r"Chronicle|Independent|Meridian|Review|Newswire|Wire|Press|News|Reuters|Bloomberg|Interfax|Tass|TASS|RIA|AFP|AP|BBC|CNN|LBC|ITV|Sky|NPR|Radio(?:\s[A-Z]\w+)?|"
    r"TV|Television|Today|Weekly|Economist|Spiegel|Monde|Figaro|Kommersant|Vedomosti|Meduza|Agency|Magazine|Daily|Standard)(?:\s(?:on Sunday|Agency|Service|News|Times|Post))?\b"
    r"|\b(?:news agency|newspaper|paper|magazine|broadcaster|state television|radio station|website|outlet|channel|weekly|daily)\b"
)
_DOCUMENT: Final = re.compile(
    r"\b(?:memorandum|memo|decree|documents?|letter|report|statement|study|dossier|filing|indictment|ruling|minutes|transcript|record|tally|law|leak|cable)s?\b",
    re.IGNORECASE,
)
_POLL: Final = re.compile(r"\b(?:polls?|surveys?|pollsters?|census)\b", re.IGNORECASE)
_AGENCY: Final = re.compile(
    r"\b(?:ministry|bank|government|presidency|office|parliament|police|command|prosecutors?|court|council|senate|army|kremlin|department|committee|commission|United Nations|agency|embassy|party|authorities|administration|palace|white house|whitehall|downing street|foreign office)\b",
    re.IGNORECASE,
)
_NOBODY: Final = re.compile(
    r"^(?:a |an |the |one |another |some |several |many |two |three |four |five |six )*(?:sources?|insiders?|reports?|rumou?rs?|people|person|claims?|some|others?|critics|observers|many|those|everyone|nobody|anonymous)\b(?! (?:close|familiar|with|near|in|at|briefed|who))",
    re.IGNORECASE,
)
_ROLE: Final = re.compile(
    r"\b(?:officials?|ministers?|generals?|officers?|tycoons?|oligarchs?|billionaires?|bankers?|aides?|advisers?|diplomats?|ambassadors?|governors?|insiders?|sources?|people|person|executives?|owners?|spokes\w+|lawyers?|analysts?|experts?|economists?|friends?|colleagues?|defectors?|witness(?:es)?|courtiers?|colonels?|captains?|deput(?:y|ies)|journalists?|commanders?|magnates?|businessm[ae]n|exporter|wife|family|relatives?|pals?|spook|judge|prosecutors?|historians?|members?|soldiers?|troops|landowners|chief|head|man|woman|men|women|colleague|pollster)\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"(?:^|[\s,(])(?:[A-ZÀ-Þ][\w'’.-]+)(?:\s(?:de|von|van|al|bin|da|of)?\s?[A-ZÀ-Þ][\w'’-]+)*")
_STATE_WORDS: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "some",
        "several",
        "many",
        "most",
        "former",
        "western",
        "eastern",
        "northern",
        "southern",
        "russian",
        "ukrainian",
        "british",
        "american",
        "french",
        "german",
        "chinese",
        "senior",
        "other",
        "another",
        "police",
        "ministers",
        "officials",
        "insiders",
        "experts",
        "analysts",
        "sources",
    ]
)
_TITLES: Final = re.compile(
    r"^(?:Mr|Mrs|Ms|Dr|Prof|Sir|Lord|Lady|Dame|Gen|General|Colonel|Marshal|President|Prime|Minister|King|Queen|Prince|Count|Duke|Baron|Professor|Chancellor|Senator|Governor|Admiral|Captain|M|MM)\.?$"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A source as the text gives it, typed for the codebook."""

    name: str
    kind: SourceKind
    identity: Identity
    role_text: str
    access: Access = Access.UNKNOWN


def voice(words: str, known_outlets: tuple[str, ...] = ()) -> Voice:
    """Type a source from its words."""
    plain = " ".join(words.split()).strip(" ,\"“”'")
    if is_outlet(plain, known_outlets):
        return Voice(plain, SourceKind.OUTLET, Identity.NAMED, "", Access.SECOND_HAND)
    named = proper_name(plain)
    if _POLL.search(plain):
        return Voice(
            plain,
            SourceKind.POLL,
            Identity.NAMED if named else Identity.ROLE_ONLY,
            "" if named else plain,
            Access.ANALYST,
        )
    if named and not _ROLE.search(named) and (not _AGENCY.search(plain) or _ROLE.search(plain)):
        return Voice(named, SourceKind.PERSON, Identity.NAMED, _role(plain, named))
    if _DOCUMENT.search(plain) and not _ROLE.search(plain):
        return Voice(plain, SourceKind.DOCUMENT, Identity.ROLE_ONLY, plain, Access.FIRST_HAND)
    if _NOBODY.match(plain):
        return Voice(plain, SourceKind.ANONYMOUS, Identity.ANONYMOUS, "")
    if _AGENCY.search(plain) and not _ROLE.search(plain):
        return Voice(plain, SourceKind.AGENCY, Identity.NAMED, "")
    if _ROLE.search(plain):
        return Voice(
            plain,
            SourceKind.ANONYMOUS,
            Identity.ROLE_ONLY,
            plain,
            Access.SECOND_HAND if re.search(r"familiar|close|briefed", plain) else Access.UNKNOWN,
        )
    if named:
        return Voice(named, SourceKind.PERSON, Identity.NAMED, _role(plain, named))
    return Voice(plain, SourceKind.ANONYMOUS, Identity.ANONYMOUS, "")


def is_outlet(words: str, known: tuple[str, ...] = ()) -> bool:
    """Whether a phrase names a newspaper, agency, channel or station."""
    bare = re.sub(r"^(?:the|an?)\s+", "", words, flags=re.IGNORECASE).lower()
    if any(bare == re.sub(r"^the\s+", "", k.lower()) for k in known):
        return True
    found = _OUTLET.search(words)
    if found is None or len(words.split()) > 9:
        return False
    return found.group()[0].islower() or not re.search(
        r"\b(?:press secretary|press office|correspondent|editor|reporter|spokes|journalist)", words
    )


def proper_name(words: str) -> str | None:
    """The longest personal or family name in a phrase, titles left out; None where there is none."""
    best: list[str] = []
    run: list[str] = []
    tokens = re.findall(r"[\w'’.-]+|,", words)
    for i, token in enumerate(tokens):
        clean = token.removesuffix("'s").removesuffix("’s")
        upper = token[0].isupper() and token.lower() not in _STATE_WORDS and not (token.isupper() and len(token) > 4)
        if upper and not _TITLES.match(token):
            if i == 0 and _ROLE.fullmatch(token):
                continue
            run.append(clean)
            if token != clean:
                run = []
                continue
        elif run and token in ("de", "von", "van", "da", "al", "bin", "du") and i + 1 < len(tokens):
            run.append(token)
        else:
            run = []
        if len(run) > len(best) or (len(run) == len(best) and run and i > 0):
            best = list(run)
    return " ".join(best) or None


def _role(words: str, name: str) -> str:
    rest = words.replace(name, " ").strip(" ,")
    return " ".join(rest.split())[:120]


def same_voice(one: str, other: str) -> bool:
    """Whether two mentions plainly name the same source: equal words, or one's last name is the other's."""
    a, b = one.lower().strip(), other.lower().strip()
    if a == b:
        return True
    first, second = proper_name(one), proper_name(other)
    return bool(first and second and first.split()[-1] == second.split()[-1])
