"""Reading files of a case folder safely: inside the folder, of bounded size, plain UTF-8 text."""

import os
import stat
from pathlib import Path

from fronde.scenario.problems import CaseError, Problem

MEGABYTE = 2**20
LARGEST_YAML = 2 * MEGABYTE
LARGEST_TABLE = 64 * MEGABYTE


def _refuse(name: str, found: str, expected: str, remedy: str, line: int = 0, column: int = 0) -> CaseError:
    return CaseError([Problem(name, line, column, found, expected, remedy)])


def _check_path(folder: Path, name: str) -> Path:
    """The path of a file inside the folder; symbolic links and ways out are refused."""
    parts = Path(name).parts
    if Path(name).is_absolute() or ".." in parts or not parts or "\0" in name:
        raise _refuse(name, "a path that leaves the case folder", "a file inside it", "use a relative path")
    path = folder
    for part in parts:
        path = path / part
        if path.is_symlink():
            raise _refuse(
                name,
                f"`{part}` is a symbolic link",
                "a plain file inside the case folder",
                "copy the file into the folder",
            )
    return path


def read_bytes(folder: Path, name: str, largest: int) -> bytes:
    """Content of a plain file inside the folder.

    Raises CaseError if it is missing, not a plain file, too large, or reached through a link.
    """
    path = _check_path(folder, name)
    try:
        # O_NONBLOCK: a pipe planted under this name must not hang the reader.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise _refuse(
            name, "no such file", "a file of the case", f"add `{name}` or make a case with `fronde new`"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "unreadable"
        raise _refuse(
            name, f"cannot be read: {reason}", "a readable file", "check the file and its permissions"
        ) from None
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _refuse(name, "not a plain file", "a text file", "replace it by a file")
        content = stream.read(largest + 1)
    if len(content) > largest:
        raise _refuse(
            name,
            f"more than {largest // MEGABYTE} MB",
            f"at most {largest // MEGABYTE} MB",
            "split the file or drop rows that the case does not need",
        )
    return content


def decode(content: bytes, name: str) -> str:
    """UTF-8 text; a byte order mark is dropped, NUL bytes and other encodings are refused with their line."""
    nul = content.find(b"\0")
    if nul >= 0:
        raise _refuse(
            name,
            "a NUL byte",
            "plain text",
            "this is a binary or damaged file: export it again as UTF-8",
            content.count(b"\n", 0, nul) + 1,
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        raise _refuse(
            name,
            f"byte 0x{content[error.start]:02x} is not UTF-8",
            "text in UTF-8",
            "save the file with encoding UTF-8",
            line,
            column,
        ) from None


def list_names(folder: Path, under: str, ending: str) -> list[str]:
    """Names of files in a sub-folder, sorted; none if there is no such folder."""
    path = _check_path(folder, under)
    if not path.is_dir():
        return []
    return sorted(f"{under}/{entry.name}" for entry in path.iterdir() if entry.name.endswith(ending))
