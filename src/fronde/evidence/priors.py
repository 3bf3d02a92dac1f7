"""Every prior number of the evidence likelihood, in one table: value, unit, source and why.

`assumption` is a legal source; `assumptions()` counts them so that a report can print the number. No other
file of this room holds a number of its own: they ask `prior("cap.named")`.
"""

from typing import NamedTuple


class Number(NamedTuple):
    """One number: what it is called, its value, its unit, where it comes from and why it is what it is."""

    name: str
    value: float
    unit: str
    source: str
    why: str


def _table(prefix: str, unit: str, source: str, rows: dict[str, tuple[float, str]]) -> tuple[Number, ...]:
    return tuple(Number(f"{prefix}.{key}", value, unit, source, why) for key, (value, why) in rows.items())


_VISIBILITY = _table(
    "visibility",
    "P(some voice could tell of it | it happened)",
    "assumption",
    {
        "flee": (0.70, "departures are noticed, often weeks later"),
        "return": (0.60, "coming back makes less news than leaving"),
        "resign": (0.90, "a senior post falls vacant in public"),
        "resign_refused": (0.15, "nothing visible happens; only insiders know"),
        "dismissed": (0.95, "dismissals are published by decree"),
        "appointed": (0.95, "appointments are published by decree"),
        "criticise_policy": (0.95, "a public statement; private criticism is coded .05 on the event"),
        "criticise_leader": (0.95, "a public statement, and a rare one"),
        "public_loyalty": (0.95, "said to be heard"),
        "silence": (0.30, "an absence; someone has to notice it"),
        "split": (0.30, "quarrels are seen by insiders"),
        "discontent_spread": (0.30, "a mood, told by those who share it"),
        "isolation": (0.30, "seen by those who lost access"),
        "hardliner_dominance": (0.30, "seen by those who lost access"),
        "trap": (0.40, "felt by many, told by few"),
        "patronage": (0.50, "known careers, rarely a dated act"),
        "wealth_loss": (0.80, "listed prices and published rankings"),
        "wealth_gain": (0.60, "published rankings, with delay"),
        "seizure": (0.85, "courts and registers are public"),
        "threat": (0.40, "many threats are private"),
        "repression": (0.85, "arrests of known people make news"),
        "suspicious_death": (0.90, "deaths of known people make news"),
        "media_control": (0.95, "laws and bans are published"),
        "escalation_pressure": (0.30, "pressed behind closed doors"),
        "escalation": (0.95, "announced or seen on the ground"),
        "mobilisation": (0.99, "cannot be hidden from those called up"),
        "war_setback": (0.90, "seen on maps and pictures"),
        "war_gain": (0.90, "seen on maps and pictures"),
        "sanctions": (0.99, "published in official journals"),
        "foreign_support": (0.95, "announced by the giver"),
        "poll_support": (0.95, "published by the pollster"),
        "mood": (0.30, "a stance told of a group, where the class itself is an act"),
        "sourcing": (0.50, "how a report was made; no act"),
    },
)

_ORIGIN = (
    *_table(
        "access",
        "P(in a position to know | visible at all)",
        "assumption",
        {
            "first_hand": (1.0, "took part or was told by those who did"),
            "second_hand": (0.7, "hears most of what goes round the circle"),
            "analyst": (0.5, "infers from outside"),
            "unknown": (0.6, "between second hand and analyst"),
        },
    ),
    *_table(
        "willingness",
        "P(tells | knows)",
        "assumption",
        {
            "named": (0.9, "a voice that already speaks under its name"),
            "unnamed": (0.6, "talks only unattributed, and not to everyone"),
            "unspecified": (0.6, "no better known than unnamed"),
        },
    ),
    *_table(
        "false_rate",
        "P(asserts | it did not happen)",
        "assumption",
        {
            "named_first_hand": (0.005, "a name and a reputation at stake, own knowledge"),
            "named_other": (0.01, "a name at stake, but the knowledge is another's"),
            "unnamed": (0.02, "unnamed but screened by a careful outlet"),
            "unspecified": (0.08, "`reports suggest`: nobody answers for it"),
            "record": (0.01, "an event row with a graded best source and no coded claim"),
        },
    ),
    *_table(
        "interest_willingness",
        "factor on P(tells | knows)",
        "assumption",
        {
            "against_interest": (0.7, "costs the speaker something, so said less often"),
            "neutral": (1.0, "reference"),
            "interested": (1.0, "glad to tell; already near one"),
        },
    ),
    *_table(
        "interest_false",
        "factor on P(asserts | it did not happen)",
        "assumption",
        {
            "against_interest": (0.4, "hardly anyone invents what hurts himself"),
            "neutral": (1.0, "reference"),
            "interested": (2.0, "gains from being believed"),
        },
    ),
    *_table(
        "modality_false",
        "factor on P(asserts | it did not happen)",
        "assumption",
        {
            "asserted": (1.0, "reference"),
            "reported": (1.25, "`reportedly`: the teller keeps a distance"),
            "suggested": (2.0, "`suggests`: an inference"),
        },
    ),
    Number("deny.if_true", 0.7, "P(denies | it happened)", "assumption", "an interested party denies either way"),
    Number(
        "deny.if_false",
        0.9,
        "P(denies | it did not)",
        "assumption",
        "a little more readily when it is untrue",
    ),
)

