"""Every page in a real browser: light and dark, wide and narrow; nothing from elsewhere, no fault, axe silent."""

import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

PAGES = {
    "start": "Cases",
    "forecasts": "Valdria",
    "evidence?case=valdria": "Evidence",
    "extract?case=valdria": "Read a report",
    "elite?case=valdria": "Elite map",
    "questions?case=valdria&resolve=regent_falls": "Questions",
    "calibrate": "Calibrate",
    "scenarios": "Valdria",
    "evidence?case=valdria&claim=V12": "Evidence",
    "teach": "Teach",
    "reports": "Report",
    "runs?run={run}": "Runs",
    "scorecard?case=valdria": "Scorecard",
}
SIZES = {"wide": (1400, 900), "narrow": (360, 740)}
PICTURES = os.environ.get("FRONDE_PICTURES")  # a folder for screenshots, to look at
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.fixture
def look(served, browser):
    """Open a page; what the browser complained about and what it asked of other hosts come along."""
    contexts = []

    def open_page(where: str, scheme: str = "light", size: str = "wide"):
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.faults, page.strangers = [], []
        page.on("console", lambda said: page.faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))

        def watch(request):
            if not request.url.startswith((served.base, "data:", "blob:")):
                page.strangers.append(request.url)

        page.on("request", watch)
        page.goto(served.entry)
        page.goto(f"{served.base}/#/{where}")
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def _place(where: str, served) -> str:
    return where.format(run=next(iter(served.desk.manifests()))["run"])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("where", PAGES)
def test_page(look, served, axe, where, scheme, size):
    page = look(_place(where, served), scheme, size)
    assert PAGES[where] in page.get_by_role("heading", level=1).inner_text()
    assert page.faults == []
    assert page.strangers == []
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{wider} px stick out on the right"
    found = axe.run(page, options={"runOnly": RULES})
    assert [(row["id"], [node["html"][:160] for node in row["nodes"]]) for row in found.response["violations"]] == []
    if PICTURES:
        name = re.sub(r"\W+", "-", where.split("?")[0])
        page.screenshot(path=Path(PICTURES) / f"{name}-{scheme}-{size}.png", full_page=True)


def test_first_visit_stays_below_a_megabyte(look, served, browser):
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(served.entry)
    page.goto(f"{served.base}/#/forecasts")
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    context.close()
    assert len(sizes) > 4
    assert 100_000 < sum(sizes) < 1_000_000


def test_a_cell_is_chosen_by_keyboard_and_stays_in_the_address(look):
    page = look("forecasts")
    cell = page.locator("table.matrix button").first
    cell.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen = page.locator("table.matrix button[aria-pressed=true]")
    assert chosen.count() == 1
    assert "cell=" in page.url
    before = chosen.get_attribute("aria-label")
    heading = page.get_by_role("heading", name=re.compile("^Why ")).inner_text()
    page.reload()
    page.get_by_role("heading", name=heading).wait_for()
    assert page.locator("table.matrix button[aria-pressed=true]").get_attribute("aria-label") == before


