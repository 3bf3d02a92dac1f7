"""From coded claims to h and f of each act: the laws of the ledger."""

from dataclasses import replace
from datetime import date, timedelta
from math import exp, isclose, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fronde.domain.state import ACTS
from fronde.evidence.codebook import ClaimType, Drift, Letter, Modality, Polarity, Stated, Status
from fronde.evidence.event_classes import EVENT_CLASSES
from fronde.evidence.events import event_likelihoods
from fronde.evidence.pack import read_pack
from fronde.evidence.reliability import learn_reliability
from fronde.evidence.trees import default_rho, origin_trees, told


def first(build, *claims, **more):
    return event_likelihoods(build.pack_of(build.tables_of(*claims, **more)))[0]


def test_every_act_of_the_codebook_is_an_act_of_the_model():
    acts = {kind.act for kind in EVENT_CLASSES.values() if kind.act}
    assert acts == {
        "leave",
        "resign",
        "resign_refused",
        "dismissed",
        "speak_policy",
        "speak_leader",
        "punished",
        "return",
    }
    assert acts <= set(ACTS)


def test_fields_of_the_evidence(story_folder):
    found = event_likelihoods(read_pack(story_folder, date(2031, 4, 30)))
    assert [(each.event, each.actor, each.act) for each in found] == [
        ("e1", "x", "leave"), ("e2", "y", "resign"), ("e2", "z", "resign")]  # fmt: skip
    assert found[0].origins == ("INSIDER", "MINISTER")
    assert found[0].claims == ("c1", "c2", "c3")
    assert found[1].origins == ("record:e2",)
    assert found[0].date_high == date(2031, 3, 4)
    assert found[0].known_at == date(2031, 3, 5)
    assert 0.0 < found[0].f < found[0].h < 1.0


def test_one_insider_through_a_careful_paper_by_hand(build):
    """h0 = .7 * .7 * .6, f0 = .02; paper of letter B: t .9, u .01."""
    found = first(build, build.claim("c", "O", "paper0", "insider"))
    h0, f0 = 0.7 * 0.7 * 0.6, 0.02
    assert isclose(found.h, 0.9 * h0 + 0.01 * (1 - h0))
    assert isclose(found.f, 0.9 * f0 + 0.01 * (1 - f0))


def test_no_claim_gives_the_prior(build):
    found = first(build)
    assert found.h == found.f == 1.0
    assert found.posterior(0.37) == pytest.approx(0.37)
    assert found.origins == ()


@given(st.lists(st.sampled_from(["paper1", "paper2", "paper3", "tabloid"]), min_size=0, max_size=3, unique=True))
def test_a_copy_never_lifts_past_the_origin_itself(build, through):
    direct = first(build, build.claim("c0", "O", "insider", event="e1"))
    copies = [build.claim(f"c{i}", "O", paper, "paper0", "insider") for i, paper in enumerate(through, 1)]
    copied = first(build, build.claim("c9", "O", "paper0", "insider"), *copies)
    assert copied.log_lr <= direct.log_lr + 1e-9


@settings(deadline=None)
@given(st.permutations(["a", "b", "c", "d"]), st.integers(0, 3))
def test_order_and_duplicates_do_not_matter(build, order, again):
    made = {
        "a": build.claim("a", "O1", "paper1", "insider"),
        "b": build.claim("b", "O1", "tabloid", "paper1", "insider"),
        "c": build.claim("c", "O2", "paper2", "clerk"),
        "d": build.claim("d", "O3", "paper3", "bank", relation="denies"),
    }
    reference = first(build, *made.values())
    copy = build.claim("z", made[order[again]]["claims"][0].origin,
                       *[hop.source for hop in made[order[again]]["hops"]],
                       relation=made[order[again]]["event_claims"][0].relation)  # fmt: skip
    found = first(build, *(made[key] for key in order), copy)
    assert (found.log_h, found.log_f) == (reference.log_h, reference.log_f)


