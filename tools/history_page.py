"""Run the whole tournament on the cases of history and write what came of it.

    python tools/history_page.py      docs/history.md and src/fronde/cases/joint-model.json (about ten minutes of CPU)

Beside them, runs/history/without/CASE.json: the model that all other cases taught, for scoring that case. Results of
single forecasts are kept under the runs folder, so a run that was interrupted goes on. The words of the page are
tools/history/page.md; its tables come from the run.
"""

import sys
from pathlib import Path

from fronde.app.frozen import canonical
from fronde.app.history import page, suite
from fronde.app.store import base_folder
from fronde.app.validate import history_rows

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Play, then write both files."""
    _, standings, taught = history_rows(True, lambda text: print(text, file=sys.stderr))
    words = (ROOT / "tools" / "history" / "page.md").read_text(encoding="utf-8")
    (ROOT / "docs" / "history.md").write_text(page.page(standings, taught, words), encoding="utf-8", newline="\n")
    (ROOT / "src" / "fronde" / "cases" / suite.MODEL).write_bytes(canonical(suite.joint(taught)) + b"\n")
    for name in taught["fronde"]:
        others = {case: lesson for case, lesson in taught["fronde"].items() if case != name}
        place = base_folder(None) / "history" / "without" / f"{name}.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(canonical(suite.joint({"fronde": others})) + b"\n")


if __name__ == "__main__":
    main()
