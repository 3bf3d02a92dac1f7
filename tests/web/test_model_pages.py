"""Calibrate, Scenarios, Teach and Report builder in a browser: they work and talk to loopback only."""

import json
import re
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from fronde.app.jobs import table, worker

PATIENCE = 30_000  # ms


@pytest.fixture(scope="module", autouse=True)
def _no_worker_stays_behind() -> Iterator[None]:
    yield
    for process in worker._started:
        process.wait()


@pytest.fixture
def page(browser: Any, served: Any) -> Iterator[Any]:
    """A page that fails on a fault or on a request to anywhere else."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    made = context.new_page()
    made.set_default_timeout(PATIENCE)
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    home = ("http://127.0.0.1:", "data:", "blob:")
    made.on("request", lambda request: None if request.url.startswith(home) else faults.append(request.url))
    made.goto(served.entry)
    yield made
    context.close()
    assert not faults, faults


def show(page: Any, served: Any, name: str, query: str = "") -> None:
    page.goto(f"{served.base}/#/{name}{query}")
    page.locator("h1").first.wait_for()


def test_a_lever_moves_the_picture_and_the_address_keeps_it(page: Any, served: Any) -> None:
    show(page, served, "scenarios")
    page.locator(".panel svg").first.wait_for()
    before = page.locator(".lede").inner_text()
    slider = page.get_by_label("Sanctions", exact=False).first
    slider.fill("0")
    page.wait_for_function("before => (document.querySelector('.lede')?.innerText ?? before) !== before", arg=before)
    assert "Scenario 1" in page.locator(".lede").inner_text()
    page.wait_for_function("() => location.hash.includes('sanctions')")  # written when the lever rests
    address = page.url
    page.reload()
    page.locator(".panel svg").first.wait_for()
    assert page.get_by_label("Sanctions", exact=False).first.input_value() == "0"
    assert page.url == address
    page.get_by_role("button", name="Show as table").first.click()
    assert page.get_by_role("table").first.locator("tbody tr").count() > 10


def test_variants_stand_side_by_side(page: Any, served: Any) -> None:
    show(page, served, "scenarios")
    page.get_by_role("button", name="Add a scenario").click()
    page.get_by_label("Start from").last.select_option("crackdown")
    page.wait_for_function("() => document.querySelector('.lede')?.innerText.includes('Scenario 2')")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as YAML").click()
    assert saved.value.suggested_filename == "variants.yaml"


def test_a_scenario_as_text_says_where_a_mistake_is(page: Any, served: Any) -> None:
    show(page, served, "scenarios")
    page.locator(".panel svg").first.wait_for()
    page.get_by_label("Start from").select_option("crackdown")
    page.get_by_role("button", name=re.compile("^Edit as YAML")).click()
    text = page.get_by_role("textbox")
    assert text.input_value().startswith("variants:\n  crackdown:\n")
    right = text.input_value()
    text.fill(right.replace("kind: crackdown", "kind: crackdwn"))
    page.get_by_text("did you mean `crackdown`?").wait_for()
    page.get_by_role("button", name="line 6, column").click()
    assert text.evaluate("one => one.value.slice(0, one.selectionStart).split('\\n').length") == 6
    text.fill(right.replace("kind: crackdown", "kind: declare"))
    page.get_by_text("1 action; the picture shows them").wait_for()
    page.wait_for_function("() => location.hash.includes('declare')")
    page.reload()
    assert "kind: declare" in page.get_by_role("textbox").input_value()


def test_a_calibration_alone_moves_levers(page: Any, served: Any, serve: Any, tmp_path: Path) -> None:
    from fronde.app import service
    from fronde.app.views.desk import Desk
    from fronde.app.work import make_session

    service.calibrate("valdria", particles=32, futures=1, session=make_session(tmp_path / "runs", 1))
    alone = serve(Desk(tmp_path / "runs"))
    page.goto(alone.entry)
    page.goto(f"{alone.base}/#/scenarios")
    page.locator(".panel svg").first.wait_for()
    page.goto(f"{alone.base}/#/calibrate")
    page.get_by_role("heading", name="Can it be trusted?").wait_for()


def test_a_job_started_on_the_page_can_be_cancelled_and_resumed(page: Any, served: Any) -> None:
    show(page, served, "calibrate")
    page.get_by_label("Case").select_option("valdria")
    page.get_by_label("Particles").select_option("4096")
    page.get_by_role("button", name="Calibrate and forecast").click()
    page.get_by_role("button", name=re.compile("^Cancel")).click()
    page.get_by_role("button", name=re.compile("^Resume")).wait_for()
    job = table.jobs(served.desk.runs)[0]
    assert job["status"] == "cancelled"
    page.get_by_role("button", name=re.compile("^Resume")).click()
    page.get_by_role("button", name=re.compile("^Cancel")).wait_for()
    table.cancel(served.desk.runs, job["id"])
    began = time.monotonic()
    while table.job(served.desk.runs, job["id"])["status"] != "cancelled":
        assert time.monotonic() - began < PATIENCE / 1000
        time.sleep(0.1)


def test_jobs_are_heard_as_they_change(served: Any) -> None:
    client = served.client()
    with client.stream("GET", "/api/jobs/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        first = json.loads(next(line for line in lines if line.startswith("data: ")).removeprefix("data: "))
        name = table.add(served.desk.runs, "forecast", {"case": "valdria"})
        second = json.loads(next(line for line in lines if line.startswith("data: ")).removeprefix("data: "))
    table.cancel(served.desk.runs, name)
    assert name not in {job["id"] for job in first["jobs"]}
    assert second["jobs"][0]["id"] == name
    assert second["jobs"][0]["status"] in ("queued", "running")  # a worker of another test may take it


def test_a_stream_needs_the_token(served: Any) -> None:
    import httpx

    assert httpx.get(f"{served.base}/api/jobs/events", trust_env=False).status_code == 401


def test_jobs_are_asked_for_where_they_cannot_be_heard(page: Any, served: Any) -> None:
    page.route("**/api/jobs/events", lambda route: route.fulfill(status=204))
    show(page, served, "calibrate")
    page.get_by_role("heading", name="Jobs").wait_for()
    name = table.add(served.desk.runs, "forecast", {"case": "nowhere"})
    page.get_by_text("forecast of nowhere").first.wait_for()
    table.cancel(served.desk.runs, name)
    page.locator("li", has_text="forecast of nowhere").get_by_role("button", name="Resume").wait_for()


def test_how_a_forecast_moved_can_be_worked_out_from_its_page(page: Any, served: Any) -> None:
    show(page, served, "forecasts")
    page.get_by_role("button", name="Work it out").click()
    page.get_by_text("Under way").wait_for()
    job = table.jobs(served.desk.runs)[0]
    assert job["kind"] == "weekly"
    table.cancel(served.desk.runs, job["id"])


def test_a_game_from_opening_to_debrief(page: Any, served: Any) -> None:
    show(page, served, "teach")
    page.get_by_label("Turns").fill("2")
    page.get_by_role("button", name="Open a room").click()
    page.get_by_role("button", name="Leave the room").wait_for()
    page.get_by_label("Playing").select_option("leader")
    page.get_by_label("Act this turn").select_option("crackdown")
    page.get_by_label("Why").fill("<img src=x onerror=alert(1)>")
    page.get_by_role("button", name="Make the move").click()
    page.get_by_text("Your move of this turn: Act this turn: Crackdown").wait_for()
    page.get_by_text("The leader has moved").wait_for()
    page.get_by_role("button", name=re.compile("weeks pass")).click()
    page.get_by_text("A crackdown began.").wait_for()
    page.get_by_role("button", name="End the game here").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the debrief").click()
    found = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "&lt;img src=x" in found
    assert "<img" not in found


def test_a_teacher_takes_a_room_over_with_its_key(page: Any, served: Any) -> None:
    from fronde.app.teach import room

    made, key = room.create(served.desk.runs, "valdria", 1, 1)
    show(page, served, "teach", f"?room={made.code}")
    page.get_by_text("I am the teacher").click()
    page.get_by_label("Key").fill(key)
    page.get_by_role("button", name="Take over").click()
    page.get_by_role("button", name="Let a week pass").click()
    page.get_by_role("link", name="Save the debrief").wait_for()


def test_a_report_of_chosen_blocks_without_names(page: Any, served: Any) -> None:
    show(page, served, "reports")
    page.get_by_label("What other theories say").uncheck()
    page.get_by_label("Your notes").fill("Read with care.\n\n<b>Ilka Morrow</b> is not named.")
    page.get_by_label("Withhold names").check()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Static page").click()
    found = Path(saved.value.path()).read_text(encoding="utf-8")
    assert 'id="theories"' not in found
    assert 'id="unknown"' in found
    assert "&lt;b&gt;[name withheld]&lt;/b&gt; is not named." in found
    assert page.get_by_label("What came of it").is_disabled()
    assert page.get_by_role("button", name="Interactive page").is_disabled(), "its pages are full of names"
    with page.expect_download() as saved:
        page.get_by_role("button", name="Data bundle").click()
    with zipfile.ZipFile(BytesIO(Path(saved.value.path()).read_bytes())) as archive:
        assert {"forecast.json", "forecast.csv", "manifest.json", "notes.txt", "summary.json"} <= set(
            archive.namelist()
        )
        assert not any(b"Morrow" in archive.read(name) for name in archive.namelist())


def test_the_whole_app_in_one_file_opens_from_disk_and_asks_for_nothing(
    browser: Any, served: Any, tmp_path: Path
) -> None:
    from fronde.web import onefile

    name = next(row["run"] for row in served.desk.manifests() if row["kind"] == "forecast" and row["status"] == "done")
    path = tmp_path / "report.html"
    path.write_text(onefile.render(served.desk, name), encoding="utf-8")
    assert path.stat().st_size < 1_050_000
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for place in onefile.PAGES:
        page.goto(f"{path.as_uri()}#/{place}")
        page.locator("h1").first.wait_for()
    page.goto(f"{path.as_uri()}#/forecasts")
    page.locator("svg").first.wait_for()
    assert {url.partition("#")[0] for url in asked if not url.startswith(("data:", "blob:"))} == {path.as_uri()}
    assert not faults, faults
    assert page.evaluate("fetch('http://127.0.0.1:1/').then(() => 'asked', () => 'refused')") == "refused"
    context.close()
