"""What hangs on one voice: every result with and without each origin.

    pull of origin o on event e = ln LR(all) - ln LR(all but o)
The reader of a forecast sees how much of it rests on one anonymous source.
"""

from dataclasses import dataclass

from fronde.evidence.conditions import condition_claims
from fronde.evidence.counts import count_claims
from fronde.evidence.events import EventEvidence, event_likelihoods
from fronde.evidence.pack import Pack


@dataclass(frozen=True)
class OriginWeight:
    """One origin: its events with it and without it, in the same order, and how many claims start from it."""

    origin: str
    label: str
    claims: int
    with_it: tuple[EventEvidence, ...]
    without_it: tuple[EventEvidence, ...]

    @property
    def pull(self) -> tuple[float, ...]:
        """ln LR with it minus ln LR without it, per event touched by the origin."""
        return tuple(a.log_lr - b.log_lr for a, b in zip(self.with_it, self.without_it, strict=True))


def origins_used(pack: Pack) -> tuple[str, ...]:
    """Ids of all origins that weigh on an event, count or condition, `record:<event>` included, sorted."""
    used = {origin for event in event_likelihoods(pack) for origin in event.origins}
    used |= {origin for count in count_claims(pack) for origin in count.origins}
    used |= {origin for condition in condition_claims(pack) for origin in condition.origins}
    return tuple(sorted(used))


def leave_one_out(pack: Pack) -> tuple[OriginWeight, ...]:
    """h and f of each event with each coded origin removed; events the origin does not touch are left out."""
    complete = event_likelihoods(pack)
    labels = {origin.id: origin.label for origin in pack.origins}
    weights = []
    for origin in sorted({name for event in complete for name in event.origins}):
        touched = [event for event in complete if origin in event.origins]
        rest = {(event.event, event.actor): event for event in event_likelihoods(pack, without={origin})}
        weights.append(
            OriginWeight(
                origin=origin,
                label=labels.get(origin, "graded event row"),
                claims=sum(claim.origin == origin for claim in pack.claims),
                with_it=tuple(touched),
                without_it=tuple(rest[event.event, event.actor] for event in touched),
            )
        )
    return tuple(weights)
