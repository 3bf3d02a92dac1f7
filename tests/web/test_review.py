"""The inbox by keyboard: accept, correct and reject, with what is wrong shown at its field."""

import re

import pytest

from fronde.app import ledger
from fronde.app.views.desk import Desk

WAITING = "V12"


@pytest.fixture
def page(browser, serve, runs, copy):
    served = serve(Desk(runs, (copy,)))
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(served.entry)
    page.goto(f"{served.base}/#/evidence?case=valdria-copy&claim={WAITING}")
    page.get_by_role("button", name="Accept").wait_for()
    yield page
    context.close()


def cells(copy):
    return ledger.show(copy, WAITING)["claim"]


def test_correct_then_accept_by_keyboard_alone(page, copy):
    card = page.get_by_role("region", name=f"Claim {WAITING}")
    card.focus()
    page.keyboard.press("a")
    assert page.evaluate("document.activeElement.name") == "coder"
    page.keyboard.type("reader")
    page.keyboard.press("Tab")
    page.keyboard.type("the date was misread")
    card.focus()
    page.keyboard.press("c")
    page.wait_for_function("document.activeElement.id === 'correct-text'")
    page.get_by_label("date low").fill("2019-13-40")
    page.get_by_label("polarity").select_option("deny")
    page.get_by_label("date low").press("Enter")
    page.locator("#correct-date_low-wrong").wait_for()
    assert "month must be in 1..12" in page.locator("#correct-date_low-wrong").inner_text()
    assert page.get_by_label("date low").get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.activeElement.id") == "correct-date_low"
    assert cells(copy)["polarity"] == "affirm"
    page.get_by_label("date low").fill("2019-05-06")
    page.get_by_label("date low").press("Enter")
    page.get_by_text("Corrected.").wait_for()
    assert (cells(copy)["date_low"], cells(copy)["polarity"], cells(copy)["status"]) == (
        "2019-05-06",
        "deny",
        "proposed",
    )
    page.wait_for_function("document.activeElement.ariaLabel?.startsWith('Claim ')")
    page.get_by_role("button", name="Accept").wait_for()
    page.keyboard.press("a")
    page.get_by_text("Accepted.").wait_for()
    assert cells(copy)["status"] == "accepted"
    changed = {row["variable"]: (row["before"], row["after"]) for row in ledger.history(copy, WAITING)}
    assert changed["date_low"] == ("2019-05-05", "2019-05-06")
    assert changed["status"] == ("proposed", "accepted")


def test_reject_by_keyboard_needs_a_reason(page, copy):
    card = page.get_by_role("region", name=f"Claim {WAITING}")
    page.get_by_label("Who decides").fill("reader")
    card.focus()
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.name") == "why"
    page.keyboard.type("hearsay, arc")  # letters in a field decide nothing
    assert cells(copy)["status"] == "proposed"
    card.focus()
    page.keyboard.press("r")
    page.get_by_text("Rejected.").wait_for()
    assert cells(copy)["status"] == "rejected"


def test_problems_come_with_the_name_of_their_column(copy, tmp_path, serve):
    client = serve(Desk(tmp_path / "runs", (copy,))).client()
    where = f"/api/cases/valdria-copy/claims/{WAITING}"
    names = {field["name"] for field in client.get(where).json()["fields"]}
    assert {"text", "event_class", "actors", "date_low", "count_high", "drift", "dup_of"} <= names
    assert not {"id", "status", "coder", "coded_at"} & names
    before = (copy / "evidence" / "claims.csv").read_bytes()
    for column, cell in {
        "event_class": "fleee", "text": "", "origin": "nobody", "group": "nowhere", "date_high": "2019-05-01",
        "actors": "no-such-person", "known_at": "2999-01-01", "count_low": "many", "drift": "none; bent",
    }.items():  # fmt: skip
        given = {"decision": "correct", "coder": "reader", "why": "test", "changes": {column: cell}}
        answer = client.post(f"{where}/review", json=given)
        assert answer.status_code == 400, column
        assert re.match(rf"{column}: ", answer.json()["errors"][0]), answer.json()
    assert (copy / "evidence" / "claims.csv").read_bytes() == before
