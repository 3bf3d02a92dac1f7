"""Objects in notebooks: each shows itself, with text of a case escaped; the tutorial runs from top to bottom."""

import builtins
import json
from pathlib import Path

import pytest

from fronde.app import notebook
from fronde.app.handle import CaseHandle
from fronde.app.run import Run

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
    assert found[notebook.VEGA_LITE]["concat"]
    assert "text/html" in found or found["image/png"].startswith("iVBOR")


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
