"""Write the generated parts of docs/ from the code, or say whether they are fresh.

    python tools/docs/build.py            rewrite what is stale
    python tools/docs/build.py --check    exit 1 if a page is stale, write nothing

A page holds a generated part between `<!-- generated: NAME -->` and `<!-- end: NAME -->`. The text around it is
written by hand. Output depends on the code alone: no date, no path, no order of a set.
"""

import argparse
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from blocks import BLOCKS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PART = re.compile(r"<!-- generated: (?P<name>[a-z ]+) -->\n.*?<!-- end: (?P=name) -->", re.DOTALL)
MARK = re.compile(r"<!-- (?:generated|end): ")


def render(text: str) -> str:
    """A page with its generated parts made anew. Raises ValueError for an unknown name or a mark without its twin."""

    def part(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in BLOCKS:
            raise ValueError(f"no generated part is called `{name}`; known: {', '.join(BLOCKS)}")
        return f"<!-- generated: {name} -->\n\n{BLOCKS[name]()}\n\n<!-- end: {name} -->"

    if len(MARK.findall(text)) != 2 * len(PART.findall(text)):
        raise ValueError("a `generated` mark has no `end` mark of the same name, or the other way round")
    return PART.sub(part, text)


def pages() -> list[Path]:
    """Every page of the documentation."""
    return sorted(DOCS.rglob("*.md"))


def unused() -> list[str]:
    """Generated parts that no page shows."""
    shown = {name for page in pages() for name in PART.findall(page.read_text(encoding="utf-8"))}
    return [name for name in BLOCKS if name not in shown]


def stale() -> dict[Path, str]:
    """Pages whose generated parts differ from the code, with what they should hold."""
    texts = {page: page.read_text(encoding="utf-8") for page in pages()}
    fresh = {page: render(text) for page, text in texts.items()}
    return {page: fresh[page] for page in texts if fresh[page] != texts[page]}


def main(arguments: list[str] | None = None) -> int:
    """Rewrite or check."""
    parser = argparse.ArgumentParser(description="generated parts of the documentation")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is stale")
    check = parser.parse_args(arguments).check
    found = stale()
    for page, text in found.items():
        print(f"{'stale' if check else 'written'}: {page.relative_to(DOCS.parent).as_posix()}")
        if not check:
            page.write_text(text, encoding="utf-8", newline="\n")
    if left := unused():
        print(f"shown on no page: {', '.join(left)}")
    return 1 if left or (check and found) else 0


if __name__ == "__main__":
    raise SystemExit(main())
