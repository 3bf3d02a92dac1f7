"""Published numbers of the closed forms: threshold cascades, global games, ruling coalitions."""

from functools import partial

import numpy as np

from fronde.opinions import coalitions, global_games, thresholds
from fronde.opinions.number import Known, Published

READ, RECOMPUTED, RECALLED = Known.READ, Known.RECOMPUTED, Known.RECALLED

# --- N1-N3 threshold cascades ---

GRANOVETTER = "granovetter1978"


def _finite_crowd(sd: float) -> int:
    return thresholds.cascade_size(thresholds.normal_thresholds(25.0, sd, 100))


def _kuran(thresholds_in_percent: tuple[int, ...], nudged: bool) -> float:
    values = list(thresholds_in_percent)
    if nudged:
        values[1] = 10  # one of the 20s
    return 100.0 * thresholds.cascade_share(np.array(values) / 100.0)


KURAN_A = (0, 20, 20, 30, 40, 50, 60, 70, 80, 100)
KURAN_B = (0, 20, 30, 30, 40, 50, 60, 70, 80, 100)
UNVERIFIED = "inputs recalled, not yet checked against the paper; the result matches the story it tells"

THRESHOLDS = (
    Published(
        "N1.all",
        "thresholds 0..99: people acting",
        GRANOVETTER,
        100,
        0,
        READ,
        lambda: thresholds.cascade_size(range(100)),
        "read in two secondary accounts",
    ),
    Published(
        "N1.one",
        "one threshold 1 raised to 2: people acting",
        GRANOVETTER,
        1,
        0,
        READ,
        lambda: thresholds.cascade_size([0, 2, *range(2, 100)]),
        "read in two secondary accounts",
    ),
    *(
        Published(
            f"N2.infinite.{sd}",
            f"Normal(25, {sd}) thresholds, infinite crowd: per cent acting",
            GRANOVETTER,
            r,
            0.006,
            RECOMPUTED,
            partial(thresholds.normal_cascade, 25.0, sd),
        )
        for sd, r in ((10, 0.77), (11, 1.71), (12, 4.02), (12.2, 5.48), (12.25, 100.0), (50, 90.49))
    ),
    Published(
        "N2.tangency",
        "critical sd and the share there, per cent",
        GRANOVETTER,
        (12.2221, 6.2003),
        5e-5,
        RECOMPUTED,
        lambda: thresholds.critical_sd(25.0),
        "the paper prints 12.2 and about 6",
    ),
    *(
        Published(
            f"N2.finite.{sd}",
            f"Normal(25, {sd}), 100 people: people acting",
            GRANOVETTER,
            count,
            0,
            RECOMPUTED,
            partial(_finite_crowd, sd),
            "mid-point quantiles (i - 1/2)/100; other grids give other counts",
        )
        for sd, count in ((12.5, 5), (13, 100))
    ),
    *(
        Published(f"N3.{name}", about, "kuran1991", r, 1e-9, RECALLED, partial(_kuran, who, nudged), UNVERIFIED)
        for name, about, who, nudged, r in (
            ("a", "ten people A: per cent in open opposition", KURAN_A, False, 10),
            ("a_nudged", "A with one threshold 20 lowered to 10", KURAN_A, True, 90),
            ("b", "ten people B: per cent in open opposition", KURAN_B, False, 10),
            ("b_nudged", "B with one threshold 20 lowered to 10", KURAN_B, True, 20),
        )
    ),
)

# --- N4, N5 global games ---

FIRST, HALF = (1.0, 0.3), (0.5, 0.3)  # gain of success, signal noise


def _private(game: tuple[float, float], theta: float) -> float:
    return global_games.private_game(*game).attack_mass(theta)


def _critical_strengths(z: float, a: float, b: float, cost: float) -> list[float]:
    return [e.theta_star for e in global_games.public_game(z, a, b, cost)]


