"""The opening sentence: which question it takes and what it claims."""

from fronde.report.headline import clears, headline, leading


def question(name: str, p: float | None, interval: list | None, base: float | None) -> dict:
    return {"id": name, "text": f"{name} happens.", "p": p, "interval90": interval, "base_rate": base}


def test_the_first_question_with_a_number_leads():
    silent = question("silent", None, None, 0.20)
    first, second = question("first", 0.30, [0.01, 0.9], 0.02), question("second", 0.9, [0.8, 0.95], 0.02)
    assert leading([silent, first, second]) is first
    assert leading([silent]) is None


def test_sentence_has_number_words_interval_and_base_rate():
    found = headline({"questions": [question("It", 0.21, [0.12, 0.33], 0.02)]})
    assert found.finding == "It happens: 21% (highly unlikely), 90% interval 12–33%, against a base rate of 2%."
    assert found.worth == "The base rate lies outside the 90% interval."


def test_it_says_on_how_many_questions_the_base_rate_is_left_behind():
    clear, other, unclear = (question(name, 0.21, interval, 0.02) for name, interval in
                             (("a", [0.12, 0.33]), ("b", [0.05, 0.5]), ("c", [0.01, 0.5])))
    assert "on this question alone of 2 of the case" in headline({"questions": [clear, unclear]}).worth
    assert "on 2 of the 3 questions of the case" in headline({"questions": [clear, other, unclear]}).worth


def test_a_text_that_asks_keeps_its_question_mark():
    asked = {**question("It", 0.21, [0.12, 0.33], 0.02), "text": "Does it happen?"}
    assert headline({"questions": [asked]}).finding.startswith("Does it happen? 21% (highly unlikely), 90%")


def test_an_interval_over_the_base_rate_is_said_to_say_little():
    found = headline({"questions": [question("It", 0.21, [0.01, 0.5], 0.2)]})
    assert "does not set the forecast apart" in found.worth


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
