"""The codebook: every word a pack may use in a coded column. Event classes are in `event_classes.py`."""

from enum import StrEnum
from typing import Literal

from fronde.evidence.priors import prior

VERSION = "1"


class Status(StrEnum):
    """Review state of a row; only accepted rows reach a likelihood."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETRACTED = "retracted"


class SourceKind(StrEnum):
    """What a source is."""

    PERSON = "person"
    OUTLET = "outlet"
    AGENCY = "agency"
    DOCUMENT = "document"
    POLL = "poll"
    COLLECTIVE = "collective"
    ANONYMOUS = "anonymous"


class Identity(StrEnum):
    """How far a source can be identified by the reader."""

    NAMED = "named"
    ROLE_ONLY = "role_only"
    ANONYMOUS = "anonymous"


class Access(StrEnum):
    """How the source knows."""

    FIRST_HAND = "first_hand"
    SECOND_HAND = "second_hand"
    ANALYST = "analyst"
    UNKNOWN = "unknown"


class Interest(StrEnum):
    """Whether being believed helps or hurts the source."""

    AGAINST_INTEREST = "against_interest"
    NEUTRAL = "neutral"
    INTERESTED = "interested"


class Letter(StrEnum):
    """Reliability of a source; F cannot be judged and takes the mean of its identity class."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class ClaimType(StrEnum):
    """What a claim does."""

    EVENT = "event"
    STANCE = "stance"
    CONDITION = "condition"
    FORECAST = "forecast"
    INTENTION = "intention"
    BACKGROUND = "background"


class Polarity(StrEnum):
    """Whether a claim says it is so or says it is not."""

    AFFIRM = "affirm"
    DENY = "deny"


class Modality(StrEnum):
    """How firmly a claim is put; conditional and future claims are no evidence that it happened."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    SUGGESTED = "suggested"
    CONDITIONAL = "conditional"
    FUTURE = "future"


class QuoteKind(StrEnum):
    """How close the wording is to the speaker's."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    NONE = "none"


class Drift(StrEnum):
    """What a claim lost or gained on its way."""

    NONE = "none"
    LOST_HEDGE = "lost_hedge"
    LOST_BOUND = "lost_bound"
    LOST_CAVEAT = "lost_caveat"
    LOST_TIME = "lost_time"
    IDENTITY_UP = "identity_up"
    IDENTITY_DOWN = "identity_down"
    TARGET_SHIFT = "target_shift"
    EXAGGERATED = "exaggerated"


class Stated(StrEnum):
    """Whether the report itself names the hop, or the coder inferred it."""

    YES = "yes"
    INFERRED = "inferred"


class HopKind(StrEnum):
    """How one link of the chain got it from the next."""

    INTERVIEW = "interview"
    STATEMENT = "statement"
    DOCUMENT = "document"
    REPEATS = "repeats"
    WIRE = "wire"


class Relation(StrEnum):
    """What a claim says about an event."""

    ASSERTS = "asserts"
    DENIES = "denies"
    REPEATS = "repeats"
    PRESUPPOSES = "presupposes"


class Qualifier(StrEnum):
    """How a number is bounded in a count claim."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    SOME = "some"
    SEVERAL = "several"
    MANY = "many"
    MOST = "most"
    ALL = "all"
    NONE = "none"
    GROWING = "growing"


class DatePrecision(StrEnum):
    """How finely a date is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    RANGE = "range"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """Outcome of a question under a rule written before looking."""

    YES = "yes"
    NO = "no"
    VOID = "void"
    AMBIGUOUS = "ambiguous"


def identity_class(identity: Identity, role_text: str) -> Literal["named", "unnamed", "unspecified"]:
    """Named, unnamed (a role is given) or unspecified: the class that sets false rate and prior."""
    if identity is Identity.NAMED:
        return "named"
    return "unnamed" if identity is Identity.ROLE_ONLY or role_text else "unspecified"


def letter_mean(letter: Letter, class_mean: float) -> float:
    """Prior mean of being right: A .95, B .85, C .70, D .50, E .30, F the mean of the identity class."""
    return class_mean if letter is Letter.F else prior(f"letter.{letter}")