GAMES = (
    Published(
        "N4.star.1",
        "theta* for gain 1, noise .3",
        "morris_shin1998",
        0.5,
        1e-12,
        RECOMPUTED,
        lambda: global_games.private_game(*FIRST).theta_star,
    ),
    Published(
        "N4.mass.1",
        "attackers at strength .2, gain 1",
        "morris_shin1998",
        0.8413,
        5e-5,
        RECOMPUTED,
        lambda: _private(FIRST, 0.2),
    ),
    Published(
        "N4.star.half",
        "theta*, x* for gain .5, noise .3",
        "morris_shin1998",
        (0.3333, 0.2041),
        5e-5,
        RECOMPUTED,
        lambda: (global_games.private_game(*HALF).theta_star, global_games.private_game(*HALF).x_star),
    ),
    Published(
        "N4.mass.half",
        "attackers at strengths .2 and .5, gain .5",
        "morris_shin1998",
        (0.5055, 0.1620),
        5e-5,
        RECOMPUTED,
        lambda: (_private(HALF, 0.2), _private(HALF, 0.5)),
    ),
    Published(
        "N4.identity",
        "A(theta*) - theta* over gains .1 to 10",
        "morris_shin1998",
        0.0,
        1e-12,
        RECOMPUTED,
        lambda: max(abs(_private((g, 0.3), g / (1 + g)) - g / (1 + g)) for g in (0.1, 0.5, 1.0, 3.0, 10.0)),
    ),
    *(
        Published(
            f"N5.{name}",
            f"theta* with public news: prior {a}, private {b}, news {z}, cost {p}",
            "angeletos_hellwig_pavan2007",
            roots,
            5e-6,
            RECOMPUTED,
            partial(_critical_strengths, z, a, b, p),
            "theory recalled, values recomputed",
        )
        for name, a, b, z, p, roots in (
            ("low", 1.0, 4.0, 0.2, 0.7, (0.29502,)),
            ("high", 1.0, 4.0, 0.5, 0.7, (0.23634,)),
            ("precise", 1.0, 100.0, 0.5, 0.7, (0.29191,)),
            ("three", 4.0, 1.0, 0.5, 0.5, (0.03007, 0.5, 0.96993)),
        )
    ),
)

# --- N6 ruling coalitions ---

AES = "acemoglu_egorov_sonin2008"


def _rulers(powers: tuple[float, ...], majority: float) -> tuple[float, ...]:
    return tuple(powers[i] for i in coalitions.ruling_coalition(powers, majority).members)


COALITIONS = (
    *(
        Published(
            f"N6.{name}",
            f"powers {powers}, majority {alpha:g}: powers that stay",
            AES,
            stay,
            0,
            RECOMPUTED,
            partial(_rulers, powers, alpha),
            note,
        )
        for name, powers, alpha, stay, note in (
            ("three", (3.0, 4.0, 5.0), 0.5, (3.0, 4.0, 5.0), ""),
            ("strongman", (3.0, 4.0, 5.0, 10.0), 0.5, (3.0, 4.0, 5.0), "the strongest is purged"),
            ("strongman_8", (3.0, 4.0, 5.0, 8.0), 0.5, (3.0, 4.0, 5.0), ""),
            ("three_60", (3.0, 4.0, 5.0), 0.6, (4.0, 5.0), ""),
            ("strongman_60", (3.0, 4.0, 5.0, 10.0), 0.6, (3.0, 4.0, 10.0), ""),
        )
    ),
    Published(
        "N6.sizes",
        "near-equal powers, 1..15 players: sizes that rule",
        AES,
        (1, 1, 3, 3, 3, 3, 7, 7, 7, 7, 7, 7, 7, 7, 15),
        0,
        RECOMPUTED,
        lambda: [coalitions.near_equal_size(n) for n in range(1, 16)],
        "the abstract gives the pattern 1, 3, 7, 15; the sizes in between are recomputed",
        compiled=True,
    ),
)

FORMS: tuple[Published, ...] = (*THRESHOLDS, *GAMES, *COALITIONS)
