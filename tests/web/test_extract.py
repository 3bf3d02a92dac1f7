"""A report pasted into the app: read over HTTP, proposed into a case that is the user's own."""

import json
import shutil
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

pytest.importorskip("textblob", reason='reading reports needs the extra: pip install "fronde[extract]"')

from fronde.app.opening import RequestError
from fronde.app.views import extract as view
from fronde.app.views.desk import Desk
from fronde.scenario.case import find_case

TEXT = "The minister has resigned, two aides said on Monday."
ARTICLE = {"text": TEXT, "outlet": "The Paper", "published": "2019-05-08"}


def post(served, where, body):
    headers = {**served.headers, "Origin": served.base}
    return httpx.post(f"{served.base}/api/cases/{where}", json=body, headers=headers, trust_env=False)


def test_a_pasted_report_comes_back_with_spans(served):
    found = post(served, "valdria/extract", {"articles": [ARTICLE]}).json()
    (claim,) = found["articles"][0]["claims"]
    assert TEXT[claim["start"] : claim["end"]] == claim["words"] == "The minister has resigned"
    assert claim["event_class"] in found["classes"]
    assert found["writable"] is False
    assert found["model"] is None


def test_several_reports_are_compared_with_each_other(served):
    guard = "The captain of the guard of the inner palace resigned, said {} people close to the palace guard."
    articles = [
        {**ARTICLE, "text": guard.format(many), "outlet": outlet} for many, outlet in (("two", "A"), ("three", "B"))
    ]
    (pair,) = post(served, "valdria/extract", {"articles": articles}).json()["same_origins"]
    assert [claim[0] for claim in pair["claims"]] == [0, 1]
    assert 0.0 < pair["p_same"] < 1.0


def test_a_file_becomes_text(served):
    page = b"<!doctype html><body><article><p>The minister has resigned.</p><script>x()</script></article></body>"
    headers = {**served.headers, "Origin": served.base, "Content-Type": "application/octet-stream"}

    def send(content):
        return httpx.post(f"{served.base}/api/extract/text?name=a", content=content, headers=headers, trust_env=False)

    assert send(page).json()["text"] == "The minister has resigned."
    answer = send(b"\x00\x01\x02")
    assert answer.status_code == 400
    assert "no text, HTML or PDF" in answer.json()["detail"]


class Model(BaseHTTPRequestHandler):
    """An endpoint that codes one sentence, and makes one up."""

    def do_POST(self):
        item = {"source": "two aides", "polarity": "affirm", "modality": "reported", "claim_type": "event"}
        found = [{**item, "words": "The minister has resigned", "event_class": "flee"}, {**item, "words": "made up"}]
        content = json.dumps({"choices": [{"message": {"content": json.dumps({"claims": found})}}]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


def test_a_model_is_a_second_reader_only_where_its_address_is_set(served, monkeypatch):
    refused = post(served, "valdria/extract/second", ARTICLE)
    assert refused.status_code == 400
    assert "FRONDE_LLM_URL" in refused.json()["detail"]
    with HTTPServer(("127.0.0.1", 0), Model) as model:
        threading.Thread(target=model.serve_forever, daemon=True).start()
        monkeypatch.setenv("FRONDE_LLM_URL", f"http://127.0.0.1:{model.server_port}/v1")
        monkeypatch.setenv("FRONDE_LLM_MODEL", "tiny")
        assert post(served, "valdria/extract", {"articles": [ARTICLE]}).json()["model"] == "tiny"
        found = post(served, "valdria/extract/second", ARTICLE).json()
        model.shutdown()
    assert found["kept"] == 1
    assert sum(found["dropped"].values()) == 1
    assert found["rows"][0]["verdict"] == "disagree"


def test_a_shipped_case_takes_no_claims(served):
    answer = post(served, "valdria/extract/propose", {**ARTICLE, "coder": "me", "claims": {"0": {}}})
    assert answer.status_code == 400
    assert "copy" in answer.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"articles": []},
        {"articles": [{"text": ""}]},
        {"articles": [{**ARTICLE, "published": "soon"}]},
        {"articles": [{**ARTICLE, "path": "/etc"}]},
        {"articles": [ARTICLE] * 21},
    ],
)
def test_a_wrong_request_is_refused(served, body):
    assert post(served, "valdria/extract", body).status_code == 422


def test_chosen_claims_land_in_the_inbox_with_the_reader_s_changes(tmp_path):
    folder = tmp_path / "mine"
    shutil.copytree(find_case("valdria"), folder)
    desk = Desk(tmp_path, (folder,))
    article = (TEXT, "The Paper", date(2019, 5, 8))
    assert view.read(desk, "mine", [article])["writable"]
    edits = {0: {"text": "A minister steps down", "modality": "reported"}}
    done = view.propose(desk, "mine", TEXT, "The Paper", date(2019, 5, 8), edits, "me")
    from fronde.app import ledger

    row = ledger.show(folder, done["claims"][0])["claim"]
    assert (row["status"], row["text"], row["modality"]) == ("proposed", "A minister steps down", "reported")
    assert view.read(desk, "mine", [article])["articles"][0]["read_before"]
    assert view.propose(desk, "mine", *article, edits, "me")["before"] == done["claims"]
    with pytest.raises(RequestError):
        view.propose(Desk(tmp_path), "valdria", TEXT, "The Paper", date(2019, 5, 8), {0: {}}, "me")
