"""Proposing, accepting, correcting, rejecting, retracting: what is written, what is not, and what is remembered."""

from datetime import date

import pytest

from fronde.app import ledger
from fronde.app.opening import RequestError
from fronde.evidence.pack import read_pack
from fronde.ledger.commit import NEW, READY
from fronde.scenario.problems import CaseError

LATE = date(2019, 12, 31)


def seen(case, as_of=LATE):
    return read_pack(case / "evidence", as_of)


def test_a_proposed_claim_moves_nothing_until_it_is_accepted(case, fresh):
    first = seen(case)
    ledger.propose(case, fresh, "ann")
    assert seen(case).hash == first.hash
    ledger.accept(case, "N1", "ben", "read the paper")
    assert "N1" in seen(case).claim
    assert [hop.id for hop in seen(case).chain["N1"]] == ["N1-0"]
    assert [(step["coder"], step["after"], step["why"]) for step in ledger.history(case, "N1")] == [
        ("ann", "proposed", ""),
        ("ben", "accepted", "read the paper"),
    ]


def test_rejecting_what_was_accepted_restores_what_was_known(case, fresh):
    first = seen(case)
    ledger.propose(case, fresh, "ann")
    ledger.accept(case, "N1", "ann")
    assert seen(case).hash != first.hash
    ledger.reject(case, "N1", "misread", "ben")
    assert seen(case).hash == first.hash


def test_a_later_retraction_changes_nothing_earlier(case):
    then, after = date(2019, 6, 1), date(2019, 6, 3)
    claim = next(iter(seen(case, then).claim))
    before = seen(case, then)
    ledger.retract(case, claim, "the paper took it back", "ann", known_at=date(2019, 6, 2))
    assert seen(case, then).hash == before.hash
    assert claim in seen(case, then).claim
    assert claim not in seen(case, after).claim


def test_a_later_correction_changes_nothing_earlier(case):
    from fronde.ledger.edits import By, correct

    then = date(2019, 6, 1)
    claim = next(iter(seen(case, then).claim))
    before = seen(case, then)
    for k, drift in enumerate(("exaggerated", "lost_hedge")):
        by = By("ann", "the paper corrected itself", known_at=date(2019, 6, 2 + k))
        ledger._write(case, lambda sheets, by=by, drift=drift: correct(sheets, claim, {"drift": drift}, by))
    assert seen(case, then).hash == before.hash
    assert [str(drift) for drift in seen(case, date(2019, 6, 2)).claim[claim].drift] == ["exaggerated"]
    assert [str(drift) for drift in seen(case, LATE).claim[claim].drift] == ["lost_hedge"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"event_class": "fleee"}, "not an event class"),
        ({"group": "counsil"}, "did you mean `council`"),
        ({"date_low": "2019-13-01"}, "a date that exists"),
        ({"nonsense": "1"}, "unknown column"),
        ({"id": "V9"}, "any other column"),
        ({"dup_of": "V01"}, "circle"),
        ({"count_low": "nan"}, "not finite"),
        ({"text": "word " * 21}, "at most 20"),
        ({"actors": "../../etc/passwd"}, "unknown actor"),
        ({"known_at": "2999-01-01"}, "not after today"),
    ],
    ids=str,
)
def test_a_wrong_correction_is_refused_and_nothing_written(case, before, now, cells, expected):
    with pytest.raises(CaseError, match=expected):
        ledger.correct(case, "V01", cells, "ann", "try")
    assert now(case) == before


def test_a_used_id_is_refused(case, before, now, fresh):
    fresh["claims"][0]["id"] = "V01"
    with pytest.raises(CaseError, match="already used"):
        ledger.propose(case, fresh, "ann")
    assert now(case) == before


def test_a_rejection_needs_a_reason(case, before, now):
    with pytest.raises(CaseError, match="no reason"):
        ledger.reject(case, "V01", " ", "ann")
    assert now(case) == before


def test_an_unknown_claim_names_the_nearest(case):
    with pytest.raises(CaseError, match="did you mean `V01`"):
        ledger.accept(case, "V01x", "ann")


def test_shipped_cases_are_not_changed(fresh):
    with pytest.raises(RequestError, match="fronde new my-valdria --from valdria"):
        ledger.propose("valdria", fresh, "ann")


def test_a_killed_process_leaves_the_old_pack_or_the_new(case, before, now, fresh, monkeypatch):
    """Killed before the change counted: the old pack. Killed after: whoever comes next finishes it."""
    from fronde.ledger import commit

    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(commit.os, "rename", die)
    with pytest.raises(KeyboardInterrupt):
        ledger.propose(case, fresh, "ann")
    monkeypatch.undo()
    assert now(case) == before
    (case / NEW / "evidence").mkdir(parents=True)
    monkeypatch.setattr(commit.os, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        ledger.propose(case, fresh, "ann")
    monkeypatch.undo()
    assert (case / READY).is_dir()
    ledger.accept(case, "N1", "ann")
    assert now(case) != before
    assert "N1" in seen(case).claim


def test_lists_and_searches(case):
    everything = ledger.list_claims(case)
    inbox = ledger.list_claims(case, status="proposed")
    assert [row["id"] for row in inbox] == ["V12"]
    assert [row["id"] for row in ledger.list_claims(case, "MINISTER harbours pack", status="proposed")] == ["V12"]
    assert len(ledger.list_claims(case, limit=2)) == 2 < len(everything)
    assert ledger.list_claims(case, "nobody ever wrote this") == []
    with pytest.raises(ValueError, match="unknown filter"):
        ledger.list_claims(case, colour="red")


def test_a_claim_is_shown_with_all_it_hangs_on(case):
    found = ledger.show(case, "V01")
    assert found["claim"]["id"] == "V01"
    assert found["report"]["published_at"]
    assert [hop["position"] for hop in found["chain"]] == sorted(hop["position"] for hop in found["chain"])
    assert found["chain"][0]["source_row"]["name"]
