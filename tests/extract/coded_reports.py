"""Reads the reports coded by hand (`coded/README.md`); every coded span must be in its text."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class CodedAttribution:
    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True)
class CodedClaim:
    words: str
    spans: Spans
    event_class: str
    polarity: str
    modality: str
    chain: tuple[str, ...]
    count: tuple[str, float | None, float | None] | None
    dates: tuple[date, date] | None
    probability: tuple[float, float] | None
    outlet: str


@dataclass(frozen=True)
class CodedReport:
    id: str
    style: str
    outlet: str
    published: date
    text: str
    attributions: tuple[CodedAttribution, ...]
    claims: tuple[CodedClaim, ...]
    boilerplate: Spans


def read_coded(path: Path) -> list[CodedReport]:
    """All reports of one file."""
    parts = path.read_text(encoding="utf-8").split("\n===")
    return [_report(part.strip("\n")) for part in parts if part.strip()]


def _report(part: str) -> CodedReport:
    head, _, rest = part.partition("\n")
    name, style, outlet, day = (cell.strip() for cell in head.lstrip("# ").split("|"))
    text, _, coding = rest.partition("\n---\n")
    attributions, claims, boilerplate = [], [], []
    for line in coding.splitlines():
        kind, cells = line[:2], [cell.strip() for cell in line[2:].split(" | ")]
        if kind == "A ":
            if line.startswith("A | "):
                cells = ["", *cells[1:]] if cells[0] == "|" or not cells[0] else ["", cells[0].lstrip("| "), *cells[1:]]
            attributions.append(_attribution(text, name, cells))
        elif kind == "C ":
            claims.append(_claim(text, name, outlet, cells))
        elif kind == "B ":
            boilerplate.append(_find(text, cells[0], name))
        elif line.strip():
            raise ValueError(f"{name}: {line}")
    return CodedReport(
        name, style, outlet, date.fromisoformat(day), text, tuple(attributions), tuple(claims), tuple(boilerplate)
    )


def _find(text: str, words: str, where: str, near: int | None = None) -> tuple[int, int]:
    first, shortened, last = words.partition(" ... ")
    found = []
    start = text.find(first)
    while start >= 0:
        end = start + len(first)
        if shortened:
            close = text.find(last, end)
            if close >= 0:
                found.append((start, close + len(last)))
        else:
            found.append((start, end))
        start = text.find(first, start + 1)
    if not found:
        raise ValueError(f"{where}: not in the text: {words}")
    if near is None:
        return found[0]
    return min(found, key=lambda span: min(abs(span[0] - near), abs(span[1] - near)))


def _attribution(text: str, where: str, cells: list[str]) -> CodedAttribution:
    source, cue, content = ([*cells, "", ""])[:3]
    parts = tuple(_find(text, part.strip(), where) for part in content.split("//") if part.strip())
    anchor = parts[0][0] if parts else None
    if source and anchor is None:
        anchor = _find(text, source, where)[1]
    cue_span = _nearest(text, cue, where, parts, anchor)
    source_spans = (_find(text, source, where, cue_span[0]),) if source else ()
    return CodedAttribution(source_spans, (cue_span,), parts)


def _nearest(text: str, words: str, where: str, parts: Spans, anchor: int | None) -> tuple[int, int]:
    if not parts:
        return _find(text, words, where, anchor)
    best = None
    start = text.find(words)
    while start >= 0:
        span = (start, start + len(words))
        inside = any(a < span[1] and span[0] < b for a, b in parts)
        far = min(min(abs(a - span[1]), abs(span[0] - b)) for a, b in parts)
        whole = not (text[start - 1 : start].isalpha() or text[span[1] : span[1] + 1].isalpha())
        key = (not whole, inside, far)
        if best is None or key < best[0]:
            best = (key, span)
        start = text.find(words, start + 1)
    if best is None:
        raise ValueError(f"{where}: not in the text: {words}")
    return best[1]


def _claim(text: str, where: str, outlet: str, cells: list[str]) -> CodedClaim:
    words, event_class, rest = ([*cells, ""])[:3]
    event_class = event_class.rstrip(" |")
    options = dict(item.strip().split("=", 1) for item in rest.split(";") if item.strip())
    count = None
    if "count" in options:
        kind, low, high = options["count"].split(",")
        count = (kind, float(low) if low else None, float(high) if high else None)
    day = tuple(date.fromisoformat(d) for d in options["date"].split(",")) if "date" in options else None
    chance = tuple(float(p) for p in options["p"].split(",")) if "p" in options else None
    chain = tuple(v.strip() for v in options.get("chain", "").split(">") if v.strip())
    return CodedClaim(
        words, (_find(text, words, where),), event_class, options.get("pol", "affirm"), options.get("mod", "asserted"),
        chain, count, day, chance, outlet,  # type: ignore[arg-type]
    )  # fmt: skip
