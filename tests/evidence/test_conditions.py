"""Conditions told of a group: probit by hand, signs, caps shared by an origin."""

from math import erf, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.evidence.codebook import ClaimType, Polarity, Qualifier
from fronde.evidence.conditions import STRENGTHS, condition_claims, log_condition, prob_told

STATE = np.linspace(-2.0, 2.0, 9)


def test_probit_by_hand():
    expected = 0.5 * (1.0 + erf((1.2 + 0.3 - 0.5) / sqrt(2.0)))
    assert prob_told(1.2, "plain") == pytest.approx(expected)
    found = log_condition([1.2], 1, "plain", 10.0, centre=0.0, scale=1.0)
    assert found[0] == pytest.approx(log(10.0 * expected + 1.0 - expected))


def test_strength_is_ordered():
    for z in STATE:
        assert prob_told(z, "weak") > prob_told(z, "plain") > prob_told(z, "strong")


@given(st.sampled_from([-1, 1]), st.sampled_from(STRENGTHS), st.floats(1e-3, 1e3))
def test_bounded_by_the_ratio_and_the_cap(direction, strength, ratio):
    found = log_condition(STATE, direction, strength, ratio, centre=0.0, scale=1.0)
    limit = min(abs(log(ratio)), log(100.0)) + 1e-12
    assert np.all(np.abs(found) <= limit)
    assert np.all(np.sign(found) * np.sign(log(ratio)) >= 0.0)


@given(st.floats(1.01, 100.0))
def test_direction_and_polarity_turn_it_around(ratio):
    more = log_condition(STATE, 1, "plain", ratio, centre=0.0, scale=1.0)
    less = log_condition(STATE, -1, "plain", ratio, centre=0.0, scale=1.0)
    denied = log_condition(STATE, 1, "plain", 1.0 / ratio, centre=0.0, scale=1.0)
    np.testing.assert_allclose(more, less[::-1])
    assert np.all(np.diff(more) > 0.0)
    assert np.all(np.diff(denied) < 0.0)


def test_units_do_not_matter():
    first = log_condition(STATE, 1, "weak", 8.0)
    np.testing.assert_allclose(log_condition(0.3 * STATE + 5.0, 1, "weak", 8.0), first)


def test_silent_without_weight_or_without_spread():
    np.testing.assert_allclose(log_condition(STATE, 1, "plain", 1.0), 0.0, atol=1e-12)
    np.testing.assert_allclose(log_condition(np.full(4, 0.2), 1, "plain", 9.0), 0.0)


@pytest.mark.parametrize(
    "arguments",
    [
        ([np.nan], 1, "plain", 2.0),
        ([1.0], 0, "plain", 2.0),
        ([1.0], 1, "very", 2.0),
        ([1.0], 1, "plain", 0.0),
    ],
)
def test_wrong_arguments_are_refused(arguments):
    with pytest.raises(ValueError, match=r"expected|finite"):
        log_condition(*arguments, centre=0.0, scale=1.0)


def mood(build, key, origin, *hops, event_class="discontent_spread", group="owners", **more):
    more.setdefault("claim_type", ClaimType.CONDITION)
    return build.claim(key, origin, *hops, event=None, event_class=event_class, group=group, **more)


def test_condition_claims_of_a_pack(build):
    pack = build.pack_of(
        build.tables_of(
            mood(build, "a", "O1", "paper1", "insider"),
            mood(build, "b", "O1", "tabloid", "paper1", "insider"),
            mood(
                build,
                "c",
                "O1",
                "paper1",
                "insider",
                event_class="public_loyalty",
                count_qualifier=Qualifier.MOST,
            ),
            mood(build, "d", "O2", "paper2", "clerk", event_class="isolation", group="", polarity=Polarity.DENY),
            mood(build, "e", "O2", "paper2", "clerk", event_class="patronage"),
            mood(build, "f", "O2", "paper2", "clerk", claim_type=ClaimType.BACKGROUND),
        )
    )
    found = {each.claims: each for each in condition_claims(pack)}
    assert set(found) == {("a", "b"), ("c",), ("d",)}
    assert (found["a", "b"].state, found["a", "b"].direction, found["a", "b"].strength) == (
        "private",
        1,
        "plain",
    )
    assert (found["c",].direction, found["c",].strength) == (-1, "strong")
    assert found["d",].likelihood_ratio < 1.0 < found["a", "b"].likelihood_ratio
    assert [each.claims for each in condition_claims(pack, without={"O1"})] == [("d",)]


def test_a_stance_told_of_a_group_is_a_mood_and_not_a_public_act(build):
    """`Owners criticise the leader`, told of nobody in particular: visibility .3, as for discontent."""
    weights = [
        condition_claims(build.pack_of(build.tables_of(mood(build, "a", "O", "paper1", "insider", event_class=name))))
        for name in ("criticise_leader", "discontent_spread")
    ]
    assert weights[0][0].likelihood_ratio == pytest.approx(weights[1][0].likelihood_ratio)


def test_an_origin_shares_one_cap_among_its_moods(build):
    sure = build.source("sure", "person", "role_only", "A", role_text="r", access="first_hand")
    classes = ["discontent_spread", "isolation", "trap", "split", "hardliner_dominance", "wealth_loss"]
    claims = [mood(build, f"c{i}", "O", "sure", event_class=name) for i, name in enumerate(classes)]
    found = condition_claims(build.pack_of(build.tables_of(*claims, sources=[sure])))
    assert len(found) == 6
    assert sum(abs(log(each.likelihood_ratio)) for each in found) <= log(20.0) + 1e-9
