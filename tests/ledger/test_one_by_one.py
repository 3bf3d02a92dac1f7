"""`fronde evidence review` without decisions on the command line: it shows each proposed claim and asks."""

import pytest

from fronde.app import ledger

FIRST, SECOND, THIRD = NAMES = ("N1", "N2", "N3")


@pytest.fixture
def inbox(case, fresh):
    """The case with three proposed claims and nothing else in the inbox."""
    for row in ledger.list_claims(case, status="proposed"):
        ledger.reject(case, row["id"], "makes room", "ann")
    rows = {table: [] for table in fresh}
    for name in NAMES:
        for table, (row,) in fresh.items():
            rows[table].append({key: cell.replace("N1", name) for key, cell in row.items()})
    ledger.propose(case, rows, "ann")
    return case


def states(case):
    return [ledger.show(case, name)["claim"]["status"] for name in NAMES]


def test_accept_reject_skip(inbox, fronde):
    done = fronde("evidence", "review", inbox, "--coder", "ben", typed="a\nr\ntoo vague\ns\n")
    assert done.exit_code == 0, done.stderr
    assert states(inbox) == ["accepted", "rejected", "proposed"]
    assert ledger.show(inbox, FIRST)["chain"][0]["status"] == "accepted"
    assert ledger.show(inbox, THIRD)["chain"][0]["status"] == "proposed"
    last = ledger.history(inbox, SECOND)[-1]
    assert (last["coder"], last["why"]) == ("ben", "too vague")
    assert done.stdout == ""
    for name in NAMES:
        assert f"{name} [proposed] Two owners packed" in done.stderr


def test_correct_then_accept(inbox, fronde):
    typed = "c\ndrift=exaggerated;; reliability=D\nheadline only\ny\nq\n"
    assert fronde("evidence", "review", inbox, "--coder", "ben", typed=typed).exit_code == 0
    claim = ledger.show(inbox, FIRST)["claim"]
    assert (claim["drift"], claim["reliability"], claim["status"]) == ("exaggerated", "D", "accepted")
    assert [step["variable"] for step in ledger.history(inbox, FIRST)] == ["status", "drift", "reliability", "status"]
    assert states(inbox)[1:] == ["proposed", "proposed"]


def test_a_correction_may_wait_for_acceptance(inbox, fronde):
    assert fronde("evidence", "review", inbox, typed="c\nreliability=D\n\nn\nq\n").exit_code == 0
    claim = ledger.show(inbox, FIRST)["claim"]
    assert (claim["reliability"], claim["status"]) == ("D", "proposed")


def test_broken_off_it_keeps_what_was_decided(inbox, fronde):
    """The input ends after the first answer, as with Ctrl-D."""
    done = fronde("evidence", "review", inbox, typed="a\n")
    assert done.exit_code == 130
    assert states(inbox) == ["accepted", "proposed", "proposed"]


def test_another_answer_is_asked_again(inbox, fronde):
    done = fronde("evidence", "review", inbox, typed="x\na\nq\n")
    assert "'x' is not one of" in done.stderr
    assert states(inbox)[0] == "accepted"


def test_a_word_out_of_the_codebook_changes_nothing(inbox, fronde, now):
    from fronde.app.ledger import read

    before = read(inbox)
    done = fronde("evidence", "review", inbox, typed="c\nreliability=Q\n\n")
    assert done.exit_code == 3
    assert read(inbox) == before
