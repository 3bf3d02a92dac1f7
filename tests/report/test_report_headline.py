"""The opening sentence: which question it takes and what it claims."""

import pytest

from fronde.report.headline import clears, headline, leading, statement


def question(name: str, p: float | None, interval: list | None, base: float | None) -> dict:
    return {"id": name, "text": f"{name} happens.", "p": p, "interval90": interval, "base_rate": base}


def test_the_first_question_with_a_number_leads():
    silent = question("silent", None, None, 0.20)
    first, second = question("first", 0.30, [0.01, 0.9], 0.02), question("second", 0.9, [0.8, 0.95], 0.02)
    assert leading([silent, first, second]) is first
    assert leading([silent]) is None


def test_finding_has_number_interval_and_base_rate():
    found = headline({"questions": [question("It", 0.21, [0.12, 0.33], 0.02)]})
    assert found.finding == "There is a 21% chance that it happens (90% interval 12–33%; base rate 2%)."
    assert found.worth == "The evidence sets this number apart from its base rate."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Is a state of war or a mobilisation announced by 9 May 2031?",
            "a state of war or a mobilisation is announced by 9 May 2031",
        ),
        ("Has the leader resigned by 9 May 2031?", "the leader has resigned by 9 May 2031"),
        ("Is there an attempt by 9 May 2031?", "there is an attempt by 9 May 2031"),
        ("Do at least four more owners leave by 9 May 2031?", "at least four more owners leave by 9 May 2031"),
        ("The leader falls by 9 May 2031.", "the leader falls by 9 May 2031"),
        ("Does it happen?", None),  # the verb would have to be conjugated
        ("Has the leader lost power by 9 May 2031?", None),  # no telling where the subject ends
        ("Is a minister dismissed and a general arrested by 9 May 2031?", None),
        ("Is a truce not announced by 9 May 2031?", None),
        ("Do they leave?", None),
        ("Is it over? Is it announced by 9 May 2031?", None),
        ("Valdria declares war", None),  # a name keeps its capital, so it is not put inside a sentence
        ("", None),
    ],
)
def test_questions_become_statements_only_where_that_is_safe(text, said):
    assert statement(text) == said


def test_a_text_that_cannot_be_turned_keeps_its_form():
    asked = {**question("It", 0.21, [0.12, 0.33], 0.02), "text": "Does it happen?"}
    told = {**asked, "text": "Valdria declares war."}
    rest = "21% (highly unlikely), 90% interval 12–33%, base rate 2%."
    assert headline({"questions": [asked]}).finding == f"Does it happen? {rest}"
    assert headline({"questions": [told]}).finding == f"Valdria declares war: {rest}"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.08, "an 8% chance"),
        (0.11, "an 11% chance"),
        (0.18, "an 18% chance"),
        (0.85, "an 85% chance"),
        (0.1, "a 10% chance"),
        (0.0001, "a chance below 0.1%"),
        (0.999, "a chance above 99%"),
    ],
)
def test_the_chance_is_worded(share, words):
    assert headline({"questions": [question("It", share, [0, 1], 0.2)]}).finding.startswith(f"There is {words} that it")


def test_it_says_on_how_many_questions_the_base_rate_is_left_behind():
    clear, other, unclear, below = (
        question(name, 0.21, interval, base)
        for name, interval, base in (
            ("a", [0.12, 0.33], 0.02),
            ("b", [0.05, 0.5], 0.02),
            ("c", [0.01, 0.5], 0.02),
            ("d", [0.1, 0.3], 0.9),
        )
    )

    def worth(*questions: dict) -> str:
        return headline({"questions": list(questions)}).worth

    assert worth(clear, unclear).endswith("base rate, but on no other of the 2 questions of the case.")
    assert worth(clear, other, unclear).endswith("as on 1 more of the 3 questions of the case.")
    assert worth(unclear, unclear).endswith("base rate, nor any other of the 2 questions of the case.")
    assert worth(unclear, clear).endswith("but does so on 1 of the 2 questions of the case, above it.")
    assert worth(unclear, clear, other).endswith("on 2 of the 3 questions of the case, each time above it.")
    assert worth(unclear, below, below).endswith("on 2 of the 3 questions of the case, each time below it.")
    assert worth(unclear, clear, below).endswith("of the case, above it on 1 and below it on 1.")


def test_patterns_are_counted():
    patterns = [{"holds": True}, {"holds": False}, {"holds": None}]
    found = headline({"questions": [question("It", 0.21, [0.01, 0.5], 0.2)], "patterns": patterns})
    assert found.worth == (
        "The evidence does not set this number apart from its base rate; "
        "1 of 3 reported patterns hold in the calibrated model."
    )


def test_without_interval_or_base_rate_nothing_is_claimed():
    found = headline({"questions": [question("It", 0.21, None, 0.2)]})
    assert "without an interval" in found.finding
    assert "cannot be said" in found.worth
    assert "without a base rate" in headline({"questions": [question("It", 0.2, [0.1, 0.3], None)]}).finding


def test_an_interval_that_touches_the_base_rate_is_not_clear():
    assert not clears(question("edge", 0.3, [0.2, 0.4], 0.2))
    assert clears(question("low", 0.1, [0.05, 0.15], 0.2))


def test_no_questions_no_headline():
    assert headline({}) is None
    assert headline({"questions": [question("x", None, None, 0.1)]}) is None
