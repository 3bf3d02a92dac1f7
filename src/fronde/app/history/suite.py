"""The tournament: every case forecast from the others, at every date, by us and by the baselines; then scored.

Each result is kept in a folder as soon as it is there, under a hash of what it rests on, so an interrupted run resumes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app.history import baselines, frail, ours
from fronde.app.history.moments import CASES, Moment, Stream, moments, seen, stream
from fronde.app.identity import code_hash
from fronde.app.store import write_file
from fronde.inference.pooling import BETWEEN, Lesson, pool
from fronde.mechanisms.registry import NAMES, PARAMS
from fronde.scenario.case import load_case

Floats = NDArray[np.float64]
KINDS = ("constant", "hawkes", "survival")
FRAIL = "frail survival"
FORECASTERS = ("fronde", FRAIL, "survival", "hawkes", "constant", "persistence")
Say = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How much work: particles and futures of each forecast, cases and their dates; particles of a whole record."""

    particles: int = 256
    futures: int = 4
    cases: tuple[str, ...] = CASES
    dates: int = 6
    teaching: int | None = None  # None: as many as for a forecast


FULL = Size(1024, 1, teaching=256)
REDUCED = Size(512, 1, ("gdr-1989", "philippines-1986", "usa-2021", "venezuela-2019", "yemen-2011"), 2, teaching=128)
MODEL = "joint-model.json"  # beside the shipped cases: what all of them taught, for `fronde score --frozen`


class Kept:
    """Documents on disk by name, each under a hash of what made it; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, size: Size) -> None:
        """The code and the sizes are part of every hash."""
        self.folder = folder
        own = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
        self.base = [code_hash(), sha256(b"".join(own)).hexdigest(), size.particles, size.futures, size.teaching]

    def get(self, name: str, basis: Any, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The document, made if it is not there or rests on something else."""
        key = sha256(json.dumps([*self.base, basis], sort_keys=True).encode()).hexdigest()
        path = self.folder / f"{name}.json" if self.folder else None
        if path is not None and path.is_file():
            try:
                found = json.loads(path.read_text(encoding="utf-8"))
                if found["key"] == key:
                    return dict(found["content"])
            except (ValueError, KeyError, TypeError):
                pass
        content = make()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, json.dumps({"key": key, "content": content}).encode())
        return content


def _plain(lesson: Lesson) -> dict[str, Any]:
    return {"mean": _nulls(lesson.mean), "variance": _nulls(lesson.variance)}


def _nulls(values: Floats) -> list[float | None]:
    return [None if not np.isfinite(value) else float(value) for value in values]


def as_lesson(plain: Mapping[str, Any]) -> Lesson:
    """A lesson from its plain form."""
    mean, variance = (np.array([np.nan if v is None else v for v in plain[key]]) for key in ("mean", "variance"))
    return Lesson(mean, variance, 1.0)


def _taught(name: str, particles: int) -> dict[str, Any]:
    return _plain(ours.teach(name, particles)[0])


def lessons(size: Size, kept: Kept, say: Say) -> dict[str, dict[str, dict[str, Any]]]:
    """By forecaster and case: what the case's whole record teaches (means and variances of z)."""
    found: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in ("fronde", FRAIL, *KINDS)}
    for name in size.cases:
        say(f"{name}: its whole record")
        found["fronde"][name] = kept.get(
            f"lesson-{name}", [name], partial(_taught, name, size.teaching or size.particles)
        )
        people = ours.traits(load_case(name))
        for kind in KINDS:
            found[kind][name] = _plain(baselines.lesson(kind, stream(name), people))
        found[FRAIL][name] = _plain(frail.lesson(stream(name), people))
    return found


def _others(taught: Mapping[str, Mapping[str, Any]], name: str) -> list[Lesson]:
    return [as_lesson(plain) for other, plain in taught.items() if other != name]


