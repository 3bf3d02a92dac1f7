"""Writing: all or nothing, with messages that name the file and the remedy."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from fronde.report import pdf
from fronde.report.page import render, write_report


@pytest.fixture
def run_folder(tmp_path, summary, forecast):
    (tmp_path / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    (tmp_path / "forecast.json").write_text(json.dumps(forecast), encoding="utf-8")
    return tmp_path


def test_report_is_written_beside_its_run(run_folder, page):
    target = write_report(run_folder)
    assert target == run_folder / "report.html"
    assert target.read_text(encoding="utf-8") == page
    assert sorted(path.name for path in run_folder.iterdir()) == ["forecast.json", "report.html", "summary.json"]


def test_static_report_is_the_static_page(run_folder, static_page):
    assert write_report(run_folder, static=True).read_text(encoding="utf-8") == static_page


def test_a_failed_write_leaves_the_old_report_and_no_litter(run_folder, monkeypatch):
    (run_folder / "report.html").write_text("old", encoding="utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_report(run_folder)
    assert (run_folder / "report.html").read_text(encoding="utf-8") == "old"
    assert len(list(run_folder.iterdir())) == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"{", "not JSON"), (b"\xff{}", "not JSON"), (b"[1]", "found list"), (b"[" * 100_000, "not JSON")],
)
def test_a_broken_summary_is_named(run_folder, content, words):
    (run_folder / "summary.json").write_bytes(content)
    with pytest.raises(ValueError, match=f"summary.json.*{words}.*fronde forecast"):
        write_report(run_folder)


def test_a_missing_forecast_is_named(run_folder):
    (run_folder / "forecast.json").unlink()
    with pytest.raises(FileNotFoundError, match=r"forecast.json: not found; run `fronde forecast`"):
        write_report(run_folder)


def test_pdf_without_a_browser_says_what_to_do(run_folder, monkeypatch):
    report = write_report(run_folder)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(pdf.PdfUnavailable, match="print it to a file"):
        pdf.write_pdf(report)
    assert not report.with_suffix(".pdf").exists()


def test_pdf_of_a_browser_that_fails_carries_its_last_words(run_folder, monkeypatch):
    report = write_report(run_folder)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    failed = subprocess.CompletedProcess([], 7, "", "first\nno display")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(pdf.PdfUnavailable, match="exit code 7: no display"):
        pdf.write_pdf(report)


def test_report_does_not_ask_for_more_than_the_standard_library():
    """A fresh interpreter renders a page without numpy, pydantic or anything else of the base install."""
    code = (
        "import sys; from fronde.report.page import render; render({}, {}); "
        "print([m for m in ('numpy', 'numba', 'pydantic', 'jinja2', 'altair') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "[]"


def test_render_of_equal_content_is_equal_whatever_the_order_of_keys(summary, forecast):
    turned = dict(reversed(list(summary.items())))
    assert render(turned, forecast) == render(summary, forecast)