@pytest.mark.parametrize("status", ["retracted", "rejected", "proposed"])
def test_retracting_a_claim_restores_the_old_numbers_bit_for_bit(build, status):
    old = build.claim("a", "O1", "paper1", "insider")
    extra = build.claim("b", "O2", "paper2", "witness")
    taken_back = build.claim("b", "O2", "paper2", "witness", status=status)
    assert first(build, old, extra) != first(build, old)
    assert first(build, old, taken_back) == first(build, old)
    assert first(build, taken_back) == first(build)


def test_claims_after_t_change_nothing_before_t(build):
    t = build.day + timedelta(days=5)
    old = build.claim("a", "O1", "paper1", "insider")
    new = build.claim("b", "O1", "paper2", "insider", at=t + timedelta(days=1))
    both = build.tables_of(old, new)
    alone = build.tables_of(old)
    assert event_likelihoods(build.pack_of(both, t)) == event_likelihoods(build.pack_of(alone, t))
    assert event_likelihoods(build.pack_of(both)) != event_likelihoods(build.pack_of(alone))


@given(st.sampled_from(["insider", "clerk", "witness"]))
def test_flipping_the_polarity_flips_the_sign(build, voice):
    yes = first(build, build.claim("c", "O", voice))
    no = first(build, build.claim("c", "O", voice, polarity=Polarity.DENY))
    assert yes.log_lr > 0.0
    assert no.log_lr == pytest.approx(-yes.log_lr)
    passed = [first(build, build.claim("c", "O", "paper0", voice, polarity=p)) for p in Polarity]
    assert passed[0].log_lr > 0.0 > passed[1].log_lr


def test_an_interested_denial_is_nearly_silent(build):
    found = first(build, build.claim("d", "O", "bank", relation="denies"))
    assert found.h == pytest.approx(0.7)
    assert found.f == pytest.approx(0.9)
    told_by_two = build.claim("a", "O1", "paper1", "insider")
    before = first(build, told_by_two)
    after = first(build, told_by_two, build.claim("d", "O", "paper2", "bank", relation="denies"))
    assert 0.0 < before.log_lr - after.log_lr < 0.3


def test_caps_per_origin(build):
    """Twenty papers, one voice; the ratio stays below the cap of that voice."""
    for voice, cap in (("insider", 20.0), ("witness", 100.0)):
        copies = [build.claim(f"c{i:02d}", "O", f"paper{i}", voice) for i in range(20)]
        assert first(build, *copies).log_lr <= log(cap) + 1e-9
    sure = build.source("sure", "person", "role_only", "A", role_text="r", access="first_hand")
    assert first(build, build.claim("c", "O", "sure"), sources=[sure]).log_lr == pytest.approx(log(20.0))


def test_default_rule_for_the_same_origin(build):
    a, b = build.day, build.day + timedelta(days=14)
    insider, other, clerk, witness, bank = (
        build.source("i", "anonymous", "role_only", role_text="banker"),
        build.source("j", "anonymous", "role_only", role_text="Banker"),
        build.source("k", "anonymous", "role_only", role_text="clerk"),
        build.source("l", "person"),
        build.source("m", "person"),
    )
    assert default_rho(insider, a, other, b) == 0.5
    assert default_rho(insider, a, other, b + timedelta(days=1)) == 0.1
    assert default_rho(insider, a, clerk, a) == 0.1
    assert default_rho(insider, a, witness, a) == 0.1
    assert default_rho(witness, a, bank, a) == 0.0
    assert default_rho(witness, a, witness, b) == 1.0


def test_a_judged_pair_overrides_the_default(build):
    claims = [build.claim("a", "O1", "paper1", "insider"), build.claim("b", "O2", "paper2", "insider2")]
    same, default, apart = (
        first(build, *claims, pairs=pairs).log_lr
        for pairs in ([build.pair("O1", "O2", 1.0)], [], [build.pair("O1", "O2", 0.0)])
    )
    assert same < default < apart
    half = first(build, *claims, pairs=[build.pair("O2", "O1", 0.5)])
    assert half.log_lr == pytest.approx(default)


def test_forecasts_intentions_and_conditionals_are_no_evidence(build):
    for more in (
        {"claim_type": ClaimType.FORECAST},
        {"claim_type": ClaimType.INTENTION},
        {"modality": Modality.FUTURE},
        {"modality": Modality.CONDITIONAL},
    ):
        assert first(build, build.claim("c", "O", "paper0", "insider", **more)) == first(build)


