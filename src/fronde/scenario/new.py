"""`fronde new`: a case folder that passes `fronde check`, from a fictional starter or from another case."""

import os
import shutil
import tempfile
from pathlib import Path

from fronde.scenario.case import NAME, find_case
from fronde.scenario.files import LARGEST_TABLE, read_bytes
from fronde.scenario.problems import CaseError, Problem, quoted
from fronde.scenario.read import CASE_FILE
from fronde.scenario.schema import publish

STARTER = Path(__file__).resolve().parent / "starter"
SCHEMA_FILE = "case.schema.json"
SCHEMA_LINE = "# yaml-language-server: $schema="
MOST_FILES = 1000


def _refuse(name: str, found: str, expected: str, remedy: str) -> CaseError:
    return CaseError([Problem(name, 0, 0, found, expected, remedy)])


def _files(folder: Path) -> list[str]:
    """Relative names of the files of a case, hidden ones left out."""
    names = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        names += [(Path(root) / name).relative_to(folder).as_posix() for name in sorted(files) if name[0] != "."]
        if len(names) > MOST_FILES:
            raise _refuse(str(folder), f"more than {MOST_FILES} files", "a case folder", "copy from a smaller case")
    return names


def _with_schema(text: str) -> str:
    """A case file whose first line tells editors where the schema is."""
    lines = [line for line in text.splitlines() if not line.startswith(SCHEMA_LINE)]
    return "\n".join([SCHEMA_LINE + SCHEMA_FILE, *lines]) + "\n"


def _fill(target: Path, source: Path, name: str) -> None:
    for file in _files(source):
        content = read_bytes(source, file, LARGEST_TABLE)
        if file == CASE_FILE:
            content = _with_schema(content.decode("utf-8-sig").replace("{{name}}", name)).encode()
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        (target / file).write_bytes(content)
    publish(target / SCHEMA_FILE)


def new(name: str, directory: str | Path, source_case: str | Path | None = None) -> Path:
    """Make the case folder directory/name and return it; complete or not at all.

    Raises CaseError if the name is no plain folder name, the folder exists, or the source cannot be read.
    """
    if not NAME.fullmatch(name):
        raise _refuse(quoted(name), f"{quoted(name)} as name", "letters, digits, `.`, `_`, `-`", "choose such a name")
    parent = Path(directory)
    if not parent.is_dir():
        raise _refuse(str(parent), "no such folder", "an existing folder", "make it first")
    target = parent / name
    if target.exists() or target.is_symlink():
        raise _refuse(str(target), "already there", "a folder that does not exist", "choose another name")
    source = STARTER if source_case is None else find_case(source_case)
    half_made = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=parent))
    try:
        half_made.chmod(0o755)
        _fill(half_made, source, name)
        half_made.rename(target)
    except OSError as error:
        raise _refuse(
            str(target), f"cannot be written: {error.strerror}", "a writable folder", "check space and rights"
        ) from None
    finally:
        shutil.rmtree(half_made, ignore_errors=True)
    return target
