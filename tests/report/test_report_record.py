"""The track record appears only once a run has been scored, with misses first and counts in every bin."""

import synthetic_report

from fronde.report.page import render
from fronde.score.card import card

SAID = (("small", "Fronde", 0.1, False), ("large", "Fronde", 0.1, True), ("large", "coin", 0.5, True))
ITEMS = [
    {"kind": "question", "case": "c", "id": name, "text": f"<b>{name}</b>?", "as_of": "2020-01-01", "by": "2020-02-01",
     "forecaster": who, "p": p, "outcome": came, "state": "yes" if came else "no"}
    for name, who, p, came in SAID
]  # fmt: skip


def test_no_section_before_anybody_looked():
    assert "What came of it" not in render(synthetic_report.summary(), synthetic_report.forecast())


def test_misses_come_first_and_text_is_escaped():
    summary = synthetic_report.summary() | {"scorecard": {**card(ITEMS), "known_by": "2020-03-01"}}
    page = render(summary, synthetic_report.forecast())
    part = page[page.index('id="record"') :]
    assert part.index("&lt;b&gt;large") < part.index("&lt;b&gt;small")
    assert "<b>large" not in page
    assert "1 of 2" in part


def test_a_spoilt_scorecard_breaks_no_report():
    for spoilt in ({"items": 3}, {"items": [{"log": "x"}], "reliability": [None, {}]}, {"resolved": None, "items": []}):
        render(synthetic_report.summary() | {"scorecard": spoilt}, synthetic_report.forecast())
