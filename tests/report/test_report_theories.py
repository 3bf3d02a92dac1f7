"""What other theories say: one table per question, Fronde's number beside them, silence in one line, no average."""

import copy

from reading import read

from fronde.report.theories import asked_in, opinions_data, theories, theory_number


def test_each_question_has_a_table_of_those_who_speak(summary):
    root = read(theories(summary).content)
    assert [head.words[0] for head in root.all("h3")] == [
        "Will the coalition hold?",
        "Where does weight pull the policy?",
        "How many would attack?",
        "What has no theory an answer to?",
    ]
    names = [[row.all("th")[0].text.strip() for row in made.all("tbody")[0].all("tr")] for made in root.all("table")]
    assert names == [
        ["Fronde", "Threshold cascade", "Ruling coalition", "Base rate"],
        ["Fronde", "Expected utility"],
        ["Threshold cascade"],
    ]  # no row for Fronde where it has no number, no table where nobody speaks


def test_numbers_stand_in_the_unit_of_the_question(summary):
    made = read(theories(summary).content).all("table")
    cells = [[cell.text.strip() for cell in row.all("td")][2:] for one in made for row in one.all("tbody")[0].all("tr")]
    assert cells == [
        ["97%", "–"],
        ["100%", "–"],
        ["0%", "–"],
        ["98%", "90–99%"],
        ["−0.05", "–"],
        ["−0.04", "−0.20 to 0.30"],
        ["17%", "3–27%"],
    ]
    assert sum("ours" in (node.attributes.get("class") or "") for node in made[0].all("b")) == 2


def test_no_number_is_made_of_several_theories(summary):
    shown = read(theories(summary).content).all("table")[0].text
    assert "66%" not in shown  # the mean of 1, 0 and .98
    assert "Nothing is averaged" in theories(summary).content


def test_the_silent_share_a_line_and_keep_their_reasons(summary):
    lines = [
        node for node in read(theories(summary).content).all("details") if node.attributes.get("class") == "silent"
    ]
    assert lines[0].all("summary")[0].text.strip() == "silent: expected utility"
    assert lines[-1].all("summary")[0].text.strip() == (
        "silent: threshold cascade, ruling coalition, expected utility, base rate"
    )
    assert "knows no dates" in lines[-1].all("ul")[0].text


def test_differences_stand_beside_their_theory_and_assumptions_open_below(summary):
    root = read(theories(summary).content)
    row = root.all("table")[0].all("tbody")[0].all("tr")[2]
    assert "Fronde: 0.97 against 0.0; made-up reason" in row.text
    told = next(node for node in root.all("details") if "Assumptions" in node.all("summary")[0].text)
    assert "made-up assumption of ruling coalition" in told.text
    assert "nobody2031" in told.text


def test_rows_of_another_form_are_lived_with(summary):
    broken = copy.deepcopy(summary)
    for place, junk in enumerate((None, "x", [], {}, 1e308, -5, True)):
        broken["opinions"][place] = {key: junk for key in broken["opinions"][place]}
    broken["opinions"] += [None, "x", {"theory": "alone", "speaks": True, "value": 1e300, "low": 3, "high": 1}]
    assert read(theories(broken).content).all("h3")
    assert "Not computed in this run." in theories({"opinions": 3}).content


def test_the_unit_is_told_from_the_question():
    assert asked_in("Will it hold? (probability)") == ("Will it hold?", "probability")
    assert asked_in("Will f(x) hold?") == ("Will f(x) hold?", "")
    assert asked_in(None) == ("", "")


def test_a_theory_may_be_certain():
    assert [theory_number(value) for value in (0, 1, 0.023, None)] == ["0%", "100%", "2.3%", "–"]


def test_questions_keep_their_order(summary):
    assert list(opinions_data(summary)) == ["coalition_holds", "policy_pressure", "attackers", "unasked"]
