"""Reading and writing the small tables: UTF-8, comma, LF, so that a second build gives the same bytes."""

import csv
import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
Row = dict[str, str]

AS_OF_LIMIT = "2022-05-08"  # nothing dated later is read from the source files
EVE = "2022-02-23"  # facts about the elite that were public before the onset carry this date
CODED_AT = "2026-08-26"  # vintage of the source files; the coding was done with hindsight and says so


def read(path: Path) -> list[Row]:
    """Rows of a CSV file as dictionaries of text."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def own(name: str) -> list[Row]:
    """Rows of a hand-coded table of this folder."""
    return read(HERE / name)


def write(path: Path, header: str, rows: Iterable[Iterable[object]]) -> None:
    """Write a CSV file; `header` is the comma-separated column names."""
    columns = header.split(",")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            cells = list(row)
            if len(cells) != len(columns):
                raise ValueError(f"{path.name}: row of {len(cells)} cells, expected {len(columns)}: {cells}")
            writer.writerow(cells)


def write_lines(path: Path, entities: Iterable[object]) -> None:
    """Write one JSON document a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in entities)
    path.write_text(text, encoding="utf-8", newline="\n")


def slug(name: str) -> str:
    """`Andrey A. Guryev` to `andrey-a-guryev`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def number(value: float) -> str:
    """Shortest decimal text of a number with at most four digits after the point."""
    return f"{value:.4f}".rstrip("0").rstrip(".")
