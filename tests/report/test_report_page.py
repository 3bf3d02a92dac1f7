"""The page as a whole: closed to the network, complete, labelled, of bounded size, the same bytes each time."""

import base64
import hashlib
import re

import pytest
from reading import read

from fronde.report.page import render

SECTIONS = (
    "questions",
    "matrix",
    "fans",
    "fortunes",
    "leader",
    "regime",
    "variants",
    "theories",
    "patterns",
    "grounds",
    "sources",
    "posterior",
    "diagnostics",
    "unknown",
    "made",
)
LOADING = {
    "script",
    "iframe",
    "object",
    "embed",
    "img",
    "link",
    "video",
    "audio",
    "source",
    "form",
    "base",
    "image",
    "use",
}


def test_policy_allows_only_the_page_itself(page):
    root = read(page)
    policy = next(
        node.attributes["content"]
        for node in root.all("meta")
        if node.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    style = re.search(r"<style>(.*?)</style>", page, re.S).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"
    )
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_nothing_is_loaded_from_anywhere(page):
    nodes = read(page).all()
    assert not {node.tag for node in nodes} & LOADING
    for node in nodes:
        assert "src" not in node.attributes
        assert node.attributes.get("href", "#").startswith("#")
        assert not any(name.startswith("on") or name == "style" for name in node.attributes)
    assert not re.search(r"https?://|//[a-z]|@import", re.sub(r"base64,[A-Za-z0-9+/=]+", "", page))
    assert set(re.findall(r"url\(([a-z]+:[a-z0-9/]+)", page)) == {"data:font/woff2"}


def test_sections_stand_in_order_and_the_contents_lead_to_each(page):
    root = read(page)
    assert tuple(node.attributes["id"] for node in root.all("section")) == SECTIONS
    assert [node.attributes["href"] for node in root.all("nav")[0].all("a")] == [f"#{name}" for name in SECTIONS]


def test_ids_are_unique_and_references_resolve(page):
    nodes = read(page).all()
    ids = [node.attributes["id"] for node in nodes if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for node in nodes:
        for name in ("aria-labelledby", "for"):
            assert node.attributes.get(name, ids[0]) in ids


def test_every_figure_has_a_table_and_every_drawing_is_labelled_or_decoration(page):
    root = read(page)
    figures = root.all("figure")
    assert len(figures) >= 14
    for figure in figures:
        assert figure.all("table"), figure.text[:80]
    charts = 0
    for drawing in root.all("svg"):
        if drawing.attributes.get("role") == "img":
            charts += 1
            assert len(drawing.attributes["aria-label"]) > 20
        else:
            assert drawing.attributes.get("aria-hidden") == "true"
    assert charts == 3 * 7 + 6 + 6 + 6  # fans, fortunes (one group holds none), leader, regime (two pairs)


def test_every_table_has_a_caption_and_headed_columns(page):
    for table in read(page).all("table"):
        assert table.all("caption")[0].text.strip()
        heads = table.all("thead")[0].all("th")
        assert heads
        assert all(head.attributes.get("scope") == "col" for head in heads)
        for row in table.all("tbody")[0].all("tr"):
            assert len([cell for cell in row.children if cell.tag in ("th", "td")]) == len(heads)


def test_headline_carries_number_interval_and_base_rate(page):
    lede = next(node for node in read(page).all("p") if node.attributes.get("class") == "lede")
    words = lede.text.replace("\u2060", "").replace("\u00a0", " ")
    assert words == (
        "There is a 3% chance that the leader declares a wider war by 9 May 2031 (90% interval 2–6%; base rate 2%)."
    )


def test_numbers_of_the_summary_reach_the_page(page, summary):
    root = read(page)
    cell = next(
        row
        for row in summary["matrix"]["cells"]
        if row["by"] == summary["matrix"]["dates"][0] and row["group"] == "magnates_old" and row["act"] == "leave"
    )
    first = next(node for node in root.all("div") if node.attributes.get("class") == "until-0")
    row = first.all("table")[0].all("tbody")[0].all("tr")[0]
    assert f"{cell['p_any'] * 100:.0f}%" in row.all("td")[4].text
    assert summary["manifest"]["command"] in root.by_id("made").text
    for sentence in summary["not_known"]:
        assert sentence in root.by_id("unknown").text


def test_last_horizon_is_chosen_at_first(page):
    buttons = [node for node in read(page).all("input") if node.attributes["name"] == "until"]
    assert ["checked" in button.attributes for button in buttons] == [False, False, False, True]


def test_static_page_needs_no_opening_and_carries_no_fonts(static_page):
    root = read(static_page)
    assert root.all("details")
    assert all("open" in node.attributes for node in root.all("details"))
    assert "@font-face" not in static_page
    assert root.all("svg")


@pytest.mark.parametrize(("static", "largest"), [(False, 700_000), (True, 600_000)])
def test_size_stays_bounded(summary, forecast, static, largest):
    assert len(render(summary, forecast, static).encode()) < largest


def test_same_input_same_bytes(summary, forecast, page):
    assert render(summary, forecast) == page


def test_input_is_left_as_it_was(summary, forecast):
    import copy

    before = copy.deepcopy((summary, forecast))
    render(summary, forecast)
    assert (summary, forecast) == before


def test_provenance_stands_above_the_title(page):
    line = next(node for node in read(page).all("ul") if node.attributes.get("class") == "provenance")
    assert [part.text.replace("\u00a0", " ") for part in line.all("li")] == [
        "run 8d41e0c2",
        "as of 28 April 2031",
        "evidence known by 28 April 2031",
        "26 weeks ahead",
        "quick run, rough tails",
        "seed 20310428",
    ]
    assert page.index('class="provenance"') < page.index("<h1>")


def test_every_item_of_the_manifest_is_shown(summary, forecast):
    summary["manifest"]["futures"], summary["manifest"]["tempering_steps"] = 4096, 11
    told = read(render(summary, forecast)).by_id("made").text
    for value in ("quick", "4096", "Tempering steps", "11", "sha256:51c0…9e", "numpy 2.1.0"):
        assert value in told
