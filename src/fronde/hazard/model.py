"""The fitted hazards: a logistic line in standardised features, read from a text file that ships with Fronde.

    logit P(outcome within the row's month or year) = intercept + sum_k coefficient_k (x_k - mean_k) / sd_k
A missing feature counts as its mean. `year_limit` is the last year fitted: time stands still after it. `spread` holds
the line again as fitted to resamples of whole countries: what the sample leaves open, not what the model leaves out.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from fronde.hazard.features import features
from fronde.hazard.panel import Floats, Panel, PanelError

FORMAT = "fronde-hazard-1"
SHIPPED = "hazard.json"
BOUND = 1e-6  # no chance is said to be nearer to 0 or 1


@dataclass(frozen=True)
class Hazard:
    """One model: unit, outcome, last year fitted, `recent` rate of its last 15 years, and the line.

    columns: feature -> (mean, sd, coefficient); spread [resample, 1 + features]: intercept and coefficients of each
    """

    unit: str
    outcome: str
    year_limit: int
    rows: int
    events: int
    recent: float
    intercept: float
    columns: Mapping[str, tuple[float, float, float]]
    spread: tuple[tuple[float, ...], ...] = ()

    def predict(self, panel: Panel) -> Floats:
        """P(outcome) of each row [rows]."""
        line = np.array([self.intercept, *(coefficient for _, _, coefficient in self.columns.values())])
        return _chance(self._standard(panel) @ line)

    def interval(self, panel: Panel, level: float = 0.9) -> Floats | None:
        """Central interval of P(outcome) [2, rows] over resampled countries; None if the release has none."""
        if not self.spread:
            return None
        chances = _chance(self._standard(panel) @ np.array(self.spread).T)
        return np.quantile(chances, [0.5 - level / 2, 0.5 + level / 2], axis=1)

    def _standard(self, panel: Panel) -> Floats:
        """1 and the standardised features [rows, 1 + features]."""
        if panel.unit != self.unit:
            raise PanelError(f"a {self.unit} model cannot read a {panel.unit} panel")
        found = features(panel)
        standard = [np.ones(panel.size)]
        for name, (mean, sd, _) in self.columns.items():
            values = found.get(name, np.full(panel.size, np.nan))
            if name == "decades":
                values = np.minimum(values, (self.year_limit - 1990.0) / 10.0)
            standard.append(np.nan_to_num((values - mean) / sd, nan=0.0))
        return np.column_stack(standard)


def _chance(logit: Floats) -> Floats:
    return np.asarray(np.clip(1.0 / (1.0 + np.exp(-logit)), BOUND, 1.0 - BOUND))


@dataclass(frozen=True)
class Release:
    """Models with where they come from."""

    provenance: Mapping[str, Any]
    models: tuple[Hazard, ...]

    def find(self, unit: str, outcome: str) -> Hazard:
        """The model of a unit and outcome."""
        for model in self.models:
            if (model.unit, model.outcome) == (unit, outcome):
                return model
        raise PanelError(f"no model of {outcome} by {unit}; there are " + ", ".join(_names(self.models)))


def _names(models: tuple[Hazard, ...]) -> list[str]:
    return [f"{model.outcome} by {model.unit}" for model in models]


def text_of(release: Release) -> str:
    """The file of a release: one feature a line, seven significant digits."""
    models = [asdict(model) for model in release.models]
    for model in models:
        model |= {name: _short(model[name]) for name in ("intercept", "recent")}
        model["columns"] = {name: [_short(x) for x in line] for name, line in model["columns"].items()}
        model["spread"] = [[float(f"{x:.3g}") for x in line] for line in model["spread"]]
    text = json.dumps({"format": FORMAT, "provenance": dict(release.provenance), "models": models}, indent=1)
    return _joined(text) + "\n"


def _short(value: float) -> float:
    return float(f"{value:.7g}")


def _joined(text: str) -> str:
    """Lists of numbers on one line."""
    import re

    def line(found: re.Match[str]) -> str:
        return "[" + ", ".join(found[0].strip("[]").replace(",", " ").split()) + "]"

    return re.sub(r"\[[-+\d.e,\s]+\]", line, text)


def read_release(path: Path) -> Release:
    """A release from a file. Raises PanelError if it is none."""
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PanelError(f"{path}: no {FORMAT} file ({error})") from None


def _parsed(text: str) -> Release:
    found = json.loads(text)
    if found["format"] != FORMAT:
        raise ValueError(f"format is {found['format']!r}")
    models = tuple(
        Hazard(
            **{
                **row,
                "columns": {name: tuple(line) for name, line in row["columns"].items()},
                "spread": tuple(tuple(line) for line in row.get("spread", ())),
            }
        )
        for row in found["models"]
    )
    return Release(found["provenance"], models)


@cache
def shipped() -> Release:
    """The release inside the package, fitted on the panels to 2015."""
    return _parsed((files("fronde.hazard") / "data" / SHIPPED).read_text(encoding="utf-8"))
