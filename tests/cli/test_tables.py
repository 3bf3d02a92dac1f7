"""Tables for people: whole words, aligned numbers, no probability rounded to certainty."""

import pytest

from fronde.cli.tables import between, percent, table


@pytest.mark.parametrize(
    ("p", "text"), [(0.0, "0%"), (0.001, "<1%"), (0.07, "7%"), (0.5, "50%"), (0.999, ">99%"), (1.0, "100%")]
)
def test_only_certainty_is_shown_as_certainty(p, text):
    assert percent(p) == text


def test_intervals_are_words():
    assert between((0.001, 0.25)) == "<1% to 25%"


def test_long_texts_are_wrapped_and_lose_nothing(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    long = "Do at least two more officials resign over the war by the end of May?"
    lines = table(("question", "p"), [(long, "7%"), ("short", "10%")]).splitlines()
    assert max(map(len, lines)) <= 40
    assert lines[1] == "-" * 40
    assert lines[2].endswith(" 7%")
    assert " ".join("\n".join(lines[2:-1]).replace("7%", "").split()) == long
    assert lines[-1].endswith("10%")


def test_control_characters_do_not_reach_the_terminal():
    assert "\x1b" not in table(("a", "b"), [("\x1b[31mred", "1\r2")])
    assert "\r" not in table(("a", "b"), [("\x1b[31mred", "1\r2")])
