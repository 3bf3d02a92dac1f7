"""A synthetic summary of a fictional polity, for tests of the report only: no number in it comes from a model."""

import math
import random
from datetime import date, timedelta

ONSET, AS_OF, HORIZON = date(2031, 2, 24), date(2031, 4, 28), 182
GROUPS = (
    ("magnates_old", "Owners of old fortunes", 40, 14),
    ("magnates_new", "Owners made by the state", 36, 12),
    ("technocrats", "Technocrats", 50, 9),
    ("diplomats", "Diplomats", 30, 4),
    ("security", "Security services", 60, 6),
    ("governors", "Regional governors", 44, 3),
    ("media", "State media", 25, 7),
)
ACTS = ("speak_policy", "speak_leader", "resign", "resign_refused", "leave", "dismissed", "punished")
RATES = {
    "speak_policy": 5.0,
    "speak_leader": 0.8,
    "resign": 2.4,
    "resign_refused": 0.9,
    "leave": 4.0,
    "dismissed": 1.4,
    "punished": 0.5,
}
PARAMS = (
    "leave.base",
    "leave.by_grievance",
    "leave.by_exit",
    "leave.by_fear",
    "leave.by_dependence",
    "resign.base",
    "resign.by_grievance",
    "resign.by_fear",
    "speak.base",
    "speak.by_grievance",
    "perception.public_share",
    "perception.by_ties",
    "fear.half_life",
    "fear.by_repression",
    "repression.base",
    "plot.base",
    "information.discount",
    "wealth.by_sanctions",
    "public.drift",
    "battlefield.trend",
)