def _truth(record: Stream, moment: Moment) -> dict[str, Any]:
    last = moment.at + moment.horizons[-1]
    before = record.when <= moment.at + 1e-9
    inside = ~before & (record.when <= last + 1e-9)
    went = zip(record.actor[inside], record.when[inside], strict=True)
    return {
        "counts": [record.between(moment.at + 1e-9, moment.at + span + 1e-9) for span in moment.horizons],
        "who": sorted(record.actor[inside].tolist()),
        "at_risk": np.flatnonzero(~np.isin(np.arange(record.size), record.actor[before])).tolist(),
        "order": {str(actor): float(when) for actor, when in went},
        "already_fallen": bool(record.fell <= moment.at),
        "fell": [bool(moment.at < record.fell <= moment.at + span) for span in moment.horizons],
        "gone_before": int(before.sum()),
        "size": record.size,
    }


def _forecasts(
    name: str, moment: Moment, taught: Mapping[str, Mapping[str, Any]], size: Size, seed: int
) -> dict[str, dict[str, Any]]:
    """Counts over the horizons [draw][horizon], and each person's chance where a forecaster tells people apart."""
    known = seen(stream(name), moment.at)
    outlook = ours.forecast(name, moment, _others(taught["fronde"], name), size.particles, size.futures)
    people = ours.traits(load_case(name))
    spans, draws = moment.horizons, size.particles * size.futures  # as many for everybody: the log score smooths
    survived, chance = baselines.survival(known, people, spans, _others(taught["survival"], name), draws, seed)
    bunched, likely = frail.frail(known, people, spans, _others(taught[FRAIL], name), draws, seed)
    counts = {
        "fronde": outlook.counts,
        FRAIL: bunched,
        "hawkes": baselines.hawkes(known, spans, _others(taught["hawkes"], name), draws, seed),
        "survival": survived,
        "constant": baselines.constant(known, spans, _others(taught["constant"], name), draws, seed),
        "persistence": baselines.persistence(known, spans, draws, seed),
    }
    found: dict[str, dict[str, Any]] = {key: {"counts": value.astype(int).tolist()} for key, value in counts.items()}
    found["fronde"]["chance"] = outlook.chance.tolist()
    found["survival"]["chance"] = chance.tolist()
    found[FRAIL]["chance"] = likely.tolist()
    return found


def play(size: Size = FULL, folder: Path | None = None, say: Say = lambda _: None) -> tuple[list[dict[str, Any]], dict]:
    """Every forecast with what came, one row a case and date; and the lessons they rest on."""
    kept = Kept(folder, size)
    taught = lessons(size, kept, say)
    rows = []
    for name in size.cases:
        dates = moments(name)
        places = np.unique(np.linspace(0, len(dates) - 1, min(size.dates, len(dates))).round().astype(int))
        others = {kind: {k: v for k, v in found.items() if k != name} for kind, found in taught.items()}
        rests_on = sha256(json.dumps(others, sort_keys=True).encode()).hexdigest()
        for number, moment in enumerate([dates[k] for k in places]):
            label = f"{moment.as_of}{'-' + moment.hour.replace(':', '') if moment.hour else ''}"
            say(f"{name} on {label}")
            made = kept.get(
                f"forecast-{name}-{label}",
                [name, label, moment.horizons, rests_on],
                partial(_forecasts, name, moment, taught, size, 1000 + number),
            )
            row = {"case": name, "as_of": label, "horizons": list(moment.horizons), "forecasts": made}
            rows.append({**row, "truth": _truth(stream(name), moment)})
    return rows, taught


def joint(taught: Mapping[str, Mapping[str, Any]], draws: int = 128) -> dict[str, Any]:
    """What all cases taught, as a model that `fronde score --frozen` applies: draws for a case not among them.

    Parameters that no case may pass on (`own`) are drawn from the prior of each case.
    """
    common = np.array([param.scope == "common" for param in PARAMS])
    between = np.where(common, BETWEEN, 1.0)
    mean, sd = pool([as_lesson(plain) for plain in taught["fronde"].values()], between)
    z = mean + sd * np.random.default_rng(0).standard_normal((draws, mean.size))
    return {
        "format": "fronde-model-1",
        "name": f"joint posterior of {len(taught['fronde'])} cases of history",
        "made_by": "fronde validate --suite history --full --release",
        "parameters": list(NAMES),
        "own": [param.name for param in PARAMS if param.scope != "common"],
        "draws": np.round(z, 3).tolist(),
    }
