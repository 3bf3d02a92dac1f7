"""PDF by the reader's own browser. No library in reach lays out this page without one, so we carry none."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
SECONDS = 120


class PdfUnavailable(RuntimeError):
    """No PDF could be made; the message says what to do instead."""


def write_pdf(report: Path) -> Path:
    """Print `report.html` to `report.pdf` beside it with an installed Chromium, Chrome or Edge."""
    report = Path(report).resolve()
    if not report.is_file():
        raise FileNotFoundError(f"{report}: not found; run `fronde report` first")
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise PdfUnavailable(
            f"no Chromium, Chrome or Edge found to print with; open {report} in any browser and "
            "print it to a file (the page has a print style sheet)"
        )
    target = report.with_suffix(".pdf")
    with tempfile.TemporaryDirectory(prefix="fronde-print-") as folder:
        made = Path(folder) / "report.pdf"
        done = _run(_command(browser, folder, made, report))
        if not made.is_file() or made.stat().st_size == 0:
            raise PdfUnavailable(f"{browser} made no PDF ({done}); open {report} in a browser and print it")
        beside = target.with_name(f".{target.name}.part")
        shutil.copyfile(made, beside)
    os.replace(beside, target)
    return target


def _command(browser: str, profile: str, made: Path, report: Path) -> list[str]:
    """A throw-away profile and no background traffic: the page itself asks for nothing."""
    # Chromium refuses its sandbox to root; the page holds no script and its policy forbids all loading.
    root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    return [
        browser,
        "--headless",
        *root,
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={profile}/profile",
        "--no-pdf-header-footer",
        f"--print-to-pdf={made}",
        report.as_uri(),
    ]


def _run(command: list[str]) -> str:
    """Run the browser; its last words if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    last = done.stderr.strip().splitlines()[-1:] or ["no message"]
    return f"exit code {done.returncode}: {last[0][:200]}"
