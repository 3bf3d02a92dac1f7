"""The scorecard as plain data: who said what of which statement, what came, and what each forecaster is worth.

An item is one probability by one forecaster of one statement:
    {kind, case, id, text, forecaster, as_of, by, p, outcome (True, False or None), state, ...}
Several forecasters of the same (case, id, as_of) stand side by side; differences are taken on what both answered.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fronde.score import discrimination, measures
from fronde.score.resample import cluster_draws, interval

Item = Mapping[str, Any]
DRAWS = 2000
FEW = 3  # clusters below which no interval is given
ALWAYS_BINS, FEWER_BINS, MANY = 10, 5, 100  # bins of a reliability curve; the fewer below so many statements


def scored(items: Sequence[Item]) -> list[dict[str, Any]]:
    """Items with `brier` and `log` where they have an outcome, the worst surprise first, then the open ones."""
    rows = []
    for item in items:
        row = {**item, "brier": None, "log": None}
        if item["outcome"] is not None:
            row["brier"] = float(measures.brier(item["p"], float(item["outcome"])))
            row["log"] = float(measures.log_score(np.clip(item["p"], 1e-9, 1 - 1e-9), float(item["outcome"])))
        rows.append(row)
    return sorted(rows, key=lambda row: (row["log"] is None, -(row["log"] or 0.0), row["case"], row["id"]))


def forecasters(rows: Sequence[Item]) -> list[dict[str, Any]]:
    """One line a forecaster: mean scores, best log first, with 90 % intervals over cases.

    Below four cases the days by which statements resolve are the clusters: what one day decides is one event.
    """
    by: dict[str, list[Item]] = defaultdict(list)
    for row in rows:
        if row["brier"] is not None:
            by[row["forecaster"]].append(row)
    return sorted((_line(name, found) for name, found in by.items()), key=lambda row: row["log"])


def _line(name: str, rows: Sequence[Item]) -> dict[str, Any]:
    p, y, log = (np.array([float(row[key]) for row in rows]) for key in ("p", "outcome", "log"))
    cases = {row["case"] for row in rows}
    clusters = np.array([row["case"] if len(cases) > FEW else f"{row['case']} {row['by']}" for row in rows])
    draws = cluster_draws(clusters, DRAWS) if len(set(clusters.tolist())) > FEW else []
    line = {"forecaster": name, "n": len(rows), "came": int(y.sum()), "mean_p": float(p.mean())}
    for key, values in (("brier", np.square(p - y)), ("log", log)):
        line[key] = float(values.mean())
        line[f"{key}90"] = _interval(values, draws)
    return {**line, "auc": discrimination.auc(p, y)}


def _interval(values: Any, draws: Sequence[Any]) -> list[float] | None:
    found = interval(lambda rows: float(values[rows].mean()), draws) if draws else None
    return list(found) if found else None


def against(rows: Sequence[Item], ours: str, others: Sequence[str]) -> list[dict[str, Any]]:
    """Mean log score of another minus ours on the statements that both answered; above 0 is in our favour."""
    done = [row for row in rows if row["log"] is not None]
    mine = {_key(row): row for row in done if row["forecaster"] == ours}
    lines = []
    for other in others:
        theirs = {_key(row): row for row in done if row["forecaster"] == other}
        both = [key for key in mine if key in theirs]
        if not both:
            continue
        gain = np.array([theirs[key]["log"] - mine[key]["log"] for key in both])
        few = len({key[0] for key in both}) <= FEW
        clusters = np.array([f"{key[0]} {mine[key]['by']}" if few else key[0] for key in both])
        draws = cluster_draws(clusters, DRAWS) if len(set(clusters.tolist())) > FEW else []
        lines.append(
            {"ours": ours, "other": other, "n": len(both), "gain": float(gain.mean()), "gain90": _interval(gain, draws)}
        )
    return lines


def _key(row: Item) -> tuple[str, str, str]:
    return (row["case"], row["id"], row["as_of"])


def curve(rows: Sequence[Item], forecaster: str) -> dict[str, Any] | None:
    """Reliability bins with counts and Murphy's parts of one forecaster; None where nothing is resolved."""
    found = [row for row in rows if row["brier"] is not None and row["forecaster"] == forecaster]
    if not found:
        return None
    p, y = (np.array([float(row[key]) for row in found]) for key in ("p", "outcome"))
    bins = ALWAYS_BINS if len(found) >= MANY else FEWER_BINS
    line = discrimination.calibration_line(p, y) if len(found) >= 2 * ALWAYS_BINS else None
    return {
        "forecaster": forecaster,
        "bins": discrimination.reliability(p, y, bins),
        "murphy": discrimination.murphy(p, y, bins),
        "slope": None if line is None else line[1],
    }


