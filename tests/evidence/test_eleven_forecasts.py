"""The flagship report's own eleven forecasts, scored as they came out."""

from datetime import date
from math import log
from pathlib import Path

import pytest

import fronde
from fronde.evidence.forecasts import score_forecasts, utterances
from fronde.evidence.pack import read_pack

FOLDER = Path(fronde.__file__).parent / "cases" / "russia-2022" / "evidence"
OUTCOMES = {  # claim -> strict answer
    "G28": "ambiguous", "G43": "ambiguous", "G64": "ambiguous",
    "G51": "void", "G52": "void",
    "G44": "no", "G45": "no", "G59": "no", "G60": "no", "G62": "no", "G63": "no",
}  # fmt: skip


@pytest.fixture(scope="module")
def late():
    return read_pack(FOLDER, date(2023, 5, 1))


@pytest.fixture(scope="module")
def scores(late):
    return {score.forecast: score for score in score_forecasts(late)}


def test_eleven_forecasts_and_six_resolved_no(late):
    answers = {row.forecast: row.strict for row in late.resolutions if row.forecast}
    assert {row.claim: answers[row.id] for row in late.forecasts} == OUTCOMES
    assert list(OUTCOMES.values()).count("no") == 6


def test_one_utterance_in_two_sentences_counts_once(late, scores):
    assert late.claim["G63"].dup_of == "G59"
    assert [[row.id for row in group] for group in utterances(late) if len(group) > 1] == [["f-g59", "f-g63"]]
    assert scores["f-g59"].copies == ("f-g63",)
    assert "f-g63" not in scores
    assert len(scores) == 10
    assert sum(score.brier is not None for score in scores.values()) == 5


def test_the_ministers_likely(scores):
    said = scores["f-g59"]
    assert said.words == "likely"
    assert round(said.brier, 3) == 0.456
    assert said.brier_range == pytest.approx((0.55**2, 0.80**2))
    assert said.brier_range == pytest.approx((0.303, 0.640), abs=6e-4)
    assert said.log_score == pytest.approx(-log(1 - 0.675))
    assert round(said.log_score, 2) == 1.12
    assert said.brier_coin == 0.25


def test_could_is_a_weaker_word_and_loses_less(scores):
    assert scores["f-g60"].brier == pytest.approx(0.375**2)
    assert scores["f-g60"].brier < 0.25 < scores["f-g59"].brier


def test_void_and_ambiguous_have_no_score(scores):
    unscored = {name for name, score in scores.items() if score.strict in ("void", "ambiguous")}
    assert unscored == {"f-g28", "f-g43", "f-g51", "f-g52", "f-g64"}
    for name in unscored:
        assert scores[name].brier is scores[name].log_score is scores[name].brier_range is None


def test_recalled_outcomes_are_not_scored(late):
    """What nobody has looked up yet may not decide a score."""
    for row in late.resolutions:
        if row.strict in ("yes", "no"):
            assert not row.basis.startswith("recalled"), row.id
