"""Paired differences between a variant and the baseline: the same particles, histories and chance in both."""

import numpy as np
from numpy.typing import NDArray

from fronde.domain.state import ACTS, GROUP_SERIES, LEADER_EVENTS, WORLD_FIELDS
from fronde.engine.run import Ensemble
from fronde.forecast.probability import KEYS, LEVELS
from fronde.scenario.series import Grid

Floats = NDArray[np.float64]


def quantities(ensemble: Ensemble, grid: Grid) -> dict[str, tuple[str, Floats]]:
    """What variants are compared on: key -> (title, value per run [R]) over the whole horizon."""
    after = ensemble.counts[grid.n_observed :].astype(np.int64).sum(axis=(0, 2))
    fields, series = list(WORLD_FIELDS), list(GROUP_SERIES)
    last = ensemble.series[-1].astype(np.float64)
    end = ensemble.groups[-1].astype(np.float64).sum(axis=1)

    def acts(*names: str) -> Floats:
        return after[[ACTS.index(name) for name in names]].sum(axis=0).astype(np.float64)

    return {
        "leave": ("more people leave", acts("leave")),
        "resign": ("more resignations go through", acts("resign")),
        "refused": ("more attempts are refused", acts("resign_refused", "leave_refused")),
        "speak": ("more people speak against the policy", acts("speak_policy")),
        "speak_leader": ("more people speak against the leader", acts("speak_leader")),
        "punished": ("more people are punished", acts("punished")),
        "fortune": ("total fortunes at the end, USD bn", end[series.index("fortune")]),
        "discontent": ("true discontent at the end, 0..1", last[fields.index("true_discontent")]),
        "heard": ("discontent heard at the end, 0..1", last[fields.index("heard")]),
        "poll": ("poll support at the end, share", last[fields.index("poll")]),
        "attempt": (
            "chance of an attempt on power",
            np.isfinite(ensemble.events[LEADER_EVENTS.index("attempt")]) * 1.0,
        ),
    }


def paired(baseline: Ensemble, variant: Ensemble, grid: Grid) -> list[dict]:
    """Mean and quantiles of the difference run by run; se is the Monte Carlo standard error of the mean."""
    before, after = quantities(baseline, grid), quantities(variant, grid)
    rows = []
    for key, (title, values) in before.items():
        change = after[key][1] - values
        quantiles = np.quantile(change, LEVELS)
        rows.append(
            {
                "quantity": key,
                "title": title,
                "baseline": float(values.mean()),
                "variant": float(after[key][1].mean()),
                "mean": float(change.mean()),
                "se": float(change.std() / np.sqrt(change.size)),
                **{name: float(q) for name, q in zip(KEYS, quantiles, strict=True)},
            }
        )
    return rows
