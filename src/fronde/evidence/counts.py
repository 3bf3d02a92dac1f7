"""What a count told in a report says of the true count: `at least four`, `several`, `most`, `growing`.

    C = Binomial(N, p) + Poisson(phi)     seen by the voice: true acts noticed, and false ones counted along
    ln L = ln(LR * P(C in A | N) + 1 - P(C in A | N))
A the interval that the words allow, LR = h / f of the claim's tree of origins, capped. As ln L stays between
0 and ln LR, no count claim outweighs its origins. `growing` compares two windows: A is C_now > C_before. What
`several`, `many` and the like stand for is in `priors.py`; the form of L is our choice.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from math import exp, floor, inf

import numpy as np
from numpy.typing import ArrayLike

from fronde.evidence.chain import Pair
from fronde.evidence.codebook import ClaimType, Qualifier
from fronde.evidence.event_classes import EVENT_CLASSES
from fronde.evidence.origins import combine
from fronde.evidence.pack import Pack
from fronde.evidence.priors import prior
from fronde.evidence.reliability import learn_reliability
from fronde.evidence.rows import Claim
from fronde.evidence.special import Floats, log_choose
from fronde.evidence.trees import is_evidence, origin_trees, same_origin, told


@dataclass(frozen=True)
class CountClaim:
    """A number told of a group: class of act, window, bounds in words and figures, weight of the telling.

    likelihood_ratio: P(it is told | what the voice saw is in the interval) / P(it is told | it is not).
    """

    event_class: str
    group: str
    qualifier: Qualifier
    low: float | None
    high: float | None
    date_low: date | None
    date_high: date | None
    known_at: date
    likelihood_ratio: float
    origins: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


def interval(qualifier: Qualifier, low: float | None, high: float | None, group_size: float) -> tuple[float, float]:
    """Smallest and largest count [persons] the words allow; `growing` means at least one more."""
    if qualifier in (Qualifier.SOME, Qualifier.SEVERAL, Qualifier.MANY):
        return max(prior(f"count.{qualifier}"), low or 0.0), inf
    if qualifier is Qualifier.MOST:
        return floor(prior("count.most") * group_size) + 1.0, inf
    if qualifier is Qualifier.ALL:
        return np.ceil(prior("count.all") * group_size), inf
    if qualifier is Qualifier.NONE:
        return 0.0, 0.0
    if qualifier is Qualifier.GROWING:
        return 1.0, inf
    if low is None and high is None:
        raise ValueError(f"a count claim with `{qualifier}` needs count_low or count_high")
    first = low if low is not None else 0.0
    last = high if high is not None else first
    if qualifier is Qualifier.AT_LEAST:
        return first, inf
    if qualifier is Qualifier.AT_MOST:
        return 0.0, last
    margin = prior("count.about") if qualifier is Qualifier.ABOUT else 0.0
    return np.ceil(first * (1.0 - margin)), np.floor(last * (1.0 + margin))


def seen_pmf(true_count: int, report_prob: float, false_rate: float, size: int) -> Floats:
    """P(C = 0..size-1) of C = Binomial(true_count, report_prob) + Poisson(false_rate): [size], exact."""
    k = np.arange(true_count + 1, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = log_choose(true_count, k)
        spread += np.where(k > 0, k * np.log(report_prob), 0.0)
        spread += np.where(k < true_count, (true_count - k) * np.log1p(-report_prob), 0.0)
        m = np.arange(size, dtype=np.float64)
        strays = np.where(m > 0, m * np.log(false_rate), 0.0) - false_rate - np.cumsum(np.log(np.maximum(m, 1.0)))
    return np.convolve(np.exp(spread), np.exp(strays))[:size]


def _size(largest: int, false_rate: float) -> int:
    # Ten standard deviations of the false counts: the tail beyond is below 1e-12.
    return largest + int(np.ceil(false_rate + 10.0 * np.sqrt(false_rate))) + 20


def prob_in_interval(
    true_counts: ArrayLike, bounds: tuple[float, float], report_prob: float, false_rate: float
) -> Floats:
    """P(bounds[0] <= C <= bounds[1] | N): [n_runs] from true_counts [n_runs], whole persons."""
    counts = _whole(true_counts)
    low, high = bounds
    result = np.empty(counts.shape)
    for value in np.unique(counts):
        size = _size(int(value), false_rate)
        pmf = seen_pmf(int(value), report_prob, false_rate, size)
        k = np.arange(size)
        below = float(pmf[k < low].sum())
        result[counts == value] = 1.0 - below if high == inf else float(pmf[(k >= low) & (k <= high)].sum())
    return np.clip(result, 0.0, 1.0)


def prob_growing(now: ArrayLike, before: ArrayLike, report_prob: float, false_rate: float) -> Floats:
    """P(C_now > C_before): [n_runs] from true counts of a window and of the one before it, [n_runs] each."""
    first, second = _whole(before), _whole(now)
    result = np.empty(first.shape)
    for a, b in {(int(a), int(b)) for a, b in zip(first, second, strict=True)}:
        size = _size(max(a, b), false_rate)
        earlier = np.cumsum(seen_pmf(a, report_prob, false_rate, size))
        later = seen_pmf(b, report_prob, false_rate, size)
        result[(first == a) & (second == b)] = float(later[1:] @ earlier[:-1])
    return np.clip(result, 0.0, 1.0)


def _whole(counts: ArrayLike) -> Floats:
    values = np.asarray(counts, dtype=np.float64)
    if values.ndim != 1 or not np.all(np.isfinite(values)) or np.any(values < 0):
        raise ValueError("true counts must be a finite array [n_runs] of at least 0")
    return np.round(values)


def log_count(
    claim: CountClaim,
    true_counts: ArrayLike,
    group_size: float,
    *,
    before: ArrayLike | None = None,
    report_prob: float | None = None,
    false_rate: float | None = None,
) -> Floats:
    """ln P(the claim is told | true counts), up to a constant of the claim: [n_runs].

    true_counts: acts of the claim's class in its group and window, per run [n_runs]. group_size: persons; a
    float. before: true counts of an equally long window before it, for `growing`; without them at least one
    act is asked for. report_prob: chance that the voice noticed an act (default: visibility of the class).
    false_rate: persons counted who did not act (default in `priors.py`).
    """
    p = EVENT_CLASSES[claim.event_class].visibility if report_prob is None else report_prob
    phi = prior("count.false_per_claim") if false_rate is None else false_rate
    if claim.qualifier is Qualifier.GROWING and before is not None:
        inside = prob_growing(true_counts, before, p, phi)
    else:
        inside = prob_in_interval(true_counts, interval(claim.qualifier, claim.low, claim.high, group_size), p, phi)
    return np.log(claim.likelihood_ratio * inside + 1.0 - inside)


def count_claims(pack: Pack, without: Collection[str] = ()) -> tuple[CountClaim, ...]:
    """The count claims of a pack that are evidence and are not already tied to an event, one per distinct
    number.

    Claims on the same class, group, window and number are one proposition: their origins form trees and mix
    like those of an event. `without`: ids of origins to leave out.
    """
    linked = {row.claim for row in pack.event_claims}
    reliability = learn_reliability(pack)
    grouped: dict[tuple[object, ...], list[Claim]] = {}
    for claim in pack.claims:
        countable = claim.claim_type in (ClaimType.EVENT, ClaimType.STANCE) and claim.count_qualifier is not None
        if countable and is_evidence(claim) and claim.id not in linked and claim.origin not in without:
            grouped.setdefault(_proposition(claim), []).append(claim)
    found = []
    for rows in grouped.values():
        claims = [told(claim) for claim in rows]
        trees = origin_trees(pack, claims, EVENT_CLASSES[rows[0].event_class].visibility, reliability)
        found.append(_count_claim(pack, rows, combine(trees, same_origin(pack, claims, trees))))
    return tuple(found)


def _proposition(claim: Claim) -> tuple[object, ...]:
    number = (claim.count_qualifier, claim.count_low, claim.count_high)
    return (claim.event_class, claim.group, claim.date_low, claim.date_high, *number)


def _count_claim(pack: Pack, rows: list[Claim], said: Pair) -> CountClaim:
    first = rows[0]
    assert first.count_qualifier is not None  # chosen so by count_claims
    return CountClaim(
        event_class=first.event_class,
        group=first.group,
        qualifier=first.count_qualifier,
        low=first.count_low,
        high=first.count_high,
        date_low=first.date_low,
        date_high=first.date_high,
        known_at=min(pack.report[claim.report].published_at for claim in rows),
        likelihood_ratio=exp(said.h - said.f),
        origins=tuple(sorted({claim.origin for claim in rows})),
        claims=tuple(claim.id for claim in rows),
    )
