# ruff: noqa: E501  words are read by class
"""Words that only hint at an event class: a guess for sentences no frame fits, always marked as a guess.

The class with the most hints wins; a tie or nothing means no guess. Our own list.
"""

import re
from functools import cache
from typing import Final

_HINTS: Final = {
    "resign": "post office job exit retire departure tender letter bow vacate",
    "resign_refused": "refuse reject stay persuade beg remain permission allow",
    "flee": "abroad exile airport jet border passport emigrat relocat foreign overseas villa asylum visa escape residen",
    "return": "return homecoming back",
    "dismissed": "sack fire oust replace demot remov reshuffl purge strip shake-up",
    "appointed": "appoint promot name successor deput installed elevat",
    "criticise_policy": "critic war peace mistake wrong disaster madness insan catastroph tragedy folly end stop senseless pointless against oppose doubt condemn bloodshed truce",
    "criticise_leader": "critic leader blame president incompeten fault tyran mad lie",
    "public_loyalty": "loyal support prais applaud allegiance rally faithful patriot obey salute devot",
    "silence": "silen quiet mum refrain careful whisper absent nobody dare",
    "split": "split divid rift faction quarrel feud rival crack clash clan camp unity infight mutin defect betray coup revolt",
    "discontent_spread": "unhapp discontent anger angry frustrat mood grim gloom worry worried fear shock despair tired normal life terribl upset resent dismay horrif",
    "isolation": "isolat alone bunker distance distan meet access advis listen contact remote cut trust",
    "hardliner_dominance": "hawk hardlin circle dominat influenc security inner grip clique ear control",
    "trap": "trap depend hostage escape lose stuck tied bound cannot impossible homes family prison cage choice",
    "patronage": "mentor protege patron friend ally promote owe career godfather",
    "wealth_loss": "lost lose billion fortune wealth rich asset freez frozen collaps wipe shrink ruin bankrupt shares value stake",
    "wealth_gain": "profit bought acquir enrich fortune gain windfall richer",
    "seizure": "seiz confiscat nationalis nationaliz expropriat takeover freez",
    "threat": "threat warn traitor enem punish line intimidat scum revenge",
    "repression": "arrest jail prison court charge police crackdown repress detain raid trial sentence prosecut terror persecut",
    "suspicious_death": "dead died death body window suicid poison mysterious murder",
    "media_control": "media censor newspaper ban law word website journalis television broadcast propagand",
    "escalation_pressure": "army general military demand press push offensive mobilis tough harder escalat revenge victory furious hawk nuclear war",
    "escalation": "escalat offensive front nuclear invade widen expand strike",
    "mobilisation": "mobilis mobiliz conscript reserv draft enlist call-up troops recruit",
    "war_setback": "defeat retreat fail loss setback withdraw casualt rout surrender stall",
    "war_gain": "captur victor advance conquer gain",
    "sanctions": "sanction embargo ban blacklist freez restrict",
    "foreign_support": "aid weapon arms support ally help supply send west partner",
    "poll_support": "poll survey percent support public opinion approv rating voter",
    "sourcing": "interview spoke source report anonym newspaper",
}  # fmt: skip
_ELITE: Final = re.compile(
    r"\b(?:ministers?|officials?|generals?|marshals?|officers?|commanders?|tycoons?|oligarchs?|billionaires?|bankers?|magnates?|owners?|governors?|aides?|advis[eo]rs?|"
    r"elites?|insiders?|president|leader|ruler|king|emperor|chancellor|premier|prime minister|kremlin|palace|regime|government|army|military|top brass|cabinet|"
    r"court|senators?|deput(?:y|ies)|princes?|businessm[ae]n|cronies|allies|establishment|inner circle|security services?|war|troops)\b",
    re.IGNORECASE,
)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(r"\b(?:" + "|".join(words.split()) + ")", re.IGNORECASE)) for name, words in _HINTS.items()
    )


def about_an_elite(words: str) -> bool:
    """Whether a sentence names somebody or something of a ruling elite, or its war."""
    return bool(_ELITE.search(words))


def guess(words: str) -> str | None:
    """The event class with most different hints in a sentence; None without one clear winner."""
    scored = sorted(((len({m.lower() for m in p.findall(words)}), name) for name, p in _patterns()), reverse=True)
    return scored[0][1] if scored[0][0] > scored[1][0] else None