def summary() -> dict:
    """A complete summary in the form that the forecast step writes."""
    chance = random.Random(7)
    weeks = [ONSET + timedelta(days=7 * place) for place in range((AS_OF - ONSET).days // 7 + HORIZON // 7 + 1)]
    return {
        "case": "valdria-2031",
        "title": "Valdria 2031 (synthetic): who may break after the shock",
        "as_of": AS_OF.isoformat(),
        "onset": ONSET.isoformat(),
        "horizon_days": HORIZON,
        "run": "8d41e0c2",
        "quick": True,
        "manifest": _manifest(),
        "groups": _groups(),
        "matrix": _matrix(),
        "fans": {
            act: {group[0]: _fan(weeks, act, place, chance) for place, group in enumerate(GROUPS)}
            for act in ("leave", "resign", "speak_policy")
        },
        "fortunes": {group[0]: _fortune(weeks, place) for place, group in enumerate(GROUPS)},
        "leader": {"events": _leader(weeks)},
        "regime": _regime(weeks, chance),
        "posterior": _posterior(chance),
        "patterns": _patterns(),
        "questions": _questions(),
        "variants": _variants(chance),
        "origins": _origins(chance),
        "sources_forecasts": _sources(),
        "opinions": _opinions(),
        "diagnostics": _diagnostics(),
        "assumptions": {
            "count": 61,
            "of": 98,
            "by_mechanism": {
                "leave": 3,
                "resign": 5,
                "speak": 9,
                "fear": 4,
                "plot": 12,
                "leader": 14,
                "information": 14,
            },
        },
        "evidence": {"claims": 65, "origins": 12, "used": 40, "events": 23, "polls": 6, "vintage": AS_OF.isoformat()},
        "not_known": [
            "Whether silence means consent or fear: the model has both and the evidence cannot part them.",
            "Anything reported after 28 April 2031.",
            "Private talks between owners and the leader, which no source of this case has heard.",
        ],
    }


def small() -> dict:
    """The same in little (two groups, one horizon, two panels), for tests that render many times."""
    found = summary()
    kept = [group["id"] for group in found["groups"][:2]]
    found["groups"] = found["groups"][:2]
    matrix = found["matrix"]
    found["matrix"] = {
        **matrix,
        "dates": matrix["dates"][-1:],
        "cells": [cell for cell in matrix["cells"] if cell["group"] in kept and cell["by"] == matrix["dates"][-1]],
    }
    found["fans"] = {"leave": {name: found["fans"]["leave"][name] for name in kept}}
    found["fortunes"] = {name: found["fortunes"][name] for name in kept}
    found["regime"] = {name: found["regime"][name] for name in ("approval", "poll")}
    found["opinions"] = found["opinions"][:5]
    found["posterior"], found["leader"]["events"] = found["posterior"][:3], found["leader"]["events"][:1]
    return found


def forecast() -> dict:
    """The forecast.json that belongs to the summary."""
    found = summary()
    keys = ("id", "text", "p", "interval50", "interval90", "base_rate")
    return {
        "case": found["case"],
        "as_of": found["as_of"],
        "horizon_days": HORIZON,
        "issued_at": found["as_of"],
        "run": found["run"],
        "questions": [{key: row[key] for key in keys} for row in found["questions"]],
        "counts": [],
        "series": {},
        "assumptions": 61,
        "evidence": {"claims": 65, "origins": 12, "used": 40},
    }


def _manifest() -> dict:
    return {
        "scenario_hash": "sha256:51c0…9e",
        "evidence_hash": "sha256:9a77…02",
        "evidence_vintage": "2031-04-28",
        "seed": 20310428,
        "versions": {"fronde": "0.1.0", "python": "3.11.9", "numpy": "2.1.0"},
        "particles": 400,
        "command": "fronde demo --seed 20310428",
    }


def _groups() -> list[dict]:
    return [
        {"id": name, "title": title, "size": size, "named": named, "synthetic": size - named, "color_index": place}
        for place, (name, title, size, named) in enumerate(GROUPS)
    ]


def _pull(act: str, place: int) -> float:
    return RATES[act] * (0.1 + abs(math.sin(1.7 * place + len(act)))) * 0.35


def _spread(middle: float, width: float = 1.0) -> dict:
    return {
        "q05": max(0.0, round(middle - 1.6 * width * math.sqrt(middle + 0.2), 2)),
        "q25": max(0.0, round(middle - 0.65 * width * math.sqrt(middle + 0.2), 2)),
        "q50": round(middle, 2),
        "q75": round(middle + 0.7 * width * math.sqrt(middle + 0.2), 2),
        "q95": round(middle + 1.9 * width * math.sqrt(middle + 0.2), 2),
        "mean": round(middle * 1.05, 2),
    }


def _series(bundles: list[dict]) -> dict:
    return {key: [bundle[key] for bundle in bundles] for key in ("q05", "q25", "q50", "q75", "q95", "mean")}


def _matrix() -> dict:
    dates = [(AS_OF + timedelta(days=days)).isoformat() for days in (28, 91, 140, 182)]
    cells = []
    for by, share in zip(dates, (0.15, 0.5, 0.77, 1.0), strict=True):
        for place, group in enumerate(GROUPS):
            for act in ACTS:
                mean = _pull(act, place) * share
                whole = {key: float(round(value)) for key, value in _spread(mean).items() if key != "mean"}
                base = RATES[act] * 0.12 * share
                cells.append(
                    {
                        "group": group[0],
                        "act": act,
                        "by": by,
                        "p_any": round(1 - math.exp(-mean), 4),
                        "mean": round(mean, 3),
                        **whole,
                        "base_p_any": round(1 - math.exp(-base), 4),
                        "base_mean": round(base, 3),
                    }
                )
        for act in ACTS:
            mean, base = sum(_pull(act, place) for place in range(len(GROUPS))) * share, RATES[act] * 0.84 * share
            whole = {key: float(round(value)) for key, value in _spread(mean).items() if key != "mean"}
            cells.append(
                {
                    "group": "all",
                    "act": act,
                    "by": by,
                    "p_any": round(1 - math.exp(-mean), 4),
                    **whole,
                    "mean": round(mean, 3),
                    "base_p_any": round(1 - math.exp(-base), 4),
                    "base_mean": base,
                }
            )
    return {"dates": dates, "acts": list(ACTS), "cells": cells}


def _fan(weeks: list[date], act: str, place: int, chance: random.Random) -> dict:
    observed, so_far, bundles = [], 0, []
    for week, when in enumerate(weeks):
        if when <= AS_OF:
            so_far += chance.random() < 0.25 * _pull(act, place)
            observed.append(so_far)
            bundles.append(
                {
                    key: round(so_far * share, 1)
                    for key, share in zip(
                        ("q05", "q25", "q50", "q75", "q95", "mean"), (1, 1, 1.1, 1.2, 1.5, 1.1), strict=True
                    )
                }
            )
            continue
        observed.append(None)
        grown = _spread(_pull(act, place) * 0.2 * (week - 9) ** 0.9)
        bundles.append({key: round(bundles[9][key] + value, 2) for key, value in grown.items()})
    return {"dates": [when.isoformat() for when in weeks], "observed": observed, **_series(bundles)}


def _fortune(weeks: list[date], place: int) -> dict:
    start = (310.0, 190.0, 4.2, 0.0, 1.1, 0.9, 0.6)[place]
    bundles = [
        {
            key: round(start * math.exp(-0.012 * week + width * 0.03 * math.sqrt(max(0, week - 9))), 2)
            for key, width in zip(
                ("q05", "q25", "q50", "q75", "q95", "mean"), (-1.6, -0.7, 0, 0.7, 1.6, 0.1), strict=True
            )
        }
        for week in range(len(weeks))
    ]
    observed = [round(start * math.exp(-0.012 * week), 1) if when <= AS_OF else None for week, when in enumerate(weeks)]
    return {
        "dates": [when.isoformat() for when in weeks],
        "observed_until": AS_OF.isoformat(),
        "observed": observed,
        **_series(bundles),
    }


def _leader(weeks: list[date]) -> list[dict]:
    ahead = [when for when in weeks if when >= AS_OF]
    focal = [{"date": "2031-05-09", "title": "Victory parade"}, {"date": "2031-09-11", "title": "Regional elections"}]
    options = (
        ("declare", "Declares a wider war", 0.09, 0.03),
        ("mobilise", "Mobilises", 0.31, 0.05),
        ("limit", "Limits his aims", 0.14, 0.2),
        ("crackdown", "Cracks down on the elite", 0.22, 0.12),
        ("coopt", "Buys loyalty", 0.46, 0.4),
        ("removed", "Is removed", 0.012, 0.01),
    )
    return [
        {
            "event": name,
            "title": title,
            "dates": [when.isoformat() for when in ahead],
            "focal_dates": focal,
            "p": [
                round(1 - (1 - p) ** (week / 26) + (0.02 if name == "mobilise" and week > 1 else 0), 4)
                for week in range(len(ahead))
            ],
            "base": [round(1 - (1 - base) ** (week / 26), 4) for week in range(len(ahead))],
        }
        for name, title, p, base in options
    ]


def _regime(weeks: list[date], chance: random.Random) -> dict:
    rows = (
        ("discontent_true", "Discontent as it is", "0..1", 0.42, 0.006),
        ("discontent_heard", "As the leader hears it", "1", 0.3, 0.001),
        ("approval", "Approval", "share", 0.7, -0.004),
        ("poll", "As polled", "share", 0.8, -0.002),
        ("policy", "Policy", "-1..1", 0.6, 0.003),
        ("repression", "Repression", "1", 0.3, 0.008),
        ("isolation", "Isolation", "1", 0.5, 0.004),
        ("battlefield", "Battlefield", "sd", -0.4, -0.01),
    )
    found = {}
    for name, title, unit, start, slope in rows:
        bundles = [
            {
                key: round(start + slope * week + width * 0.02 * math.sqrt(week), 3)
                for key, width in zip(
                    ("q05", "q25", "q50", "q75", "q95", "mean"), (-1.6, -0.7, 0, 0.7, 1.6, 0), strict=True
                )
            }
            for week in range(len(weeks))
        ]
        polled = [
            round(start + 0.03 * chance.gauss(0, 1), 3) if name == "poll" and week % 4 == 1 and when <= AS_OF else None
            for week, when in enumerate(weeks)
        ]
        found[name] = {
            "title": title,
            "unit": unit,
            "dates": [when.isoformat() for when in weeks],
            "observed": polled,
            **_series(bundles),
        }
    return found


def _posterior(chance: random.Random) -> list[dict]:
    found = []
    for name in PARAMS:
        middle, width = chance.gauss(0, 2), chance.uniform(0.3, 1.2)
        contraction = round(max(0.0, chance.gauss(0.3, 0.25)), 2)
        moved, narrow = middle + chance.gauss(0, 0.5) * width, width * (1 - contraction)
        found.append(
            {
                "name": name,
                "unit": "1",
                "source": "assumption",
                "note": "made up for a test of the page",
                "mechanism": name.split(".")[0],
                "prior": _normal(middle, width),
                "posterior": _normal(moved, narrow),
                "contraction": contraction,
            }
        )
    return found


def _normal(middle: float, width: float) -> dict:
    return {
        key: round(middle + z * width, 3)
        for key, z in (("q05", -1.645), ("q25", -0.674), ("q50", 0.0), ("q75", 0.674), ("q95", 1.645), ("mean", 0.0))
    }


def _patterns() -> list[dict]:
    rows = (
        ("Most of those who suffer stay silent", "share silent at week 26 above 0.8", 0.97, True),
        ("Owners with money abroad leave first", "rank correlation above 0.2", 0.91, True),
        ("Resignations cluster after the first", "dispersion above 1.5", 0.88, True),
        ("The leader hears less than there is", "heard below true in 9 of 10 runs", 0.99, True),
        ("Fear fades within a quarter", "half-life under 90 days", 0.34, False),
    )
    return [
        {"n": place + 1, "text": text, "measured": measured, "p": p, "holds": holds}
        for place, (text, measured, p, holds) in enumerate(rows)
    ]


def _questions() -> list[dict]:
    rows = (
        ("wider_war", "The leader declares a wider war by 9 May 2031", 0.034, 0.02),
        ("four_leave", "At least four more owners of old fortunes leave by 27 October 2031", 0.37, 0.11),
        ("minister", "A serving minister resigns over policy by 27 October 2031", 0.21, 0.09),
        ("three_speak", "Three more owners criticise the leader by name by 27 October 2031", 0.08, 0.04),
        ("removed", "The leader leaves office by 27 October 2031", 0.012, 0.015),
    )
    return [
        {
            "id": name,
            "text": text,
            "p": p,
            "interval50": [round(p * 0.75, 4), round(min(1, p * 1.3), 4)],
            "interval90": [round(p * 0.45, 4), round(min(1, p * 1.8), 4)],
            "base_rate": base,
            "base_rate_source": "made up for a test",
        }
        for name, text, p, base in rows
    ]


def _variants(chance: random.Random) -> list[dict]:
    kinds = (
        ("all_out_war", "Wider war declared", "What does a declaration on 9 May change?"),
        ("sanctions_lifted", "Sanctions lifted", "Do sanctions push owners out or bind them in?"),
        ("resignations_allowed", "Resignations allowed", "How many stay only because they must?"),
    )
    quantities = (
        ("left", "People who leave", 11.0),
        ("resigned", "People who resign", 6.0),
        ("spoke", "People who criticise policy", 14.0),
        ("attempt", "chance of an attempt on power", 0.012),
    )
    return [
        {
            "id": name,
            "title": title,
            "asks": asks,
            "differences": [
                {
                    "quantity": quantity,
                    "title": shown,
                    "baseline": start,
                    "variant": round(start + move, 4),
                    "mean": move,
                    "q05": round(move - 0.25 * start, 4),
                    "q25": round(move - 0.1 * start, 4),
                    "q75": round(move + 0.1 * start, 4),
                    "q95": round(move + 0.3 * start, 4),
                    "se": round(0.02 * start, 5),
                }
                for quantity, shown, start in quantities
                for move in [round(start * chance.gauss(0.1, 0.35), 4)]
            ],
        }
        for name, title, asks in kinds
    ]


def _origins(chance: random.Random) -> list[dict]:
    labels = (
        "Stock exchange notices",
        "Interview with a former minister",
        "Court register",
        "Gazette of Valdria",
        "An owner's public letter",
        "Two officials, not named",
        "A diplomat, not named",
        "Newswire desk",
    )
    return [
        {
            "id": f"origin-{place}",
            "label": label,
            "named": "not named" not in label,
            "claims": 9 - place,
            "pull": [
                {"question": name, "without": round(p - chance.gauss(0, 0.03) * p * 3, 4), "with": p}
                for name, p in (("four_leave", 0.37), ("minister", 0.21))
            ],
        }
        for place, label in enumerate(labels)
    ] + [
        {"id": "record", "label": "Public record", "claims": 13, "pull": []},
        {
            "id": "thin",
            "label": "A voice too heavy to leave out",
            "claims": 5,
            "effective": 0.01,
            "pull": [{"question": "minister", "without": 0.9, "with": 0.21}],
        },
    ]


def _sources() -> list[dict]:
    return [
        {
            "who": "A former central banker",
            "words": "quite probable",
            "p_low": 0.5,
            "p_high": 0.7,
            "statement": "Several more owners will leave this year",
            "resolve_at": "2031-10-27",
            "fronde": 0.37,
        },
        {
            "who": "Two officials, not named",
            "words": "nobody will dare",
            "p_low": 0.0,
            "p_high": 0.05,
            "statement": "A minister resigns before autumn",
            "fronde": 0.21,
        },
        {
            "who": "A retired general",
            "words": "sooner or later",
            "p_low": None,
            "p_high": None,
            "statement": "The leader is removed",
            "fronde": 0.012,
        },
    ]


def _opinions() -> list[dict]:
    """Three questions: one that all speakers answer, one with a range and no own number, one that nobody answers."""
    names = ("threshold cascade", "ruling coalition", "expected utility", "base rate")
    asked = (
        (
            "coalition_holds",
            "Will the coalition hold? (probability; 1 or 0: no dates)",
            0.97,
            {"threshold cascade": (1.0, 1.0, 1.0), "ruling coalition": (0.0, 0.0, 0.0), "base rate": (0.98, 0.9, 0.99)},
        ),
        (
            "policy_pressure",
            "Where does weight pull the policy? (position, -1 to 1)",
            -0.05,
            {"expected utility": (-0.04, -0.2, 0.3)},
        ),
        ("attackers", "How many would attack? (share of the elite)", None, {"threshold cascade": (0.17, 0.03, 0.27)}),
        ("unasked", "What has no theory an answer to? (share of the elite)", None, {}),
    )
    found: list[dict] = []
    for name, text, own, answers in asked:
        for theory in names:
            value, low, high = answers.get(theory, (None, None, None))
            speaks = theory in answers
            found.append(
                {
                    "question": name,
                    "text": text,
                    "theory": theory,
                    "speaks": speaks,
                    "value": value,
                    "low": low,
                    "high": high,
                    "answer": f"made-up answer {value}" if speaks else "knows no dates",
                    "assumptions": [f"made-up assumption of {theory}"] if speaks else [],
                    "source": "nobody2031" if speaks else "",
                }
            )
        found.append(
            {
                "question": name,
                "text": text,
                "theory": "together",
                "speaks": True,
                "value": None,
                "answer": "they disagree" if len(answers) > 1 else f"only {len(answers)} speaks",
                "fronde": own,
                "differs": [f"{theory}: {own} against {answers[theory][0]}; made-up reason" for theory in answers]
                if own is not None
                else [],
            }
        )
    return found


def _diagnostics() -> list[dict]:
    return [
        {
            "name": "Effective particles",
            "value": 212,
            "verdict": "good",
            "text": "More than half of the particles still carry weight.",
        },
        {"name": "Largest weight", "value": 0.021, "verdict": "fair", "text": "One particle carries 2% of the whole."},
        {"name": "Steps to the posterior", "value": 9, "verdict": "good", "text": "The path was short."},
        {
            "name": "Replicates per draw",
            "value": 2,
            "verdict": "poor",
            "text": "Quick mode: tail probabilities below 1% are rough.",
        },
    ]
