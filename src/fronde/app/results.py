"""Documents of a run folder as bytes that repeat: stable order, six significant digits, no clock, no NaN.

Six digits are more than any of these numbers deserve, and few enough that the last bits of different processors, or of
different numbers of threads somewhere below, do not show.
"""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fronde.app.calibrate import Problem

DIGITS = 6
AT_LEAST = ("1", "2", "4", "8")
LEVELS = ("0.05", "0.25", "0.5", "0.75", "0.95")
FORMULA = frozenset("=+-@＝＋－＠")  # what makes a spreadsheet take a text for a formula
COLUMNS = (
    "kind", "id", "group", "act", "by", "text", "p", "p_q05", "p_q25", "p_q75", "p_q95", "mean",
    *(f"q{level[2:].ljust(2, '0')}" for level in LEVELS), *(f"p_at_least_{k}" for k in AT_LEAST),
    "mean_actual", "base_rate", "base_rate_mean",
)  # fmt: skip


def rounded(value: Any, where: str = "", digits: int = DIGITS) -> Any:
    """Plain data with floats at `digits` significant digits; ValueError names the place of a number that is none."""
    if isinstance(value, Mapping):
        return {str(key): rounded(inner, f"{where}.{key}", digits) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(inner, f"{where}[{place}]", digits) for place, inner in enumerate(value)]
    if value is None or isinstance(value, str | bool | int):
        return value
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{where.lstrip('.')} is {number}, which no document may hold")
    return float(f"{number:.{digits}g}") + 0.0  # adding zero turns -0.0 into 0.0


def document(content: Mapping[str, Any]) -> bytes:
    """A JSON document, UTF-8, one line end at the end."""
    text = json.dumps(rounded(content), ensure_ascii=False, allow_nan=False, indent=1)
    return (text + "\n").encode("utf-8", "backslashreplace")  # half a surrogate pair becomes its legal escape


def safe(text: object) -> str:
    """A text cell on one line that no spreadsheet takes for a formula."""
    found = "".join(sign if sign.isprintable() else " " for sign in str(text))
    return f"'{found}" if found.lstrip()[:1] in FORMULA else found


def _cell(value: object) -> str:
    if value is None:
        return ""
    return repr(rounded(value)) if isinstance(value, int | float) else safe(value)


def table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A CSV table, UTF-8; cells a row does not have stay empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return stream.getvalue().encode("utf-8", "backslashreplace")


def _question_row(row: Mapping[str, Any]) -> dict[str, object]:
    (q25, q75), (q05, q95) = row["interval50"], row["interval90"]
    plain = {key: row[key] for key in ("id", "text", "p", "base_rate")}
    return {"kind": "question", **plain, "p_q05": q05, "p_q25": q25, "p_q75": q75, "p_q95": q95}


def _count_row(row: Mapping[str, Any]) -> dict[str, object]:
    plain = {key: row.get(key) for key in ("group", "act", "by", "mean", "mean_actual", "base_rate_mean")}
    quantiles = {f"q{level[2:].ljust(2, '0')}": row["quantiles"][level] for level in LEVELS}
    return {"kind": "count", **plain, **quantiles, **{f"p_at_least_{k}": row["p_at_least"][k] for k in AT_LEAST}}


def forecast_table(forecast: Mapping[str, Any]) -> bytes:
    """`forecast.csv`: a row per question, then a row per group, act and date."""
    rows = [_question_row(row) for row in forecast["questions"]] + [_count_row(row) for row in forecast["counts"]]
    return table(COLUMNS, rows)


def manifest_of(problem: Problem, manifest: Mapping[str, Any], command: str) -> dict[str, Any]:
    """The part of the manifest that a summary repeats: hashes, seed and versions; no clock, no folder.

    command: what anybody may type to get these numbers again, not what was typed.
    """
    kept = ("scenario_hash", "evidence_hash", "evidence_vintage", "seed", "versions")
    return {
        **{key: manifest[key] for key in kept},
        "particles": manifest["settings"]["particles"],
        "futures": manifest["settings"]["futures"],
        "parameters": len(problem.params),
        "command": command,
    }
