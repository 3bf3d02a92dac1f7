"""YAML 1.2 to plain values, every key and value with its line and column.

Only the node graph of ruamel.yaml is used: no object is ever constructed from a tag, dates stay text, and the
size of what aliases expand to is counted, so a small file cannot blow up.
"""

import math
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from fronde.scenario.problems import Problem, quoted, suggestion

MOST_NODES = 20_000  # values in a file, aliases expanded; a real case has some hundreds
DEEPEST = 32
TAG = "tag:yaml.org,2002:"
Location = tuple[str | int, ...]


class TooMuchError(Exception):
    """More values or deeper nesting than any case needs."""


class _CountingComposer(Composer):
    """Stops as soon as a file has more nodes, or nests deeper, than any case needs."""

    composed = 0
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self.composed += 1
        self.depth += 1
        if self.composed > MOST_NODES or self.depth > DEEPEST:
            raise TooMuchError
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


@dataclass
class Document:
    """Plain value of a YAML file, where its parts stand (line, column from 1), and what is wrong with it."""

    file: str
    value: Any = None
    places: dict[Location, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Location, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    nodes: int = 0

    def place(self, location: Location, key: bool = False) -> tuple[int, int]:
        """Line and column of a value (or of its key); of the innermost known parent if it has none."""
        if key and location in self.keys:
            return self.keys[location]
        while location and location not in self.places:
            location = location[:-1]
        return self.places.get(location, (1, 1))

    def add(self, place: tuple[int, int], found: str, expected: str, remedy: str) -> None:
        """Record a problem at a place."""
        self.problems.append(Problem(self.file, *place, found, expected, remedy))


def _mark(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _number(text: str, tag: str) -> int | float:
    plain = text.replace("_", "").lower()
    if tag == "float":
        return float(plain.replace(".inf", "inf").replace(".nan", "nan"))
    digits = plain.lstrip("+-")
    size = int(digits, 0) if digits[:2] in ("0x", "0o", "0b") else int(digits)
    return -size if plain.startswith("-") else size


def _scalar(node: ScalarNode, document: Document) -> Any:
    tag = str(node.tag)
    kind = tag.removeprefix(TAG)
    text = str(node.value)
    if kind in ("int", "float"):
        try:
            number = _number(text, kind)
        except (ValueError, OverflowError):
            number = math.nan
        if isinstance(number, float) and not math.isfinite(number):
            document.add(
                _mark(node), f"{quoted(text)} is not a finite number", "a number", "write the number in digits"
            )
            return None
        return number
    if kind == "bool":
        return text.lower() == "true"
    if kind == "null":
        return None
    if kind not in ("str", "timestamp", "value") or not tag.startswith(TAG):
        document.add(_mark(node), f"tag {quoted(tag)}", "plain YAML without tags", "remove the tag")
    return text


def _mapping(node: MappingNode, document: Document, location: Location, depth: int) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        place = _mark(key_node)
        key = str(key_node.value) if isinstance(key_node, ScalarNode) else None
        if key is None or str(key_node.tag) == TAG + "merge":
            document.add(place, "a key that is not a word", "a word as key", "write the key as plain text")
            continue
        if key in result:
            line, column = document.keys[(*location, key)]
            document.add(
                place,
                f"key {quoted(key)} a second time",
                f"each key once (first at {line}:{column})",
                "keep one of the two",
            )
            continue
        document.keys[(*location, key)] = place
        result[key] = _plain(value_node, document, (*location, key), depth + 1)
    return result


def _plain(node: Node, document: Document, location: Location, depth: int) -> Any:
    document.nodes += 1
    if document.nodes > MOST_NODES or depth > DEEPEST:
        raise TooMuchError
    document.places[location] = _mark(node)
    if isinstance(node, ScalarNode):
        return _scalar(node, document)
    legal = {TAG + "map", TAG + "seq"}
    if str(node.tag) not in legal:
        document.add(_mark(node), f"tag {quoted(str(node.tag))}", "plain YAML without tags", "remove the tag")
    if isinstance(node, MappingNode):
        return _mapping(node, document, location, depth)
    assert isinstance(node, SequenceNode)  # the only kind left; for the type checker
    return tuple(_plain(item, document, (*location, k), depth + 1) for k, item in enumerate(node.value))


def parse(text: str, name: str) -> Document:
    """Plain value of YAML text with positions; never raises, problems are in the document."""
    document = Document(name)
    yaml = YAML(typ="rt", pure=True)
    yaml.Composer = _CountingComposer
    try:
        node = yaml.compose(text)
        if node is not None:
            document.value = _plain(node, document, (), 0)
        if document.value is None and not document.problems:
            document.add((1, 1), "an empty file", "a case", "make one with `fronde new`")
    except (TooMuchError, RecursionError):
        document.add(
            (1, 1),
            "too many or too deeply nested values (aliases count in full)",
            f"at most {MOST_NODES} values, {DEEPEST} deep",
            "write the values out, drop anchors and aliases",
        )
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reason = str(error.problem or error.context or "unreadable").splitlines()[0]
        document.add(
            place, f"not YAML: {quoted(reason)}", "valid YAML 1.2", "check indentation, quotes and colons here"
        )
    except (YAMLError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        # The parser's own slips on hostile text must not reach the user as a traceback.
        reason = (str(error) or type(error).__name__).splitlines()[0]
        document.add((1, 1), f"not YAML: {quoted(reason)}", "valid YAML 1.2", "check the file")
    return document


def unknown_key(document: Document, location: Location, legal: tuple[str, ...]) -> None:
    """Record an unknown key with the nearest legal one."""
    key = str(location[-1])
    remedy = suggestion(key, legal, f"remove it; legal here: {', '.join(legal[:20])}")
    document.add(document.place(location, key=True), f"unknown key {quoted(key)}", "a key of the case format", remedy)
