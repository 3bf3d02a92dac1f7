"""What the tests of the documentation read: pages, code fences, links, anchors."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ANCHOR = re.compile(r'<a id="([^"]+)">')
BINARY = {".woff2", ".png", ".jpg", ".ico", ".pdf", ".nc", ".gz"}


class Fence(NamedTuple):
    """A code block of a page."""

    page: Path
    language: str
    body: str


def written() -> list[Path]:
    """Pages for people: the README, the changelog and docs/."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def name(page: Path) -> str:
    """A page as shown in a message."""
    return page.relative_to(ROOT).as_posix()


def fences(page: Path) -> list[Fence]:
    """Code blocks of a page."""
    text = page.read_text(encoding="utf-8")
    return [Fence(page, found["language"], found["body"]) for found in FENCE.finditer(text)]


def prose(page: Path) -> str:
    """A page without its code blocks."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """Places a link can point to: named anchors and headings, as GitHub names them."""
    text = prose(page)
    found = set(ANCHOR.findall(text))
    for heading in HEADING.findall(text):
        plain = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).strip().lower())
        found.add(plain.replace(" ", "-"))
    return found


def commands() -> Iterator[tuple[Path, str]]:
    """Every `fronde ...` of a page, in shell blocks and inline."""
    for page in written():
        lines = [line for fence in fences(page) if fence.language == "sh" for line in fence.body.splitlines()]
        text = prose(page)
        lines += INLINE.findall(text) + re.findall(r"^    (fronde .*?)(?: #.*)?$", text, re.MULTILINE)
        for line in lines:
            for part in re.split(r"&&|;|\|", line):
                if part.strip().startswith("fronde "):
                    yield page, part.strip()


def repository_files() -> list[Path]:
    """Text files of the repository: what git tracks or would track, or everything where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / part.decode() for part in listed.stdout.split(b"\0") if part]
    else:
        skipped = {"build", "__pycache__", "node_modules"}
        paths = [
            path
            for path in ROOT.rglob("*")
            if not any(part in skipped or (part[0] == "." and part != ".ci") for part in path.relative_to(ROOT).parts)
        ]
    return sorted(path for path in paths if path.is_file() and path.suffix not in BINARY)
