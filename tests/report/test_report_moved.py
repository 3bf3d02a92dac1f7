"""The weekly section: there once the updates are, on one scale, with what moved a forecast most first."""

import synthetic_report

from fronde.report.page import render


def week(day: str, p: float, without: dict[str, float]) -> dict:
    spread = {key: p for key in ("q05", "q25", "q50", "q75", "q95")}
    news = [
        {"origin": name, "label": f"<i>{name}</i>", "new": [], "without": {"q": p_}} for name, p_ in without.items()
    ]
    return {"as_of": day, "p": {"q": {"p": p, "se": 0.01, **spread}}, "news": news}


FOUND = {
    "questions": [{"id": "q", "text": "Does <b>it</b> happen?"}],
    "weeks": [week("2022-03-01", 0.2, {}), week("2022-03-08", 0.4, {"small": 0.39, "large": 0.1})],
    "batch": {"p_worst": 0.03},
    "particles": 512,
}


def test_no_section_before_somebody_worked_it_out():
    assert 'id="moved"' not in render(synthetic_report.summary(), synthetic_report.forecast())


def test_what_moved_most_comes_first_and_text_is_escaped():
    page = render(synthetic_report.summary() | {"weekly": FOUND}, synthetic_report.forecast())
    part = page[page.index('id="moved"') :]
    assert part.index("&lt;i&gt;large") < part.index("&lt;i&gt;small")
    assert "+30" in part
    assert "<b>it" not in page
    assert "Does &lt;b&gt;it&lt;/b&gt; happen? 20% on" in part


def test_spoilt_updates_break_no_report():
    for spoilt in ({"weeks": 3}, {"weeks": [{}], "questions": [{}]}, {**FOUND, "questions": None, "batch": None}):
        render(synthetic_report.summary() | {"weekly": spoilt}, synthetic_report.forecast())
