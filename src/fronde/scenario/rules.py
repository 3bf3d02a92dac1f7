"""How the values of a case must fit together: sums, order of dates, references.

Works on plain values, even where some of them are wrong, so that all mistakes are reported at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fronde.domain.params import Param
from fronde.scenario.fields import ATTRIBUTE, TIE_KINDS, Attribute
from fronde.scenario.model import day_part, parse_date, parse_duration, parse_step, parse_time
from fronde.scenario.positions import Location
from fronde.scenario.problems import quoted, suggestion

SUM_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Fault:
    """A value that does not fit the others."""

    location: Location
    found: str
    expected: str
    remedy: str
    at_key: bool = False


def _block(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _day(value: Any) -> date | None:
    try:
        return parse_date(value)
    except ValueError:
        return None


def _days(value: Any) -> int | None:
    try:
        return parse_duration(value)
    except ValueError:
        return None


def _step(value: Any) -> int | float | None:
    try:
        return parse_step(value)
    except ValueError:
        return None


def _day_part(case: dict[str, Any], name: str, default: float) -> float:
    value = case.get(name)
    try:
        return default if value is None else day_part(parse_time(value))
    except ValueError:
        return default


def _end(case: dict[str, Any]) -> date | None:
    as_of, horizon = _day(case.get("as_of")), _days(case.get("horizon"))
    if as_of is None or horizon is None:
        return None
    try:
        return as_of + timedelta(days=horizon)
    except OverflowError:
        return None


def _clock(case: dict[str, Any]) -> Iterator[Fault]:
    onset, as_of = _day(case.get("onset")), _day(case.get("as_of"))
    step, horizon = _step(case.get("step")), _days(case.get("horizon"))
    hourly = step is not None and step < 1
    if onset and as_of and (onset > as_of if hourly else onset >= as_of):
        yield Fault(("as_of",), f"`as_of` is {as_of}", f"a day after the onset {onset}", "move `as_of` or `onset`")
    elif hourly and onset == as_of and _day_part(case, "onset_time", 0.0) >= _day_part(case, "as_of_time", 1.0):
        yield Fault(("as_of_time",), "`as_of_time` before the onset", "a later hour", "move `as_of_time`")
    for name in ("onset_time", "as_of_time"):
        if case.get(name) is not None and step is not None and not hourly:
            yield Fault((name,), f"`{name}` with a step of {step} days", "a step in hours", "use `step: 1 hour`")
    if step and horizon and not hourly and horizon % step:
        yield Fault(
            ("step",),
            f"a step of {step} days",
            f"a divisor of the horizon of {horizon} days",
            "use 1 day or 7 days, or change the horizon",
        )


def _shares(case: dict[str, Any]) -> Iterator[Fault]:
    groups = _block(case.get("groups"))
    for name in ("weight", "coercion"):
        values = [_number(_block(group).get(name)) for group in groups.values()]
        known = [value for value in values if value is not None]
        if groups and len(known) == len(values) and abs(sum(known) - 1.0) > SUM_TOLERANCE:
            yield Fault(
                ("groups",),
                f"`{name}` of all groups sums to {sum(known):.6g}",
                "a sum of 1",
                f"change the groups' `{name}` so that they sum to 1",
                at_key=True,
            )


def _range_text(attribute: Attribute) -> str:
    high = "" if attribute.high > 1e300 else f" and at most {attribute.high:g}"
    return f"at least {attribute.low:g}{high} [{attribute.unit}]"


def _distributions(case: dict[str, Any]) -> Iterator[Fault]:
    for group, block in _block(case.get("groups")).items():
        given = _block(_block(block).get("attributes"))
        here: Location = ("groups", group, "attributes")
        for name in ATTRIBUTE:
            if isinstance(_block(block).get("attributes"), dict) and name not in given:
                yield Fault(here, f"no distribution of `{name}`", "one for every attribute", f"add `{name}: ...`", True)
        for name, dist in given.items():
            attribute, dist = ATTRIBUTE.get(name), _block(dist)
            for key in ("value", "low", "high", "mean", "median"):
                value = _number(dist.get(key))
                if attribute and value is not None and not attribute.low <= value <= attribute.high:
                    yield Fault(
                        (*here, name, key), f"`{name}` has {key} {value:g}", _range_text(attribute), "change the value"
                    )
            low, high = _number(dist.get("low")), _number(dist.get("high"))
            if low is not None and high is not None and low > high:
                yield Fault((*here, name, "low"), f"low {low:g} above high {high:g}", "low below high", "swap them")


def _ties(case: dict[str, Any]) -> Iterator[Fault]:
    multipliers = _block(case.get("ties")).get("multipliers")
    for kind in TIE_KINDS:
        if isinstance(multipliers, dict) and kind not in multipliers:
            yield Fault(
                ("ties", "multipliers"),
                f"no multiplier for `{kind}`",
                "one for every kind",
                f"add `{kind}: 1.0`",
                at_key=True,
            )


def _between(case: dict[str, Any], value: Any, location: Location, what: str) -> Iterator[Fault]:
    """A day of the forecast: after as_of, not after the horizon."""
    day, as_of, end = _day(value), _day(case.get("as_of")), _end(case)
    if day and as_of and day <= as_of:
        yield Fault(location, f"{what} on {day}", f"a day after as_of {as_of}", "choose a later day")
    elif day and end and day > end:
        yield Fault(
            location,
            f"{what} on {day}",
            f"a day up to the horizon's end {end}",
            "choose an earlier day or lengthen the horizon",
        )


def _variants(case: dict[str, Any]) -> Iterator[Fault]:
    for name, variant in _block(case.get("variants")).items():
        for k, action in enumerate(_items(_block(variant).get("actions"))):
            location = ("variants", name, "actions", k, "at")
            yield from _between(case, _block(action).get("at"), location, "an action")


def variant_faults(block: Any, as_of: date, horizon: int) -> Iterator[Fault]:
    """What is wrong with the days of a `variants` block that stands alone, for a forecast of `horizon` days."""
    case = {**_block(block), "as_of": as_of.isoformat(), "horizon": f"{horizon} days"}
    yield from _variants(case)


def _questions(case: dict[str, Any]) -> Iterator[Fault]:
    groups, seen = _block(case.get("groups")), set()
    for k, question in enumerate(_items(case.get("questions"))):
        question, here = _block(question), ("questions", k)
        yield from _between(case, question.get("by"), (*here, "by"), "a question resolves")
        name = str(question.get("id"))
        if name in seen:
            yield Fault((*here, "id"), f"question {quoted(name)} a second time", "each id once", "rename one")
        seen.add(name)
        asked = question.get("groups", ())
        for j, group in enumerate(asked if isinstance(asked, tuple) else (asked,)):
            if isinstance(group, str) and group not in groups:
                place = (*here, "groups", j) if isinstance(asked, tuple) else (*here, "groups")
                yield Fault(
                    place,
                    f"unknown group {quoted(group)}",
                    "a group of this case",
                    suggestion(group, groups, f"one of {', '.join(list(groups)[:12])}"),
                )
        if bool(question.get("event")) == bool(question.get("act")):
            yield Fault(
                here,
                f"question {quoted(name)} needs one of `event` and `act`",
                "exactly one of them",
                "keep the one it is about",
            )
        elif question.get("act") and question.get("at_least") is None:
            yield Fault(
                here,
                f"question {quoted(name)} has no `at_least`",
                "the number of acts that makes it true",
                "add `at_least: 1`",
            )
        elif question.get("event") and (question.get("at_least") is not None or asked):
            yield Fault(
                here,
                f"question {quoted(name)} on an event has `groups` or `at_least`",
                "these only beside `act`",
                "remove them",
            )


def _parameters(case: dict[str, Any], parameters: Mapping[str, Param]) -> Iterator[Fault]:
    for name, block in _block(case.get("params")).items():
        declared, value = parameters.get(name), _number(_block(block).get("value"))
        if declared is None:
            yield Fault(
                ("params", name),
                f"unknown parameter {quoted(name)}",
                "a parameter of the model",
                suggestion(name, parameters, "see `fronde params`"),
                at_key=True,
            )
        elif value is not None and not declared.bounds[0] <= value <= declared.bounds[1]:
            low, high = declared.bounds
            yield Fault(
                ("params", name, "value"),
                f"`{name}` is {value:g}",
                f"{low:g} to {high:g} [{declared.unit}]",
                "change the value",
            )


def faults(case: Any, parameters: Mapping[str, Param] | None = None) -> Iterator[Fault]:
    """Everything that does not fit together in a case's plain value. parameters None: overrides unchecked."""
    case = _block(case)
    for rule in (_clock, _shares, _distributions, _ties, _variants, _questions):
        yield from rule(case)
    if parameters is not None:
        yield from _parameters(case, parameters)
