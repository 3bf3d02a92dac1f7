"""From coded claims to trees of reports: who spoke, through whom it came, which origins may be one.

A claim's hops run from the text in hand (position 0) to the voice. Each hop but the voice is a link: its t
and u come from the source that passes on; stated or inferred and the kind come from how it got it, which is
coded on the hop it cites. Drift tags of a claim belong to its outermost link, or to a link of their own where
the voice is read directly.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import NamedTuple

from fronde.evidence.chain import Link, denial, link, voice
from fronde.evidence.codebook import (
    ClaimType,
    Drift,
    HopKind,
    Identity,
    Modality,
    Polarity,
    Relation,
    Stated,
)
from fronde.evidence.origins import Branch, OriginTree
from fronde.evidence.pack import Pack
from fronde.evidence.priors import prior
from fronde.evidence.reliability import Reliability, voice_of
from fronde.evidence.rows import Claim, Source


class Told(NamedTuple):
    """A claim and whether it denies the proposition at hand."""

    claim: Claim
    denies: bool


def is_evidence(claim: Claim) -> bool:
    """Whether a claim says that something is so: forecasts, intentions and conditionals do not."""
    return claim.claim_type not in (ClaimType.FORECAST, ClaimType.INTENTION) and claim.modality not in (
        Modality.CONDITIONAL,
        Modality.FUTURE,
    )


def told(claim: Claim, relation: Relation = Relation.ASSERTS) -> Told:
    """A claim as said of an event: it denies if coded as a denial on the link or in its polarity."""
    return Told(claim, relation is Relation.DENIES or claim.polarity is Polarity.DENY)


def origin_trees(
    pack: Pack,
    claims: Collection[Told],
    visibility: float,
    reliability: Reliability,
    without: Collection[str] = (),
) -> tuple[OriginTree, ...]:
    """One tree per origin and polarity over all claims on one proposition, origins in `without` left out."""
    grouped: dict[tuple[str, bool], list[Claim]] = {}
    for claim, denies in sorted(claims, key=lambda each: each.claim.id):
        if is_evidence(claim) and claim.origin not in without:
            grouped.setdefault((claim.origin, denies), []).append(claim)
    return tuple(
        _tree(pack, origin, rows, denies, visibility, reliability) for (origin, denies), rows in sorted(grouped.items())
    )


def _tree(
    pack: Pack, origin: str, claims: list[Claim], denies: bool, visibility: float, reliability: Reliability
) -> OriginTree:
    # The claim with the shortest way stands closest to the voice; the firmest wording of it counts.
    closest = min(claims, key=lambda claim: (len(pack.chain.get(claim.id, ())), _doubt(claim), claim.id))
    speaker = pack.source[voice_of(pack, closest)]
    firmest = min(claims, key=lambda claim: (_doubt(claim), claim.id))
    asserted = voice(speaker, visibility, _trust(reliability, speaker), firmest.modality)
    return OriginTree(
        origin=origin,
        voice=denial(speaker, asserted) if denies else asserted,
        branches=tuple(_branch(pack, claim, speaker.id, reliability) for claim in claims),
        named=speaker.identity is Identity.NAMED,
        denies=denies,
    )


def _doubt(claim: Claim) -> float:
    return prior(f"modality_false.{claim.modality}")


def _trust(reliability: Reliability, source: Source) -> float:
    return reliability.sources[source.id].mean


def _branch(pack: Pack, claim: Claim, speaker: str, reliability: Reliability) -> Branch:
    """Links of one claim, innermost first."""
    hops = list(pack.chain.get(claim.id, ()))
    cited: list[tuple[str, Stated, HopKind]] = []
    if hops:
        for at, hop in enumerate(hops):
            inner = hops[at + 1] if at + 1 < len(hops) else hop
            cited.append((hop.source, inner.stated, inner.kind))
    else:
        cited.append((pack.report[claim.report].outlet, Stated.YES, HopKind.STATEMENT))
    if cited[-1][0] == speaker:
        cited.pop()
    links = []
    for position, (source_id, stated, kind) in enumerate(cited):
        source = pack.source[source_id]
        drift = claim.drift if position == 0 else ()
        links.append((source_id, link(source.kind, _trust(reliability, source), stated, kind, drift)))
    if not links and set(claim.drift) - {Drift.NONE, Drift.IDENTITY_DOWN}:
        links.append((f"{speaker}'s wording", _own_drift(pack.source[speaker], claim.drift, reliability)))
    return Branch(tuple(reversed(links)))


def _own_drift(speaker: Source, drift: Iterable[Drift], reliability: Reliability) -> Link:
    passed = link(speaker.kind, _trust(reliability, speaker), Stated.YES, HopKind.STATEMENT, drift)
    return Link(1.0, passed.u)


def same_origin(pack: Pack, claims: Collection[Told], trees: Collection[OriginTree]) -> Mapping[frozenset[str], float]:
    """P(same origin) of every pair of origins on one proposition: the coder's judgement, else the default
    rule.

    0 for two named voices; .5 for two unnamed ones of the same role and group, first read within 14 days of
    each other; .1 otherwise.
    """
    judged = {frozenset((pair.origin_a, pair.origin_b)): pair.p_same for pair in pack.origin_pairs}
    about = {tree.origin: _about(pack, tree.origin, claims) for tree in trees}
    rho = {}
    for a, b in combinations(sorted(about), 2):
        pair = frozenset((a, b))
        rho[pair] = judged[pair] if pair in judged else default_rho(*about[a], *about[b])
    return rho


def _about(pack: Pack, origin: str, claims: Collection[Told]) -> tuple[Source, date]:
    own = sorted((claim for claim, _ in claims if claim.origin == origin), key=lambda claim: claim.id)
    closest = min(own, key=lambda claim: (len(pack.chain.get(claim.id, ())), claim.id))
    return pack.source[voice_of(pack, closest)], min(pack.report[claim.report].published_at for claim in own)


def default_rho(a: Source, first_a: date, b: Source, first_b: date) -> float:
    """Default P(same origin) of two voices, from who they are and when they were first read."""
    if a.identity is Identity.NAMED and b.identity is Identity.NAMED:
        return prior("same_origin.named_apart") if a.id != b.id else 1.0
    unnamed = a.identity is not Identity.NAMED and b.identity is not Identity.NAMED
    role = a.id == b.id or (
        (a.role_text or a.group) and (a.role_text.casefold(), a.group) == (b.role_text.casefold(), b.group)
    )
    near = abs((first_a - first_b).days) <= prior("same_origin.window")
    return prior("same_origin.same_role" if unnamed and role and near else "same_origin.otherwise")
