"""The report: one HTML file that opens anywhere, runs no script and asks the network for nothing."""

import base64
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from fronde.report import closing, counterfactuals, grounds, learned, moved, record, theories, timeline
from fronde.report.frame import Section, section
from fronde.report.html import Html, clean, el, join, text
from fronde.report.matrix import matrix
from fronde.report.opening import masthead, questions
from fronde.report.read import finite
from fronde.report.words import long_date

FONTS = (
    ("IBM Plex Sans", 400, "ibm-plex-sans-latin-400-normal.woff2"),
    ("IBM Plex Sans", 600, "ibm-plex-sans-latin-600-normal.woff2"),
    ("Source Serif 4", 600, "source-serif-4-latin-600-normal.woff2"),
)
SCORECARD = "scorecard.json"
ANCHORS = {  # blocks of the page by anchor, in reading order
    "questions": "The questions",
    "matrix": "Probability by group and act",
    "fans": "Acts over time",
    "fortunes": "Fortunes",
    "leader": "The leader's options",
    "regime": "What is heard and what is true",
    "moved": "How the forecasts moved",
    "record": "What came of it",
    "variants": "Variants side by side",
    "theories": "What other theories say",
    "patterns": "Patterns of the case",
    "grounds": "What the forecast rests on",
    "sources": "Forecasts of sources",
    "posterior": "What the evidence taught",
    "diagnostics": "Diagnostics",
    "unknown": "What is not known",
    "made": "How it was made",
}
LARGEST_INPUT = 64 * 1024 * 1024  # bytes; a summary of the largest case stays below a hundredth of this


def render(
    summary: Mapping[str, Any],
    forecast: Mapping[str, Any],
    static: bool = False,
    blocks: Sequence[str] | None = None,
    notes: str = "",
) -> str:
    """The whole page. The same input gives the same bytes. Questions fall back on the forecast if the summary has none.

    `static` is for mail and archives: no embedded fonts, every table open. `blocks` keeps some of ANCHORS (what is not
    known always stays); `notes` are the reader's own words, a paragraph per blank line, said to be theirs.
    """
    summary, forecast = finite(summary), finite(forecast)
    if not summary.get("questions") and forecast.get("questions"):
        summary = {**summary, "questions": forecast["questions"]}
    parts = _sections(summary, forecast)
    if blocks is not None:
        kept = {*blocks, "unknown"}
        chosen = ((name, [part for part in sections if part.anchor in kept]) for name, sections in parts.items())
        parts = {name: sections for name, sections in chosen if sections}
    if notes.strip():
        parts = {"Notes": [_notes(notes)], **parts}
    return assemble(_title(summary), masthead(summary), parts, _footer(summary), static)


def _notes(words: str) -> Section:
    paragraphs = [el("p", block) for block in words.split("\n\n") if block.strip()]
    return section(
        "notes", "Notes", "Notes", "Written by whoever made this report; not part of the model.", *paragraphs
    )


def assemble(title: str, head: Html, parts: Mapping[str, list[Section]], footer: Html, static: bool = False) -> str:
    """A page of this look: title, opening, sections under the headings of the contents, footer."""
    style = "" if static else _font_faces()
    style += _own("templates", "report.css").decode("utf-8")
    main = join((section.content for sections in parts.values() for section in sections), "\n")
    if static:
        main = Html(main.replace("<details", "<details open"))  # escaped text holds no `<`, so only ours is met
    return Template(_own("templates", "page.html").decode("utf-8")).substitute(
        policy=_policy(style),
        title=text(title),
        style=style,
        contents=_contents(parts),
        masthead=head,
        sections=main,
        footer=footer,
    )


def write_report(run_folder: Path, static: bool = False, weekly: Mapping[str, Any] | None = None) -> Path:
    """Write `report.html` into a run folder from its summary and forecast; all of it or nothing.

    weekly: how the forecasts moved, if that was worked out.
    """
    run_folder = Path(run_folder)
    summary = {**_read(run_folder / "summary.json"), "weekly": weekly}
    if (run_folder / SCORECARD).is_file():
        summary = {**summary, "scorecard": _read(run_folder / SCORECARD)}
    page = render(summary, _read(run_folder / "forecast.json"), static)
    target = run_folder / "report.html"
    handle, name = tempfile.mkstemp(dir=run_folder, prefix=".report-", suffix=".html")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(page)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return target


def _read(path: Path) -> Mapping[str, Any]:
    """A JSON document of a run folder, or an error that names the file and the remedy."""
    remedy = "run `fronde forecast` again to write it"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: not found; {remedy}")
    if path.stat().st_size > LARGEST_INPUT:
        raise ValueError(f"{path}: larger than {LARGEST_INPUT // 1024 // 1024} MB; {remedy}")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"{path}: not JSON in UTF-8 ({error}); {remedy}") from error
    if not isinstance(found, Mapping):
        raise ValueError(f"{path}: expected a JSON object, found {type(found).__name__}; {remedy}")
    return found


def _sections(summary: Mapping[str, Any], forecast: Mapping[str, Any]) -> dict[str, list[Section]]:
    """All sections in reading order under the headings of the contents."""
    return {
        "Forecast": [
            questions(summary),
            matrix(summary),
            timeline.fans(summary),
            timeline.fortunes(summary),
            timeline.leader(summary),
            timeline.regime(summary),
            *moved.moved(summary),
        ],
        "Tests": [
            *record.record(summary),
            counterfactuals.variants(summary),
            theories.theories(summary),
            counterfactuals.patterns(summary),
        ],
        "Grounds": [grounds.grounds(summary), grounds.sources(summary), learned.posterior(summary)],
        "Limits": [closing.diagnostics(summary), closing.unknown(summary), closing.made(summary, forecast)],
    }


def _contents(parts: Mapping[str, list[Section]]) -> Html:
    lists = (
        join(
            (
                el("p", name),
                el("ul", *(el("li", el("a", section.short, href=f"#{section.anchor}")) for section in sections)),
            )
        )
        for name, sections in parts.items()
    )
    return join((el("p", "Fronde", class_="brand"), *lists))


def _title(summary: Mapping[str, Any]) -> str:
    name = summary.get("title") or summary.get("case") or "Forecast"
    return f"{clean(name)}, {long_date(summary.get('as_of'))}"


def _footer(summary: Mapping[str, Any]) -> Html:
    return el(
        "p",
        "A forecast of counts by group from the evidence known on ",
        long_date(summary.get("as_of")),
        ". Intervals are of the model given its assumptions; the world may hold what the model does not.",
    )


def _policy(style: str) -> str:
    """Content security policy: nothing is allowed but this very style sheet and the fonts inside it."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"


def _font_faces() -> str:
    """The fonts as data, so that the page needs no other file."""
    rule = (
        "@font-face{{font-family:'{0}';font-weight:{1};font-style:normal;font-display:swap;"
        "src:url(data:font/woff2;base64,{2}) format('woff2')}}\n"
    )
    return "".join(
        rule.format(family, weight, base64.b64encode(_own("static", name)).decode("ascii"))
        for family, weight, name in FONTS
    )


def _own(folder: str, name: str) -> bytes:
    """A file of this package."""
    return (files("fronde.report") / folder / name).read_bytes()
