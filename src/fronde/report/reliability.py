"""The reliability diagram: what was said across, the share that came upwards; on the diagonal both agree.

A dot is a bin, its area the number of statements, which stands beside it; the line is the 90 % Wilson interval.
"""

from collections.abc import Mapping
from typing import Any

from fronde.report.html import Html, el, join
from fronde.report.read import number, rows
from fronde.report.scales import Scale, at
from fronde.report.words import fixed, percent

SIZE, LEFT, RIGHT, TOP, BOTTOM = 250, 34, 16, 12, 22
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
SMALLEST, LARGEST = 2.2, 6.5  # radius of a dot
X = Scale(0.0, 1.0, LEFT, SIZE - RIGHT)
Y = Scale(0.0, 1.0, SIZE - BOTTOM, TOP)


def bins_of(found: Mapping[str, Any]) -> list[dict[str, float]]:
    """Bins that have all their numbers: said, came (share), low, high, n, hits."""
    keys = {"said": "p", "share": "observed", "low": "low", "high": "high", "n": "n", "hits": "came"}
    read = [{name: number(row.get(key)) for name, key in keys.items()} for row in rows(found, "bins")]
    return [
        {name: value for name, value in row.items() if value is not None}
        for row in read
        if None not in row.values() and row["n"]
    ]


def diagram(found: Mapping[str, Any]) -> Html:
    """One forecaster's diagram as SVG, readable aloud by its sentence; empty where nothing is resolved."""
    bins = bins_of(found)
    if not bins:
        return join(())
    most = max(row["n"] for row in bins)
    said = "; ".join(f"said {percent(row['said'])}, {row['hits']:.0f} of {row['n']:.0f} came" for row in bins)
    return el(
        "svg",
        *_frame(),
        el("path", d=f"M{at(X(0))} {at(Y(0))}L{at(X(1))} {at(Y(1))}", class_="line base"),
        *(part for row in bins for part in _dot(row, most)),
        viewBox=f"0 0 {SIZE} {SIZE}",
        class_="chart",
        role="img",
        aria_label=f"Reliability of {found.get('forecaster')}: {said}",
    )


def _frame() -> list[Html]:
    parts = []
    for tick in TICKS:
        parts.append(el("path", d=f"M{LEFT} {at(Y(tick))}H{SIZE - RIGHT}", class_="zero" if tick == 0 else "grid"))
        parts.append(el("text", f"{tick:.0%}", x=LEFT - 5, y=at(Y(tick) + 3.5), text_anchor="end"))
        parts.append(el("text", f"{tick:.0%}", x=at(X(tick)), y=SIZE - 6, text_anchor="middle"))
    return parts


def _dot(row: Mapping[str, float], most: float) -> list[Html]:
    across, up = X(row["said"]), Y(row["share"])
    size = max(SMALLEST, LARGEST * (row["n"] / most) ** 0.5)
    left = across > (X(0) + X(1)) / 2
    return [
        el("path", d=f"M{at(across)} {at(Y(row['low']))}V{at(Y(row['high']))}", class_="line median"),
        el("circle", cx=at(across), cy=at(up), r=at(size), class_="median"),
        el(
            "text",
            fixed(row["n"], 0),
            x=at(across - size - 3 if left else across + size + 3),
            y=at(up + 3.5),
            text_anchor="end" if left else "start",
            class_="end median",
        ),
    ]
