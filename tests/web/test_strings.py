"""Words of the pages stand in one catalogue: none in the markup of a page, none in the catalogue that no page uses."""

import json
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web" / "src"
CATALOGUE = WEB / "strings" / "en.json"
SHOWN = r"aria-label|title|placeholder|data-label|alt|label|text|lede|caption|heading"
NAMES = re.compile(r"\b(CSV|JSON|SVG|PNG|Fronde)\b")

if not WEB.is_dir():
    pytest.skip("the pages' sources are not here", allow_module_level=True)


def bare(markup: str) -> str:
    """Markup without expressions, which may hold braces of their own."""
    out, depth = [], 0
    for sign in markup:
        depth += sign == "{"
        if not depth:
            out.append(sign)
        depth -= sign == "}"
    return "".join(out)


def literal(source: str) -> list[str]:
    """Words that a page shows and that stand in its markup."""
    markup = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", source, flags=re.DOTALL)
    markup = re.sub(r"=>|>=", "", markup)  # inside expressions; a bare `>` would end a tag early
    plain = re.sub(r"<(code|pre)\b[^>]*>.*?</\1>", "", bare(markup), flags=re.DOTALL)
    found = [words for tag in re.findall(r"<[^>]*>", plain) for _, words in re.findall(rf'\s({SHOWN})="([^"]*)"', tag)]
    found += re.split(r"<[^>]*>", plain)
    return [words.strip() for words in found if re.search(r"[A-Za-z]{2,}", NAMES.sub("", words))]


@pytest.mark.parametrize("path", sorted(WEB.rglob("*.svelte")), ids=lambda path: path.stem)
def test_no_words_stand_in_the_markup(path):
    assert literal(path.read_text(encoding="utf-8")) == [], "put them into web/src/strings/en.json"


def test_a_literal_word_would_be_found():
    page = (
        '<script>let a = "no";</script><p title="Shown">{#if a > 1}{t("key")} seen {a}{/if}<code>fronde demo</code></p>'
    )
    assert literal(page) == ["Shown", "seen"]


def test_every_entry_is_used_and_every_placeholder_is_plain():
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in WEB.rglob("*") if path.suffix in (".svelte", ".ts")
    )
    families = tuple(re.findall(r"`([a-z.]+\.)\$\{", sources))
    catalogue = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    unused = [key for key in catalogue if f'"{key}"' not in sources and not key.startswith(families)]
    assert unused == []
    for key, text in catalogue.items():
        for form in text.values() if isinstance(text, dict) else (text,):
            assert re.sub(r"\{\w+\}", "", form).count("{") == 0, key
        if isinstance(text, dict):
            assert {"one", "other"} <= text.keys(), key
