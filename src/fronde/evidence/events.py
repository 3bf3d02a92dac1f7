"""What the reports weigh on each dated act of each person, if it happened and if it did not.

    posterior odds = prior odds * h / f,     h = P(reports | it happened),  f = P(reports | it did not)
An event with visible claims rests on their trees of origins (`origins.py`). One without claims rests on its
own graded best source (`credence`): h = v, f = false * (1 - r) / (1 - r_B), one origin, capped as unnamed
below letter B. One with neither says nothing: h = f = 1. All depends on visible rows alone, so taking a claim
back restores the old numbers bit for bit.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from math import exp, log

from fronde.evidence.chain import Pair
from fronde.evidence.codebook import Letter, letter_mean
from fronde.evidence.event_classes import EVENT_CLASSES, Act, act_of
from fronde.evidence.origins import capped, combine
from fronde.evidence.pack import Pack
from fronde.evidence.priors import prior
from fronde.evidence.reliability import Reliability, learn_reliability
from fronde.evidence.rows import Event
from fronde.evidence.trees import is_evidence, origin_trees, same_origin, told

SILENT = Pair(0.0, 0.0)


@dataclass(frozen=True)
class EventEvidence:
    """One act of one person: when it is said to have happened, since when that was known, what the reports
    weigh.

    h, f: P(the reports read | it happened in date_low..date_high), P(the same | it did not); only h / f
    matters. origins, claims: ids of what it rests on; an event that rests on its own grade names
    `record:<event>` as origin.
    """

    event: str
    event_class: str
    actor: str
    act: Act
    date_low: date
    date_high: date
    known_at: date
    log_h: float
    log_f: float
    origins: tuple[str, ...]
    claims: tuple[str, ...]
    part: float | None = None  # fraction of its day passed when it happened, where the hour is published

    @property
    def h(self) -> float:
        """P(reports | it happened)."""
        return exp(self.log_h)

    @property
    def f(self) -> float:
        """P(reports | it did not happen)."""
        return exp(self.log_f)

    @property
    def log_lr(self) -> float:
        """ln(h / f): above 0 speaks for, below 0 against."""
        return self.log_h - self.log_f

    def posterior(self, prior_probability: float) -> float:
        """P(it happened | reports) from a prior in (0, 1)."""
        logit = log(prior_probability / (1.0 - prior_probability)) + self.log_lr
        return 1.0 / (1.0 + exp(-logit)) if logit > -700.0 else 0.0


def event_likelihoods(pack: Pack, without: Collection[str] = ()) -> tuple[EventEvidence, ...]:
    """Evidence on every event of the pack that is an act of a person, one entry per actor, in order of event
    id.

    without: ids of origins to leave out (`record:<event>` for an event's own grade).
    """
    reliability = learn_reliability(pack)
    found: list[EventEvidence] = []
    for event in pack.events:
        act = act_of(event.event_class)
        if act is None or event.known_at is None:
            continue
        pair, origins, claims = _event_pair(pack, event, reliability, frozenset(without))
        found.extend(
            EventEvidence(
                event=event.id,
                event_class=event.event_class,
                actor=actor,
                act=act,
                date_low=event.date_low,
                date_high=event.date_high,
                known_at=event.known_at,
                log_h=pair.h,
                log_f=pair.f,
                origins=origins,
                claims=claims,
                part=event.part,
            )
            for actor in dict.fromkeys(event.actors)
        )
    return tuple(found)


def _event_pair(
    pack: Pack, event: Event, reliability: Reliability, without: frozenset[str]
) -> tuple[Pair, tuple[str, ...], tuple[str, ...]]:
    """ln h, ln f, origins and claims of one event."""
    linked = [told(pack.claim[row.claim], row.relation) for row in pack.links.get(event.id, ())]
    linked = [each for each in linked if is_evidence(each.claim)]
    if linked:
        trees = origin_trees(pack, linked, _visibility(event), reliability, without)
        kept = tuple(sorted({each.claim.id for each in linked if each.claim.origin not in without}))
        pair = combine(trees, same_origin(pack, linked, trees))
        return pair, tuple(sorted({tree.origin for tree in trees})), kept
    record = f"record:{event.id}"
    if event.credence is None or record in without:
        return SILENT, (), ()
    return _record_pair(event, event.credence), (record,), ()


def _visibility(event: Event) -> float:
    return EVENT_CLASSES[event.event_class].visibility if event.visibility is None else event.visibility


def _record_pair(event: Event, credence: Letter) -> Pair:
    """An event row without coded claims, as one origin of the grade of its best source."""
    h = _visibility(event)
    unreliable = 1.0 - letter_mean(credence, prior("class_mean.unspecified"))
    f = min(h, prior("false_rate.record") * unreliable / (1.0 - prior("make_up.reference")))
    if h <= 0.0:
        return SILENT
    named = credence in (Letter.A, Letter.B)
    return capped(Pair(log(h), log(f)), log(prior("cap.named" if named else "cap.unnamed")))