def test_hedged_and_drifted_claims_weigh_less(build):
    plain = first(build, build.claim("c", "O", "paper0", "insider")).log_lr
    for more in (
        {"modality": Modality.REPORTED},
        {"drift": (Drift.EXAGGERATED,)},
        {"drift": (Drift.LOST_HEDGE, Drift.LOST_BOUND)},
    ):
        assert 0.0 < first(build, build.claim("c", "O", "paper0", "insider", **more)).log_lr < plain
    own = first(build, build.claim("c", "O", "paper0")).log_lr
    assert first(build, build.claim("c", "O", "paper0", drift=(Drift.EXAGGERATED,))).log_lr < own


def test_grade_of_an_event_without_claims(build):
    found = [first(build, events=[build.event(credence=Letter(letter))]).log_lr for letter in "ABCDEF"]
    assert found[0] >= found[1] > found[2] >= found[3] >= found[4] > 0.0
    assert found[0] <= log(100.0) + 1e-12
    assert max(found[2:]) <= log(20.0) + 1e-12
    ungraded = first(build, events=[build.event(credence=Letter("C"), visibility=0.05)])
    assert 0.0 < ungraded.log_lr < found[2]


def test_low_visibility_makes_a_report_weigh_less(build):
    claim = build.claim("c", "O", "paper0", "insider")
    seen, hidden = (first(build, claim, events=[build.event(visibility=v)]).log_lr for v in (0.95, 0.05))
    assert hidden < seen


def test_the_voice_may_be_named_on_the_origin(build):
    made = build.claim("c", "O", "paper0")
    own_voice = first(build, made)
    origin = type(made["origins"][0])(id="O", label="O", source="witness", status=Status.ACCEPTED)
    made["origins"] = [origin]
    through = first(build, made)
    assert through.log_lr != own_voice.log_lr
    assert through.log_lr == pytest.approx(first(build, build.claim("c", "O", "paper0", "witness")).log_lr)


def test_tree_of_one_claim_has_its_links_in_order(build):
    pack = build.pack_of(build.tables_of(build.claim("c", "O", "tabloid", "paper0", "insider")))
    (tree,) = origin_trees(pack, [told(pack.claims[0])], 0.7, learn_reliability(pack))
    (branch,) = tree.branches
    assert [name for name, _ in branch.hops] == ["paper0", "tabloid"]
    assert not tree.named
    assert branch.hops[1][1].u > branch.hops[0][1].u


def branch_of(build, made):
    pack = build.pack_of(build.tables_of(made))
    (tree,) = origin_trees(pack, [told(pack.claims[0])], 0.7, learn_reliability(pack))
    return dict(tree.branches[0].hops)


def test_how_a_hop_was_got_is_coded_on_the_hop_it_cites(build):
    """paper0 names whom it has it from; the tabloid's debt to paper0 is inferred."""
    made = build.claim("c", "O", "tabloid", "paper0", "insider")
    plain = branch_of(build, made)
    made["hops"] = [replace(hop, stated=Stated.INFERRED) if hop.position == 1 else hop for hop in made["hops"]]
    inferred = branch_of(build, made)
    assert inferred["paper0"] == plain["paper0"]
    assert inferred["tabloid"].u == pytest.approx(1.5 * plain["tabloid"].u)


def test_drift_belongs_to_the_outermost_link(build):
    plain = branch_of(build, build.claim("c", "O", "tabloid", "paper0", "insider"))
    drifted = branch_of(build, build.claim("c", "O", "tabloid", "paper0", "insider", drift=(Drift.LOST_HEDGE,)))
    assert drifted["paper0"] == plain["paper0"]
    assert drifted["tabloid"].u == pytest.approx(2.0 * plain["tabloid"].u)


def test_posterior_is_bayes(build):
    found = first(build, build.claim("c", "O", "paper0", "insider"))
    expected = found.h * 0.1 / (found.h * 0.1 + found.f * 0.9)
    assert found.posterior(0.1) == pytest.approx(expected)
    assert isclose(exp(found.log_lr), found.h / found.f)
