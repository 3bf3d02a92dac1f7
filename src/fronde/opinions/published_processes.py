"""Published numbers of the processes: bargaining, expected utility, civil violence; and base rates."""

from functools import lru_cache, partial

import numpy as np

from fronde.opinions import base_rates
from fronde.opinions import civil_violence as violence
from fronde.opinions import expected_utility as utility
from fronde.opinions import ktab_example as example
from fronde.opinions.bargaining import Rules, State, look, winning_probabilities
from fronde.opinions.ktab import VictoryLaw, distance, victory
from fronde.opinions.ktab import utility as spatial_utility
from fronde.opinions.number import Known, Published

READ, RECOMPUTED, RECALLED = Known.READ, Known.RECOMPUTED, Known.RECALLED

# --- N7, N9 spatial bargaining ---

KTAB = "ktab2017"
_START = State(example.POSITIONS, example.POSITIONS)


def _victories(law: VictoryLaw) -> list[float]:
    return [float(victory(law, np.array([[1.0, s], [1.0, 1.0]]))[0, 1]) for s in (2.0, 1.1)]


_replay = lru_cache(maxsize=1)(example.replay)

SPATIAL = (
    Published(
        "N7.values",
        "Alice's risk-neutral values of all positions",
        KTAB,
        (1, 0.673, 0.739, 0.747, 0.799),
        5e-4,
        READ,
        lambda: spatial_utility(distance(example.POSITIONS, example.SALIENCES, example.POSITIONS))[0],
    ),
    Published(
        "N7.risk",
        "risk attitudes, turn 0",
        KTAB,
        (1, -0.387, -0.5, -0.001, -0.298),
        5e-4,
        READ,
        lambda: look(example.ACTORS, _START, Rules()).risk,
    ),
    Published(
        "N7.winning",
        "winning probabilities, turn 0",
        KTAB,
        (0.3154, 0.1668, 0.1082, 0.2216, 0.1880),
        5e-5,
        READ,
        lambda: winning_probabilities(example.ACTORS, _START, Rules()),
    ),
    Published(
        "N7.moves",
        "farthest of the log's 70 moves from one of our offers, 0..100 scale",
        KTAB,
        0.0,
        0.0501,
        READ,
        lambda: _replay().positions,
        "printed to 0.1; the log's draws depend on thread order, so it is replayed",
    ),
    Published(
        "N7.history",
        "largest departure from the 75 printed winning probabilities",
        KTAB,
        0.0,
        5.05e-5,
        READ,
        lambda: _replay().probabilities,
        "printed to 0.0001",
    ),
    Published(
        "N7.change",
        "last movement over the first, and states",
        KTAB,
        (0.0106, 15),
        5e-5,
        READ,
        lambda: (_replay().last_change, _replay().states),
    ),
    *(
        Published(
            f"N9.{law.name.lower()}",
            "victory at strengths 2:1 and 11:10",
            KTAB,
            (two, eleven),
            5e-4,
            READ,
            partial(_victories, law),
        )
        for law, two, eleven in (
            (VictoryLaw.LINEAR, 2 / 3, 0.524),
            (VictoryLaw.SQUARE, 4 / 5, 0.548),
            (VictoryLaw.QUARTIC, 16 / 17, 0.594),
            (VictoryLaw.OCTIC, 256 / 257, 0.682),
        )
    ),
)

# --- N10 expected utility ---

SCHOLZ = "scholz_calbert_smith2011"
CARS_ACTORS = ("NL", "BE", "LU", "DE", "FR", "IT", "UK", "IE", "DK", "GR")
CARS = utility.Issue(
    capability=np.array([0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08]),
    position=np.array([4.0, 7, 4, 4, 10, 10, 10, 7, 4, 7]),
    salience=np.array([80, 40, 20, 80, 60, 60, 90, 10, 100, 70]) / 100.0,
)
_NEAREST = utility.Rules(choice=utility.Choice.NEAREST)


def _first_exponents() -> list[float]:
    r = utility.risk_exponents(CARS, CARS.position, 6.0, utility.Rules())
    return [float(r[CARS_ACTORS.index(name)]) for name in ("NL", "BE", "LU", "FR", "UK", "IE", "DK", "GR")]


EXPECTED_UTILITY = (
    Published(
        "N10.mean",
        "car emissions: weighted mean position",
        SCHOLZ,
        7.389956,
        5e-7,
        READ,
        lambda: utility.weighted_mean(CARS),
    ),
    Published("N10.median", "median voter", SCHOLZ, 7, 0, READ, lambda: utility.median_voter(CARS)),
    Published(
        "N10.votes",
        "7 over 4, 7 over 10, 10 over 4 (salience in per cent)",
        SCHOLZ,
        (9.05, 0.25, 8.8),
        1e-9,
        READ,
        lambda: [100 * utility.pairwise_vote(CARS, *pair) for pair in ((7, 4), (7, 10), (10, 4))],
    ),
    Published(
        "N10.risk",
        "risk exponents, round 1",
        SCHOLZ,
        (1.4057, 0.7542, 0.5089, 1.0465, 1.9649, 0.5, 2.0, 1.1121),
        5e-5,
        RECOMPUTED,
        _first_exponents,
    ),
    Published(
        "N10.plotted",
        "mean position, rounds 0..10, read off the plot",
        SCHOLZ,
        (7.4, 7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6, 7.3, 7.2),
        0.065,
        READ,
        lambda: utility.series(CARS, 10),
        "read off a plot to 0.1; within .06 when rounded, farthest in round 1",
    ),
    Published(
        "N10.series",
        "mean position, rounds 0..10",
        SCHOLZ,
        (7.390, 7.461, 7.553, 7.590, 7.358, 7.349, 7.415, 7.510, 7.572, 7.325, 7.242),
        5.1e-4,
        RECOMPUTED,
        lambda: utility.series(CARS, 10),
    ),
    Published(
        "N10.nearest",
        "nearest compromise instead: rounds 5 and 6",
        SCHOLZ,
        (7.607, 7.388),
        5e-4,
        RECOMPUTED,
        lambda: utility.series(CARS, 6, _NEAREST)[5:],
    ),
    Published(
        "N10.forecast",
        "the original model's forecast and the actual delay",
        "buenodemesquita1994",
        (8.35, 8.833),
        0.05,
        RECALLED,
        None,
        "recalled only; no published rule of the replication comes near it, so nothing is claimed",
    ),
)

