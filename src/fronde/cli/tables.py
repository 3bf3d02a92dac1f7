"""Plain tables and documents on standard output."""

import json
import shutil
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import click

WIDEST, NARROWEST = 100, 20  # columns, of a table and of its first column


def emit(content: Mapping[str, Any] | Sequence[Any]) -> None:
    """One JSON document."""
    click.echo(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1))


def wide() -> int:
    """Columns of the terminal, at most WIDEST."""
    return min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)


def plain(text: object) -> str:
    """A text on one line, printable."""
    return "".join(sign if sign.isprintable() else " " for sign in str(text))


def table(head: Sequence[str], rows: Sequence[Sequence[object]], left: int = 1) -> str:
    """Aligned columns: the first `left` flush left, numbers flush right; the first is wrapped to fit the width."""
    cells = [[plain(cell) for cell in row] for row in rows]
    widths = [max(len(row[k]) for row in [list(head), *cells]) for k in range(len(head))]
    spare = wide() - sum(widths[1:]) - 2 * (len(head) - 1)
    widths[0] = min(widths[0], max(NARROWEST, spare))

    def lines_of(row: Sequence[str]) -> list[str]:
        first, *more = textwrap.wrap(row[0], widths[0], subsequent_indent="  ") or [""]
        parts = [
            cell.ljust(width) if k < left else cell.rjust(width)
            for k, (cell, width) in enumerate(zip([first, *row[1:]], widths, strict=True))
        ]
        return ["  ".join(parts).rstrip(), *more]

    rule = "-" * min(wide(), sum(widths) + 2 * (len(widths) - 1))
    return "\n".join([*lines_of(head), rule, *(line for row in cells for line in lines_of(row))])


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
