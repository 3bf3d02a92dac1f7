"""Posteriors that travel between cases: written by `fronde calibrate --posterior-to`, named under `pooling`.

A posterior file (JSON) holds mean and sd of z for each parameter with the prior that z refers to. A parameter whose
prior is not the same here, or that either case overrides, is passed over. A file that knows more than this case may
know (its as_of is later) is refused.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.domain.params import Param
from fronde.inference.pooling import BETWEEN, Lesson, pool
from fronde.scenario.case import Case, find_case
from fronde.scenario.model import Pooled, instant

FORMAT, FILE, LARGEST = "1", "posterior.json", 2**22  # bytes
Floats = NDArray[np.float64]


class PoolingError(ValueError):
    """A posterior of another case that cannot be used; the message says why and what to do."""


def prior_text(param: Param) -> str:
    """What z of this parameter refers to; equal texts mean equal scales."""
    return f"{param.prior} in {param.bounds}"


def lesson_document(case: Case, params: Sequence[Param], z: Floats, hashes: Mapping[str, str]) -> dict[str, Any]:
    """Mean and sd of z [N, K] as a document that another case can name; overridden parameters are left out.

    z is put back on the scale before pooling, so that what was borrowed shows as borrowed only once: the file says
    which cases it leaned on.
    """
    rows = []
    for k, param in enumerate(params):
        if param.source == "case":
            continue
        m, s = param.pooled
        found = m + s * z[:, k]
        row = {"name": param.name, "prior": prior_text(param), "mean": float(found.mean()), "sd": float(found.std())}
        rows.append({**row, "scope": param.scope})
    return {
        "format": FORMAT,
        "case": case.name,
        "as_of": case.spec.moment,
        "leaned_on": [item.case for item in case.spec.pooling],
        "particles": int(z.shape[0]),
        **hashes,
        "interval": "mean and sd of z, the standard normal coordinate of the prior",
        "parameters": rows,
    }


def _place(case: Case, item: Pooled) -> Path:
    if item.file:
        return case.folder / item.file
    return find_case(item.case) / FILE


def read_lesson(path: Path, params: Sequence[Param], power: float, as_of: date | str, name: str) -> Lesson:
    """The posterior in a file, as far as it speaks of these parameters. Raises PoolingError."""
    try:
        if path.stat().st_size > LARGEST:
            raise PoolingError(f"{path} is larger than {LARGEST // 2**20} MB; this is no posterior file")
        found = json.loads(path.read_text(encoding="utf-8"))
        known = str(found["as_of"])
        later = instant(known) > instant(as_of)
        rows = {str(row["name"]): row for row in found["parameters"]}
        numbers = {key: (float(row["mean"]), float(row["sd"]), str(row["prior"])) for key, row in rows.items()}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        if isinstance(error, PoolingError):
            raise
        remedy = f"make it with `fronde calibrate {name} --posterior-to {path.name}`"
        raise PoolingError(f"the posterior of {name}, {path}, cannot be read ({error}); {remedy}") from None
    if later:
        raise PoolingError(
            f"the posterior of {name} knows what was known on {known}, this case is asked as of {as_of}; "
            f"make it again with `fronde calibrate {name} --as-of {as_of} --posterior-to {path.name}`"
        )
    if found.get("leaned_on"):
        raise PoolingError(
            f"the posterior of {name} leans on {', '.join(map(str, found['leaned_on']))} itself; "
            "evidence would count twice: pool cases that were calibrated on their own"
        )
    mean, sd = np.full(len(params), np.nan), np.full(len(params), np.nan)
    for k, param in enumerate(params):
        if param.name in numbers and param.source != "case" and numbers[param.name][2] == prior_text(param):
            mean[k], sd[k] = numbers[param.name][:2]
    return Lesson(mean, np.square(sd), power)


def pooled_hashes(case: Case) -> list[str]:
    """SHA-256 [hex] of each posterior file that the case leans on; empty where a file is missing."""
    places = [_place(case, item) for item in case.spec.pooling]
    return [hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "" for path in places]


def pooled_params(case: Case, params: tuple[Param, ...]) -> tuple[Param, ...]:
    """The case's parameters with priors that lean on the cases named under `pooling`; unchanged if there are none."""
    if not case.spec.pooling:
        return params
    lessons = [
        read_lesson(_place(case, item), params, item.power, case.spec.moment, item.case) for item in case.spec.pooling
    ]
    return lean(params, lessons)


def lean(params: tuple[Param, ...], lessons: Sequence[Lesson], common: float = BETWEEN) -> tuple[Param, ...]:
    """Parameters whose priors lean on lessons; `common` is the between-case share of common parameters."""
    between = np.array([common if param.scope == "common" and param.source != "case" else 1.0 for param in params])
    mean, sd = pool(lessons, between)
    return tuple(replace(param, pooled=(float(mean[k]), float(sd[k]))) for k, param in enumerate(params))
