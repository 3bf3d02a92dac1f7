"""From what a user asked for to a case and its evidence as known on a date; nothing is written here."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from fronde.domain.params import Param
from fronde.engine.run import default_threads
from fronde.evidence.pack import Pack, read_pack
from fronde.mechanisms.registry import PARAMS
from fronde.scenario.case import Case, load_case
from fronde.scenario.model import CaseSpec, Override, Question, Variant, parse_duration, parse_moment
from fronde.scenario.problems import CaseError, quoted, suggestion

BY_NAME = {param.name: param for param in PARAMS}
MOST_THREADS = 1024
SET_BY_HAND = "set by hand for this run"


class RequestError(ValueError):
    """A request that cannot be met as it was made: the message says what was found, expected, and what to do."""


@dataclass(frozen=True)
class Opened:
    """A case with its evidence, cut to what its window can answer. left_out: id -> why, of questions and variants."""

    given: str
    case: Case
    pack: Pack
    left_out: Mapping[str, str]
    assigned: Mapping[str, float]


def moment_of(value: str | date | None) -> tuple[date | None, str | None]:
    """The day, and the hour where one is given, of a date, a datetime or their ISO forms."""
    try:
        found = None if value is None else parse_moment(value)
    except ValueError as error:
        raise RequestError(f"the as-of date is {quoted(value)}; expected {error}") from None
    return (found.date(), f"{found:%H:%M}") if isinstance(found, datetime) else (found, None)


def days_of(value: str | int | None) -> int | None:
    """A number of days, or a duration such as `26w`."""
    try:
        return value if value is None or isinstance(value, int) else parse_duration(value)
    except ValueError as error:
        raise RequestError(f"the horizon is {quoted(value)}; expected {error}") from None


def threads_of(value: int | None) -> int:
    """The number of threads asked for, that of FRONDE_THREADS, or one per core."""
    if value is not None:
        if not 1 <= value <= MOST_THREADS:
            raise RequestError(f"threads is {value}; expected 1 to {MOST_THREADS}")
        return value
    named = os.environ.get("FRONDE_THREADS")
    if named and not (named.isdecimal() and 1 <= int(named) <= MOST_THREADS):
        raise RequestError(f"FRONDE_THREADS is {quoted(named)}; expected a whole number from 1 to {MOST_THREADS}")
    return default_threads()


def _late(item: Question, spec: CaseSpec) -> str | None:
    if item.by <= spec.as_of:
        return f"it is decided by {item.by}, not after the as-of date {spec.as_of}"
    return f"it is decided by {item.by}, after the horizon ends on {spec.end}" if item.by > spec.end else None


def _outside(item: Variant, spec: CaseSpec) -> str | None:
    for action in item.actions:
        if action.at <= spec.as_of:
            return f"it acts on {action.at}, not after the as-of date {spec.as_of}"
        if action.at > spec.end:
            return f"it acts on {action.at}, after the horizon ends on {spec.end}"
    return None


def cut(case: Case) -> tuple[Case, dict[str, str]]:
    """The case without questions and variants that its window cannot answer, and why they went."""
    spec = case.spec
    questions = {item.id: _late(item, spec) for item in spec.questions}
    variants = {name: _outside(item, spec) for name, item in spec.variants.items()}
    left_out = {f"question {name}": why for name, why in questions.items() if why}
    left_out |= {f"variant {name}": why for name, why in variants.items() if why}
    kept = {
        "questions": tuple(item for item in spec.questions if not questions[item.id]),
        "variants": {name: item for name, item in spec.variants.items() if not variants[name]},
    }
    return replace(case, spec=spec.model_copy(update=kept)), left_out


def _checked(name: str, value: float) -> Param:
    """The parameter, if it exists and may take this value."""
    if name not in BY_NAME:
        raise RequestError(
            f"unknown parameter {quoted(name)}; " + suggestion(name, BY_NAME, "`fronde params` lists them")
        )
    low, high = BY_NAME[name].bounds
    if not low <= value <= high:
        raise RequestError(f"{name} is {value:g}; expected {low:g} to {high:g} [{BY_NAME[name].unit}]")
    return BY_NAME[name]


def assign(case: Case, values: Mapping[str, float]) -> Case:
    """The case with parameters fixed by hand."""
    given = {_checked(name, value).name: Override(value=value, sd=None, because=SET_BY_HAND)
             for name, value in values.items()}  # fmt: skip
    return replace(case, spec=case.spec.model_copy(update={"params": {**case.spec.params, **given}}))


def _load(name_or_path: str | Path, as_of: date | None, hour: str | None, horizon: int | None) -> Case:
    """The case at a moment; where only that moment or horizon does not fit, the request is to blame, not the case."""
    try:
        case = load_case(name_or_path, as_of, horizon=horizon, time=hour)
    except CaseError as error:
        if as_of is None and horizon is None:
            raise
        load_case(name_or_path)
        found = "; ".join(f"{item.found}; expected {item.expected}; {item.remedy}" for item in error.problems)
        raise RequestError(found) from None
    if hour is not None and not case.grid.hourly:
        raise RequestError(
            f"the as-of date has an hour, {hour}, but {case.name} runs in days; expected a date; leave out T{hour}"
        )
    return case


def open_case(
    name_or_path: str | Path,
    as_of: str | date | None = None,
    horizon: str | int | None = None,
    assigned: Mapping[str, float] | None = None,
) -> Opened:
    """Read a case and its evidence as known on a date.

    Raises RequestError for a request that makes no sense, CaseError or PackError with all problems of the files.
    """
    values = dict(assigned or {})
    case, left_out = cut(assign(_load(name_or_path, *moment_of(as_of), days_of(horizon)), values))
    return Opened(
        str(name_or_path),
        case,
        read_pack(case.folder / "evidence", case.spec.as_of, case.spec.as_of_time),
        left_out,
        values,
    )


def require_variant(opened: Opened, name: str) -> str:
    """The name of a variant that can be simulated."""
    variants = opened.case.spec.variants
    if name in variants:
        return name
    if f"variant {name}" in opened.left_out:
        raise RequestError(f"variant `{name}` cannot be simulated: {opened.left_out[f'variant {name}']}")
    remedy = suggestion(name, variants, f"the case has {', '.join(variants) or 'none'}")
    raise RequestError(f"unknown variant {quoted(name)} of {opened.case.name}; {remedy}")
