"""Laws that hold whatever the claims are: taking back, the clock, and saying nothing.

The others stand beside their parts (`test_chain`, `test_origins`, `test_events`, `test_silence`).
"""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fronde.evidence.events import event_likelihoods

VOICES = ("insider", "clerk", "witness", "insider2", "bank")
chains = st.tuples(
    st.lists(st.sampled_from(["paper1", "paper2", "tabloid"]), max_size=2, unique=True),
    st.sampled_from(VOICES),
    st.sampled_from(["asserts", "denies"]),
)
several = st.lists(chains, min_size=0, max_size=3)


def told(build, found, prefix, **more):
    return [
        build.claim(f"{prefix}{i}", f"O-{voice}", *papers, voice, relation=relation, **more)
        for i, (papers, voice, relation) in enumerate(found)
    ]


def weighed(build, claims, as_of=None):
    tables = build.tables_of(*claims)
    return event_likelihoods(build.pack_of(tables, as_of) if as_of else build.pack_of(tables))


@settings(deadline=None, max_examples=40)
@given(several, chains, st.sampled_from(["retracted", "rejected", "proposed"]))
def test_taking_a_claim_back_restores_the_old_numbers_bit_for_bit(build, old, extra, status):
    before = told(build, old, "a")
    assert weighed(build, [*before, *told(build, [extra], "b", status=status)]) == weighed(build, before)


@settings(deadline=None, max_examples=40)
@given(several, several, st.integers(0, 30), st.integers(1, 30))
def test_claims_after_t_change_nothing_before_t(build, old, new, days, later):
    t = build.day + timedelta(days=days)
    before = told(build, old, "a")
    late = told(build, new, "b", at=t + timedelta(days=later))
    then = weighed(build, before, t)
    assert then
    assert weighed(build, [*before, *late], t) == then


@settings(deadline=None, max_examples=40)
@given(several, st.floats(0.01, 0.99))
def test_no_claim_gives_the_prior(build, gone, prior):
    found = weighed(build, told(build, gone, "a", status="retracted"))
    assert found
    for each in found:
        assert each.h == each.f == 1.0
        assert abs(each.posterior(prior) - prior) < 1e-12
