"""The repository speaks of itself only: no path of a machine, no host of a registry, no trace of a workplace.

Patterns are put together from parts, so that this file does not match itself.
"""

import re

import pytest
from pages import ROOT, repository_files

FOLDERS = "|".join(("home", "root", "Users", "work", "opt", "mnt", "srv", "var", "private", "workspace"))
PATTERNS = {
    "an absolute path": re.compile(rf"(?<![\w.~:/{{}}$>*-])/(?:{FOLDERS})/\w"),
    "a Windows path": re.compile(r"\b[A-Z]:\\(?:Users|home)\b"),
    "a registry host": re.compile(
        "|".join(
            re.escape(f"{head}.{tail}")
            for head, tail in (
                ("pypi", "org"),
                ("files.python" + "hosted", "org"),
                ("registry.npm" + "js", "org"),
                ("static.crates", "io"),
                ("proxy.go" + "lang", "org"),
                ("conda.ana" + "conda", "org"),
            )
        )
    ),
    "an index URL": re.compile(r"--(?:extra-)?index-" + "url|--find-" + "links"),
    "a word of the workplace": re.compile(
        "|".join(
            (
                r"\b" + "shared/(?:sealed|data|seed-evidence|hooks|ui|" + r"\w+\.md)",
                r"\b" + "Cla" + r"ude\b",
                r"\b" + "Anthro" + "pic",
                r"\b" + "Chat" + r"GPT\b",
                r"\b" + "Copi" + r"lot\b",
                r"\b" + "sub" + r"agents?\b",
                "Co-" + "authored-by",
                r"\b" + "brief/" + "contract",
                "as an " + "AI",
                "device " + "machine",
            )
        ),
        re.IGNORECASE,
    ),
}
LOCK = ROOT / "requirements.lock"


@pytest.fixture(scope="module")
def texts():
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in repository_files()
    }


@pytest.mark.parametrize("what", PATTERNS)
def test_no_trace_of_a_workplace(texts, what):
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for name, text in texts.items()
        for match in PATTERNS[what].finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("an absolute path", "see /" + "home/somebody/file"),
        ("a Windows path", "C:" + "\\Users\\x"),
        ("a registry host", "https://py" + "pi.org/simple"),
        ("an index URL", "--index" + "-url x"),
        ("a word of the workplace", "from shared" + "/model.md"),
    ],
)
def test_the_patterns_find_what_they_look_for(what, text):
    assert PATTERNS[what].search(text)


@pytest.mark.parametrize(
    "text", ["#!/usr/bin/env bash", "</dev/null", "src/work/a", "docs/home/a", "https://a.b/home/c"]
)
def test_the_patterns_leave_the_harmless_alone(text):
    assert [what for what, pattern in PATTERNS.items() if pattern.search(text)] == []


def test_no_file_is_large(texts):
    assert {name: len(text) for name, text in texts.items() if len(text) > 1_000_000} == {}
