"""case.yaml to a checked CaseSpec, with file:line:column for every mistake and all mistakes at once."""

import re
import typing
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import ErrorDetails

from fronde.domain.params import Param
from fronde.scenario.cells import NUMBER
from fronde.scenario.files import LARGEST_YAML, decode, read_bytes
from fronde.scenario.model import Block, CaseSpec, Name, Variant
from fronde.scenario.positions import Document, Location, parse, unknown_key
from fronde.scenario.problems import CaseError, Problem, capped, quoted, suggestion
from fronde.scenario.rules import faults, variant_faults

CASE_FILE = "case.yaml"


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """All models that a field's annotation mentions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in typing.get_args(annotation) for model in _models_in(part)]


def legal_keys(location: Location) -> tuple[str, ...]:
    """Keys that the block at a pydantic error location may have."""
    models: list[type[BaseModel]] = [CaseSpec]
    for part in location:
        inner = [
            m
            for model in models
            if part in model.model_fields
            for m in _models_in(model.model_fields[str(part)].annotation)
        ]
        tagged = [
            model for model in models if any(part in typing.get_args(f.annotation) for f in model.model_fields.values())
        ]
        models = inner or tagged or models
    return tuple(dict.fromkeys(name for model in models for name in model.model_fields))


def _in_file(document: Document, location: Location) -> Location:
    """An error location without the union tags that pydantic puts in and the file does not have."""
    kept: Location = ()
    for part in location:
        if part == "[key]":
            break
        if (*kept, part) in document.places:
            kept = (*kept, part)
    return kept


_EXPECTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "string_type": "text",
    "bool_type": "true or false",
    "dict_type": "a block of `key: value` lines",
    "model_type": "a block of `key: value` lines",
    "model_attributes_type": "a block of `key: value` lines",
    "tuple_type": "a list",
    "finite_number": "a finite number",
}


def _expectation(error: ErrorDetails) -> tuple[str, str]:
    """What was expected and what to do, in plain words."""
    kind, context = error["type"], error.get("ctx", {})
    value = error["input"]
    if kind in ("literal_error", "union_tag_invalid"):
        listed = str(context.get("expected") or context.get("expected_tags"))
        legal = re.findall(r"'([^']*)'", listed)
        word = str(context.get("tag", value))
        return f"one of {', '.join(legal)}", suggestion(word, legal, "choose one of these")
    if kind == "value_error":
        return str(context.get("error")), "write it in that form"
    if kind in _EXPECTED:
        if isinstance(value, str) and "number" in _EXPECTED[kind]:
            return _EXPECTED[kind], "remove the quotes" if NUMBER.fullmatch(value) else "write it in digits"
        return _EXPECTED[kind], "change the value"
    if kind == "too_short":
        return "at least one", "add one or remove the key"
    if kind == "string_pattern_mismatch":
        return "lower-case letters, digits and _, beginning with a letter", "rename it"
    message = error["msg"].removeprefix("Input should be ").removeprefix("Value should ")
    return message, "change the value"


def _report(document: Document, error: ErrorDetails) -> None:
    """One pydantic error as a problem with its place in the file."""
    location = error["loc"]
    inside = _in_file(document, location)
    if error["type"] == "extra_forbidden":
        unknown_key(document, inside, legal_keys(location[:-1]))
        return
    if error["type"] in ("missing", "union_tag_not_found"):
        key = str(location[-1]) if error["type"] == "missing" else str(error["ctx"]["discriminator"]).strip("'")
        where = quoted(".".join(str(part) for part in inside)) if inside else "the file"
        document.add(document.place(inside, key=True), f"{where} has no `{key}`", f"a key `{key}`", f"add `{key}: ...`")
        return
    expected, remedy = _expectation(error)
    is_key = "[key]" in location
    value = location[location.index("[key]") - 1] if is_key else error["input"]
    if error["type"] == "union_tag_invalid":
        inside = (*inside, str(error["ctx"]["discriminator"]).strip("'"))
        value = error["ctx"]["tag"]
    if is_key:
        inside = (*_in_file(document, location[: location.index("[key]") - 1]), value)
    shown = "a block or list" if isinstance(value, dict | tuple) else quoted(value)
    words = [part for part in inside if isinstance(part, str)]
    verb = "is" if inside and inside[-1] == words[-1] else "holds"
    name = f"key {shown}" if is_key else f"`{words[-1]}` {verb} {shown}" if words else shown
    document.add(document.place(inside, key=is_key), name, expected, remedy)


def _follows(error: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Whether a list is only too short because of mistakes inside it."""
    where = error["loc"]
    return error["type"] == "too_short" and any(
        other is not error and other["loc"][: len(where)] == where for other in errors
    )


def read_text(
    text: str, name: str = CASE_FILE, parameters: Mapping[str, Param] | None = None
) -> tuple[CaseSpec | None, list[Problem]]:
    """Check the text of a case file. `parameters` are the model's, by name, to check overrides against."""
    document = parse(text, name)
    spec = None
    if document.value is not None:
        try:
            spec = CaseSpec.model_validate(document.value)
        except ValidationError as error:
            details = error.errors(include_url=False)
            for detail in details:
                if not _follows(detail, details):
                    _report(document, detail)
        for fault in faults(document.value, parameters):
            document.add(document.place(fault.location, key=fault.at_key), fault.found, fault.expected, fault.remedy)
    problems = capped(sorted(set(document.problems)))
    return (None if problems else spec), problems


class _Variants(Block):
    """The `variants` block alone, as an editor holds it."""

    variants: dict[Name, Variant] = Field(min_length=1)


def read_variants(text: str, name: str, as_of: date, horizon: int) -> tuple[dict[str, Variant], list[Problem]]:
    """Check a `variants` block by itself for a forecast of `horizon` days from as_of; empty if there are problems."""
    document = parse(text, name)
    found: dict[str, Variant] = {}
    if document.value is not None:
        try:
            found = _Variants.model_validate(document.value).variants
        except ValidationError as error:
            details = error.errors(include_url=False)
            for detail in details:
                if not _follows(detail, details):
                    _report(document, detail)
        for fault in variant_faults(document.value, as_of, horizon):
            document.add(document.place(fault.location, key=fault.at_key), fault.found, fault.expected, fault.remedy)
    problems = capped(sorted(set(document.problems)))
    return ({} if problems else found), problems


def read_spec(
    folder: Path, parameters: Mapping[str, Param] | None = None
) -> tuple[CaseSpec | None, list[Problem], bytes]:
    """Check the case file of a folder: the spec (None if there are problems), the problems, the raw bytes."""
    try:
        content = read_bytes(folder, CASE_FILE, LARGEST_YAML)
        text = decode(content, CASE_FILE)
    except CaseError as error:
        return None, list(error.problems), b""
    spec, problems = read_text(text, CASE_FILE, parameters)
    return spec, problems, content
