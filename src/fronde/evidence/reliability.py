"""How often a source is right: a Beta per identity class, updated per source by its resolved claims.

    class   p_k ~ Beta(m_k n_k + yes_k, (1 - m_k) n_k + no_k)       over all resolved claims of the class
    source  p_s ~ Beta(m n + yes_s, (1 - m) n + no_s)               m from the letter, or the class mean for F
Letters only set the prior. A claim of fact counts when a resolution of it is visible in the pack, so an
outcome known later changes nothing earlier; one origin's claim counts once, however many papers carried it.
Forecasts of sources are scored apart (`forecasts.py`): being a bad prophet is not being a bad witness.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

from fronde.evidence.codebook import Answer, Letter, Polarity, identity_class, letter_mean
from fronde.evidence.pack import Pack
from fronde.evidence.priors import prior
from fronde.evidence.rows import Claim, Source


class Beta(NamedTuple):
    """A Beta distribution of the chance of being right: a pseudo-claims right, b wrong."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """a / (a + b), held below the ceiling of `priors.py`."""
        return min(self.a / (self.a + self.b), prior("reliability.ceiling"))


@dataclass(frozen=True)
class Reliability:
    """Posterior of every visible source by id, and of every identity class."""

    sources: dict[str, Beta]
    classes: dict[str, Beta]


def class_of(source: Source) -> str:
    """Identity class of a source: named, unnamed or unspecified."""
    return identity_class(source.identity, source.role_text)


def learn_reliability(pack: Pack) -> Reliability:
    """Posterior reliability of each source and class, from letters and the resolutions of the pack."""
    record = _record(pack)
    by_class: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for source in pack.sources:
        right, wrong = record.get(source.id, (0.0, 0.0))
        by_class[class_of(source)][0] += right
        by_class[class_of(source)][1] += wrong
    classes = {}
    for name in ("named", "unnamed", "unspecified"):
        mean, strength = prior(f"class_mean.{name}"), prior("class_mean.strength")
        right, wrong = by_class[name]
        classes[name] = Beta(mean * strength + right, (1.0 - mean) * strength + wrong)
    sources = {source.id: _source_beta(source, classes, record) for source in pack.sources}
    return Reliability(sources, classes)


def _source_beta(source: Source, classes: dict[str, Beta], record: dict[str, tuple[float, float]]) -> Beta:
    mean = letter_mean(source.reliability, classes[class_of(source)].mean)
    strength = prior("class_mean.strength" if source.reliability is Letter.F else "letter.strength")
    right, wrong = record.get(source.id, (0.0, 0.0))
    return Beta(mean * strength + right, (1.0 - mean) * strength + wrong)


def voice_of(pack: Pack, claim: Claim) -> str:
    """Id of the source that speaks in a claim: the origin's own, or the innermost hop, or the outlet."""
    named = pack.origin[claim.origin].source
    if named:
        return named
    chain = pack.chain.get(claim.id, ())
    return chain[-1].source if chain else pack.report[claim.report].outlet


def root_claim(pack: Pack, claim: Claim) -> str:
    """Id of the claim that this one copies, followed to its start."""
    while claim.dup_of in pack.claim:
        claim = pack.claim[claim.dup_of]
    return claim.dup_of or claim.id


def _record(pack: Pack) -> dict[str, tuple[float, float]]:
    """Right and wrong resolved claims of each voice; copies of one claim count once."""
    told: dict[tuple[str, str], bool] = {}
    for resolution in pack.resolutions:
        claim = pack.claim.get(resolution.claim)
        if claim is None or resolution.strict not in (Answer.YES, Answer.NO):
            continue
        # The rule asks whether the thing happened; a denial is right when it did not.
        right = (resolution.strict is Answer.YES) == (claim.polarity is Polarity.AFFIRM)
        told[voice_of(pack, claim), root_claim(pack, claim)] = right
    record: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (voice, _), right in sorted(told.items()):
        record[voice][0 if right else 1] += 1.0
    return {voice: (right, wrong) for voice, (right, wrong) in record.items()}


def credibility(log_lr: float, prior_probability: float = 0.5) -> int:
    """The 1-6 figure of a graded report, computed from the posterior of the claim; shown, never multiplied
    in.

    1 confirmed (posterior at least .95), 2 probably true (.8), 3 possibly true (.6), 4 doubtful (.4),
    5 improbable (below), 6 cannot be judged (the reports say nothing either way).
    """
    if log_lr == 0.0:
        return 6
    logit = log(prior_probability / (1.0 - prior_probability)) + log_lr
    posterior = 1.0 / (1.0 + exp(-logit))
    return next((grade for grade, least in ((1, 0.95), (2, 0.8), (3, 0.6), (4, 0.4)) if posterior >= least), 5)