def test_a_chart_has_its_numbers_as_a_table_and_as_files(look):
    page = look("forecasts")
    why = page.get_by_role("region", name=re.compile("^Why ")).locator("figure")
    why.get_by_role("button", name="Show as table").click()
    assert why.get_by_role("table").last.locator("tbody tr").count() > 10
    for name, head in (("CSV", b"panel,scenario,date"), ("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("JSON", b"{")):
        with page.expect_download() as got:
            why.get_by_role("button", name=name, exact=True).click()
        assert Path(got.value.path()).read_bytes().startswith(head), name


@pytest.mark.parametrize(
    ("where", "title", "shown"),
    [
        ("forecasts", "What the leader may do", "Crackdown"),
        ("forecasts", "Who may break, how, and when", "Criticise leader"),
        ("forecasts", "Questions of the case", "Has the Regent lost power by 9 November 2019?"),
        ("scenarios", "Difference from the baseline", "chance of an attempt on power"),
        ("elite?case=valdria", "Who is tied to whom", "Elite of Valdria"),
    ],
)
def test_a_chart_of_many_panels_is_saved_whole(look, where, title, shown):
    page = look(where)
    part = page.locator("section.card").filter(has=page.get_by_role("heading", name=re.compile(f"^{title}")))
    part.get_by_role("button", name="SVG").wait_for()
    with page.expect_download() as got:
        part.get_by_role("button", name="SVG", exact=True).click()
    svg = Path(got.value.path()).read_text(encoding="utf-8")
    words = " ".join(ElementTree.fromstring(svg).itertext())
    assert " ".join(shown.split()) in " ".join(words.split())
    assert "var(" not in svg
    with page.expect_download() as got:
        part.get_by_role("button", name="PNG", exact=True).click()
    assert Path(got.value.path()).stat().st_size > 8000
    assert page.faults == []


REACH = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(one => !one.disabled && one.checkVisibility({visibilityProperty: true})
    && one.tabIndex >= 0 && !(one.type === 'radio' && !one.checked))"""


@pytest.mark.parametrize("where", PAGES)
def test_everything_is_reached_by_the_tab_key_and_the_focus_is_seen(look, served, where):
    page = look(_place(where, served))
    wanted = page.evaluate(f"() => ({REACH})().map((one, k) => (one.dataset.k = String(k))).length")
    page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0)")
    page.locator(".skip").focus()
    seen, visible, before = {}, set(), None
    for _ in range(2 * wanted + 40):  # a date has a stop for each of its parts
        at, outlined, markup = page.evaluate(
            """() => { const one = document.activeElement, style = getComputedStyle(one);
              return [one.dataset?.k ?? null, style.outlineStyle !== 'none' || parseFloat(style.strokeWidth) >= 4,
                      one.outerHTML.slice(0, 90)]; }"""
        )
        if at in seen and at != before:
            break
        before = at
        if at is not None:
            seen[at] = markup
            if outlined:
                visible.add(at)
        page.keyboard.press("Tab")
    missed = page.evaluate(
        "(seen) => [...document.querySelectorAll('[data-k]')].filter(one => !seen.includes(one.dataset.k))"
        ".map(one => one.outerHTML.slice(0, 90))",
        list(seen),
    )
    assert missed == []
    assert [markup for at, markup in seen.items() if at not in visible] == []


@pytest.mark.parametrize("size", SIZES)
def test_pages_read_from_right_to_left_too(look, served, size):
    page = look("start", size=size)
    for where in PAGES:
        page.goto(f"{served.base}/#/{_place(where, served)}")
        page.evaluate("document.documentElement.dir = 'rtl'")
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        places = page.evaluate(
            """() => { const root = document.documentElement;
              const box = (query) => document.querySelector(query).getBoundingClientRect();
              return [root.scrollWidth - root.clientWidth, box('.side').right, box('main').left, box('main').right,
                      box('h1').right, root.clientWidth]; }"""
        )
        wider, side, left, right, title, width = places
        assert wider <= 0, f"{where}: {wider} px stick out"
        assert right - title < 60, f"{where}: the title does not begin at the right"
        if size == "wide":
            assert side == width, where
            assert left == 0, where
        if PICTURES:
            name = re.sub(r"\W+", "-", where.split("?")[0])
            page.screenshot(path=Path(PICTURES) / f"{name}-rtl-{size}.png", full_page=True)
    assert page.faults == []


def test_a_returning_visitor_hears_what_changed(look):
    page = look("start")
    since = page.get_by_role("heading", name=re.compile("^Since your last visit"))
    assert since.count() == 0
    page.evaluate(
        """() => { const seen = JSON.parse(localStorage.getItem('fronde-seen'));
          seen.at = '2026-01-02T03:04:05Z';
          seen.cases.valdria.hash = 'another';
          seen.cases.valdria.answers.regent_falls.p = 0.5;
          delete seen.cases['libya-2011'];
          localStorage.setItem('fronde-seen', JSON.stringify(seen));
          sessionStorage.clear(); }"""
    )
    page.reload()
    since.wait_for()
    assert since.inner_text().replace("\u00a0", " ").endswith("2 January 2026")
    told = page.get_by_role("region", name=re.compile("^Since")).inner_text()
    assert "has another forecast" in told
    assert re.search(r"▼ 50% → \S+ Has the Regent lost power", told)
    assert "Libya, 2011: diplomats and ministers is new here" in told
    page.reload()
    since.wait_for()
    page.get_by_role("button", name="Mark as read").click()
    page.get_by_text("Nothing: the same").wait_for()


def test_horizon_changes_every_number_of_the_matrix(look):
    page = look("forecasts")
    labels = "Array.from(document.querySelectorAll('table.matrix button'), (one) => one.ariaLabel)"
    before = page.evaluate(labels)
    select = page.get_by_label("Until")
    select.select_option(index=0)
    after = page.evaluate(labels)
    assert len(before) == len(after)
    assert before != after


def test_search_narrows_the_evidence(look):
    page = look("evidence?case=valdria")
    rows = page.locator("section table.stack tbody tr")
    every = rows.count()
    word = rows.first.locator("th button").inner_text().split()[0]
    page.get_by_role("searchbox").fill(f"{word} zzzz")
    page.get_by_text("Nothing matches").wait_for()
    page.get_by_role("searchbox").fill(word)
    rows.first.wait_for()
    assert 0 < rows.count() <= every


def test_a_pasted_report_shows_its_claims_beside_the_text(look, axe):
    pytest.importorskip("textblob", reason='reading reports needs the extra: pip install "fronde[extract]"')
    page = look("extract?case=valdria")
    page.get_by_label("Text of the report").fill(
        "The minister has resigned \U0001f600, two aides said.\n\nThe general fled."
    )
    page.get_by_role("button", name="Propose claims").click()
    page.locator("article").nth(1).wait_for()
    assert page.locator(".report .claim").first.inner_text().startswith("The minister has resigned")
    assert page.locator(".report .source").all_inner_texts() == ["two aides"]
    assert page.locator(".report .cue").all_inner_texts() == ["said"]
    assert page.get_by_label("Class").nth(1).input_value() == "flee"
    assert page.faults == []
    found = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.response["violations"] == []


def test_the_map_moves_by_arrow_and_shows_the_card(look):
    page = look("elite?case=valdria")
    dot = page.locator("svg circle[tabindex='0']")
    dot.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    page.get_by_role("region", name=re.compile("^Card of ")).wait_for()
    assert "person=" in page.url


def test_dark_is_kept_for_the_next_visit(look):
    page = look("start")
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    page.get_by_role("heading", level=1).wait_for()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_shipped_question_cannot_be_resolved_and_the_page_says_what_to_do(look):
    page = look("questions?case=valdria")
    page.get_by_role("button", name=re.compile("^Resolve: ")).first.click()
    form = page.locator("form")
    form.get_by_label("Answer").select_option("void")
    form.get_by_label("Decided on").fill("2019-11-09")
    form.get_by_label("Who decides").fill("reader")
    form.get_by_label("What was looked up").fill("invented")
    form.get_by_role("button", name="Resolve").click()
    assert "fronde new" in page.get_by_role("alert").inner_text()


def test_an_unknown_run_says_what_to_do(look):
    page = look("start")
    page.goto(page.url.split("#")[0] + "#/forecasts?run=nothing")
    page.get_by_role("alert").wait_for()
    assert "fronde forecast" in page.get_by_role("alert").inner_text()
