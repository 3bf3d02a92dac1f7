"""Proposed claims in a case: spans verbatim, nothing reaches a likelihood before a person accepts, drift, origins."""

import json
import shutil
from datetime import date

import pytest
from click.testing import CliRunner

from fronde.app import extraction, ledger
from fronde.app.opening import RequestError
from fronde.cli.main import main
from fronde.evidence.codebook import Drift
from fronde.evidence.pack import evidence_hash, read_pack
from fronde.scenario.case import SHIPPED, find_case

TEXT = """At least four merchants have fled the country, a person close to the council told The Harbour Post.

The treasurer tried to resign but was told to stay, two officials said.
"She could be replaced within days," one of them said."""
PUBLISHED = date(2019, 5, 8)


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "my-valdria"
    shutil.copytree(find_case("valdria"), folder)
    return folder


def test_every_span_is_verbatim():
    found = extraction.extract(TEXT, "The Paper", PUBLISHED)
    assert found["claims"]
    assert found["attributions"]
    for claim in found["claims"]:
        assert TEXT[claim["start"] : claim["end"]] == claim["words"]
    for a in found["attributions"]:
        for span in [a["source"], a["cue"], a["hearer"], *a["content"]]:
            assert span is None or TEXT[span["start"] : span["end"]] == span["text"]


def test_nothing_reaches_a_likelihood_while_proposed(case):
    today = date.today()
    before = read_pack(case / "evidence", today)
    written = extraction.propose(case, TEXT, "The Paper", PUBLISHED)
    after = read_pack(case / "evidence", today)
    assert len(written["claims"]) >= 3
    assert evidence_hash(after) == evidence_hash(before)
    assert not set(written["claims"]) & set(after.claim)
    inbox = ledger.list_claims(case, status="proposed")
    assert set(written["claims"]) <= {row["id"] for row in inbox}


def test_a_person_accepts_and_the_claim_counts(case):
    written = extraction.propose(case, TEXT, "The Paper", PUBLISHED)
    ledger.accept(case, written["claims"][0], "tester")
    pack = read_pack(case / "evidence", date.today())
    claim = pack.claim[written["claims"][0]]
    assert (claim.event_class, claim.count_qualifier, claim.count_low) == ("flee", "at_least", 4)
    assert len(pack.chain[claim.id]) == 3


def test_the_spans_of_the_rows_point_at_the_words(case):
    rows = extraction.rows(TEXT, "The Paper", PUBLISHED, case)["claims"]
    assert "fled the country" in TEXT[int(rows[0]["char_start"]) : int(rows[0]["char_end"])]
    assert all(len(row["text"].split()) <= 20 and len(row["quote_words"].split()) <= 10 for row in rows)


def test_chosen_and_edited_claims_only(case):
    rows = extraction.rows(TEXT, "The Paper", PUBLISHED, case, only=[1], edits={1: {"event_class": "resign"}})["claims"]
    assert [row["event_class"] for row in rows] == ["resign"]


def test_a_report_without_an_outlet_is_refused():
    with pytest.raises(RequestError, match="outlet"):
        extraction.rows(TEXT, "", PUBLISHED)


def test_a_shipped_case_is_not_written(tmp_path):
    with pytest.raises(RequestError, match="copy"):
        extraction.propose("valdria", TEXT, "The Paper", PUBLISHED)
    assert (SHIPPED / "valdria").is_dir()


def test_what_a_repetition_loses_is_tagged(case):
    first = extraction.propose(
        case, "At least four merchants have reportedly fled abroad on Monday.", "The Harbour Post", PUBLISHED
    )
    for claim in first["claims"]:
        ledger.accept(case, claim, "tester")
    rows = extraction.rows("Four merchants have fled abroad, The Harbour Post reports.", "The Paper", PUBLISHED, case)
    tags = {tag.strip() for tag in rows["claims"][0]["drift"].split(";")}
    assert {Drift.LOST_BOUND, Drift.LOST_HEDGE, Drift.LOST_TIME} <= tags
    stored = next(row for row in ledger.list_claims(case) if row["id"] == first["claims"][0])
    assert rows["claims"][0]["origin"] == stored["origin"]


def test_the_same_words_in_two_articles_are_one_voice():
    quote = '"Nobody in the council believes a word of it any more and they resign in the morning," {} said.'
    found = extraction.extract_many(
        [(quote.format("a banker"), "The Paper", PUBLISHED), (quote.format("an owner"), "The Post", PUBLISHED)]
    )
    assert [pair["p_same"] for pair in found["same_origins"]] == [0.95]


def test_the_command_prints_a_table_and_writes(case, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    common = ["evidence", "extract", str(file), "--outlet", "The Paper", "--published", "2019-05-08"]
    shown = CliRunner().invoke(main, common, standalone_mode=False)
    assert shown.exception is None
    assert "resign_refused" in shown.stdout
    done = CliRunner().invoke(main, [*common, "--case", str(case), "--json"], standalone_mode=False)
    found = json.loads(done.stdout)
    assert len(found["written"]["claims"]) == len(found["claims"])
    with pytest.raises(RequestError, match="--outlet"):
        CliRunner().invoke(
            main, ["evidence", "extract", str(file), "--case", str(case)], standalone_mode=False, catch_exceptions=False
        )


def test_a_file_that_cannot_be_read_is_the_user_s_business(tmp_path):
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(RequestError, match="plain file"):
        CliRunner().invoke(main, ["evidence", "extract", str(file)], standalone_mode=False, catch_exceptions=False)
