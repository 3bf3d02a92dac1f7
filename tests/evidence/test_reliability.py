"""Reliability: priors from letters, learning from resolved claims, the clock, the credibility figure."""

from datetime import date
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.evidence.codebook import Answer, Polarity, Status
from fronde.evidence.events import event_likelihoods
from fronde.evidence.reliability import credibility, learn_reliability
from fronde.evidence.rows import Resolution


def resolution(key, claim, strict="yes", known=date(2031, 4, 1)):
    return Resolution(
        id=key, claim=claim, rule="written before", strict=Answer(strict), resolved_at=known, known_at=known,
        status=Status.ACCEPTED,
    )  # fmt: skip


def learnt(build, *claims, resolutions=(), as_of=date(2031, 12, 31), sources=()):
    return learn_reliability(build.pack_of(build.tables_of(*claims, resolutions=resolutions, sources=sources), as_of))


def test_letters_set_the_prior(build):
    sources = [build.source(f"s{letter}", "person", reliability=letter) for letter in "ABCDEF"]
    claims = [build.claim(f"c{letter}", f"O{letter}", f"s{letter}") for letter in "ABCDEF"]
    found = learnt(build, *claims, sources=sources).sources
    assert [round(found[f"s{letter}"].mean, 2) for letter in "ABCDEF"] == [0.95, 0.85, 0.70, 0.50, 0.30, 0.85]


def test_resolved_claims_move_the_source_and_its_class(build):
    claim = build.claim("c", "O", "paper0", "insider")
    before, right, wrong = (
        learnt(build, claim, resolutions=found) for found in ([], [resolution("s", "c")], [resolution("s", "c", "no")])
    )
    assert wrong.sources["insider"].mean < before.sources["insider"].mean < right.sources["insider"].mean
    assert right.sources["insider"].mean == pytest.approx((7 + 1) / 11)
    assert wrong.classes["unnamed"].mean < before.classes["unnamed"].mean
    assert right.sources["paper0"] == before.sources["paper0"]


def test_a_voice_without_a_letter_takes_the_mean_of_its_class(build):
    unknown = build.source("u", "person", "role_only", "F", role_text="r")
    claims = [build.claim("a", "A", "u"), *(build.claim(f"c{i}", f"O{i}", "insider") for i in range(6))]
    wrong = [resolution(f"s{i}", f"c{i}", "no") for i in range(6)]
    assert learnt(build, *claims, sources=[unknown], resolutions=wrong).sources["u"].mean == pytest.approx(2.8 / 10)


def test_a_denial_is_right_when_it_did_not_happen(build):
    claim = build.claim("c", "O", "insider", polarity=Polarity.DENY)
    found = learnt(build, claim, resolutions=[resolution("s", "c", "no")])
    assert found.sources["insider"].mean > 0.7


def test_copies_count_once_and_open_outcomes_not_at_all(build):
    first = build.claim("c", "O", "paper0", "insider")
    copies = [build.claim(f"c{i}", "O", f"paper{i}", "insider", dup_of="c") for i in range(1, 5)]
    one = learnt(build, first, *copies, resolutions=[resolution("s", "c")])
    all_five = [resolution("s", "c"), *(resolution(f"s{i}", f"c{i}") for i in range(1, 5))]
    assert learnt(build, first, *copies, resolutions=all_five).sources == one.sources
    void = [resolution("s", "c", "void"), resolution("t", "c", "ambiguous")]
    assert learnt(build, first, resolutions=void).sources == learnt(build, first).sources


def test_outcomes_known_later_are_invisible_before(build):
    claims = [
        build.claim("c", "O", "paper0", "insider"),
        build.claim("d", "O2", "paper1", "insider", event="e1"),
    ]
    late = [resolution("s", "c", "no", known=date(2031, 4, 1))]
    before = learnt(build, *claims, as_of=date(2031, 3, 31), resolutions=late)
    assert before == learnt(build, *claims, as_of=date(2031, 3, 31))
    tables = build.tables_of(*claims, resolutions=late)
    early, after = (event_likelihoods(build.pack_of(tables, day))[0] for day in (date(2031, 3, 31), date(2031, 4, 1)))
    assert after.log_lr < early.log_lr


@pytest.mark.parametrize(
    ("log_lr", "grade"),
    [(log(19.0), 1), (log(4.0), 2), (log(1.5), 3), (log(0.9), 4), (log(0.1), 5), (0.0, 6)],
)
def test_credibility_figure(log_lr, grade):
    assert credibility(log_lr + (1e-9 if log_lr else 0.0)) == grade


@given(st.floats(-5.0, 5.0).filter(bool), st.floats(0.0, 3.0))
def test_credibility_never_worsens_with_more_weight(log_lr, more):
    assert credibility(log_lr + more) <= credibility(log_lr) or log_lr + more == 0.0
