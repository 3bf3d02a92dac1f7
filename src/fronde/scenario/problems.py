"""What is wrong with a case: where, what was found, what was expected, what to do about it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

MOST_SHOWN = 50  # per file: a broken export of 10 000 rows should not bury the other files
MOST_COMPARED = 2000  # legal words that a misspelt one is compared with
LONGEST_VALUE = 60  # characters of a found value that a message repeats


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake. Line and column count from 1; 0 means the file as a whole. In tables, column counts
    fields.

    `severity` is `problem` (the case cannot be used) or `note` (it can, but somebody should look).
    """

    file: str
    line: int
    column: int
    found: str
    expected: str
    remedy: str
    severity: str = "problem"

    def __str__(self) -> str:
        """`file:line:column: found; expected; what to do`."""
        return f"{self.file}:{self.line}:{self.column}: {self.found}; {self.expected}; {self.remedy}"


class CaseError(ValueError):
    """A case that cannot be used; lists every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; the message lists them, one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def quoted(value: object) -> str:
    """A found value as shown in a message: on one line, printable, cut short."""
    text = value if isinstance(value, str) else repr(value)
    shown = "".join(sign if sign.isprintable() else "?" for sign in text[: LONGEST_VALUE + 1])
    return f"`{shown[:LONGEST_VALUE]}…`" if len(shown) > LONGEST_VALUE else f"`{shown}`"


def nearest(word: str, legal: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The legal word nearest to a misspelt one, or None if none is near (cutoff 1 wants the same word)."""
    candidates = list(islice(legal, MOST_COMPARED))
    matches = difflib.get_close_matches(word[:LONGEST_VALUE], candidates, n=1, cutoff=cutoff)
    return matches[0] if matches else None


def suggestion(word: str, legal: Iterable[str], otherwise: str) -> str:
    """`did you mean ...?` when a legal word is near, else what to do instead."""
    near = nearest(word, legal)
    return f"did you mean `{near}`?" if near else otherwise


def capped(problems: list[Problem]) -> list[Problem]:
    """The first MOST_SHOWN problems of one file, and one line saying that there are more."""
    if len(problems) <= MOST_SHOWN:
        return problems
    next_one = problems[MOST_SHOWN]
    more = Problem(
        next_one.file,
        next_one.line,
        next_one.column,
        "more problems from here on",
        f"fewer than {MOST_SHOWN} per file",
        "mend the ones above first",
    )
    return [*problems[:MOST_SHOWN], more]
