"""Who gets in, and what every answer carries."""

import httpx
import pytest

from fronde.web.security import LARGEST_BODY, Door


@pytest.fixture(scope="module")
def client(served):
    with httpx.Client(base_url=served.base, trust_env=False) as made:
        yield made


def test_without_the_token_nothing_is_told(client):
    for path in ("/api/session", "/api/start", "/api/openapi.json", "/static/app.js"):
        answer = client.get(path)
        assert answer.status_code == 401, path
        assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/").status_code == 401
    assert "token" in client.get("/").text.lower()


def test_the_address_with_the_token_opens_once_and_leaves_a_strict_cookie(served):
    with httpx.Client(base_url=served.base, trust_env=False) as fresh:
        entry = fresh.get("/", params={"token": served.door.token})
        assert (entry.status_code, entry.headers["location"]) == (303, "/")
        cookie = entry.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert fresh.get("/api/session").status_code == 200


def test_a_wrong_token_does_not_open(client, served):
    assert client.get("/", params={"token": "wrong"}).status_code == 401
    assert client.get("/api/session", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/api/session", headers={"Cookie": f"{served.door.cookie}=wrong"}).status_code == 401


def test_another_host_name_is_refused_even_with_the_token(client, served):
    answer = client.get("/api/session", headers={**served.headers, "Host": f"evil.example:{served.door.port}"})
    assert answer.status_code == 421


def test_changes_from_another_origin_are_refused(client, served):
    for origin in ("http://evil.example", f"http://127.0.0.1:{served.door.port + 1}", "null"):
        answer = client.post("/api/nothing", headers={**served.headers, "Origin": origin})
        assert answer.status_code == 403, origin
    own = client.post("/api/nothing", headers={**served.headers, "Origin": served.base})
    assert own.status_code == 404


def test_a_body_too_large_is_refused(client, served):
    assert client.post("/api/nothing", headers=served.headers, content=b" " * (LARGEST_BODY + 1)).status_code == 413


@pytest.mark.parametrize("path", ["/", "/api/session", "/api/nothing", "/static/app.js", "/static/app.css"])
def test_every_answer_carries_the_policy(client, served, path):
    headers = client.get(path, headers=served.headers).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_no_path_leaves_the_bundle(client, served):
    for path in ("/static/../server.py", "/static/%2e%2e/server.py", "/static/fonts/%2e%2e/page.py"):
        assert client.get(path, headers=served.headers).status_code == 404


def test_tokens_are_long_and_differ():
    first, second = Door(1), Door(1)
    assert first.token != second.token
    assert len(first.token) >= 32
