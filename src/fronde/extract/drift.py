"""What a claim lost or gained against the same claim in the report it repeats."""

from collections.abc import Iterable, Mapping

from fronde.evidence.codebook import Drift, Identity, Modality, Qualifier
from fronde.extract.claims import ProposedClaim
from fronde.extract.rows import CAVEAT, Known, known_source

_HEDGED = {str(Modality.REPORTED), str(Modality.SUGGESTED), str(Modality.CONDITIONAL)}
_BOUNDED = {str(Qualifier.AT_LEAST), str(Qualifier.AT_MOST), str(Qualifier.ABOUT)}


def upstream(
    claim: ProposedClaim, known: Known, stored: Iterable[Mapping[str, str]], outlet_of: Mapping[str, str]
) -> Mapping[str, str] | None:
    """The stored claim that this one repeats: printed by an outlet of its chain, same class, no other named actor.

    stored: claim rows as text; outlet_of: report id -> source id of its outlet.
    """
    outlets = {found for hop in claim.chain[1:] if (found := known_source(hop.voice, known))}
    actors = {m.actor for m in claim.actors if m.actor}
    for row in stored:
        if outlet_of.get(row.get("report", "")) not in outlets or row.get("status") in ("rejected", "retracted"):
            continue
        theirs = {a.strip() for a in row.get("actors", "").split(";") if a.strip()}
        near = {row.get("event_class", ""), *(_NEAR.get(row.get("event_class", ""), ()))}
        if claim.event_class in near and (not actors or not theirs or actors & theirs):
            return row
    return None


_NEAR = {
    "criticise_policy": ("criticise_leader",),
    "escalation_pressure": ("escalation", "mobilisation"),
    "resign_refused": ("resign",),
}


def tags(claim: ProposedClaim, row: Mapping[str, str], identity: str = "") -> tuple[Drift, ...]:
    """Drift tags of a claim against the stored claim `row`; `identity`: of the stored claim's innermost source."""
    found = []
    if row.get("modality") in _HEDGED and claim.modality is Modality.ASSERTED:
        found.append(Drift.LOST_HEDGE)
    theirs = row.get("count_qualifier", "")
    ours = claim.count.qualifier if claim.count else None
    if theirs in _BOUNDED and ours is Qualifier.EXACT:
        found.append(Drift.LOST_BOUND)
    if CAVEAT in row.get("note", "") and not claim.caveat:
        found.append(Drift.LOST_CAVEAT)
    low = row.get("count_low", "")
    if low and claim.count and claim.count.low is not None and claim.count.low > float(low):
        found.append(Drift.EXAGGERATED)
    if row.get("date_low") and claim.when is None:
        found.append(Drift.LOST_TIME)
    if row.get("event_class") != claim.event_class:
        found.append(Drift.TARGET_SHIFT if "criticise" in claim.event_class else Drift.EXAGGERATED)
    if identity and claim.chain:
        rank = {str(Identity.ANONYMOUS): 0, str(Identity.ROLE_ONLY): 1, str(Identity.NAMED): 2}
        mine = claim.chain[-1].voice
        if len(claim.chain) > 1 and str(mine.kind) != "outlet":
            step = rank[str(mine.identity)] - rank.get(identity, rank[str(mine.identity)])
            if step:
                found.append(Drift.IDENTITY_UP if step > 0 else Drift.IDENTITY_DOWN)
    return tuple(dict.fromkeys(found)) or (Drift.NONE,)
