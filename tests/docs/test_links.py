"""Relative links of the documentation lead to files and places that exist."""

import pytest
from pages import LINK, anchors, name, prose, written


def _broken(page):
    for target in LINK.findall(prose(page)):
        if "://" in target:
            continue
        path, _, place = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists():
            yield f"{target}: no such file"
        elif place and place not in anchors(file):
            yield f"{target}: no such place"


@pytest.mark.parametrize("page", written(), ids=name)
def test_relative_links_resolve(page):
    assert list(_broken(page)) == []


def test_every_page_can_be_reached_from_the_index():
    from pages import DOCS

    linked = {(DOCS / target.partition("#")[0]).resolve() for target in LINK.findall(prose(DOCS / "index.md"))}
    assert [name(page) for page in DOCS.rglob("*.md") if page not in linked and page.name != "index.md"] == []
