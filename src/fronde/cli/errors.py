"""Errors as a user sees them: what was found, what was expected, what to do; the exit code that goes with each."""

import contextlib
import errno
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

import click

OK, FAILED, USAGE, PROBLEMS, CANCELLED = 0, 1, 2, 3, 130
NO_SUCH_CASE = "no such case"


def _stop(signum: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """A request to end (SIGTERM) is heard like Ctrl-C, so that the state is kept."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def explain(error: Exception, debug: bool) -> int:
    """Print one message for an error; the exit code."""
    if debug:
        traceback.print_exception(error)
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, BrokenPipeError):  # the reader of a pipe has seen enough
        with contextlib.suppress(OSError):
            sys.stdout.close()
        return OK
    code, lines = _lines(error)
    for line in lines:
        click.echo(f"error: {line}", err=True)
    if code == FAILED and not debug and not _expected(error):
        click.echo("this looks like a fault of Fronde; `--debug` shows where it happened", err=True)
    return code


def problem_text(problem: object) -> str:
    """`file:line:column: found; expected ...; remedy`, places left out that do not exist."""
    place = str(getattr(problem, "file", ""))
    line, column = getattr(problem, "line", 0), getattr(problem, "column", 0)
    if line:
        place += f":{line}:{column}" if column else f":{line}"
    found, expected, remedy = (getattr(problem, name, "") for name in ("found", "expected", "remedy"))
    return f"{place}: {found}; expected {expected}; {remedy}"


def _lines(error: Exception) -> tuple[int, list[str]]:
    # By name, not by class: an error can only come from a module that is already imported.
    kind = type(error).__name__
    if kind == "CaseError":
        problems = list(getattr(error, "problems", ()))
        usage = bool(problems) and all(getattr(item, "found", "") == NO_SUCH_CASE for item in problems)
        return USAGE if usage else PROBLEMS, [problem_text(item) for item in problems]
    if kind == "PackError":
        return PROBLEMS, [f"evidence/{line}" for line in getattr(error, "problems", ())]
    if kind == "RequestError":
        return USAGE, [str(error)]
    if isinstance(error, OSError) and (error.errno == errno.ENOSPC or "No space left" in str(error)):
        return FAILED, [
            "the disk is full; files that were finished are kept. Make room and give the same command again"
        ]
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return FAILED, [f"{place}{error.strerror or error}"]
    if isinstance(error, MemoryError):
        return FAILED, ["not enough memory; use fewer --particles"]
    return FAILED, [str(error) or kind] if _expected(error) else [f"{kind}: {error}"]


def _expected(error: Exception) -> bool:
    """Whether the message was written for the user."""
    return type(error).__name__ in ("RunError", "PdfUnavailable", "CaseError", "PoolingError") or isinstance(
        error, OSError | MemoryError
    )
