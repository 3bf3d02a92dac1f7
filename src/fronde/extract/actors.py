"""Who is meant: names of a text matched with a case's actors, across spellings and scripts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from fronde.extract.tokens import ExtraMissing
from fronde.extract.word_sets import word_set

_CLOSE = 88.0  # rapidfuzz ratio, out of 100, from which two spellings of a last name count as one


@dataclass(frozen=True, slots=True)
class Actor:
    """One entry of a gazetteer: id, all names, group."""

    id: str
    names: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text; `actor` is None for somebody the case does not know."""

    start: int
    end: int
    name: str
    actor: str | None


class Gazetteer:
    """Names of a case's actors, folded to plain lower-case Latin letters."""

    def __init__(self, actors: Iterable[Actor], groups: Mapping[str, str] | None = None) -> None:
        self.groups = {key: fold(name) for key, name in (groups or {}).items()}
        self.actors: Mapping[str, Actor] = {a.id: a for a in actors}
        self._full: dict[str, str] = {}
        last: dict[str, set[str]] = {}
        for actor in self.actors.values():
            for name in actor.names:
                words = fold(name).split()
                if not words:
                    continue
                self._full.setdefault(" ".join(words), actor.id)
                # "SILUANOV, Anton Germanovich" puts the last name first.
                surname = fold(name.split(",")[0]).split()[-1] if "," in name else words[-1]
                last.setdefault(surname, set()).add(actor.id)
        self._last = {name: next(iter(ids)) for name, ids in last.items() if len(ids) == 1 and len(name) > 3}

    def find(self, name: str) -> str | None:
        """Id of the actor a name stands for; None if nobody or more than one fits."""
        words = fold(name).split()
        if not words:
            return None
        full = " ".join(words)
        if full in self._full:
            return self._full[full]
        exact = self._last.get(words[-1])
        if exact and (len(words) == 1 or self._fits(exact, words)):
            return exact
        return self._near(words)

    def _near(self, words: Sequence[str]) -> str | None:
        ratio = _ratio()
        scored = [
            (ratio(words[-1], last), ids)
            for last, ids in self._last.items()
            if abs(len(last) - len(words[-1])) < 3 and last[0] == words[-1][0]
        ]
        best = max(scored, default=(0.0, ""))
        if best[0] < _CLOSE or (len(words) > 1 and not self._fits(best[1], words)):
            return None
        return best[1]

    def _fits(self, actor: str, words: Sequence[str]) -> bool:
        """The first names agree in their first letter, or one is left out."""
        firsts = {w[0] for name in self.actors[actor].names for w in fold(name).split() if w != words[-1]}
        return not firsts or words[0][0] in firsts


@cache
def _ratio() -> Any:
    try:
        from rapidfuzz.fuzz import ratio
    except ImportError as error:
        raise ExtraMissing("rapidfuzz", "Matching names") from error
    return ratio


@cache
def _anyascii() -> Any:
    try:
        from anyascii import anyascii
    except ImportError as error:
        raise ExtraMissing("anyascii", "Matching names across scripts") from error
    return anyascii


def fold(name: str) -> str:
    """Plain lower-case Latin letters; spellings that transliteration varies become one (y, i, j; kh, h; ks, x)."""
    plain = _anyascii()(name).lower()
    plain = re.sub(r"[^a-z\s-]", "", plain).replace("-", " ")
    for old, new in (
        ("aleksandr", "alexander"),
        ("aleksei", "alexei"),
        ("ks", "x"),
        ("kh", "h"),
        ("iy", "y"),
        ("ii", "i"),
        ("ey", "ei"),
        ("yo", "e"),
        ("ye", "e"),
        ("y", "i"),
        ("j", "i"),
        ("tch", "ch"),
        ("ff", "f"),
    ):
        plain = plain.replace(old, new)
    return " ".join(plain.split())


_NAME = re.compile(r"(?<![\w.])[A-ZÀ-ÞА-ЯЁ][\w'’-]+(?:\s(?:(?:de|von|van|da|al|bin|du)\s)?[A-ZÀ-ÞА-ЯЁ][\w'’-]+){0,3}")
_NOT_NAMES = word_set(
    """
    The A An In On At It He She They We I But And Or If When While After Before Since Now Then There This That
    These Those His Her Their Its No Not One Two Three Four Five Six Most Some Several Many Few All Another
    Others What Who Why How Whether Should Monday Tuesday Wednesday Thursday Friday Saturday Sunday January
    February March April May June July August September October November December Nobody Everyone Every Asked
    Meanwhile Speaking According Military Police Officials Sources Insiders Analysts Experts President Minister
    Prime King Queen Emperor General Marshal Prince Count Mr Mrs Ms Dr Sir Lord Read Sign Kremlin Parliament
    Western Former Russian British American Only Even Yet So For From With Without Out Under Over Once Reached
    Fewer Also Still Such Said
    """
)


def mentions(text: str, gazetteer: Gazetteer | None, start: int, end: int) -> list[Mention]:
    """Names in `text[start:end]`; single words count only where the gazetteer knows them."""
    found = []
    for m in _NAME.finditer(text, start, end):
        words = m.group().split()
        shift = 0
        while words and words[0].rstrip("'s’") in _NOT_NAMES:
            shift += len(words[0]) + 1
            words = words[1:]
        if not words:
            continue
        name = re.sub(r"['’]s$", "", " ".join(words))
        actor = gazetteer.find(name) if gazetteer else None
        if actor or (len(words) > 1 and not name.isupper()):
            at = m.start() + shift
            found.append(Mention(at, at + len(name), name, actor))
    return found
