"""How likely a claim is to reach the reader if it is true and if it is not: the voice, then link by link.

    voice   h0 = v * a * s                                                P(asserts | it happened)
            f0 = false * interest * modality * (1 - r) / (1 - r_class)    P(asserts | it did not)
    link    h' = t * h + u * (1 - h),   f' = t * f + u * (1 - f),         LR = h / f
v visibility of the event class, a access of the voice, s its willingness to talk, r its reliability, false
the rate of its identity class; t chance that a link passes on what it got, u that it makes up or overstates
what it did not get. With t > u > 0 a ratio above 1 falls and one below 1 rises: hearsay never gains strength.
Sources: schum1994 (cascaded inference). The numbers are in `priors.py`. That false rates grow in proportion
to unreliability is our choice, and so is that a bare assertion never counts against what it asserts (f0 <=
h0).
"""

from collections.abc import Iterable
from typing import NamedTuple

from fronde.evidence.codebook import (
    Access,
    Drift,
    HopKind,
    Interest,
    Modality,
    SourceKind,
    Stated,
    identity_class,
)
from fronde.evidence.priors import prior
from fronde.evidence.rows import Source


class Pair(NamedTuple):
    """Two probabilities of one thing said: given that it happened (h) and that it did not (f)."""

    h: float
    f: float


class Link(NamedTuple):
    """One hop: t passes a received claim on, u makes it up or overstates it; 0 < u < t <= 1."""

    t: float
    u: float


def transmit(said: Pair, links: Iterable[Link]) -> Pair:
    """Probabilities after some links, innermost first: h' = t h + u (1 - h), and f likewise."""
    h, f = said
    for t, u in links:
        h, f = t * h + u * (1.0 - h), t * f + u * (1.0 - f)
    return Pair(h, f)


def voice(source: Source, visibility: float, reliability: float, modality: Modality = Modality.ASSERTED) -> Pair:
    """P(the source asserts | H) and P(it asserts | not H).

    visibility: chance that some voice could tell of the event. reliability: posterior mean of the source,
    below 1. modality: asserted, reported or suggested; a conditional or future claim is no assertion.
    """
    group = identity_class(source.identity, source.role_text)
    willing = prior(f"willingness.{group}") * prior(f"interest_willingness.{source.interest}")
    h = visibility * prior(f"access.{source.access}") * willing
    if group == "named":
        base = prior("false_rate.named_first_hand" if source.access is Access.FIRST_HAND else "false_rate.named_other")
    else:
        base = prior(f"false_rate.{group}")
    base *= prior(f"interest_false.{source.interest}") * prior(f"modality_false.{modality}")
    return Pair(h, min(h, base * (1.0 - reliability) / (1.0 - prior(f"class_mean.{group}"))))


def denial(source: Source, asserted: Pair) -> Pair:
    """P(the source denies | H) and P(it denies | not H), from what its assertion would be worth.

    An interested party denies either way (.7, .9), nearly silent. Anyone else denies as it asserts, with the
    two sides exchanged: flipping the polarity flips the sign of the log ratio.
    """
    if source.interest is Interest.INTERESTED:
        return Pair(prior("deny.if_true"), prior("deny.if_false"))
    return Pair(asserted.f, asserted.h)


def link(kind: SourceKind, reliability: float, stated: Stated, how: HopKind, drift: Iterable[Drift] = ()) -> Link:
    """t and u of the hop through a source of this kind.

    u = u_kind * (1 - r) / (1 - r_B) * factors of stated or inferred, of the hop's kind and of the drift tags,
    held below a fixed share of t so that no hop turns a claim around.
    """
    t = prior(f"pass_on.{kind}")
    u = prior(f"make_up.{kind}") * (1.0 - reliability) / (1.0 - prior("make_up.reference"))
    u *= prior(f"stated_factor.{stated}") * prior(f"hop_factor.{how}")
    for tag in sorted(set(drift)):
        u *= prior(f"drift_factor.{tag}")
    return Link(t, min(u, prior("make_up.ceiling") * t))
