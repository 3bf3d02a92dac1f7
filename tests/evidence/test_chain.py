"""Chains: the worked numbers, and hearsay never gains strength."""

from math import isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.evidence.chain import Link, Pair, denial, link, transmit, voice
from fronde.evidence.codebook import Access, Drift, HopKind, Identity, Interest, Modality, SourceKind, Stated

CAREFUL, TABLOID = Link(0.9, 0.01), Link(0.9, 0.03)
SAID = Pair(0.30, 0.02)

chance = st.floats(0.001, 0.999)


@st.composite
def links(draw):
    t = draw(st.floats(0.05, 1.0))
    return Link(t, t * draw(st.floats(0.001, 0.99)))


def ratio(pair):
    return pair.h / pair.f


def test_worked_numbers():
    assert round(ratio(SAID), 2) == 15.00
    assert round(ratio(transmit(SAID, [CAREFUL])), 2) == 9.96
    assert round(ratio(transmit(SAID, [CAREFUL, TABLOID])), 1) == 5.0


def test_a_flight_told_second_hand_is_near_the_worked_origin(build):
    insider = build.source("i", "anonymous", "role_only", "C", role_text="a banker")
    said = voice(insider, 0.7, 0.70)
    assert said.f == pytest.approx(0.02)
    assert said.h == pytest.approx(0.294)


@given(chance, chance, links())
def test_a_hop_moves_the_ratio_toward_one(h, f, hop):
    before, after = log(h / f), log(ratio(transmit(Pair(h, f), [hop])))
    assert abs(after) <= abs(before) + 1e-12
    assert after * before >= -1e-12


@given(chance, chance, st.lists(links(), max_size=6))
def test_a_chain_stays_a_pair_of_probabilities(h, f, hops):
    said = transmit(Pair(h, f), hops)
    assert 0.0 < said.h <= 1.0
    assert 0.0 < said.f <= 1.0


@given(
    st.sampled_from(list(SourceKind)),
    st.floats(0.05, 0.99),
    st.sampled_from(list(Stated)),
    st.sampled_from(list(HopKind)),
    st.lists(st.sampled_from(list(Drift)), max_size=4),
)
def test_every_link_has_t_above_u_and_drift_only_raises_u(kind, reliability, stated, how, drift):
    plain, drifted = link(kind, reliability, stated, how), link(kind, reliability, stated, how, drift)
    assert 0.0 < plain.u <= drifted.u < drifted.t <= 1.0
    assert link(kind, reliability, stated, how, [*drift, *drift]) == drifted
    assert link(kind, reliability, Stated.YES, how, drift).u <= link(kind, reliability, Stated.INFERRED, how, drift).u


@given(
    st.sampled_from(list(Identity)),
    st.sampled_from(list(Access)),
    st.sampled_from(list(Interest)),
    st.sampled_from([Modality.ASSERTED, Modality.REPORTED, Modality.SUGGESTED]),
    st.floats(0.01, 1.0),
    st.floats(0.05, 0.99),
)
def test_an_assertion_never_counts_against_itself(build, identity, access, interest, modality, visibility, reliability):
    who = build.source("w", "person", identity, access=access, interest=interest, role_text="")
    said = voice(who, visibility, reliability, modality)
    assert 0.0 < said.f <= said.h <= 1.0
    assert voice(who, visibility, min(0.99, reliability + 0.01), modality).f <= said.f


def test_statements_against_interest_weigh_more(build):
    made = {kind: voice(build.source("w", interest=kind), 0.7, 0.85) for kind in Interest}
    assert ratio(made[Interest.AGAINST_INTEREST]) > ratio(made[Interest.NEUTRAL]) > ratio(made[Interest.INTERESTED])


def test_denial(build):
    interested, neutral = build.source("a", interest="interested"), build.source("b")
    assert denial(interested, SAID) == Pair(0.7, 0.9)
    assert isclose(log(ratio(denial(neutral, SAID))), -log(ratio(SAID)))
