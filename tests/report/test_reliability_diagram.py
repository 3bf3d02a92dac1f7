"""The reliability diagram: one dot a bin on the scale, its count beside it, a sentence for those who cannot see it."""

import re

import numpy as np
import pytest

from fronde.report.record import record
from fronde.report.reliability import X, Y, bins_of, diagram
from fronde.score.card import card

FEW = [0.1, 0.1, 0.3, 0.9, 0.9, 0.9]
CAME = [False, True, False, True, True, False]


def items(p, came, forecaster="Fronde"):
    common = {"kind": "question", "case": "a", "text": "=x<y>", "as_of": "2020-01-01", "by": "2020-02-01"}
    return [
        {**common, "id": f"q{k}", "forecaster": forecaster, "p": each, "outcome": yes, "state": "yes" if yes else "no"}
        for k, (each, yes) in enumerate(zip(p, came, strict=True))
    ]


def test_dots_lie_where_the_numbers_say():
    found = card(items(FEW, CAME))["reliability"][0]
    drawn = str(diagram(found))
    dots = [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawn)]
    wanted = [(X(p), Y(share)) for p, share in ((0.1, 0.5), (0.3, 0.0), (0.9, 2 / 3))]
    assert np.allclose(dots, wanted, atol=0.06)
    assert re.findall(r'class="end median">(\d+)<', drawn) == ["2", "1", "3"]
    assert "said 10%, 1 of 2 came" in drawn


@pytest.mark.parametrize("bad", [{}, {"bins": None}, {"bins": [{"p": "x", "n": 3}]}, {"bins": [{"p": float("nan")}]}])
def test_what_cannot_be_read_draws_nothing(bad):
    assert bins_of(bad) == []
    assert str(diagram(bad)) == ""


def test_the_section_holds_diagrams_counts_and_base_rates():
    held = {"crps": 0.4, "in50": True, "in90": True}
    row = {"group": "all", "act": "resign", "by": "2020-02-01", "mean": 1.0, "observed": 1.0, "crps_base": 1.0}
    row |= {**held, "high90": 3.0, "beside": {"persistence": held}}
    rate = {"annual": 0.02, "annual90": [0.01, 0.04], "multiplier": 8.0, "at_bound": True, "resolved": True}
    about = {"cases": [{"case": "a", "base_rates": {"removed": rate}}], "known_by": "x"}
    found = {**card(items(FEW, CAME), [row]), **about}
    page = str(record({"scorecard": found})[0])
    assert page.count("<circle") == 3
    assert "8.00 (bound)" in page
    assert "persistence" in page
    assert "<y>" not in page
