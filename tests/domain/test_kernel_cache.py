"""The kernel cache cannot go stale: it is named by a hash of every file whose code can end up in a kernel."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fronde.domain import jit
from fronde.domain.jit import INTERPRETED, KERNEL_ROOMS, PACKAGE, cache_root, source_hash

TINY_KERNEL = """
import numpy as np
from fronde.domain.jit import kernel
from fronde.mechanisms.grievance import discontent

@kernel
def all_discontent(values, out):
    for k in range(values.size):
        out[k] = discontent(values[k])

out = np.zeros(1)
all_discontent(np.ones(1), out)
print(out[0], sum(all_discontent.stats.cache_hits.values()))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the rooms that can take part in a kernel."""
    package = tmp_path / "fronde"
    package.mkdir()
    shutil.copy(PACKAGE / "__init__.py", package)
    for room in KERNEL_ROOMS:
        shutil.copytree(PACKAGE / room, package / room, ignore=shutil.ignore_patterns("__pycache__"))
    return package


def outside(package: Path, code: str) -> str:
    """Output of Python code that imports the copy."""
    environment = os.environ | {"PYTHONPATH": str(package.parent), "FRONDE_CACHE": str(package.parent / "cache")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def spoil(path: Path, old: str, new: str) -> None:
    """Edit a source file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("file", ["domain/maths.py", "mechanisms/leave.py", "engine/acts.py"])
def test_the_hash_changes_with_every_kernel_file(copy: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.setattr(jit, "PACKAGE", copy)
    before = source_hash()
    with (copy / file).open("a", encoding="utf-8") as stream:
        stream.write("\n")
    assert source_hash() != before


def test_the_hash_changes_with_a_new_or_renamed_file_but_not_with_other_rooms(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jit, "PACKAGE", copy)
    before = source_hash()
    (copy / "report").mkdir()
    (copy / "report" / "page.py").write_text("", encoding="utf-8")
    assert source_hash() == before
    (copy / "mechanisms" / "gossip.py").write_text("", encoding="utf-8")
    added = source_hash()
    (copy / "mechanisms" / "gossip.py").rename(copy / "mechanisms" / "rumour.py")
    assert len({before, added, source_hash()}) == 3


@pytest.mark.skipif(INTERPRETED, reason="nothing is cached when nothing is compiled")
def test_a_kernel_returns_new_numbers_after_a_mechanism_was_edited(copy: Path) -> None:
    (copy / "engine" / "tiny.py").write_text(TINY_KERNEL, encoding="utf-8")
    run = "import fronde.engine.tiny"
    assert outside(copy, run) == "0.5 0"
    assert outside(copy, run) == "0.5 1", "the second run should come from the cache"
    spoil(copy / "mechanisms" / "grievance.py", "return felt / (1.0 + felt)", "return felt / (3.0 + felt)")
    assert outside(copy, run) == "0.25 0"


def test_the_cache_goes_where_it_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FRONDE_CACHE", str(tmp_path / "here"))
    assert cache_root() == tmp_path / "here"
    monkeypatch.delenv("FRONDE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "there"))
    assert cache_root() == tmp_path / "there" / "fronde"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_root() == tmp_path / ".cache" / "fronde"
