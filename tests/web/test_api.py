"""The documents under /api, fuzzed from their own description, and what hostile evidence does to them."""

import re
import shutil

from fronde.app.views.desk import Desk
from fronde.scenario.case import SHIPPED

HOSTILE = "<img src=x onerror=window.caught=1>"


def test_every_description_holds(served):
    """Schemathesis: whatever the description allows is answered with a status, a type and a document it describes."""
    import hypothesis
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    held = [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
    ]

    description = served.client().get("/api/openapi.json").json()
    schema = schemathesis.openapi.from_dict(description)
    schema.config.update(base_url=served.base)
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @hypothesis.settings(
            max_examples=12, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        )  # fmt: skip
        @hypothesis.given(case=operation.as_strategy())
        def check(case):
            case.call_and_validate(headers=served.headers, checks=held)

        check()
        tried += 1
    assert tried >= 10


def test_a_reviewer_accepts_corrects_and_rejects(copy, tmp_path, serve):
    client = serve(Desk(tmp_path / "runs", (copy,))).client()
    claims = client.get("/api/cases/valdria-copy/evidence").json()["claims"]
    waiting = next(row["id"] for row in claims if row["status"] == "proposed")
    where = f"/api/cases/valdria-copy/claims/{waiting}/review"
    corrected = client.post(where, json={
        "decision": "correct", "coder": "reader", "why": "said more plainly", "changes": {"text": "Said more plainly"},
    })  # fmt: skip
    assert corrected.status_code == 200, corrected.text
    assert corrected.json()["claim"]["text"] == "Said more plainly"
    accepted = client.post(where, json={"decision": "accept", "coder": "reader"})
    assert accepted.status_code == 200, accepted.text
    found = client.get(f"/api/cases/valdria-copy/claims/{waiting}").json()
    assert found["claim"]["status"] == "accepted"
    assert [row["coder"] for row in found["history"]][-1] == "reader"
    retracted = client.post(where, json={"decision": "retract", "coder": "reader", "why": "taken back"})
    assert retracted.json()["claim"]["status"] == "retracted"


def test_a_shipped_case_is_never_changed(served):
    before = {path: path.read_bytes() for path in (SHIPPED / "valdria" / "evidence").iterdir() if path.is_file()}
    client = served.client()
    claim = client.get("/api/cases/valdria/evidence").json()["claims"][0]["id"]
    answer = client.post(
        f"/api/cases/valdria/claims/{claim}/review", json={"decision": "reject", "coder": "reader", "why": "test"}
    )
    assert answer.status_code == 400
    assert "fronde new" in answer.json()["detail"]
    assert {path: path.read_bytes() for path in before} == before


RESOLVED = {"answer": "no", "on": "2019-11-09", "basis": "invented", "coder": "reader"}


def test_a_question_is_resolved_once_and_with_what_it_rests_on(copy, tmp_path, serve):
    client = serve(Desk(tmp_path / "runs", (copy,))).client()
    where = "/api/cases/valdria-copy/questions/regent_falls/resolve"
    wrong = client.post(where, json=RESOLVED | {"claims": ["no-such-claim"]})
    assert (wrong.status_code, "no-such-claim" in wrong.text) == (400, True)
    assert client.post(where, json=RESOLVED | {"on": "soon"}).status_code == 422
    assert client.post(where, json=RESOLVED).json()["state"] == "no"
    rows = client.get("/api/cases/valdria-copy/questions").json()["questions"]
    assert [row["basis"] for row in rows if row["id"] == "regent_falls"] == ["invented"]
    again = client.post(where, json=RESOLVED | {"answer": "yes"})
    assert (again.status_code, "already resolves" in again.json()["detail"]) == (400, True)


def test_a_question_of_a_shipped_case_is_not_resolved(served):
    pack = SHIPPED / "valdria" / "evidence"
    before = {path: path.read_bytes() for path in pack.iterdir() if path.is_file()}
    answer = served.client().post("/api/cases/valdria/questions/regent_falls/resolve", json=RESOLVED)
    assert (answer.status_code, "fronde new" in answer.json()["detail"]) == (400, True)
    assert {path: path.read_bytes() for path in before} == before


