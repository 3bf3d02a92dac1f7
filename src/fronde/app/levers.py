"""Levers on a calibrated run: settings become dated interventions, the posterior is continued under them at once.

Each setting is a variant of the case like any other (`case.yaml` can hold it), simulated from a part of the posterior
with the particles, histories and luck of the baseline, so that differences are paired. Levels and shocks have the
bounds and units that `scenario.model` states.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from fronde.app import particles as stored
from fronde.app.calibrate import Posterior, Problem, prepare
from fronde.app.forecast import continued
from fronde.app.identity import identify
from fronde.app.opening import RequestError, open_case
from fronde.app.simulation import thinned
from fronde.app.store import RunError, read_manifest
from fronde.charts import fan as fans
from fronde.charts import tables
from fronde.charts.chart import MOST_SERIES, Chart
from fronde.domain.state import ACTS
from fronde.engine.run import Ensemble
from fronde.forecast.compare import paired
from fronde.forecast.counts import SHOWN_ACTS
from fronde.forecast.probability import bundle
from fronde.inference import smc
from fronde.scenario.fields import ACTIONS
from fronde.scenario.model import Levelled, Shock, Variant
from fronde.scenario.problems import quoted, suggestion

RUNS = 128  # particles of a picture that follows the hand; all of them refine it
BASELINE = "baseline"
NAME = "levers_{}"


@dataclass(frozen=True)
class Lever:
    """A number that can be set: unit, bounds and the value at which nothing is imposed."""

    name: str
    title: str
    unit: str
    low: float
    high: float
    neutral: float
    step: float
    text: str


def _bounds(block: Any, name: str) -> tuple[float, float, str]:
    """Bounds and unit as the model of case.yaml states them."""
    found = block.model_json_schema()["properties"][name]
    return float(found["minimum"]), float(found["maximum"]), str(found["x-unit"])


def _lever(name: str, title: str, neutral: float, step: float, text: str) -> Lever:
    needs = ACTIONS[name] or ""
    low, high, unit = _bounds(Shock if name == "battlefield" else Levelled, needs)
    return Lever(name, title, "times today's" if unit == "1" else unit, low, high, neutral, step, text)


LEVERS = (
    _lever("sanctions", "Sanctions", 1.0, 0.05, "0 lifts them, 1 leaves them as they are, 2 doubles their reach"),
    _lever("refusals", "Refused resignations", 1.0, 0.05, "0 lets everybody go who wants to, 2 doubles the refusals"),
    _lever("battlefield", "Fortunes of war", 0.0, 0.1, "a sudden change at the front; success is positive"),
)
OPTIONS = {
    "declare": "All-out war declared",
    "mobilise": "Mobilisation announced",
    "limit": "Aims limited",
    "crackdown": "Crackdown",
    "coopt": "Favours to the elite",
}
BY_NAME = {lever.name: lever for lever in LEVERS}


def actions_of(settings: Mapping[str, Any], earliest: date, latest: date) -> list[dict[str, Any]]:
    """Settings {from: date, options: [name], lever: number} as actions of a variant; neutral levers impose nothing.

    Raises RequestError for an unknown lever or option, a number out of bounds or a date outside the forecast.
    """
    unknown = [name for name in settings if name not in BY_NAME and name not in ("from", "options")]
    if unknown:
        raise RequestError(f"unknown lever {quoted(unknown[0])}; " + suggestion(unknown[0], BY_NAME, "see the list"))
    day = _day(settings.get("from"), earliest, latest)
    actions: list[dict[str, Any]] = []
    for name, lever in BY_NAME.items():
        value = settings.get(name, lever.neutral)
        if isinstance(value, bool) or not isinstance(value, int | float) or not lever.low <= value <= lever.high:
            raise RequestError(f"{name} is {quoted(value)}; expected {lever.low:g} to {lever.high:g} [{lever.unit}]")
        if value != lever.neutral:
            actions.append({"kind": name, "at": day, str(ACTIONS[name]): float(value)})
    for option in settings.get("options") or ():
        if option not in OPTIONS:
            raise RequestError(f"unknown option {quoted(option)}; expected one of {', '.join(OPTIONS)}")
        actions.append({"kind": option, "at": day})
    return actions


def _day(value: object, earliest: date, latest: date) -> date:
    try:
        day = earliest if value is None else date.fromisoformat(str(value))
    except ValueError:
        raise RequestError(f"the day is {quoted(value)}; expected a date as YYYY-MM-DD") from None
    if not earliest <= day <= latest:
        raise RequestError(f"the day is {day}; expected one within the forecast, {earliest} to {latest}")
    return day


@dataclass(frozen=True)
class Workbench:
    """A calibrated run kept warm: its problem, a part of its posterior, and the baseline continued from it."""

    run: str
    problem: Problem
    posterior: Posterior
    threads: int

    @property
    def first(self) -> date:
        """First day on which something can be imposed."""
        return self.problem.case.spec.as_of + timedelta(days=1)

    @cached_property
    def baseline(self) -> Ensemble:
        """The forecast itself, one future per particle."""
        return continued(self.problem, self.posterior, 1, None, self.threads)

    def under(self, settings: Mapping[str, Any], name: str = NAME.format(0)) -> Ensemble:
        """The same runs with levers set, or under a named variant of the case: {variant: name}."""
        if "variant" in settings:
            if settings["variant"] not in self.problem.case.spec.variants:
                raise RequestError(f"unknown variant {quoted(settings['variant'])} of {self.problem.case.name}")
            return continued(self.problem, self.posterior, 1, str(settings["variant"]), self.threads)
        spec = self.problem.case.spec
        actions = actions_of(settings, self.first, spec.end)
        if not actions:
            return self.baseline
        try:
            variant = Variant.model_validate({"title": name, "asks": "what the levers do", "actions": tuple(actions)})
        except ValidationError as error:
            raise RequestError(f"the levers cannot be set: {error.errors()[0]['msg']}") from None
        case = replace(self.problem.case, spec=spec.model_copy(update={"variants": {**spec.variants, name: variant}}))
        return continued(replace(self.problem, case=case), self.posterior, 1, name, self.threads)


def workbench(folder: Path, runs: int = RUNS, threads: int = 1) -> Workbench:
    """Open a calibrated run for levers. Raises RunError if its case, evidence or the code changed since."""
    manifest = read_manifest(folder)
    if not isinstance(manifest.get("case_path"), str) or not manifest.get("calibration"):
        raise RunError(f"{folder} is no calibrated run; make one with `fronde forecast CASE`")
    settings = manifest.get("settings", {})
    opened = open_case(manifest["case_path"], manifest["as_of"], manifest["horizon_days"], settings.get("set"))
    identity = identify(opened.case, opened.pack, smc.Settings(particles=settings["particles"]), "forecast")
    if identity.calibration != manifest["calibration"]:
        raise RunError(f"{folder.name} was made with another version of the case, its evidence or Fronde; run it again")
    heard: list[str] = []
    found = stored.find_posterior(folder.parent, folder, identity.calibration, heard.append)
    if found is None:
        raise RunError(f"{folder} holds no finished posterior; {'; '.join(heard) or 'finish it with the same command'}")
    problem = prepare(opened.case, opened.pack, threads)
    posterior, _ = thinned(found[0], min(runs, found[0].z.shape[0]))
    return Workbench(folder.name, problem, posterior, threads)


def describe(bench: Workbench) -> dict[str, Any]:
    """What can be set, with units and bounds, and the variants that the case brings."""
    spec = bench.problem.case.spec
    return {
        "run": bench.run,
        "case": bench.problem.case.name,
        "title": spec.title,
        "from": bench.first.isoformat(),
        "to": spec.end.isoformat(),
        "runs": int(bench.posterior.z.shape[0]),
        "levers": [vars(lever) for lever in LEVERS],
        "options": [{"name": name, "title": title} for name, title in OPTIONS.items()],
        "variants": [{"name": name, "title": row.title, "asks": row.asks} for name, row in spec.variants.items()],
        "acts": list(SHOWN_ACTS),
    }


def picture(bench: Workbench, scenarios: Mapping[str, Mapping[str, Any]], act: str = "leave") -> dict[str, Any]:
    """Baseline and up to three scenarios side by side: people per group who acted after as_of, paired differences."""
    if act not in ACTS:
        raise RequestError(f"unknown act {quoted(act)}; " + suggestion(act, SHOWN_ACTS, "see `fronde params`"))
    if len(scenarios) >= MOST_SERIES or BASELINE in scenarios:
        raise RequestError(f"{len(scenarios)} scenarios; expected at most {MOST_SERIES - 1}, none called {BASELINE}")
    found = {BASELINE: bench.baseline}
    found |= {name: bench.under(chosen, NAME.format(k)) for k, (name, chosen) in enumerate(scenarios.items())}
    grid = bench.problem.case.grid
    rows = [
        {**row, "scenario": name}
        for name, ensemble in found.items()
        if name != BASELINE
        for row in paired(bench.baseline, ensemble, grid)
    ]
    ends = {name: float(_future(bench, ensemble, act)[-1].sum(axis=0).mean()) for name, ensemble in found.items()}
    return {
        "run": bench.run,
        "runs": int(bench.posterior.z.shape[0]),
        "act": act,
        "headline": _headline(ends, act, grid.end),
        "fan": fan(bench, found, act).as_dict(),
        "differences": tables.differences("Difference from the baseline, run by run", rows).as_dict(),
        "rows": rows,
    }


def _future(bench: Workbench, ensemble: Ensemble, act: str) -> np.ndarray:
    """People who acted after as_of, cumulated: [T future, group, R]."""
    counts = ensemble.counts[bench.problem.case.grid.n_observed :, ACTS.index(act)]
    return np.cumsum(counts, axis=0, dtype=np.int64)


def fan(bench: Workbench, ensembles: Mapping[str, Ensemble], act: str) -> Chart:
    """Cumulative acts by group after as_of, scenario by colour and dash."""
    grid, elite = bench.problem.case.grid, bench.problem.case.elite
    dates = list(grid.labels[grid.n_observed + 1 :])
    paths = {name: _future(bench, ensemble, act) for name, ensemble in ensembles.items()}
    panels = [
        (
            title,
            {name: {"dates": dates, **bundle(path[:, g].astype(np.float64), axis=1)} for name, path in paths.items()},
        )
        for g, title in enumerate(elite.group_titles)
    ]
    words = f"people by group, {act.replace('_', ' ')}, from {grid.as_of} to {grid.end}"
    return fans.fan(words[0].upper() + words[1:], panels, f"{words}; median with 50 and 90% bands")


def _headline(ends: Mapping[str, float], act: str, end: date) -> str:
    parts = (f"{value:.1f} {name}" for name, value in ends.items())
    return f"Mean number of people, {act.replace('_', ' ')}, by {end}: {', '.join(parts)}"


def as_yaml(scenarios: Mapping[str, Mapping[str, Any]], bench: Workbench) -> str:
    """The settings as a `variants` block for case.yaml."""
    lines = ["variants:"]
    for k, (name, settings) in enumerate(scenarios.items()):
        if "variant" in settings:
            continue
        lines += [
            f"  {NAME.format(k)}:",
            f"    title: {json.dumps(name)}",
            "    asks: What do the levers do?",
            "    actions:",
        ]
        for action in actions_of(settings, bench.first, bench.problem.case.spec.end):
            inside = ", ".join(f"{key}: {value}" for key, value in action.items())
            lines.append(f"      - {{{inside}}}")
    return "\n".join(lines) + "\n"