def count_row(
    row: Mapping[str, Any],
    observed: float,
    base: Sequence[float] | None = None,
    others: Mapping[str, Mapping[str, float]] | None = None,
) -> dict[str, Any]:
    """A count of `forecast.json` against what came: CRPS [acts] from its quantiles, and whether intervals held it.

    base: quantiles of the base rate at the same levels, for a CRPS beside it; others: those of further forecasters.
    """
    levels = sorted(float(level) for level in row["quantiles"])
    q = [float(row["quantiles"][f"{level:g}"]) for level in levels]
    at = dict(zip(levels, q, strict=True))
    return {
        **{key: row[key] for key in ("group", "act", "by", "mean")},
        "observed": float(observed),
        "median": at[0.5],
        "low90": at[0.05],
        "high90": at[0.95],
        "crps": measures.crps_quantiles(levels, q, observed),
        "crps_base": None if base is None else measures.crps_quantiles(levels, base, observed),
        "beside": {name: _beside(said, observed) for name, said in (others or {}).items()},
        "in50": bool(at[0.25] <= observed <= at[0.75]),
        "in90": bool(at[0.05] <= observed <= at[0.95]),
    }


def _beside(said: Mapping[str, float], observed: float) -> dict[str, Any]:
    levels = sorted(said, key=float)
    q = [float(said[level]) for level in levels]
    at = dict(zip(map(float, levels), q, strict=True))
    return {
        "crps": measures.crps_quantiles([float(level) for level in levels], q, observed),
        "in50": bool(at[0.25] <= observed <= at[0.75]),
        "in90": bool(at[0.05] <= observed <= at[0.95]),
    }


def standings(counts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Counts that all forecasters answered: mean CRPS [acts] and coverage of each forecaster, the best first."""
    common = [row for row in counts if row["beside"]]
    ours = list(dict.fromkeys(row.get("forecaster", "Fronde") for row in common))
    lines = [_standing(name, [row for row in common if row.get("forecaster", "Fronde") == name]) for name in ours]
    first = [row for row in common if row.get("forecaster", "Fronde") == ours[0]] if ours else []
    names = set.intersection(*(set(row["beside"]) for row in first)) if first else set()
    lines += [_standing(name, [row["beside"][name] for row in first]) for name in sorted(names)]
    return sorted(lines, key=lambda row: row["crps"])


def _standing(name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    means = {key: float(np.mean([row[key] for row in rows])) for key in ("crps", "in50", "in90")}
    return {"forecaster": name, "n": len(rows), **means}


def coverage(counts: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Share of counts inside their 50 and 90 % intervals, and mean CRPS; many counts are 0 of necessity.

    Of several forecasters of ours the first speaks; `standings` has them all.
    """
    if not counts:
        return None
    counts = [row for row in counts if row.get("forecaster") == counts[0].get("forecaster")]
    some = [row for row in counts if row["observed"] > 0 or row["high90"] > 0]

    def share(rows: Sequence[Mapping[str, Any]], key: str) -> float | None:
        return float(np.mean([row[key] for row in rows])) if rows else None

    return {
        "n": len(counts),
        "n_some": len(some),
        "in50": share(counts, "in50"),
        "in90": share(counts, "in90"),
        "in50_some": share(some, "in50"),
        "in90_some": share(some, "in90"),
        "crps": share(counts, "crps"),
        "crps_base": share([row for row in counts if row["crps_base"] is not None], "crps_base"),
    }


def card(
    items: Sequence[Item], counts: Sequence[Mapping[str, Any]] = (), dates: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """The scorecard: statements (misses first), counts (largest CRPS first), dates, forecasters, reliability."""
    rows = scored(items)
    table = forecasters(rows)
    names = [line["forecaster"] for line in table]
    ours = [name for name in names if name.startswith("Fronde")]
    return {
        "resolved": len({_key(row) for row in rows if row["log"] is not None}),
        "open": len({_key(row) for row in rows if row["log"] is None}),
        "forecasters": table,
        "against": [line for mine in ours for line in against(rows, mine, [n for n in names if n != mine])],
        "reliability": [found for name in names if (found := curve(rows, name))],
        "coverage": coverage(counts),
        "standings": standings(counts),
        "items": rows,
        "counts": sorted(counts, key=lambda row: -row["crps"]),
        "dates": sorted(dates, key=lambda row: -row["crps"]),
    }
