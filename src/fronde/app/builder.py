"""Reports to measure: chosen blocks, the author's notes, names withheld; as page, static page, PDF or data bundle."""

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fronde.app.additions import whole_summary
from fronde.app.opening import RequestError, open_case
from fronde.app.results import document, forecast_table
from fronde.app.run import Run
from fronde.report.page import ANCHORS, render
from fronde.report.pdf import write_pdf
from fronde.scenario.problems import quoted

FORMS = {"html": "text/html", "static": "text/html", "pdf": "application/pdf", "data": "application/zip"}
WITHHELD = "[name withheld]"
LONGEST_NOTE = 20_000


def names_of(run: Run) -> list[str]:
    """Names of the real or invented people of a run's case, longest first, family names included."""
    manifest = run.manifest
    elite = open_case(manifest["case_path"], manifest["as_of"], manifest["horizon_days"]).case.elite
    full = [str(name) for name, drawn in zip(elite.names, elite.synthetic, strict=True) if not drawn and name]
    family = [name.split()[-1] for name in full if " " in name]
    return sorted({*full, *family}, key=lambda name: (-len(name), name))


def redacted(value: Any, names: Sequence[str]) -> Any:
    """Plain data with every whole-word occurrence of a name replaced; keys stay."""
    if not names:
        return value
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w)", re.IGNORECASE)
    return _replaced(value, pattern)


def _replaced(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _replaced(inner, pattern) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(inner, pattern) for inner in value]
    return pattern.sub(WITHHELD, value) if isinstance(value, str) else value


def blocks(run: Run) -> list[dict[str, Any]]:
    """Blocks in reading order: id, title, `there`, and `needs`, the command that makes one that is not there yet."""
    given, case = whole_summary(run), run.manifest.get("case")
    needs = {"moved": ("weekly", f"fronde weekly {case}"), "record": ("scorecard", f"fronde score {case}")}
    rows = []
    for name, title in ANCHORS.items():
        key, command = needs.get(name, ("", ""))
        there = not key or key in given
        rows.append({"id": name, "title": title, "there": there, "needs": "" if there else command})
    return rows


def build(
    run: Run, form: str = "html", blocks: Sequence[str] | None = None, notes: str = "", redact: bool = False
) -> tuple[str, str, bytes]:
    """(file name, media type, content). Raises RequestError for a form or block that does not exist."""
    if form not in FORMS:
        raise RequestError(f"unknown form {quoted(form)}; expected one of {', '.join(FORMS)}")
    unknown = [name for name in blocks or () if name not in ANCHORS]
    if unknown:
        raise RequestError(f"unknown block {quoted(unknown[0])}; expected some of {', '.join(ANCHORS)}")
    if len(notes) > LONGEST_NOTE:
        raise RequestError(f"notes of {len(notes)} characters; at most {LONGEST_NOTE}")
    names = names_of(run) if redact else []
    summary, forecast, notes = (
        redacted(whole_summary(run), names),
        redacted(run.forecast, names),
        redacted(notes, names),
    )
    if form == "data":
        return f"{run.id}.zip", FORMS[form], _bundle(run, summary, forecast, notes, names)
    page = render(summary, forecast, form == "static", blocks, notes).encode("utf-8")
    if form != "pdf":
        return f"{run.id}{'-static' if form == 'static' else ''}.html", FORMS[form], page
    with tempfile.TemporaryDirectory(prefix="fronde-report-") as folder:
        (Path(folder) / "report.html").write_bytes(page)
        return f"{run.id}.pdf", FORMS[form], write_pdf(Path(folder) / "report.html").read_bytes()


def _bundle(run: Run, summary: Any, forecast: Any, notes: str, names: Sequence[str]) -> bytes:
    """Documents of the run in one archive; the same input gives the same bytes."""
    files = {"forecast.json": document(forecast), "forecast.csv": forecast_table(forecast)}
    files |= {"summary.json": document(summary), "manifest.json": json.dumps(run.manifest, indent=1).encode()}
    if notes.strip():
        files["notes.txt"] = notes.encode("utf-8", "replace")
    if "calibration.json" in run.paths:
        files["calibration.json"] = document(redacted(run.calibration, names))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
