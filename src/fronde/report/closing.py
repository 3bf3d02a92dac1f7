"""How the report closes: how well the run went, what it does not know, how it was made."""

from collections.abc import Mapping
from typing import Any

from fronde.report.frame import Section, section
from fronde.report.html import Html, el
from fronde.report.read import block, items, rows
from fronde.report.tables import Column, missing, stacked
from fronde.report.words import capital, long_date, plain

VERDICTS = {"good": ("●", "good"), "fair": ("◐", "fair"), "poor": ("○", "poor")}
MANIFEST = {
    "seed": "Seed",
    "particles": "Draws of the posterior",
    "futures": "Futures",
    "parameters": "Parameters",
    "scenario_hash": "Fingerprint of the scenario",
    "evidence_hash": "Fingerprint of the evidence",
}
ALWAYS_UNKNOWN = (
    "Which person will act: forecasts are made for groups and counts only.",
    "Anything that no source of the case has reported; silence of the evidence is not calm.",
)


def diagnostics(summary: Mapping[str, Any]) -> Section:
    """Diagnostics with a verdict and a plain sentence each, worst first."""
    found = rows(summary, "diagnostics")
    title = "How well the run went"
    if not found:
        return section("diagnostics", title, "Diagnostics", "", missing())
    order = sorted(found, key=lambda row: {"poor": 0, "fair": 1}.get(str(row.get("verdict")), 2))
    columns = (Column("Check"), Column("Verdict"), Column("Value", "number"), Column("What it means"))
    body = [
        (_check(row.get("name")), _verdict(row.get("verdict")), _value(row.get("value")), row.get("text"))
        for row in order
    ]
    return section(
        "diagnostics", title, "Diagnostics", "", el("figure", stacked(columns, body, "Diagnostics of the run"))
    )


def _check(name: object) -> str:
    return capital(str(name or "").replace("_", " "))


def _verdict(verdict: object) -> Html:
    sign, tone = VERDICTS.get(str(verdict), ("", ""))
    return el("span", f"{sign} ", verdict, class_=tone or None)


def _value(value: object) -> object:
    return value if isinstance(value, str) else plain(value)


def unknown(summary: Mapping[str, Any]) -> Section:
    """What the report does not know; two sentences hold for every report."""
    said = [line for line in items(summary, "not_known") if isinstance(line, str) and line.strip()]
    listed = el("ul", *(el("li", line) for line in (*said, *ALWAYS_UNKNOWN)))
    return section(
        "unknown", "What this report does not know", "What it does not know", "", el("div", listed, class_="box")
    )


def made(summary: Mapping[str, Any], forecast: Mapping[str, Any]) -> Section:
    """Manifest, the command that makes the run again, and how to cite it."""
    manifest, quick = block(summary, "manifest"), summary.get("quick")
    title = "How it was made"
    versions = ", ".join(f"{name} {version}" for name, version in block(manifest, "versions").items())
    entries = [
        ("Case", summary.get("case")),
        ("Run", summary.get("run")),
        ("Size", {True: "quick", False: "full"}.get(quick) if isinstance(quick, bool) else None),
        ("Issued", long_date(forecast.get("issued_at") or summary.get("as_of"))),
        ("Evidence until", long_date(manifest.get("evidence_vintage") or summary.get("as_of"))),
        *((label, manifest.get(name)) for name, label in MANIFEST.items()),
        *_further(manifest),
        ("Versions", versions),
    ]
    listed = (el("div", el("dt", name), el("dd", value)) for name, value in entries if value not in (None, "", "–"))
    command = manifest.get("command")
    again = el("div", el("p", "To make this run again:"), el("pre", command, tabindex="0")) if command else ""
    return section(
        "made",
        title,
        title,
        "" if manifest else missing(),
        el("dl", *listed, class_="manifest"),
        again,
        _cite(summary, manifest),
    )


def _further(manifest: Mapping[str, Any]) -> list[tuple[str, object]]:
    """Items of the manifest that have no place of their own above."""
    known = {*MANIFEST, "command", "evidence_vintage", "versions"}
    plain_ = ((name, value) for name, value in manifest.items() if name not in known and isinstance(value, int | str))
    return [(capital(str(name).replace("_", " ")), value) for name, value in plain_]


def _cite(summary: Mapping[str, Any], manifest: Mapping[str, Any]) -> Html:
    version = block(manifest, "versions").get("fronde")
    words = [
        f"Fronde{f' {version}' if version else ''}",
        f"“{summary.get('title') or summary.get('case') or ''}”",
        f"forecast issued {long_date(summary.get('as_of'))}",
    ]
    words += [f"run {summary['run']}"] if summary.get("run") else []
    words += [f"scenario {manifest['scenario_hash']}"] if manifest.get("scenario_hash") else []
    return el("p", "Cite as: ", ", ".join(words) + ".", class_="cite")
