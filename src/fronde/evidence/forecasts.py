"""Forecasts made by sources: words to ranges, one utterance once, scores of midpoint and range.

    Brier = (p - y)^2,      log score = -ln(p if y else 1 - p)
scored at the midpoint of the range and reported with the lowest and highest value the range allows. A
forecast is no evidence that the thing happens: nothing here enters a likelihood. Void (its condition failed)
and ambiguous outcomes are shown and not counted. Strict and lenient rules were both written before looking.
Sources: icd203 (ranges of words), brier1950; further phrases and the shrinkage are assumptions in
`priors.py`.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from math import log

from fronde.evidence.codebook import Answer
from fronde.evidence.pack import Pack
from fronde.evidence.priors import prior
from fronde.evidence.reliability import class_of, root_claim
from fronde.evidence.rows import Forecast, Resolution

# Phrase -> entry of the `words.` table. The longest phrase found counts: `very unlikely` is not `unlikely`.
PHRASES = {
    "remote": "remote",
    "almost no chance": "remote",
    "very unlikely": "very_unlikely",
    "highly unlikely": "very_unlikely",
    "highly improbable": "very_unlikely",
    "unlikely": "unlikely",
    "improbable": "unlikely",
    "probably not": "unlikely",
    "even chance": "even",
    "even odds": "even",
    "likely": "likely",
    "probable": "likely",
    "probably": "likely",
    "very likely": "very_likely",
    "highly likely": "very_likely",
    "highly probable": "very_likely",
    "almost certain": "almost_certain",
    "almost certainly": "almost_certain",
    "nearly certain": "almost_certain",
    "would not be surprised": "not_surprised",
    "wouldn't be surprised": "not_surprised",
    "flat future": "flat_future",
    "will": "flat_future",
    "may": "may",
    "might": "may",
    "could": "may",
}


_CURLY = chr(0x2019)  # typographic apostrophe


@dataclass(frozen=True)
class Range:
    """A range of probability; the midpoint is scored, the range is printed."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """(low + high) / 2."""
        return 0.5 * (self.low + self.high)


def range_of_words(words: str) -> Range | None:
    """Probability range of a phrase, by the longest known phrase inside it; None where none is found."""
    padded = f" {' '.join(words.casefold().replace(_CURLY, chr(39)).split())} "
    for phrase in sorted(PHRASES, key=lambda each: (-len(each), each)):
        if f" {phrase} " in padded.translate({ord(mark): " " for mark in ',.;:!?()"'}):
            entry = PHRASES[phrase]
            return Range(prior(f"words.{entry}.low"), prior(f"words.{entry}.high"))
    return None


def range_of(forecast: Forecast) -> Range | None:
    """Range of a forecast: its coded bounds, else its words."""
    if forecast.p_low is not None and forecast.p_high is not None:
        return Range(forecast.p_low, forecast.p_high)
    return range_of_words(forecast.words)


def brier(p: float, outcome: bool) -> float:
    """Brier score of one probability (0 best, 1 worst)."""
    return (p - outcome) ** 2


def log_score(p: float, outcome: bool) -> float:
    """Negative log probability given to what happened [nats]; p in (0, 1)."""
    if not 0.0 < p < 1.0:
        raise ValueError(f"p is {p}; a log score needs a probability above 0 and below 1")
    return -log(p if outcome else 1.0 - p)


@dataclass(frozen=True)
class ForecastScore:
    """One utterance and its score. Scores are None while it is open, void or ambiguous, or has no range."""

    forecast: str
    copies: tuple[str, ...]
    issuer: str
    statement: str
    issued_at: date
    resolve_at: date | None
    words: str
    range: Range | None
    strict: Answer | None
    lenient: Answer | None
    brier: float | None
    brier_range: tuple[float, float] | None
    log_score: float | None
    brier_lenient: float | None
    brier_coin: float | None


def utterances(pack: Pack) -> tuple[tuple[Forecast, ...], ...]:
    """Forecasts grouped by utterance, first issued first: five papers printing one sentence are one forecast.

    Two rows are one utterance if their claims copy one claim, or if one voice says the same statement under
    the same condition for the same date.
    """
    groups: list[list[Forecast]] = []
    seen: dict[tuple[object, ...], list[Forecast]] = {}
    for forecast in sorted(pack.forecasts, key=lambda row: (row.issued_at, row.id)):
        keys = _keys(pack, forecast)
        known: list[list[Forecast]] = []
        for key in keys:
            if key in seen and not any(seen[key] is group for group in known):
                known.append(seen[key])
        group = [*(row for old in known for row in old), forecast]
        groups = [old for old in groups if not any(old is each for each in known)] + [group]
        for row in group:
            seen.update({key: group for key in _keys(pack, row)})
    ordered = [sorted(group, key=lambda row: (row.issued_at, row.id)) for group in groups]
    return tuple(tuple(group) for group in sorted(ordered, key=lambda group: (group[0].issued_at, group[0].id)))


def _keys(pack: Pack, forecast: Forecast) -> tuple[tuple[object, ...], ...]:
    claim = pack.claim.get(forecast.claim)
    voice = claim.origin if claim is not None else forecast.issuer
    said = " ".join(forecast.statement.casefold().split())
    same = ("said", voice, said, forecast.condition.casefold(), forecast.resolve_at)
    return (same,) if claim is None else (same, ("claim", root_claim(pack, claim)))


def score_forecasts(pack: Pack) -> tuple[ForecastScore, ...]:
    """Score of every utterance of the pack, open ones included, by the resolutions visible in it."""
    outcome = {row.forecast: row for row in pack.resolutions if row.forecast}
    return tuple(_score(group, outcome) for group in utterances(pack))


def _score(group: tuple[Forecast, ...], outcome: dict[str, Resolution]) -> ForecastScore:
    first = group[0]
    found = next((outcome[row.id] for row in group if row.id in outcome), None)
    strict = None if found is None else found.strict
    lenient = None if found is None else (found.lenient or found.strict)
    spread = range_of(first)
    truth = _truth(strict)
    scored = spread is not None and truth is not None
    ends = sorted(brier(p, truth) for p in (spread.low, spread.high)) if spread and truth is not None else []
    # Inside the range the score can be better than at either end only if the range holds the outcome itself.
    return ForecastScore(
        forecast=first.id,
        copies=tuple(row.id for row in group[1:]),
        issuer=first.issuer,
        statement=first.statement,
        issued_at=first.issued_at,
        resolve_at=first.resolve_at,
        words=first.words,
        range=spread,
        strict=strict,
        lenient=lenient,
        brier=_brier_at_middle(spread, truth),
        brier_range=(ends[0], ends[1]) if scored else None,
        log_score=log_score(spread.middle, truth) if spread and truth is not None else None,
        brier_lenient=_brier_at_middle(spread, _truth(lenient)),
        brier_coin=0.25 if scored else None,
    )


def _truth(answer: Answer | None) -> bool | None:
    return {Answer.YES: True, Answer.NO: False}.get(answer) if answer is not None else None


def _brier_at_middle(spread: Range | None, truth: bool | None) -> float | None:
    return None if spread is None or truth is None else brier(spread.middle, truth)


@dataclass(frozen=True)
class IssuerRecord:
    """How well one issuer has forecast: utterances scored, plain mean, and the mean pulled to its class."""

    issuer: str
    issuer_class: str
    scored: int
    brier_mean: float
    brier_shrunk: float


def issuer_records(pack: Pack, scores: Collection[ForecastScore]) -> tuple[IssuerRecord, ...]:
    """Mean Brier per issuer, shrunk to the mean of its identity class: (sum_i + n0 class_mean) / (n_i + n0).

    Issuers that are no source of the pack (runs of a model) form the class `model`. n0 is in `priors.py`.
    """
    marks: dict[tuple[str, str], list[float]] = defaultdict(list)
    for score in scores:
        if score.brier is not None:
            source = pack.source.get(score.issuer)
            marks["model" if source is None else class_of(source), score.issuer].append(score.brier)
    by_class: dict[str, list[float]] = defaultdict(list)
    for (name, _), values in marks.items():
        by_class[name] += values
    strength = prior("forecast.shrinkage")
    records = []
    for (name, issuer), values in sorted(marks.items()):
        class_mean = sum(by_class[name]) / len(by_class[name])
        shrunk = (sum(values) + strength * class_mean) / (len(values) + strength)
        records.append(IssuerRecord(issuer, name, len(values), sum(values) / len(values), shrunk))
    return tuple(records)