# --- N11 civil violence ---

EPSTEIN = "wilensky2004"
RUNS = 4


@lru_cache(maxsize=2)
def _statistics(rounding: bool) -> violence.Statistics:
    return violence.statistics(violence.World(rounding=rounding), RUNS)


def _violence(rounding: bool, name: str) -> float:
    return float(getattr(_statistics(rounding), name))


_BAND = f"tolerance: about three standard errors of {RUNS} runs of 500 ticks after 50"

VIOLENCE = (
    *(
        Published(
            f"N11.{name}",
            about,
            EPSTEIN,
            expected,
            band,
            known,
            partial(_violence, True, name),
            _BAND,
            compiled=True,
        )
        for name, about, expected, band, known in (
            ("active", "mean active", 40.945, 6.5, READ),
            ("active_sd", "sd of active", 79.331, 10.0, READ),
            ("jailed", "mean jailed", 239.276, 24.0, READ),
            ("still", "share of ticks with nobody active", 0.484, 0.054, RECOMPUTED),
            ("outburst", "share of ticks with more than 50 active", 0.213, 0.03, RECOMPUTED),
            ("interval", "ticks between outbursts", 30.3, 4.2, RECOMPUTED),
            ("most", "mean over runs of the largest outburst", 336.0, 30.0, RECOMPUTED),
        )
    ),
    *(
        Published(
            f"N11.smooth.{name}",
            f"without the floor: {about}",
            EPSTEIN,
            expected,
            band,
            RECOMPUTED,
            partial(_violence, False, name),
            _BAND,
            compiled=True,
        )
        for name, about, expected, band in (
            ("active", "mean active", 0.43, 0.12),
            ("jailed", "mean jailed", 24.0, 5.0),
            ("most", "largest outburst", 10.0, 3.0),
            ("outburst", "share of ticks with more than 50 active", 0.0, 0.0),
        )
    ),
    Published(
        "N11.grievance",
        "mean grievance at legitimacy .82",
        EPSTEIN,
        0.09,
        1e-12,
        READ,
        lambda: 0.5 * (1.0 - violence.World().legitimacy),
        "Table 1 prints .319 by mistake; later tables .09",
    ),
    Published(
        "N11.extension",
        "dynamic legitimacy and quiet police: active, legitimacy, quiet police",
        EPSTEIN,
        (366.2, 0.528, 27.3),
        0.0,
        READ,
        None,
        "the extension's rules were not read, only its table",
    ),
)

# --- N12, N14, N15, N16 ---

N15 = "powell_thyne2011; bell_besaw_frank2021"


def _rate(kind: str, tenure: float) -> base_rates.Rate:
    return base_rates.find_rate(kind, tenure)[0]


def _success_share(entry: int) -> float:
    rate = base_rates.RATES[entry]
    return (rate.success or 0.0) / rate.attempt


RATES = (
    Published(
        "N15.personalist_15",
        "personalist, 15 years or more: 17 attempts in 391 country-years",
        N15,
        0.043,
        5e-4,
        RECOMPUTED,
        lambda: _rate("personalist", 20).attempts / _rate("personalist", 20).years,
        "the count behind the rate used here",
    ),
    Published(
        "N15.month",
        "the same per month, per cent",
        N15,
        0.37,
        0.005,
        RECOMPUTED,
        lambda: 100 * base_rates.within(_rate("personalist", 20).attempt, base_rates.DAYS_PER_YEAR / 12),
    ),
    *(
        Published(
            f"N15.success.{name}",
            f"success given an attempt, {about}",
            N15,
            share,
            band,
            RECOMPUTED,
            partial(_success_share, i),
            "from the rounded rates",
        )
        for name, about, i, share, band in (
            ("all", "all autocracies 1950-2019", 0, 0.53, 0.005),
            ("since_1990", "all autocracies 1990-2019", 1, 0.42, 0.025),
            ("personalist", "personalist 1990-2019", 7, 0.27, 0.015),
        )
    ),
    Published(
        "N12",
        "revolution, anarchy, status quo from one seed",
        "moro2016",
        "regime overthrown; anarchy; status quo",
        0.0,
        READ,
        None,
        "only an excerpt was read: initial state, order and seed are not in it, so no run can be compared",
    ),
    Published(
        "N14",
        "test AUC of the irregular-leader-change ensemble and of the plain logit",
        "beger2014",
        (0.853, 0.776),
        0.0,
        READ,
        None,
        "a score of other people's forecasts, recomputed where those are kept",
    ),
    Published(
        "N16",
        "falsification rises with centralisation, falls with network range",
        "makowsky_rubin2013",
        "rises; falls",
        0.0,
        READ,
        None,
        "directional, and their network model is not one of these modules",
    ),
)

PROCESSES: tuple[Published, ...] = (*SPATIAL, *EXPECTED_UTILITY, *VIOLENCE, *RATES)
