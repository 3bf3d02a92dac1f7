"""All theories on one invented case: who speaks, what is compared, and that nobody is named."""

import json
from dataclasses import replace

import numpy as np
import pytest

from fronde.opinions.together import opinions, table
from fronde.opinions.view import CaseView, Question, Theory

VIEW = CaseView(
    groups=("owners", "bankers", "officials", "guards", "officers", "voice of the palace"),
    sizes=np.array([40, 20, 40, 40, 30, 1]),
    weights=np.array([0.2, 0.1, 0.2, 0.3, 0.15, 0.05]),
    positions=np.array([-0.5, -0.6, 0.1, 0.6, 0.5, 0.9]),
    saliences=np.array([0.6, 0.6, 0.4, 0.7, 0.8, 0.9]),
    discontent=np.array([0.5, 0.5, 0.3, 0.15, 0.25, 0.0]),
    regime="personalist",
    tenure_years=22.0,
    horizon_days=182.0,
)
VERDICTS = {verdict.question: verdict for verdict in opinions(VIEW)}


def opinion(question: Question, theory: Theory, view: CaseView = VIEW):
    verdict = next(v for v in opinions(view) if v.question is question)
    return next(o for o in verdict.opinions if o.theory is theory)


def test_every_theory_has_a_row_for_every_question() -> None:
    assert list(VERDICTS) == list(Question)
    for verdict in VERDICTS.values():
        assert [o.theory for o in verdict.opinions] == list(Theory)


def test_who_speaks_says_what_it_assumes_and_who_does_not_says_why() -> None:
    for verdict in VERDICTS.values():
        assert any(o.speaks for o in verdict.opinions)
        for o in verdict.opinions:
            assert o.answer
            if o.speaks:
                assert o.assumptions
                assert o.source
                assert o.low is not None
                assert o.high is not None
                assert o.low <= (o.low if o.value is None else o.value) <= o.high
            else:
                assert o.value is None


def test_shares_and_probabilities_are_in_bounds() -> None:
    for question, verdict in VERDICTS.items():
        low = -1.0 if question is Question.POLICY else 0.0
        for o in verdict.opinions:
            assert o.value is None or low <= o.value <= 1.0


def test_the_weighted_mean_is_the_weighted_mean() -> None:
    weights = VIEW.weights * VIEW.saliences
    expected = float(weights @ VIEW.positions / weights.sum())
    assert opinion(Question.POLICY, Theory.EXPECTED_UTILITY).value == pytest.approx(expected)


def test_the_base_rate_is_the_annual_rate_over_the_horizon() -> None:
    year = replace(VIEW, horizon_days=365.25)
    assert opinion(Question.COUP, Theory.BASE_RATE, year).value == pytest.approx(0.043)


def test_discontent_spreads_dissent_and_weakens_the_regime() -> None:
    angry = replace(VIEW, discontent=np.minimum(1.0, VIEW.discontent + 0.45))
    assert (
        opinion(Question.CASCADE, Theory.THRESHOLDS, angry).value > opinion(Question.CASCADE, Theory.THRESHOLDS).value
    )
    assert (
        opinion(Question.ATTACK, Theory.PRIVATE_GAME, angry).value > opinion(Question.ATTACK, Theory.PRIVATE_GAME).value
    )
    assert opinion(Question.HOLDS, Theory.PRIVATE_GAME, angry).value == 0.0
    assert opinion(Question.HOLDS, Theory.PRIVATE_GAME).value == 1.0


def test_precise_public_news_allows_more_than_one_outcome() -> None:
    loud = replace(VIEW, news_noise=0.1, discontent=np.full(6, 0.5))
    rows = [opinion(Question.ATTACK, Theory.PUBLIC_GAME, loud), opinion(Question.HOLDS, Theory.PUBLIC_GAME, loud)]
    assert all(row.speaks and row.value is None and row.low < row.high for row in rows)
    verdict = next(v for v in opinions(loud) if v.question is Question.ATTACK)
    assert "more than one outcome" in verdict.agreement


def test_groups_of_one_are_never_named() -> None:
    lopsided = replace(VIEW, weights=np.array([0.001, 0.001, 0.3, 0.3, 0.3, 0.001]))
    answer = opinion(Question.EXPENDABLE, Theory.COALITION, lopsided)
    assert "owners" in answer.answer
    assert "fewer than 3" in answer.answer
    assert "voice of the palace" not in json.dumps(table(opinions(lopsided, {"coup_attempt": 0.02})))


def test_fronde_is_compared_with_each_theory_and_never_averaged() -> None:
    verdicts = {v.question: v for v in opinions(VIEW, {"coup_attempt": 0.2, "policy_pressure": 0.14})}
    (coup,) = verdicts[Question.COUP].differs
    assert "it leaves out everything particular" in coup
    policy = verdicts[Question.POLICY]
    assert len(policy.differs) == sum(o.speaks for o in policy.opinions)
    assert any("same answer" in sentence for sentence in policy.differs)
    assert verdicts[Question.CASCADE].differs == ()
    with pytest.raises(KeyError, match="coup"):
        opinions(VIEW, {"coup": 0.1})


def test_agreement_names_the_extremes() -> None:
    assert VERDICTS[Question.COUP].agreement == "only base rate speaks"
    holds = VERDICTS[Question.HOLDS]
    values = [o.value for o in holds.opinions if o.value is not None]
    assert f"{min(values):.2f}" in holds.agreement
    assert f"{max(values):.2f}" in holds.agreement


def test_the_table_is_plain() -> None:
    rows = json.loads(json.dumps(table(opinions(VIEW, {"coup_attempt": 0.02}))))
    assert len(rows) == len(Question) * (len(Theory) + 1)


def test_agreement_on_policy_is_no_issue() -> None:
    agreed = replace(VIEW, positions=np.full(6, 0.3))
    assert opinion(Question.POLICY, Theory.EXPECTED_UTILITY, agreed).value == pytest.approx(0.3)
    assert opinion(Question.POLICY, Theory.BARGAINING, agreed).value == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("positions", np.full(6, 2.0)),
        ("weights", np.zeros(6)),
        ("sizes", np.ones(5)),
        ("discontent", np.full(6, np.nan)),
        ("signal_noise", 0.0),
    ],
)
def test_impossible_cases_are_refused(field: str, value) -> None:
    with pytest.raises(ValueError, match=field):
        replace(VIEW, **{field: value})
