"""A case folder to spoil: a fresh copy of the fictional Tinyland for each test."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from fronde.scenario.check import check
from fronde.scenario.problems import Problem

FIXTURES = Path(__file__).parent / "fixtures"
TODAY = date(2026, 1, 1)


class Folder:
    """A case folder with short ways to spoil it and to see what the check says."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands exactly once in a file."""
        text = (self.path / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (self.path / file).write_text(text.replace(old, new), encoding="utf-8")

    def append(self, file: str, *lines: str) -> int:
        """Add lines at the end of a file; the number of the last one."""
        text = (self.path / file).read_text(encoding="utf-8") + "".join(line + "\n" for line in lines)
        (self.path / file).write_text(text, encoding="utf-8")
        return text.count("\n")

    def snapshot(self) -> dict[str, bytes]:
        """Content of every file."""
        return {str(p.relative_to(self.path)): p.read_bytes() for p in self.path.rglob("*") if p.is_file()}

    def problems(self) -> list[Problem]:
        """What the check finds, notes left out."""
        return [problem for problem in check(self.path, TODAY) if problem.severity == "problem"]

    def only_problem(self) -> Problem:
        """The one problem that the check finds."""
        found = self.problems()
        assert len(found) == 1, "\n".join(map(str, found)) or "no problem found"
        return found[0]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of Tinyland."""
    shutil.copytree(FIXTURES / "tinyland", tmp_path / "tinyland")
    return Folder(tmp_path / "tinyland")
