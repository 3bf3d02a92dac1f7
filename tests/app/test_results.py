"""Documents: bytes that repeat, numbers that are numbers, cells that no spreadsheet executes."""

import csv
import io
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.app.results import FORMULA, document, forecast_table, rounded, safe, table


def test_six_digits_hide_the_last_bits():
    a = 0.1 + 0.2
    assert document({"p": a}) == document({"p": math.nextafter(a, 1.0)}) == b'{\n "p": 0.3\n}\n'
    assert rounded(123456.789) == 123457.0
    assert rounded(1.23456789e-7) == 1.23457e-7


def test_counts_and_flags_stay_what_they_are():
    assert document({"seed": 20220430123456789, "ok": True, "n": None, "by": "2022-05-09"}) == (
        b'{\n "seed": 20220430123456789,\n "ok": true,\n "n": null,\n "by": "2022-05-09"\n}\n'
    )
    assert rounded(np.float32(0.5)) == 0.5
    assert rounded(np.int64(3)) == 3
    assert math.copysign(1.0, rounded(-0.0)) == 1.0


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, np.float64("nan")])
def test_what_is_no_number_is_refused_with_its_place(bad):
    with pytest.raises(ValueError, match=r"counts\[1\]\.mean is"):
        document({"counts": [{"mean": 1.0}, {"mean": bad}]})


def test_half_a_surrogate_pair_does_not_break_the_document():
    assert json.loads(document({"text": "a\ud83db"}))["text"] == "a\ud83db"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_formulas_are_defused(text):
    defused = "'" + text.translate({9: " ", 13: " "})
    assert safe(text) == defused
    rows = list(csv.reader(io.StringIO(table(["a"], [{"a": text}]).decode(), newline="")))
    assert rows == [["a"], [defused]]


@given(st.text(max_size=20))
def test_no_text_cell_starts_a_formula(text):
    assert safe(text).lstrip()[:1] not in FORMULA
    assert safe(text).isprintable()
    if text.isprintable():
        assert safe(text).endswith(text)


def test_numbers_are_no_text():
    assert table(["a", "b", "c"], [{"a": -1.5, "b": 3}]) == b"a,b,c\n-1.5,3,\n"


def test_a_forecast_becomes_a_table():
    question = {
        "id": "q", "text": "=HYPERLINK(1)", "p": 0.25, "interval50": [0.2, 0.3], "interval90": [0.1, 0.4],
        "base_rate": 0.02,
    }  # fmt: skip
    count = {
        "group": "g", "act": "leave", "by": "2022-05-28", "mean": 1.5,
        "quantiles": {"0.05": 0, "0.25": 1, "0.5": 1, "0.75": 2, "0.95": 4},
        "p_at_least": {"1": 0.8, "2": 0.4, "4": 0.06, "8": 0.001}, "mean_actual": 2.0, "base_rate_mean": 1.0,
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(forecast_table({"questions": [question], "counts": [count]}).decode())))
    assert rows[0]["kind"] == "question"
    assert rows[0]["text"] == "'=HYPERLINK(1)"
    assert (rows[0]["p"], rows[0]["p_q05"], rows[0]["p_q95"], rows[0]["base_rate"]) == ("0.25", "0.1", "0.4", "0.02")
    assert (rows[1]["q05"], rows[1]["q50"], rows[1]["q95"]) == ("0", "1", "4")
    assert (rows[1]["p_at_least_1"], rows[1]["p_at_least_8"]) == ("0.8", "0.001")
    assert rows[1]["p"] == ""
