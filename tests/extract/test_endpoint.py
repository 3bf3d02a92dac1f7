"""The optional second reader against a server of this process; nothing is sent unless an address is set."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from fronde.app import endpoint, extraction
from fronde.app.opening import RequestError

TEXT = "The minister resigned, aides said. The general fled."
GOOD = {"words": "The minister resigned", "source": "aides", "event_class": "resign", "polarity": "affirm",
        "modality": "asserted", "claim_type": "event"}  # fmt: skip
ITEMS = [
    GOOD,
    {**GOOD, "words": "The general fled", "source": "", "event_class": "silence"},
    {**GOOD, "words": "The minister stepped down"},
    {**GOOD, "event_class": "coup"},
    {**GOOD, "source": "a little bird"},
    {"words": "The general fled"},
    "no object",
]


@pytest.fixture
def served(monkeypatch):
    seen = []

    class Fake(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, self.headers["Authorization"], json.loads(body)))
            answer = json.dumps(
                {"choices": [{"message": {"content": "Here: " + json.dumps({"claims": ITEMS})}}]}
            ).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Fake)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("FRONDE_LLM_URL", f"http://127.0.0.1:{server.server_port}/v1")
    monkeypatch.setenv("FRONDE_LLM_KEY", "secret")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield seen
    server.shutdown()
    server.server_close()


def test_only_verbatim_and_coded_items_pass(served):
    asked = endpoint.ask(TEXT)
    assert [c["event_class"] for c in asked["claims"]] == ["resign", "silence"]
    assert asked["dropped"] == {
        "words not in the text": 1,
        "outside the codebook": 1,
        "source not in the text": 1,
        "incomplete": 2,
    }
    assert len(asked["prompt_sha256"]) == 64
    assert json.loads(asked["reply"])["choices"]
    path, key, body = served[0]
    assert (path, key) == ("/v1/chat/completions", "Bearer secret")
    assert TEXT in body["messages"][0]["content"]


def test_disagreements_come_first(served):
    rows = endpoint.compare(extraction.extract(TEXT))["rows"]
    assert [row["verdict"] for row in rows] == ["disagree", "agree"]
    assert rows[0]["rules"].startswith("flee")


def test_nothing_is_sent_without_an_address(monkeypatch):
    monkeypatch.delenv("FRONDE_LLM_URL", raising=False)
    monkeypatch.setattr(endpoint.urllib.request, "urlopen", lambda *_, **__: pytest.fail("something was sent"))
    extraction.extract(TEXT)
    with pytest.raises(RequestError, match="FRONDE_LLM_URL"):
        endpoint.ask(TEXT)


@pytest.mark.parametrize("reply", ["", "no json", '{"claims": 3}', '{"other": []}', "}{"])
def test_an_unreadable_reply_is_counted(reply):
    assert endpoint.gate(TEXT, reply) == ([], {"unreadable reply": 1})
