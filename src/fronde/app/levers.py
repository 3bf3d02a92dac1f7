"""Levers on a calibrated run: settings become dated interventions, the posterior is continued under them at once.

Each setting is a variant of the case like any other (`case.yaml` can hold it), simulated from a part of the posterior
with the particles, histories and luck of the baseline, so that differences are paired. Levels and shocks have the
bounds and units that `scenario.model` states.
"""

import json
from collections.abc import Mapping, Sequence
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
from fronde.report.words import act_title, short_date
from fronde.scenario.fields import ACTIONS
from fronde.scenario.model import Levelled, Shock, Variant
from fronde.scenario.problems import CaseError, quoted, suggestion
from fronde.scenario.problems import Problem as Mistake
from fronde.scenario.read import read_variants

RUNS = 64  # particles of a picture that follows the hand
FULL = 1024  # particles once it rests, where the posterior has as many
YAML_FILE = "variants.yaml"
REPRESSION = "repression"
CRACKDOWN_LENGTH = 365.25  # days over which a rate of crackdowns is counted
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


def _of_case(name: str, title: str, neutral: float, step: float, text: str) -> Lever:
    needs = ACTIONS[name] or ""
    low, high, unit = _bounds(Shock if name == "battlefield" else Levelled, needs)
    return Lever(name, title, "times today's" if unit == "1" else unit, low, high, neutral, step, text)


LEVERS = (
    _of_case("sanctions", "Sanctions", 1.0, 0.05, "0 lifts them, 1 leaves them as they are, 2 doubles their reach"),
    _of_case("refusals", "Refused resignations", 1.0, 0.05, "0 lets everybody go who wants to, 2 doubles the refusals"),
    _of_case("battlefield", "Fortunes of war", 0.0, 0.1, "a sudden change at the front; success is positive"),
    Lever(
        REPRESSION, "Repression", "crackdowns a year", 0.0, 12.0, 0.0, 0.5,
        "imposed at even intervals from that day; each adds its jump, about 0.2 of full repression, and wears off "
        "over months; 0 leaves it to the leader",
    ),
)  # fmt: skip
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
        if name == REPRESSION:
            actions += [{"kind": "crackdown", "at": at} for at in crackdowns(float(value), day, latest)]
        elif value != lever.neutral:
            actions.append({"kind": name, "at": day, str(ACTIONS[name]): float(value)})
    for option in settings.get("options") or ():
        if option not in OPTIONS:
            raise RequestError(f"unknown option {quoted(option)}; expected one of {', '.join(OPTIONS)}")
        actions.append({"kind": option, "at": day})
    return actions


def crackdowns(rate: float, first: date, last: date) -> list[date]:
    """Days of crackdowns at `rate` a year, evenly from the first day on; none at a rate of 0."""
    if rate <= 0.0:
        return []
    every = CRACKDOWN_LENGTH / rate
    return [first + timedelta(days=round(k * every)) for k in range(int((last - first).days / every) + 1)]


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
    def runs(self) -> int:
        """Particles, one future each."""
        return int(self.posterior.z.shape[0])

    @property
    def first(self) -> date:
        """First day on which something can be imposed."""
        return self.problem.case.spec.as_of + timedelta(days=1)

    @cached_property
    def baseline(self) -> Ensemble:
        """The forecast itself, one future per particle."""
        return continued(self.problem, self.posterior, 1, None, self.threads)

    @cached_property
    def quick(self) -> "Workbench":
        """The same with RUNS particles, for pictures that follow the hand."""
        return self if self.runs <= RUNS else replace(self, posterior=thinned(self.posterior, RUNS)[0])

    def under(self, settings: Mapping[str, Any], name: str = NAME.format(0)) -> Ensemble:
        """The same runs under a scenario: levers set, {variant: name} of the case, or {yaml: text} of a variant."""
        spec = self.problem.case.spec
        if "variant" in settings:
            if settings["variant"] not in spec.variants:
                raise RequestError(f"unknown variant {quoted(settings['variant'])} of {self.problem.case.name}")
            return continued(self.problem, self.posterior, 1, str(settings["variant"]), self.threads)
        if "yaml" in settings:
            return self._with(name, variant_of(str(settings["yaml"]), self))
        actions = actions_of(settings, self.first, spec.end)
        if not actions:
            return self.baseline
        try:
            variant = Variant.model_validate({"title": name, "asks": "what the levers do", "actions": tuple(actions)})
        except ValidationError as error:
            raise RequestError(f"the levers cannot be set: {error.errors()[0]['msg']}") from None
        return self._with(name, variant)

    def _with(self, name: str, variant: Variant) -> Ensemble:
        spec = self.problem.case.spec
        case = replace(self.problem.case, spec=spec.model_copy(update={"variants": {**spec.variants, name: variant}}))
        return continued(replace(self.problem, case=case), self.posterior, 1, name, self.threads)


