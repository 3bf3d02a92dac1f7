"""The app in read-only mode as one file: bundle, fonts and documents inside, opens from disk, asks for nothing.

The content security policy allows this very script and this very style sheet by hash, fonts and pictures as data, and
nothing else. Documents are JSON, packed with gzip and written in base64: far fewer bytes, and no text of a case can end
the element that holds it. The script unpacks them and is not packed itself: whoever looks into the file sees what runs.
"""

import base64
import gzip
import hashlib
import json
import re
from html import escape
from pathlib import Path
from typing import Any

from fronde.app.store import write_file
from fronde.app.views import calibration, elite, evidence, forecasts, runs, scores, session, weekly
from fronde.app.views.desk import Desk
from fronde.web.server import FONTS, STATIC

NAME = "report-interactive.html"
PAGES = ("forecasts", "evidence", "elite", "questions", "scorecard", "runs")
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer"><title>{title}</title><link rel="icon" href="data:,">
<style>{style}</style></head><body><div id="app"></div>
<noscript>This file needs scripts. report.html of the same run shows everything without.</noscript>
<script type="text/plain" id="fronde-data">{data}</script>
<script type="module">{script}</script></body></html>
"""


def documents(desk: Desk, name: str) -> dict[str, Any]:
    """What the pages of one run ask for, by the path they ask under."""
    run = desk.run(name)
    case = str(run.manifest.get("case"))
    known = session.session(desk)
    own = {**known, "runs": [row for row in known["runs"] if row["run"] == name], "cases": [case]}
    found = {
        "session": own,
        f"runs/{name}/forecast": forecasts.forecast(desk, name),
        f"runs/{name}": runs.run(desk, name),
        f"runs/{name}/weekly": weekly.weekly(desk, name),
        f"runs/{name}/calibration": calibration.calibration(desk, name),
        "runs": {**runs.runs(desk), "runs": [row for row in runs.runs(desk)["runs"] if row.get("run") == name]},
    }
    if case in desk.cases():
        found[f"cases/{case}/evidence"] = evidence.evidence(desk, case)
        found[f"cases/{case}/elite"] = elite.elite(desk, case)
        found[f"cases/{case}/questions"] = scores.questions(desk, case)
        found[f"cases/{case}/scorecard"] = scores.scorecard(desk, case)
        claims = [row["id"] for row in found[f"cases/{case}/evidence"].get("claims", ())]
        shown = {claim: evidence.claim(desk, case, claim) for claim in claims}
        found |= {f"cases/{case}/claims/{claim}": {**one, "fields": []} for claim, one in shown.items()}
    return found


def _fonts(style: str) -> str:
    """Fonts as data instead of addresses."""

    def inlined(match: re.Match[str]) -> str:
        content = base64.b64encode((FONTS / match[1]).read_bytes()).decode("ascii")
        return f'url("data:font/woff2;base64,{content}")'

    return re.sub(r'url\("?/static/fonts/([\w.-]+)"?\)', inlined, style)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def render(desk: Desk, name: str) -> str:
    """The whole file."""
    found = documents(desk, name)
    style = _fonts((STATIC / "app.css").read_text(encoding="utf-8"))
    script = re.sub(r"</(script)", r"<\\/\1", (STATIC / "app.js").read_text(encoding="utf-8"), flags=re.IGNORECASE)
    script = script.replace("<!--", "\\x3c!--")
    held = {"documents": found, "start": "forecasts", "pages": list(PAGES)}
    plain = json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
    data = base64.b64encode(gzip.compress(plain, 9, mtime=0)).decode("ascii")
    policy = (
        f"default-src 'none'; script-src 'sha256-{_hash(script)}'; style-src 'sha256-{_hash(style)}'; "
        "font-src data:; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    title = escape(str(found[f"runs/{name}/forecast"].get("title") or name))
    return PAGE.format(policy=policy, title=title, style=style, data=data, script=script)


def write(desk: Desk, name: str) -> Path:
    """Write it into the run's folder; all of it or nothing."""
    return write_file(desk.run(name).folder / NAME, render(desk, name).encode("utf-8", "backslashreplace"))
