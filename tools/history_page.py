"""Run the whole tournament on the cases of history and write what came of it.

    python tools/history_page.py      docs/history.md and src/fronde/cases/joint-model.json (about ten minutes of CPU)

Results of single forecasts are kept under the runs folder, so a run that was interrupted goes on. The words of the page
are tools/history/page.md; its tables come from the run.
"""

import sys
from pathlib import Path

from fronde.app.frozen import canonical
from fronde.app.history import page, suite
from fronde.app.validate import history_rows

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Play, then write both files."""
    _, standings, taught = history_rows(True, lambda text: print(text, file=sys.stderr))
    words = (ROOT / "tools" / "history" / "page.md").read_text(encoding="utf-8")
    (ROOT / "docs" / "history.md").write_text(page.page(standings, taught, words), encoding="utf-8", newline="\n")
    model = canonical(suite.joint(taught)) + b"\n"
    (ROOT / "src" / "fronde" / "cases" / suite.MODEL).write_bytes(model)


if __name__ == "__main__":
    main()