def variant_of(text: str, bench: Workbench) -> Variant:
    """The one variant of a `variants` block as an editor holds it.

    Raises CaseError with file, line and column of every mistake.
    """
    spec = bench.problem.case.spec
    found, problems = read_variants(text, YAML_FILE, spec.as_of, spec.horizon)
    if problems:
        raise CaseError(problems)
    if len(found) != 1:
        many = Mistake(YAML_FILE, 1, 1, f"{len(found)} variants", "one variant for a scenario", "keep one of them")
        raise CaseError([many])
    return next(iter(found.values()))


def check(text: str, bench: Workbench) -> dict[str, Any]:
    """What a variant as text says, or every mistake in it with its place."""
    try:
        found = variant_of(text, bench)
    except CaseError as error:
        keys = ("line", "column", "found", "expected", "remedy")
        rows = [{key: getattr(problem, key) for key in keys} for problem in error.problems]
        return {"title": None, "asks": None, "actions": 0, "problems": rows}
    return {"title": found.title, "asks": found.asks, "actions": len(found.actions), "problems": []}


def workbench(folder: Path, runs: int = FULL, threads: int = 1) -> Workbench:
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
        "runs": bench.runs,
        "quick": bench.quick.runs,
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
        "runs": bench.runs,
        "act": act,
        "headline": _headline(ends, act, grid.end),
        "fan": fan(bench, found, act).as_dict(fans.FIELDS),
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
    title = f"{act_title(act)}: people by group, {short_date(grid.as_of)} to {short_date(grid.end)}"
    return fans.fan(title, panels, f"{title}; median with 50 and 90% bands")


def _headline(ends: Mapping[str, float], act: str, end: date) -> str:
    parts = [f"{value:.1f} {'in the baseline' if name == BASELINE else f'in {name}'}" for name, value in ends.items()]
    return f"{act_title(act)}, people on average by {short_date(end)}: {', '.join(parts)}."


def as_yaml(scenarios: Mapping[str, Mapping[str, Any]], bench: Workbench) -> str:
    """The scenarios as a `variants` block for case.yaml."""
    spec = bench.problem.case.spec
    lines = ["variants:"]
    for k, (name, settings) in enumerate(scenarios.items()):
        if "yaml" in settings:
            lines += [line for line in str(settings["yaml"]).splitlines() if line.rstrip() != "variants:"]
        elif "variant" in settings:
            own = spec.variants[settings["variant"]]
            actions = [action.model_dump(exclude_defaults=True) for action in own.actions]
            lines += _as_block(settings["variant"], own.title, own.asks, actions)
        else:
            asks = "What do the levers do?"
            lines += _as_block(NAME.format(k), name, asks, actions_of(settings, bench.first, spec.end))
    return "\n".join(lines) + "\n"


def _as_block(key: str, title: str, asks: str, actions: Sequence[Mapping[str, Any]]) -> list[str]:
    inside = (", ".join(f"{name}: {_scalar(value)}" for name, value in action.items()) for action in actions)
    return [
        f"  {key}:",
        f"    title: {json.dumps(title, ensure_ascii=False)}",
        f"    asks: {json.dumps(asks, ensure_ascii=False)}",
        "    actions:",
        *(f"      - {{{words}}}" for words in inside),
    ]


def _scalar(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) and not value.isidentifier() else str(value)
