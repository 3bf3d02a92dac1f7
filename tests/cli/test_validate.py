"""`fronde validate`: rows say what was expected and what came out, and a miss is an exit code."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from fronde.app.proof import calibration_rows
from fronde.app.recovery import Recovery
from fronde.app.validate import validate
from fronde.cli.validate import _cells, _head, _short
from fronde.cli.validate import validate as command
from fronde.inference.checks import uniform_p


def test_published_rows_say_source_and_how_it_is_known():
    row = {
        "id": "N9.linear",
        "source": "ktab2017",
        "known": "read",
        "expected": (0.66666, 0.524),
        "got": (0.66667, 0.5238),
        "tolerance": 0.0005,
        "status": "reproduced",
        "ok": True,
    }
    assert _head([row]) == ("check", "source", "known by", "expected", "got", "within", "")
    assert _cells(row) == ("N9.linear", "ktab2017", "read", "0.6667, 0.524", "0.6667, 0.5238", "0.0005", "reproduced")


def test_long_series_are_cut_to_the_column():
    assert _short(tuple(range(100))).endswith("…")


def test_an_unknown_suite_is_refused():
    with pytest.raises(ValueError, match="unknown suite 'nonsense'"):
        validate("nonsense")


def test_calibration_on_two_small_worlds_gives_its_rows():
    found = CliRunner().invoke(
        command, ["--suite", "calibration", "--case", "valdria", "--worlds", "2", "--particles", "64", "--json"]
    )
    assert found.exit_code in (0, 3)
    rows = json.loads(found.stdout)["rows"]
    assert [row["name"] for row in rows[:2]] == ["50% equal-tailed intervals cover", "90% equal-tailed intervals cover"]
    assert all({"name", "expected", "got", "bound", "ok"} <= set(row) for row in rows)


def test_intervals_that_never_cover_fail():
    worlds, params = 50, 137
    ranks = np.tile((np.arange(worlds)[:, None] + 0.5) / worlds, (1, params))
    never = np.zeros((worlds, params), dtype=bool)
    rows = calibration_rows(Recovery(ranks, never, never, np.zeros((worlds, params)), np.zeros(worlds)))
    assert not rows[0]["ok"]
    assert not rows[1]["ok"]
    assert rows[2]["ok"]


def test_uniform_p_of_even_ranks_is_one_and_of_a_heap_is_nil():
    assert uniform_p((np.arange(100) + 0.5) / 100) == pytest.approx(1.0, abs=1e-3)
    assert uniform_p(np.full(100, 0.5)) < 1e-6
