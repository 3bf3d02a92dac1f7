"""Sources' forecasts: the published table of words, the minister's `likely`, one utterance once."""

from datetime import date
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.evidence.events import event_likelihoods
from fronde.evidence.forecasts import (
    brier,
    issuer_records,
    log_score,
    range_of_words,
    score_forecasts,
    utterances,
)
from fronde.evidence.pack import read_pack

LATE = date(2031, 12, 31)
OK = {"status": "accepted"}


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("remote", 0.01, 0.05),
        ("very unlikely", 0.05, 0.20),
        ("Unlikely,", 0.20, 0.45),
        ("a roughly even chance", 0.45, 0.55),
        ("likely", 0.55, 0.80),
        ("will probably", 0.55, 0.80),
        ("very likely", 0.80, 0.95),
        ("almost certain", 0.95, 0.99),
        ("I would not be surprised", 0.30, 0.70),
        ("I wouldn’t be surprised", 0.30, 0.70),
        ("flat future", 0.85, 0.97),
        ("may", 0.20, 0.55),
        ("could", 0.20, 0.55),
    ],
)
def test_words_become_ranges(words, low, high):
    found = range_of_words(words)
    assert (found.low, found.high) == (low, high)


def test_unknown_words_have_no_range():
    assert range_of_words("dismay in the capital") is None
    assert range_of_words("") is None


def test_the_ministers_likely(story_folder):
    (score,) = score_forecasts(read_pack(story_folder, LATE))
    assert (score.range.low, score.range.high) == (0.55, 0.80)
    assert round(score.brier, 3) == 0.456
    assert (round(score.brier_range[0], 4), round(score.brier_range[1], 3)) == (0.3025, 0.640)
    assert round(score.log_score, 2) == 1.12
    assert score.brier_coin == 0.25
    assert score.strict == "no"
    assert score.lenient == "no"


def test_open_before_it_is_resolved(story_folder):
    (score,) = score_forecasts(read_pack(story_folder, date(2031, 5, 9)))
    assert score.strict is None
    assert score.brier is None
    assert score.brier_range is None
    assert score.brier_coin is None
    assert score.range is not None


@pytest.mark.parametrize("answer", ["void", "ambiguous"])
def test_void_and_ambiguous_are_shown_and_not_scored(story_tables, write, tmp_path, answer):
    story_tables["resolutions"][0]["strict"] = answer
    (score,) = score_forecasts(read_pack(write(tmp_path / "p", story_tables), LATE))
    assert score.strict == answer
    assert score.brier is None
    assert score.log_score is None


def test_strict_and_lenient_rules_may_differ(story_tables, write, tmp_path):
    story_tables["resolutions"][0]["lenient"] = "yes"
    (score,) = score_forecasts(read_pack(write(tmp_path / "p", story_tables), LATE))
    assert round(score.brier, 3) == 0.456
    assert score.brier_lenient == pytest.approx(0.325**2)


def test_one_utterance_in_five_papers_is_one_forecast(story_tables, write, tmp_path):
    for i in range(1, 5):
        story_tables["claims"].append({**story_tables["claims"][3], "id": f"c4{i}", "dup_of": "c4", "report": "r3"})
        story_tables["forecasts"].append(
            {**story_tables["forecasts"][0], "id": f"f1{i}", "claim": f"c4{i}", "statement": f"war, wording {i}",
             "issued_at": "2031-04-01"}
        )  # fmt: skip
    story_tables["forecasts"].append({**story_tables["forecasts"][0], "id": "f9", "statement": "War  by may"})
    story_tables["forecasts"].append({**story_tables["forecasts"][0], "id": "g1", "claim": "", "statement": "peace"})
    pack = read_pack(write(tmp_path / "p", story_tables), LATE)
    assert [[row.id for row in group] for group in utterances(pack)] == [
        ["f1", "f9", "f11", "f12", "f13", "f14"], ["g1"]]  # fmt: skip
    scores = score_forecasts(pack)
    assert scores[0].copies == ("f9", "f11", "f12", "f13", "f14")
    assert scores[1].brier is None
    (record,) = issuer_records(pack, scores)
    assert record.scored == 1
    assert record.brier_mean == pytest.approx(0.455625)


def test_a_forecast_is_no_evidence_that_it_happens(story_tables, write, tmp_path):
    before = event_likelihoods(read_pack(write(tmp_path / "a", story_tables), date(2031, 5, 9)))
    story_tables["event_claims"].append({"id": "l9", "event": "e1", "claim": "c4", "relation": "asserts", **OK})
    after = event_likelihoods(read_pack(write(tmp_path / "b", story_tables), date(2031, 5, 9)))
    assert after == before


def test_means_are_pulled_to_their_class(story_tables, write, tmp_path):
    story_tables["sources"].append({**story_tables["sources"][3], "id": "general"})
    for i, (issuer, p) in enumerate([("general", 0.1), ("general", 0.2), ("run-7", 0.5)]):
        row = {
            **story_tables["forecasts"][0],
            "id": f"x{i}",
            "claim": "",
            "issuer": issuer,
            "statement": f"s{i}",
        }
        story_tables["forecasts"].append({**row, "p_low": str(p), "p_high": str(p)})
        story_tables["resolutions"].append({**story_tables["resolutions"][0], "id": f"y{i}", "forecast": f"x{i}"})
    pack = read_pack(write(tmp_path / "p", story_tables), LATE)
    general, minister, run = sorted(issuer_records(pack, score_forecasts(pack)), key=lambda each: each.issuer)
    class_mean = (0.01 + 0.04 + 0.455625) / 3
    assert minister.brier_shrunk == pytest.approx((0.455625 + 5 * class_mean) / 6)
    assert general.brier_mean < general.brier_shrunk < class_mean < minister.brier_shrunk < minister.brier_mean
    assert run.issuer_class == "model"
    assert run.brier_shrunk == pytest.approx(0.25)


@given(st.floats(0.01, 0.99), st.booleans())
def test_scores(p, outcome):
    assert brier(p, outcome) == pytest.approx(brier(1.0 - p, not outcome))
    assert log_score(p, outcome) == pytest.approx(-log(p if outcome else 1.0 - p))


def test_a_log_score_needs_doubt():
    with pytest.raises(ValueError, match="above 0 and below 1"):
        log_score(1.0, True)
