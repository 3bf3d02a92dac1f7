"""Any text is read without an error, and every span lies in it."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fronde.extract.report import read_report

from .coded_reports import read_coded
from .test_evaluation import CODED

PIECES = st.sampled_from(
    ['"', "'", "“", "”", "’", ". ", ", ", "\n\n", " said ", "He ", "the minister ", " that ", " told ",
     "according to ", "It is said", " reportedly ",
     "fled", " if ", " on Thursday", "May 9", "31 February ", "at least 4 ", "in 9999 ", "citing ", "as saying ",
     "Владимир ", "部长 ", "\u202e", "\x00", "#", "M. ", "…",
     "the claim that ", "; ", ": ", "— ", " by ", "was quoted "]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join))


def check(text):
    reading = read_report(text, "The Paper", date(2031, 5, 14))
    assert reading.text == text
    for a in reading.attributions:
        spans = [s for s in (a.source, a.cue, a.hearer, a.inferred, *a.content) if s is not None]
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
    for claim in reading.claims:
        assert 0 <= claim.span.start < claim.span.end <= len(text)
        assert claim.when is None or claim.when.low <= claim.when.high


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_is_read(text):
    check(text)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_mangled_reports_are_read(data):
    text = data.draw(st.sampled_from([r.text for r in read_coded(CODED / "tuning.txt")]))
    a = data.draw(st.integers(0, len(text)))
    b = data.draw(st.integers(a, len(text)))
    check(text[:a] + text[b:] + text[a:b])
