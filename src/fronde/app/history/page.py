"""docs/history.md: what the tournament found and what the cascades say of the mechanisms, from one run of the suite."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fronde.app.history.suite import FORECASTERS, as_lesson
from fronde.domain.params import to_values
from fronde.inference.pooling import BETWEEN, pool
from fronde.mechanisms.registry import PARAMS

SCORES = {
    "log": "log score, nats",
    "crps": "CRPS, people",
    "crps_log": "CRPS of ln(1 + count)",
    "stop": "Brier, it stops",
    "stop_again": "the same, recalibrated",
    "fall": "Brier, leader falls",
    "auc": "AUC, who goes",
    "tau": "Kendall's tau, order",
    "in50": "in 50 %",
    "in90": "in 90 %",
}
SHOWN = (
    ("frailty.sd", "frailty: what moves all at once and is not seen"),
    ("resign.by_perceived", "contagion: what others are seen to do"),
    ("perception.public_share", "contagion: everyone's view against one's own circle"),
    ("resign.by_rank", "rank: the senior give up more"),
    ("grievance.loss", "loss of fortune"),
    ("speak.by_fear", "repression and fear, in voice"),
    ("fear.by_example", "repression: punished acquaintances"),
    ("resign.by_shock", "a public shock while it is fresh"),
    ("resign.by_grievance", "grievance"),
)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(row) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)


def _number(found: Mapping[str, Any] | None) -> str:
    return "" if found is None else f"{found['mean']:.2f} ({found['low90']:.2f} to {found['high90']:.2f})"


def scores(standings: Mapping[str, Any]) -> str:
    """Mean of each score by forecaster, with 90 % intervals."""
    overall = standings["overall"]
    return _table(
        ("score", *FORECASTERS),
        [(text, *(_number(overall[f].get(key)) for f in FORECASTERS)) for key, text in SCORES.items()],
    )


def by_case(standings: Mapping[str, Any]) -> str:
    """Log score of each case, the best in bold."""
    rows = []
    for case in sorted(standings["cases"]["fronde"]):
        values = [standings["cases"][f][case]["log"] for f in FORECASTERS]
        rows.append((case, *(f"**{v:.2f}**" if v == min(values) else f"{v:.2f}" for v in values)))
    return _table(("case", *FORECASTERS), rows)


def against(standings: Mapping[str, Any]) -> str:
    """How often and by how much the others' log score is above ours."""
    rows = []
    ours = standings["cases"]["fronde"]
    for f in FORECASTERS[1:]:
        better = sum(standings["cases"][f][case]["log"] > ours[case]["log"] for case in ours)
        rows.append(
            (f, f"{better} of {len(ours)}", *(_number(standings["against"][f][k]) for k in ("log", "crps_log")))
        )
    return _table(("against", "cases in our favour", "log score, theirs minus ours", "CRPS of ln(1 + count)"), rows)


def _value(param: Any, z: float) -> float:
    row = np.zeros((1, len(PARAMS)))
    row[0, PARAMS.index(param)] = z
    return float(to_values(PARAMS, row)[0, PARAMS.index(param)])


def mechanisms(taught: Mapping[str, Mapping[str, Any]]) -> str:
    """Prior and joint posterior of the parameters asked about, and how many cases speak of each."""
    found = {name: as_lesson(plain) for name, plain in taught["fronde"].items()}
    between = np.array([BETWEEN if param.scope == "common" else 1.0 for param in PARAMS])
    mean, sd = pool(list(found.values()), between)
    names = [param.name for param in PARAMS]
    rows = []
    for name, text in SHOWN:
        k = names.index(name)
        prior = f"{_value(PARAMS[k], 0.0):.2f} ({_value(PARAMS[k], -1.645):.2f} to {_value(PARAMS[k], 1.645):.2f})"
        low, mid, high = (_value(PARAMS[k], mean[k] + q * sd[k]) for q in (-1.645, 0.0, 1.645))
        says = [case for case, lesson in found.items() if np.isfinite(lesson.mean[k])]
        signs = "".join("+" if found[case].mean[k] > 0 else "-" for case in says)
        rows.append((text, f"`{name}`", prior, f"{mid:.2f} ({low:.2f} to {high:.2f})", f"{len(says)} {signs}".strip()))
    return _table(("what", "parameter", "prior", "after all cases", "cases that speak, and where to"), rows)


def informed(taught: Mapping[str, Mapping[str, Any]]) -> tuple[list[str], int]:
    """Common parameters of which at least two cases say something, and how many common ones nobody speaks of."""
    counts = np.sum([[v is not None for v in plain["mean"]] for plain in taught["fronde"].values()], axis=0)
    some = [param.name for param, n in zip(PARAMS, counts, strict=True) if n >= 2]
    silent = sum(param.scope == "common" and n == 0 for param, n in zip(PARAMS, counts, strict=True))
    return some, int(silent)


def page(standings: Mapping[str, Any], taught: Mapping[str, Mapping[str, Any]], words: str) -> str:
    """The whole page: a hand-written text with {placeholders} for the tables."""
    some, silent = informed(taught)
    return words.format(
        scores=scores(standings),
        by_case=by_case(standings),
        against=against(standings),
        mechanisms=mechanisms(taught),
        informed=", ".join(f"`{name}`" for name in some) or "none",
        silent=silent,
        dates=standings["dates"],
        cases=len(standings["cases"]["fronde"]),
    )
