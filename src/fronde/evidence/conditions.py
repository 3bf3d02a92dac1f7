"""What a mood told in a report says of the model's state: ordinal probit on the standardised state.

    z = sign * (state - centre) / scale
    P = P(told at strength k or above | state) = Phi((z + bias - cut_k) / noise)
    ln L = ln(LR * P + 1 - P),     |ln LR| held below ln 100, the cap of one named voice
The bias is that of outlets towards news of cracks. LR is that of the claim's tree of origins; since ln L
stays between 0 and ln LR, no condition outweighs its origin. An origin that tells several conditions shares
one cap among them: moods of one elite are hardly independent facts.
Sources: the cumulative probit is textbook; cut points, bias and noise are assumptions in `priors.py`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from math import exp

import numpy as np
from numpy.typing import ArrayLike

from fronde.evidence.codebook import ClaimType, Modality, Qualifier
from fronde.evidence.event_classes import EVENT_CLASSES
from fronde.evidence.origins import capped, combine
from fronde.evidence.pack import Pack
from fronde.evidence.priors import prior
from fronde.evidence.reliability import Reliability, learn_reliability
from fronde.evidence.rows import Claim
from fronde.evidence.special import Floats, normal_cdf
from fronde.evidence.trees import is_evidence, origin_trees, same_origin, told

STRENGTHS = ("weak", "plain", "strong")
_STRONG = frozenset({Qualifier.MOST, Qualifier.ALL, Qualifier.MANY, Qualifier.GROWING})


@dataclass(frozen=True)
class ConditionClaim:
    """A mood told of a group: which state, which way (+1 more, -1 less), how strongly, with what weight."""

    event_class: str
    group: str
    state: str
    direction: int
    strength: str
    likelihood_ratio: float
    date_low: date | None
    date_high: date | None
    known_at: date
    origins: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


def prob_told(z: ArrayLike, strength: str, bias: float | None = None) -> Floats:
    """P(a reporter who sees standardised state z tells it at this strength or above), any shape."""
    if strength not in STRENGTHS:
        raise ValueError(f"strength is `{strength}`; expected one of {', '.join(STRENGTHS)}")
    shift = prior("condition.outlet_bias") if bias is None else bias
    cut = prior(f"condition.cut_{strength}")
    return normal_cdf((np.asarray(z, dtype=np.float64) + shift - cut) / prior("condition.noise"))


def log_condition(
    state: ArrayLike,
    direction: int,
    strength: str,
    likelihood_ratio: float,
    *,
    centre: float | None = None,
    scale: float | None = None,
    bias: float | None = None,
) -> Floats:
    """ln P(the claim is told | state), up to a constant of the claim: [n_runs].

    state: model state of the claim's group and window, mean over the window [n_runs]. direction: +1 the claim
    says more of it, -1 less. likelihood_ratio: h / f of the claim's chain, above 0. centre, scale: what
    counts as usual and as one step [unit of the state]; default: mean and standard deviation over the runs,
    which is right only for an ensemble drawn from the prior. bias: outlet bias [sd].
    """
    values = np.asarray(state, dtype=np.float64)
    if values.ndim != 1 or not np.all(np.isfinite(values)):
        raise ValueError("state must be a finite array [n_runs]")
    if direction not in (-1, 1):
        raise ValueError(f"direction is {direction}; expected 1 or -1")
    if not likelihood_ratio > 0.0:
        raise ValueError(f"likelihood_ratio is {likelihood_ratio}; expected more than 0")
    middle = float(values.mean()) if centre is None else centre
    step = float(values.std()) if scale is None else scale
    if step <= 0.0:
        return np.zeros_like(values)
    cap = prior("cap.named")
    ratio = min(max(likelihood_ratio, 1.0 / cap), cap)
    said = prob_told(direction * (values - middle) / step, strength, bias)
    return np.log(ratio * said + 1.0 - said)


def condition_claims(pack: Pack, without: Collection[str] = ()) -> tuple[ConditionClaim, ...]:
    """The conditions and stances of a pack as evidence on a model state, one per class, group, strength and
    window.

    Copies and origins of one condition are summed like those of an event. `without`: ids of origins to leave
    out.
    """
    linked = {row.claim for row in pack.event_claims}
    grouped: dict[tuple[object, ...], list[Claim]] = {}
    for claim in pack.claims:
        mood = claim.claim_type in (ClaimType.CONDITION, ClaimType.STANCE)
        usable = mood and is_evidence(claim) and EVENT_CLASSES[claim.event_class].state is not None
        if usable and claim.id not in linked and claim.origin not in without:
            key = (claim.event_class, claim.group, _strength(claim), claim.date_low, claim.date_high)
            grouped.setdefault(key, []).append(claim)
    shares = _shares(grouped.values())
    reliability = learn_reliability(pack)
    return tuple(_condition(pack, rows, reliability, shares) for rows in grouped.values())


def _strength(claim: Claim) -> str:
    if claim.count_qualifier in _STRONG:
        return "strong"
    return "weak" if claim.count_qualifier is Qualifier.SOME or claim.modality is Modality.SUGGESTED else "plain"


def _shares(groups: Collection[list[Claim]]) -> dict[str, int]:
    """Number of conditions each origin tells."""
    shares: dict[str, int] = {}
    for rows in groups:
        for origin in {claim.origin for claim in rows}:
            shares[origin] = shares.get(origin, 0) + 1
    return shares


def _condition(pack: Pack, rows: list[Claim], reliability: Reliability, shares: dict[str, int]) -> ConditionClaim:
    first = rows[0]
    kind = EVENT_CLASSES[first.event_class]
    claims = [told(claim) for claim in rows]
    # Told of a group, a class that is an act of a person is a mood, and moods are seen by few.
    visibility = prior("visibility.mood") if kind.act else kind.visibility
    trees = origin_trees(pack, claims, visibility, reliability)
    budget = sum(tree.log_cap / shares[tree.origin] for tree in trees)
    pair = capped(combine(trees, same_origin(pack, claims, trees)), budget)
    return ConditionClaim(
        event_class=first.event_class,
        group=first.group,
        state=str(kind.state),
        direction=kind.sign,
        strength=_strength(first),
        likelihood_ratio=exp(pair.h - pair.f),
        date_low=first.date_low,
        date_high=first.date_high,
        known_at=min(pack.report[claim.report].published_at for claim in rows),
        origins=tuple(sorted({claim.origin for claim in rows})),
        claims=tuple(claim.id for claim in rows),
    )
