"""Who acts and at whom, which group is meant, and what a source does not vouch for."""

import re
from collections.abc import Sequence

from fronde.extract.actors import Gazetteer, Mention, fold
from fronde.extract.attribution import Span
from fronde.extract.voices import Voice

# Classes with somebody at the receiving end; in *dismissed* the codebook's actor is the one who goes.
_AIMED = frozenset(("criticise_policy", "criticise_leader", "public_loyalty", "threat", "hardliner_dominance"))
_CAVEAT = re.compile(
    r"(?:(?:had|have|has|gave|with|offered|cited|provided|presented|there (?:is|was)) no|without(?: any)?|not any)"
    r"\s+(?:\w+\s)?(?:information|evidence|proof|details|confirmation|(?:direct|first-?hand) knowledge)\b"
    r"|(?:could|can|have|has|had|was|were)(?: not|n['’]t) (?:\w+ )?(?:be |been |able to )?(?:\w+ )?"
    r"(?:verif|confirm|corroborat|substantiat)\w*"
    r"|not (?:been )?(?:independently )?(?:verified|confirmed|corroborated)\b|\bunconfirmed\b|\bunverified\b"
    r"|(?:do|does|did)(?: not|n['’]t) know (?:whether|if|for (?:sure|certain))|not (?:certain|sure) (?:whether|if|that)"
    r"|cannot be ruled out|only a guess|speculat(?:ion|ing)\b",
    re.IGNORECASE,
)
_AROUND = 160  # characters after a sentence in which a caveat still speaks of it


def aimed(
    event_class: str, people: Sequence[Mention], core: int, speakers: Sequence[Voice], gazetteer: Gazetteer | None
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """(actors, targets): in a class that aims at somebody, who is named from the verb on is the target.

    core: where the words of the class begin. Where nobody is named before them, the speaker acts, if the case has it.
    """
    if event_class not in _AIMED:
        return tuple(people), ()
    targets = tuple(m for m in people if m.start >= core)
    actors = tuple(m for m in people if m.start < core)
    if not actors and speakers and gazetteer is not None:
        name = speakers[-1].name
        known = gazetteer.find(name)
        if known:
            actors = (Mention(core, core, name, known),)
    return actors, tuple(m for m in targets if m.actor is None or m.actor not in {a.actor for a in actors})


def group_of(actors: Sequence[Mention], words: str, gazetteer: Gazetteer | None) -> str:
    """The one group of the known actors; where none is known, the one group of the case that the words name."""
    if gazetteer is None:
        return ""
    theirs = {gazetteer.actors[m.actor].group for m in actors if m.actor}
    if not theirs:
        plain = f" {fold(words)} "
        theirs = {key for key, name in gazetteer.groups.items() if name and f" {name} " in plain}
    return theirs.pop() if len(theirs) == 1 else ""


def caveat_near(text: str, sentence: Span) -> str:
    """Words by which a source limits what it says, in its sentence or right after it, in the same paragraph."""
    end = text.find("\n\n", sentence.end, sentence.end + _AROUND)
    found = _CAVEAT.search(text, sentence.start, end if end >= 0 else min(len(text), sentence.end + _AROUND))
    return " ".join(found.group().split())[:60] if found else ""
