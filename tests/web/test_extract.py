"""A report pasted into the app: read over HTTP, proposed into a case that is the user's own."""

import shutil
from datetime import date

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
    found = post(served, "valdria/extract", ARTICLE).json()
    (claim,) = found["claims"]
    assert TEXT[claim["start"] : claim["end"]] == claim["words"] == "The minister has resigned"
    assert claim["event_class"] in found["classes"]
    assert found["writable"] is False


def test_a_shipped_case_takes_no_claims(served):
    answer = post(served, "valdria/extract/propose", {**ARTICLE, "coder": "me", "claims": {"0": {}}})
    assert answer.status_code == 400
    assert "copy" in answer.json()["detail"]


@pytest.mark.parametrize("body", [{}, {"text": ""}, {**ARTICLE, "published": "soon"}, {**ARTICLE, "path": "/etc"}])
def test_a_wrong_request_is_refused(served, body):
    assert post(served, "valdria/extract", body).status_code == 422


def test_chosen_claims_land_in_the_inbox_with_the_reader_s_changes(tmp_path):
    folder = tmp_path / "mine"
    shutil.copytree(find_case("valdria"), folder)
    desk = Desk(tmp_path, (folder,))
    assert view.read(desk, "mine", TEXT, "The Paper", date(2019, 5, 8))["writable"]
    edits = {0: {"text": "A minister steps down", "modality": "reported"}}
    done = view.propose(desk, "mine", TEXT, "The Paper", date(2019, 5, 8), edits, "me")
    from fronde.app import ledger

    row = ledger.show(folder, done["claims"][0])["claim"]
    assert (row["status"], row["text"], row["modality"]) == ("proposed", "A minister steps down", "reported")
    with pytest.raises(RequestError):
        view.propose(Desk(tmp_path), "valdria", TEXT, "The Paper", date(2019, 5, 8), {0: {}}, "me")
