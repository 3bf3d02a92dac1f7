"""The leader's options over time, and what he hears against what is."""

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from fronde.domain.state import GROUP_SERIES, LEADER_EVENTS, WORLD_FIELDS
from fronde.engine.run import Ensemble
from fronde.forecast.probability import bundle
from fronde.scenario.series import Grid, Paths

TITLES = {
    "declare": "All-out war declared",
    "mobilise": "Mobilisation announced",
    "limit": "War aims limited",
    "crackdown": "Crackdown",
    "coopt": "Favours to the elite",
    "purge": "Round of dismissals at the top",
    "attempt": "Attempt to remove the leader",
    "removed": "Leader removed",
}
SHOWN = {
    "true_discontent": ("discontent_true", "Discontent as it is", "0..1"),
    "heard": ("discontent_heard", "Discontent the leader hears", "0..1"),
    "approval": ("approval", "True support for the policy", "share"),
    "poll": ("poll", "Support as polls hear it", "share"),
    "policy": ("policy", "Policy: -1 end it, +1 total", "-1..1"),
    "pressure": ("pressure", "What his circle presses for", "-1..1"),
    "repression": ("repression", "Repression", "0..1"),
    "isolation": ("isolation", "Isolation of the leader", "0..1"),
    "battlefield": ("battlefield", "Fortunes of war", "sd"),
}


def options(ensemble: Ensemble, grid: Grid, focal: list[dict], calm_rates: dict[str, float]) -> list[dict]:
    """Cumulative probability of each option by day, beside its calm-time hazard [1/day] going on alone."""
    if grid.hourly:
        offset = grid.times[grid.n_observed]
        days, dates = grid.times[grid.n_observed + 1 :] - offset, list(grid.labels[grid.n_observed + 1 :])
    else:
        days = np.arange(1.0, (grid.end - grid.as_of).days + 1)
        offset = (grid.as_of - grid.start).days
        dates = [(grid.as_of + timedelta(days=day)).isoformat() for day in days]
    rows = []
    for k, name in enumerate(LEADER_EVENTS):
        when = np.sort(ensemble.events[k])
        p = np.searchsorted(when, offset + days, side="right") / when.size
        base = 1.0 - np.exp(-calm_rates[name] * days)
        keep = sorted({*range(0, len(days), 6 if grid.hourly else 7), *({8} if len(days) > 8 else ()), len(days) - 1})
        rows.append(
            {
                "event": name,
                "title": TITLES[name],
                "dates": [dates[i] for i in keep],
                "p": [float(p[i]) for i in keep],
                "base": [float(base[i]) for i in keep],
                "focal_dates": focal,
            }
        )
    return rows


def regime_series(ensemble: Ensemble, grid: Grid, paths: Paths) -> dict[str, dict]:
    """Bands of the regime's state at each edge; the conflict also as observed."""
    fields = list(WORLD_FIELDS)
    dates = list(grid.labels[1:])
    rows: dict[str, dict] = {}
    for field, (key, title, unit) in SHOWN.items():
        values = ensemble.series[:, fields.index(field)].astype(np.float64)
        observed: list[float | None] = [None] * grid.n_steps
        if field == "battlefield" and paths.has_battlefield:
            observed[: grid.n_observed] = [float(x) for x in paths.battlefield[1:]]
        rows[key] = {"title": title, "unit": unit, "dates": dates, "observed": observed, **bundle(values, axis=1)}
    return rows


def fortunes(ensemble: Ensemble, grid: Grid, groups: tuple[str, ...], wealthy: NDArray[np.bool_]) -> dict[str, dict]:
    """Total fortunes by group [USD bn] for groups that own enough to speak of."""
    k = list(GROUP_SERIES).index("fortune")
    dates = list(grid.labels[1:])
    return {
        name: {
            "dates": dates,
            "observed_until": grid.labels[grid.n_observed],
            **bundle(ensemble.groups[:, k, g].astype(np.float64), axis=1),
        }
        for g, name in enumerate(groups)
        if wealthy[g]
    }