_CHAIN = (
    *_table(
        "pass_on",
        "t: P(passes a received claim on)",
        "assumption",
        {
            "outlet": (0.90, "prints most of what it receives and deems fit"),
            "agency": (0.95, "passing on is its trade"),
            "document": (0.98, "says what it says"),
            "poll": (0.95, "published as measured"),
            "person": (0.90, "repeats most of what was heard"),
            "collective": (0.85, "`interviewees say`: a summary drops things"),
            "anonymous": (0.80, "unknown hands"),
        },
    ),
    *_table(
        "make_up",
        "u at reliability B: P(makes it up or overstates it)",
        "assumption",
        {
            "outlet": (0.010, "a careful paper; a tabloid of letter D gets .033 through its reliability"),
            "agency": (0.005, "sober wording, corrections"),
            "document": (0.003, "forgery or misreading"),
            "poll": (0.005, "misprint; sampling error is handled elsewhere"),
            "person": (0.020, "memory and colour"),
            "collective": (0.020, "one voice summarised as many"),
            "anonymous": (0.050, "nobody answers for it"),
        },
    ),
    *_table(
        "drift_factor",
        "factor on u of the outermost hop",
        "assumption",
        {
            "none": (1.0, "reference"),
            "lost_hedge": (2.0, "`tentatively` gone: stronger than what was said"),
            "lost_bound": (1.5, "`at least four` became `four`"),
            "lost_caveat": (2.0, "`no information on it` gone"),
            "lost_time": (1.5, "date gone: may be an older story"),
            "identity_up": (1.5, "the source was made to look better"),
            "identity_down": (1.0, "the source was made to look worse: loses weight elsewhere"),
            "target_shift": (3.0, "says something about another target"),
            "exaggerated": (3.0, "headline beyond its body"),
        },
    ),
    *_table(
        "stated_factor",
        "factor on u",
        "assumption",
        {
            "yes": (1.0, "the report names whom it has it from"),
            "inferred": (1.5, "the coder guessed the hop"),
        },
    ),
    *_table(
        "hop_factor",
        "factor on u",
        "assumption",
        {
            "interview": (1.0, "reference: spoke to the source"),
            "statement": (1.0, "quotes a public statement"),
            "document": (0.5, "had it in writing"),
            "repeats": (1.5, "copied from another outlet"),
            "wire": (0.7, "agency text taken over whole"),
        },
    ),
    Number("make_up.ceiling", 0.8, "largest u as a share of t", "assumption", "a hop may be poor, never a mirror"),
)

_SAME_ORIGIN = (
    Number("same_origin.same_role", 0.5, "rho", "assumption", "unnamed, same role, within the window"),
    Number("same_origin.otherwise", 0.1, "rho", "assumption", "unnamed voices may overlap unseen"),
    Number("same_origin.named_apart", 0.0, "rho", "assumption", "two names are two people"),
    Number("same_origin.window", 14.0, "days", "assumption", "one briefing round"),
    Number("cap.unnamed", 20.0, "largest likelihood ratio", "assumption", "no anonymous voice decides alone"),
    Number("cap.named", 100.0, "largest likelihood ratio", "assumption", "no single voice decides alone"),
)

_RELIABILITY = (
    *_table(
        "letter",
        "mean of the Beta prior of being right",
        "assumption",
        {
            "A": (0.95, "completely reliable"),
            "B": (0.85, "usually reliable"),
            "C": (0.70, "fairly reliable"),
            "D": (0.50, "not usually reliable"),
            "E": (0.30, "unreliable"),
        },
    ),
    *_table(
        "class_mean",
        "mean of the Beta prior of an identity class",
        "assumption",
        {
            "named": (0.85, "level of letter B"),
            "unnamed": (0.70, "level of letter C"),
            "unspecified": (0.50, "level of letter D"),
        },
    ),
    Number("letter.strength", 10.0, "pseudo-claims", "assumption", "a letter is worth ten resolved claims"),
    Number("class_mean.strength", 4.0, "pseudo-claims", "assumption", "a class is a loose guide"),
    Number("make_up.reference", 0.85, "reliability", "assumption", "u is stated for letter B"),
    Number("reliability.ceiling", 0.99, "largest mean used", "assumption", "nobody is always right"),
)

