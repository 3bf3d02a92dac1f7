"""What a theory may know of a case, and what it may say: the two records `together.py` passes around.

Plain arrays by group, so that this room needs no other. Names are names of groups; groups of fewer than
`LEAST_NAMED` people are never named in an answer, because that would name a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST_NAMED = 3  # people


class Question(Enum):
    """What the theories are asked; the text says the unit of the answer's value."""

    HOLDS = "coalition_holds"
    POLICY = "policy_pressure"
    CASCADE = "dissent_cascade"
    ATTACK = "attackers"
    EXPENDABLE = "expendable_groups"
    COUP = "coup_attempt"


QUESTION_TEXT = {
    Question.HOLDS: "Will the ruling coalition hold over the horizon? (probability; 1 or 0: no dates)",
    Question.POLICY: "Where does the elite's weight pull the disputed policy? (position, -1 to 1)",
    Question.CASCADE: "How far would open dissent spread by itself? (share of the elite)",
    Question.ATTACK: "How many would attack if each had to guess what the others do? (share of the elite)",
    Question.EXPENDABLE: "How much of the elite could be thrown out by the rest? (share of political weight)",
    Question.COUP: "Will there be an attempted coup within the horizon? (probability)",
}


class Theory(Enum):
    """Who is asked."""

    THRESHOLDS = "threshold cascade"
    PRIVATE_GAME = "global game"
    PUBLIC_GAME = "global game with public news"
    COALITION = "ruling coalition"
    BARGAINING = "spatial bargaining"
    EXPECTED_UTILITY = "expected utility"
    VIOLENCE = "civil violence"
    BASE_RATE = "base rate"


@dataclass(frozen=True)
class CaseView:
    """A case as arrays over groups, shape (groups,), in the case's order.

    sizes [people], weights (political weight) >= 0, positions -1..1, saliences 0..1, discontent 0..1 (share
    of the group privately against policy or leader); regime and tenure_years of the leader; horizon [days].
    `signal_noise`, `news_noise` (sd of what each, and everybody, sees of the regime's strength), `gain` (of a
    successful attack, in losses of a failed one), `threshold_sd`, `majority`: assumptions unless a case says.
    """

    groups: tuple[str, ...]
    sizes: Floats
    weights: Floats
    positions: Floats
    saliences: Floats
    discontent: Floats
    regime: str
    tenure_years: float
    horizon_days: float
    signal_noise: float = 0.3
    news_noise: float = 0.5
    gain: float = 1.0
    threshold_sd: float = 0.25
    majority: float = 0.5

    def __post_init__(self) -> None:
        bounds = {
            "sizes": (1, 1e5),
            "weights": (0, 1e9),
            "positions": (-1, 1),
            "saliences": (0, 1),
            "discontent": (0, 1),
        }
        for name, (low, high) in bounds.items():
            values = np.asarray(getattr(self, name), dtype=np.float64)
            if values.shape != (len(self.groups),):
                raise ValueError(f"{name}: expected one value per group ({len(self.groups)}), found {values.shape}")
            if not np.all((values >= low) & (values <= high)):
                raise ValueError(f"{name}: expected values in {low:g}..{high:g}, found {values}")
            object.__setattr__(self, name, values)
        for name in ("signal_noise", "news_noise", "gain", "threshold_sd"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name}: expected a positive number, found {getattr(self, name)}")
        if self.weights.sum() <= 0:
            raise ValueError("weights: at least one group must have political weight")

    @property
    def shares(self) -> Floats:
        """Political weight as shares, shape (groups,)."""
        return self.weights / self.weights.sum()

    @property
    def strength(self) -> float:
        """Regime strength in the coordination games: share of political weight that is not discontented."""
        return float(1.0 - self.shares @ self.discontent)

    def name(self, group: int) -> str:
        """Name of a group, or a number where the name would point at one or two people."""
        return self.groups[group] if self.sizes[group] >= LEAST_NAMED else f"a group of fewer than {LEAST_NAMED}"


@dataclass(frozen=True)
class Opinion:
    """One theory on one question: `speaks` False means `answer` says why it has nothing to say."""

    question: Question
    theory: Theory
    speaks: bool
    answer: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    assumptions: tuple[str, ...] = field(default=())
    source: str = ""


SOURCES = {
    Theory.THRESHOLDS: "granovetter1978",
    Theory.PRIVATE_GAME: "morris_shin1998",
    Theory.PUBLIC_GAME: "angeletos_hellwig_pavan2007",
    Theory.COALITION: "acemoglu_egorov_sonin2008",
    Theory.BARGAINING: "ktab2017",
    Theory.EXPECTED_UTILITY: "scholz_calbert_smith2011",
    Theory.VIOLENCE: "epstein2002",
    Theory.BASE_RATE: "powell_thyne2011",
}


def spoken(
    question: Question,
    theory: Theory,
    answer: str,
    value: float | None,
    others: Iterable[float],
    assumptions: tuple[str, ...],
) -> Opinion:
    """The opinion of a theory: its value and, over `others` (other inputs or outcomes), its range."""
    values = [*others, *([] if value is None else [value])]
    low, high = float(min(values)), float(max(values))
    return Opinion(question, theory, True, answer, value, low, high, assumptions, SOURCES[theory])


def silent(question: Question, theory: Theory, why: str) -> Opinion:
    """The opinion of a theory that cannot speak to a question."""
    return Opinion(question, theory, False, why)
