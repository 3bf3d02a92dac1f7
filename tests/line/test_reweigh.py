"""The posterior on other evidence, without a new calibration."""

from dataclasses import replace

import numpy as np
import pytest

from fronde.app.reweigh import claim_pulls, reweigh, without_claim


@pytest.fixture(scope="module")
def histories(problem, posterior):
    return problem.histories(posterior.z, posterior.replicates, 1)


def test_the_same_evidence_restores_the_same_numbers(problem, histories):
    found = reweigh(problem, histories, problem.pack)
    assert np.all(found.weights == found.weights[0])
    assert found.effective == pytest.approx(1.0)
    assert found.why == ""


def test_claims_are_ordered_by_what_they_move(problem, histories):
    p = np.linspace(0.0, 1.0, histories.weight.shape[1])
    rows = claim_pulls(problem, histories, {"q": p})
    assert {row["id"] for row in rows} == {claim.id for claim in problem.pack.claims}
    moves = [abs(row["pull"][0]["with"] - row["pull"][0]["without"]) for row in rows if row["pull"]]
    assert moves == sorted(moves, reverse=True)
    assert moves[0] > 0.0
    assert all(row["why"] for row in rows if not row["pull"])


def test_taking_a_claim_out_and_back_in_is_nothing(problem, histories):
    """L'/L times L/L' is one: reweighting there and back ends where it began."""
    moved = [claim.id for claim in problem.pack.claims]
    for claim in moved:
        there = reweigh(problem, histories, without_claim(problem.pack, claim))
        if there.why or there.effective > 0.999:
            continue
        evidence = replace(problem.evidence, pack=without_claim(problem.pack, claim))
        assert evidence.pack.hash != problem.pack.hash
        assert there.weights.sum() == pytest.approx(1.0)
        break
    else:
        pytest.fail("no claim of the case moves anything")
    assert np.all(reweigh(problem, histories, problem.pack).weights == 1.0 / histories.weight.shape[1])
