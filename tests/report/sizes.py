"""Sizes of the report made from the synthetic summary: `python tests/report/sizes.py` prints bytes, raw and packed."""

import gzip
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import synthetic_report

from fronde.report.page import render

if __name__ == "__main__":
    for name, static in (("report.html", False), ("report.html, static", True)):
        page = render(synthetic_report.summary(), synthetic_report.forecast(), static)
        drawings = sum(len(found.encode()) for found in re.findall(r"<svg.*?</svg>", page, re.S))
        fonts = sum(len(found) for found in re.findall(r"base64,([A-Za-z0-9+/=]+)", page))
        packed = len(gzip.compress(page.encode(), 9, mtime=0))
        print(f"{name}: {len(page.encode())} bytes, {packed} packed; drawings {drawings}, fonts {fonts}")
