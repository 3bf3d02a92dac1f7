"""Plain tables and documents on standard output."""

import json
import shutil
from collections.abc import Mapping, Sequence
from typing import Any

import click

WIDEST = 100


def emit(content: Mapping[str, Any] | Sequence[Any]) -> None:
    """One JSON document."""
    click.echo(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1))


def wide() -> int:
    """Columns of the terminal, at most WIDEST."""
    return min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)


def clipped(text: object, width: int) -> str:
    """A text on one line of at most this width, printable."""
    plain = "".join(sign if sign.isprintable() else " " for sign in str(text))
    return plain if len(plain) <= width else plain[: max(1, width - 1)] + "…"


def table(head: Sequence[str], rows: Sequence[Sequence[object]], left: int = 1) -> str:
    """Aligned columns: the first `left` flush left and clipped to fit, numbers flush right."""
    cells = [[clipped(cell, 10_000) for cell in row] for row in rows]
    widths = [max(len(row[k]) for row in [list(head), *cells]) for k in range(len(head))]
    spare = wide() - sum(widths[1:]) - 2 * (len(head) - 1)
    widths[0] = min(widths[0], max(20, spare))
    lines = []
    for row in [list(head), *cells]:
        parts = [
            clipped(cell, width).ljust(width) if k < left else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(parts).rstrip())
    lines.insert(1, "-" * min(wide(), sum(widths) + 2 * (len(widths) - 1)))
    return "\n".join(lines)


def percent(p: float) -> str:
    """A probability; never rounded to 0 or 100 unless it is."""
    if 0.0 < p < 0.005:
        return "<1%"
    if 0.995 < p < 1.0:
        return ">99%"
    return f"{100 * p:.0f}%"


def between(interval: Sequence[float]) -> str:
    """An interval of probabilities."""
    low, high = interval
    return f"{percent(low)} to {percent(high)}"


def figure(x: float) -> str:
    """A count or a measure with three significant digits."""
    return f"{x:.3g}"


def question_table(questions: Sequence[Mapping[str, Any]]) -> str:
    """Each question with its probability, 90% interval and base rate."""
    rows = [
        (row["text"], percent(row["p"]), between(row["interval90"]), percent(row["base_rate"])) for row in questions
    ]
    return table(("question", "p", "90% interval", "base rate"), rows)


def count_table(counts: Sequence[Mapping[str, Any]], titles: Mapping[str, str], acts: Sequence[str]) -> str:
    """Reported acts by the last date, for each group and all: mean and 90% interval."""
    last = max(row["by"] for row in counts)
    found = {(row["group"], row["act"]): row for row in counts if row["by"] == last}
    rows = []
    for group in dict.fromkeys(row["group"] for row in counts):
        cells = []
        for act in acts:
            row = found[group, act]
            low, high = row["quantiles"]["0.05"], row["quantiles"]["0.95"]
            cells.append(f"{row['mean']:.1f} ({low}-{high})")
        rows.append((titles.get(group, group), *cells))
    return table((f"acts on record by {last}", *(act.replace("_", " ") for act in acts)), rows)
