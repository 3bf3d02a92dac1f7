"""Two coders: agreement by hand and by enumeration, disputes, and what is refused."""

import pytest

from fronde.app import ledger
from fronde.ledger.review import alpha
from fronde.scenario.problems import CaseError

pytest.importorskip("krippendorff")


def test_alpha_by_hand():
    """Nominal alpha of two coders without gaps: 1 - (N - 1) * disagreements / (number of unlike pairs of values)."""
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("b", "b"), ("*", "a")]
    claims = {str(k): {"ann": x, "ben": y} for k, (x, y) in enumerate(pairs)}
    values = [value for pair in pairs for value in pair]
    unlike = sum(x != y for k, x in enumerate(values) for y in values[k + 1 :])
    expected = 1 - (len(values) - 1) * sum(x != y for x, y in pairs) / unlike
    assert alpha(claims) == pytest.approx(expected, abs=1e-12)


def test_alpha_of_perfect_agreement_and_of_nothing_to_learn():
    assert alpha({"1": {"a": "x", "b": "x"}, "2": {"a": "y", "b": "y"}}) == pytest.approx(1.0)
    assert alpha({"1": {"a": "x", "b": "x"}}) is None


def test_a_second_coding_changes_no_claim_and_shows_disputes(case):
    first = ledger.show(case, "V01")["claim"]
    other = "deny" if first["polarity"] == "affirm" else "affirm"
    ledger.code(case, "V01", {"polarity": other, "modality": first["modality"]}, "ben")
    ledger.code(case, "V02", {"polarity": ledger.show(case, "V02")["claim"]["polarity"]}, "ben")
    assert ledger.show(case, "V01")["claim"] == first
    found = {row["variable"]: row for row in ledger.agreement(case)}
    assert found["polarity"]["disputed"] == ["V01"]
    assert found["polarity"]["claims"] == 2
    assert found["modality"]["disputed"] == []


@pytest.mark.parametrize("codes", [{"polarity": "maybe"}, {"text": "other words"}])
def test_only_words_of_the_codebook(case, before, now, codes):
    with pytest.raises(CaseError):
        ledger.code(case, "V01", codes, "ben")
    assert now(case) == before