_COUNTS = _table(
    "count",
    "persons, shares or rates as named",
    "assumption",
    {
        "several": (3.0, "`several` starts at three"),
        "some": (2.0, "a plural is at least two"),
        "many": (5.0, "`many` starts at five"),
        "most": (0.5, "more than this share of the group"),
        "all": (0.9, "`all` is said of nine in ten"),
        "about": (0.25, "`about n` is n give or take a quarter"),
        "false_per_claim": (0.1, "persons counted who did not do it"),
    },
)

_CONDITIONS = _table(
    "condition",
    "standard deviations of the state",
    "assumption",
    {
        "cut_weak": (0.0, "`some`, `signs of`: said from the usual level up"),
        "cut_plain": (0.5, "asserted without a degree"),
        "cut_strong": (1.0, "`ever more`, `most`, `all`: said only when clearly above"),
        "outlet_bias": (0.3, "cracks are news, calm is not"),
        "noise": (1.0, "spread of what reporters perceive"),
    },
)

_POLLS = (
    Number(
        "poll.design_effect",
        1.5,
        "ratio of variances",
        "assumption",
        "weighted national sample, if not stated",
    ),
    Number("poll.n", 1000.0, "respondents", "assumption", "if the pollster does not say; usual sample is larger"),
    Number("poll.concentration", 180.0, "pseudo-respondents", "assumption", "house error of about three points"),
    Number("poll.hidden_a", 2.0, "Beta", "assumption", "share of opponents who answer `support`, Beta(2, 8)"),
    Number("poll.hidden_b", 8.0, "Beta", "assumption", "mean .2; list experiments give a gap of ten points"),
)

_WORDS = (
    *_table(
        "words",
        "low end of the probability range",
        "icd203",
        {
            "remote.low": (0.01, "almost no chance, remote"),
            "very_unlikely.low": (0.05, "very unlikely, highly improbable"),
            "unlikely.low": (0.20, "unlikely, improbable"),
            "even.low": (0.45, "roughly even chance"),
            "likely.low": (0.55, "likely, probable"),
            "very_likely.low": (0.80, "very likely, highly probable"),
            "almost_certain.low": (0.95, "almost certain, nearly certain"),
        },
    ),
    *_table(
        "words",
        "high end of the probability range",
        "icd203",
        {
            "remote.high": (0.05, "almost no chance, remote"),
            "very_unlikely.high": (0.20, "very unlikely, highly improbable"),
            "unlikely.high": (0.45, "unlikely, improbable"),
            "even.high": (0.55, "roughly even chance"),
            "likely.high": (0.80, "likely, probable"),
            "very_likely.high": (0.95, "very likely, highly probable"),
            "almost_certain.high": (0.99, "almost certain, nearly certain"),
        },
    ),
    *_table(
        "words",
        "end of the probability range",
        "assumption",
        {
            "not_surprised.low": (0.30, "`would not be surprised`"),
            "not_surprised.high": (0.70, "`would not be surprised`"),
            "flat_future.low": (0.85, "`will`, without any hedge"),
            "flat_future.high": (0.97, "`will`, without any hedge"),
            "may.low": (0.20, "`may`, `could`, `might`"),
            "may.high": (0.55, "`may`, `could`, `might`"),
        },
    ),
    Number("forecast.shrinkage", 5.0, "pseudo-forecasts", "assumption", "a source's mean is pulled to its class"),
)

NUMBERS: tuple[Number, ...] = (
    *_VISIBILITY,
    *_ORIGIN,
    *_CHAIN,
    *_SAME_ORIGIN,
    *_RELIABILITY,
    *_COUNTS,
    *_CONDITIONS,
    *_POLLS,
    *_WORDS,
)
_BY_NAME = {number.name: number.value for number in NUMBERS}


def prior(name: str) -> float:
    """Value of one prior number; an unknown name is an error of the program, not of the user."""
    return _BY_NAME[name]


def assumptions() -> tuple[Number, ...]:
    """The numbers that rest on nothing but our judgement, for the count printed in reports."""
    return tuple(number for number in NUMBERS if number.source == "assumption")
