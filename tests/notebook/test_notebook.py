"""Objects in notebooks: each shows itself, with text of a case escaped; the tutorial runs from top to bottom."""

import builtins
import itertools
import json
import math
import re
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from fronde.app import notebook
from fronde.app.handle import CaseHandle
from fronde.app.run import Run
from fronde.charts.chart import Chart
from fronde.charts.show import VEGA_LITE, WIDTH
from fronde.report.network import SIZE, layout

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.ipynb"


def last_value(source: str, names: dict) -> object:
    """Run a cell; the value of its last line if that is an expression, as a notebook shows it."""
    import ast

    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None


@pytest.fixture(scope="module")
def played() -> dict[int, object]:
    """Every cell of the tutorial, run in order."""
    cells = json.loads(TUTORIAL.read_text(encoding="utf-8"))["cells"]
    names: dict = {}
    return {
        k: last_value("".join(cell["source"]), names) for k, cell in enumerate(cells) if cell["cell_type"] == "code"
    }


def test_tutorial_is_clean_and_every_cell_runs(played: dict[int, object]) -> None:
    cells = json.loads(TUTORIAL.read_text(encoding="utf-8"))["cells"]
    assert all(not cell.get("outputs") for cell in cells), "outputs do not belong in the repository"
    assert len(played) == sum(cell["cell_type"] == "code" for cell in cells)


def test_case_and_run_show_themselves(played: dict[int, object]) -> None:
    case = next(value for value in played.values() if isinstance(value, CaseHandle))
    run = next(value for value in played.values() if isinstance(value, Run))
    assert "Merchant houses" in case._repr_mimebundle_()["text/html"]
    found = run._repr_mimebundle_()
    assert found[VEGA_LITE]["concat"]
    assert "text/html" in found or found["image/png"].startswith("iVBOR")


def test_the_elite_shows_itself_with_every_name_and_stands_still(played: dict[int, object]) -> None:
    picture = next(value for value in played.values() if isinstance(value, notebook.ElitePicture))
    html = picture._repr_mimebundle_()["text/html"]
    assert html.count("<circle") == len(picture.found["people"])
    twice = (html.count(escape(one["name"])) == 2 for one in picture.found["people"])
    assert all(twice), "in the picture and in the list"
    early = notebook.ElitePicture(picture.found, "2019-03-02").svg
    assert early.count("<line") == 0
    assert picture.svg.count("<line") == len(picture.found["ties"]) > 0
    dots = re.compile(r'<circle cx="[\d.]+" cy="[\d.]+"')
    assert dots.findall(early) == dots.findall(picture.svg)
    ElementTree.fromstring(picture.svg)


def test_names_in_the_elite_are_escaped() -> None:
    person = {"id": "a", "name": "<script>alert(1)</script>", "group": "g", "facts": {}}
    group = {"id": "g", "title": "<b>", "size": 1, "named": 1}
    found = {"title": "t", "lede": "l", "groups": [group], "people": [person], "ties": []}
    html = notebook.ElitePicture(found)._repr_mimebundle_()["text/html"]
    assert "<script" not in html
    assert "<b>" not in html


def test_places_keep_apart_and_inside() -> None:
    groups = [{"id": name} for name in "abcdef"]
    people = [{"id": f"{g}{k}", "group": g} for g in "abcdef" for k in range(40)]
    spots, _ = layout({"groups": groups, "people": people, "ties": [{"from": "a0", "to": "b1"}]})
    assert len(spots) == 240
    assert all(0 < x < SIZE and 0 < y < SIZE for x, y in spots.values())
    assert min(math.dist(a, b) for a, b in itertools.combinations(spots.values(), 2)) > 7.0


def test_a_chart_shows_itself(played: dict[int, object]) -> None:
    chart = next(value for value in played.values() if isinstance(value, Chart))
    assert chart._repr_mimebundle_()[VEGA_LITE] == chart.spec(width=WIDTH)


def test_without_export_a_table_stands_in(played: dict[int, object], monkeypatch: pytest.MonkeyPatch) -> None:
    run = next(value for value in played.values() if isinstance(value, Run))
    real = builtins.__import__

    def missing(name: str, *more: object, **others: object) -> object:
        if name == "vl_convert":
            raise ImportError(name)
        return real(name, *more, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    found = notebook.of_run(run)
    assert "image/png" not in found
    assert "<table>" in found["text/html"]


def test_text_of_a_case_is_escaped() -> None:
    assert "<b>" not in str(notebook._table("<b>", ("a",), [("<b>x</b>",)]))


def test_an_unfinished_run_says_so(tmp_path: Path) -> None:
    assert notebook.of_run(Run(tmp_path)) == {"text/plain": f"run {tmp_path.name}: not started"}
