"""Source keys lead somewhere: every key in the code has an entry in docs/references.md, every note its number."""

import re

import pytest
from pages import DOCS, ROOT, anchors

from fronde.evidence.priors import NUMBERS
from fronde.mechanisms.registry import PARAMS

ENTRY = re.compile(
    r'^- <a id="(?P<key>[a-z0-9_]+)"></a>\*\*(?P=key)\*\* (?P<text>.*?)(?=^- |\Z)', re.MULTILINE | re.DOTALL
)
KEY = re.compile(r"\b[a-z]{2,}(?:_[a-z]+)*(?:18|19|20)\d\d\b")
NOTE = re.compile(r"\bM\d{1,2}\b|\bN15\b")
STANDS_ALONE = {"assumption", "case", "fiction"}
SOURCES = ROOT / "src" / "fronde"


@pytest.fixture(scope="module")
def entries():
    text = (DOCS / "references.md").read_text(encoding="utf-8")
    return {found["key"]: found["text"] for found in ENTRY.finditer(text)}


def test_every_source_of_a_parameter_has_an_entry(entries):
    assert {param.source for param in PARAMS} - STANDS_ALONE - set(entries) == set()


def test_every_source_of_an_evidence_number_has_an_entry(entries):
    assert {number.source for number in NUMBERS} - STANDS_ALONE - set(entries) == set()


def test_every_key_in_the_code_and_the_cases_has_an_entry(entries):
    files = [*SOURCES.rglob("*.py"), *SOURCES.rglob("case.yaml")]
    used = {key: path.name for path in files for key in KEY.findall(path.read_text(encoding="utf-8"))}
    assert {key: path for key, path in used.items() if key not in entries} == {}


def test_every_entry_is_used_or_says_what_it_stands_for(entries):
    pages = "".join(page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md") if page.name != "references.md")
    code = "".join(path.read_text(encoding="utf-8") for path in [*SOURCES.rglob("*.py"), *SOURCES.rglob("case.yaml")])
    assert [key for key in entries if key not in code and f"#{key}" not in pages] == []


def test_entries_are_sorted_and_once(entries):
    text = (DOCS / "references.md").read_text(encoding="utf-8")
    keys = re.findall(r'^- <a id="([^"]+)">', text, re.MULTILINE)
    assert keys == sorted(keys, key=lambda key: key.replace("_", ""))
    assert len(keys) == len(entries)


def test_every_entry_says_how_far_it_was_checked(entries):
    label = re.compile(r"\*[^*]*(?:noted|matched|recalled|press|data)[^*]*\*", re.IGNORECASE)
    bare = [key for key, text in entries.items() if not label.search(text) and not text.startswith("See ")]
    assert bare == []


def test_every_reading_note_in_the_code_is_written_down():
    noted = anchors(DOCS / "literature.md")
    used = {
        (note, path.name)
        for room in ("mechanisms", "app", "forecast", "engine")
        for path in (SOURCES / room).rglob("*.py")
        for note in NOTE.findall(path.read_text(encoding="utf-8"))
    }
    assert {(note, name) for note, name in used if note.lower() not in noted} == set()