def test_a_calibration_alone_is_no_finished_forecast(runs, tmp_path, serve):
    first = next(folder for folder in runs.iterdir() if (folder / "summary.json").is_file())
    for name in ("whole", "newer"):
        shutil.copytree(first, tmp_path / name)
    manifest = (tmp_path / "newer" / "manifest.json").read_text(encoding="utf-8")
    later = re.sub(r'"started_at": "\d+', '"started_at": "9999', manifest)
    (tmp_path / "newer" / "manifest.json").write_text(later, encoding="utf-8")
    for name in ("summary.json", "forecast.json"):
        (tmp_path / "newer" / name).unlink()
    client = serve(Desk(tmp_path)).client()
    rows = client.get("/api/session").json()["runs"]
    assert [(row["run"], row["finished"]) for row in rows] == [("newer", False), ("whole", True)]
    assert client.get("/api/cases/valdria/questions").json()["run"] == "whole"
    cards = {row["case"]: row for row in client.get("/api/start").json()["cases"]}
    assert cards["valdria"]["forecast"]["run"] == "whole"


def test_errors_are_problem_documents(served):
    client = served.client()
    for path, status in (
        ("/api/runs/none/forecast", 404),
        ("/api/cases/none/evidence", 404),
        ("/api/cases/valdria/claims/none", 404),
        ("/api/runs/..%2f..%2fetc", 404),
        ("/api/cases/.hidden/elite", 422),
    ):
        answer = client.get(path)
        assert answer.status_code == status, path
        assert answer.headers["content-type"] == "application/problem+json"
        assert set(answer.json()) == {"title", "status", "detail", "errors"}


def test_files_of_a_run_are_saved_and_nothing_else(served, runs):
    client = served.client()
    name = next(row["run"] for row in client.get("/api/runs").json()["runs"] if row["finished"])
    answer = client.get(f"/api/runs/{name}/files/forecast.csv")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content == (runs / name / "forecast.csv").read_bytes()
    for other in ("..%2f..%2fpyproject.toml", ".lock", "none.txt"):
        assert client.get(f"/api/runs/{name}/files/{other}").status_code == 404


def test_two_manifests_differ_where_they_differ(runs, tmp_path, serve):
    first = next(folder for folder in runs.iterdir() if (folder / "manifest.json").is_file())
    shutil.copytree(first, tmp_path / first.name)
    shutil.copytree(first, tmp_path / "other")
    text = (tmp_path / "other" / "manifest.json").read_text(encoding="utf-8")
    (tmp_path / "other" / "manifest.json").write_text(re.sub(r'"seed": \d+', '"seed": 7', text), encoding="utf-8")
    found = serve(Desk(tmp_path)).client().get(f"/api/runs/{first.name}/against/other").json()
    assert [row["key"] for row in found["rows"]] == ["seed"]
    assert found["rows"][0]["second"] == 7


def test_names_from_evidence_are_text_everywhere(copy, browser, runs, serve):
    """A claim, an outlet and a title that carry markup are shown as they stand and never run."""
    for table, column in (("claims", "text"), ("sources", "name"), ("origins", "label"), ("reports", "title")):
        path = copy / "evidence" / f"{table}.csv"
        _taint(path, column)
    (copy / "case.yaml").write_text(
        re.sub(r"(?m)^title: .*$", f'title: "{HOSTILE}"', (copy / "case.yaml").read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    server = serve(Desk(runs, (copy,)))
    page = browser.new_page()
    base = server.base
    page.goto(server.entry)
    seen = ""
    for where in (
        "start",
        "evidence?case=valdria-copy&claim={}",
        "elite?case=valdria-copy",
        "questions?case=valdria-copy",
    ):
        first = (copy / "evidence" / "claims.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
        page.goto(f"{base}/#/{where.format(first)}")
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        seen += page.locator("body").inner_text()
        assert page.evaluate("window.caught") is None
        assert page.locator("img").count() == 0
    page.close()
    assert seen.count(HOSTILE) >= 4


def _taint(path, column):
    import csv

    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0][column] = HOSTILE
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
