"""The generated parts of the documentation are those of the code."""

import build
import pytest
from blocks import ACTS, BLOCKS, LEADER_EVENTS, table

from fronde.domain import state
from fronde.mechanisms.registry import PARAMS


def test_no_page_is_stale():
    assert [page.name for page in build.stale()] == [], "run python tools/docs/build.py"


def test_every_generated_part_is_shown():
    assert build.unused() == []


def test_generation_repeats_itself():
    assert {name: make() for name, make in BLOCKS.items()} == {name: make() for name, make in BLOCKS.items()}


def test_a_changed_page_is_stale(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "DOCS", tmp_path)
    page = tmp_path / "page.md"
    page.write_text("<!-- generated: acts -->\nout of date\n<!-- end: acts -->\n", encoding="utf-8")
    fresh = build.stale()[page]
    assert "out of date" not in fresh
    assert "`resign_refused`" in fresh
    page.write_text(fresh, encoding="utf-8")
    assert build.stale() == {}


@pytest.mark.parametrize(
    "text",
    [
        "<!-- generated: nonsense -->\n<!-- end: nonsense -->",
        "<!-- generated: acts -->\nno end",
        "<!-- generated: acts -->\n<!-- end: schedule -->",
    ],
)
def test_a_wrong_mark_is_refused(text):
    with pytest.raises(ValueError, match="generated"):
        build.render(text)


def test_every_parameter_is_on_the_page_of_the_model():
    text = (build.DOCS / "model.md").read_text(encoding="utf-8")
    assert [param.name for param in PARAMS if f"| `{param.name}` | {param.unit} |" not in text] == []


def test_every_act_and_leader_event_has_a_meaning():
    assert set(ACTS) == set(state.ACTS)
    assert set(LEADER_EVENTS) == set(state.LEADER_EVENTS)


def test_bars_in_cells_are_escaped():
    assert table(("a",), [("x|y",)]).splitlines()[-1] == r"| x\|y |"
