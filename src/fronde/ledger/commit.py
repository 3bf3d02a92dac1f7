"""Writing a pack: checked beside its place, then moved there whole. A killed process leaves the old pack or the new.

New files are written into a folder of their own (`.evidence-new`) and checked there as if they were the case's pack.
Then the folder is renamed to `.evidence-ready`: from that moment the change counts, and whoever comes next finishes the
moves. Nothing is written to the pack before its new form has passed every check.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from fronde.ledger.sheets import EVIDENCE, MANIFEST, Sheets, pack_files
from fronde.scenario.problems import CaseError, Problem

NEW, READY = ".evidence-new", ".evidence-ready"
Check = Callable[[Path], Iterable[Problem]]  # gets the name of a folder inside the case that holds a pack


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def finish(case: Path) -> bool:
    """Finish what a killed process had decided, drop what it had not; whether there was something to finish."""
    new, ready = case / NEW, case / READY
    if new.is_dir() and not new.is_symlink():
        shutil.rmtree(new)
    if not ready.is_dir() or ready.is_symlink():
        return False
    target = case / EVIDENCE
    target.mkdir(exist_ok=True)
    waiting = sorted((ready / EVIDENCE).iterdir(), key=lambda path: path.name == MANIFEST)
    for path in waiting:
        os.replace(path, target / path.name)
    _flush(target)
    shutil.rmtree(ready)
    return True


def commit(case: Path, sheets: Sheets, check: Check) -> list[str]:
    """Put a pack in place of the one in the case folder; names of the files that changed.

    The caller holds the lock of the case. check: problems of the pack in the sub-folder `evidence` of a folder.
    Raises CaseError with all problems, and nothing is written.
    """
    files = pack_files(sheets)
    target, new = case / EVIDENCE, case / NEW
    changed = [name for name, content in files.items() if _differs(target / name, content)]
    if not changed:
        return []
    try:
        (new / EVIDENCE).mkdir(parents=True)
        for name, content in files.items():
            with (new / EVIDENCE / name).open("xb") as stream:
                stream.write(content)
                os.fsync(stream.fileno())
        problems = [problem for problem in check(new) if problem.severity == "problem"]
        if problems:
            raise CaseError(problems)
        for name in files.keys() - set(changed):
            (new / EVIDENCE / name).unlink()
        os.rename(new, case / READY)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    finish(case)
    return changed


def _differs(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() != content
    except FileNotFoundError:
        return True
