"""What goes into the inbox: voices that may be one, a model's claims, groups and targets, a text read twice."""

import json
import shutil
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from fronde.app import extraction, ledger
from fronde.cli.main import main
from fronde.evidence.codebook import Drift
from fronde.evidence.pack import read_pack
from fronde.extract.report import read_report
from fronde.scenario.case import find_case

from .test_endpoint import TEXT as TWO_CLAIMS
from .test_endpoint import served  # noqa: F401  a fixture

DAY = date(2019, 5, 8)
GUARD = "An officer of the harbour guard said {} ministers had fled the country."


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "my-valdria"
    shutil.copytree(find_case("valdria"), folder)
    return folder


@pytest.mark.parametrize(
    ("one", "other", "days", "p"),
    [
        (GUARD.format("two"), GUARD.format("three"), 14, [0.5]),
        (GUARD.format("two"), GUARD.format("three"), 15, []),
        (GUARD.format("two"), "A banker of the southern ports said ministers had fled.", 1, []),
        ("Lena Ort said two ministers had fled.", "Ministers have fled, Lena Ort said.", 90, [1.0]),
        ("Lena Ort said two ministers had fled.", "Ministers have fled, Karl Ives said.", 1, []),
    ],
)
def test_voices_of_two_articles(one, other, days, p):
    found = extraction.extract_many([(one, "A", DAY), (other, "B", DAY + timedelta(days=days))])
    assert [pair["p_same"] for pair in found["same_origins"]] == p


@pytest.mark.parametrize(("days", "p"), [(14, [0.5]), (15, [])])
def test_voices_of_the_case(case, days, p):
    extraction.propose(case, GUARD.format("two"), "The Paper", DAY)
    later = DAY + timedelta(days=days)
    rows = extraction.rows(GUARD.format("three"), "The Post", later, case)
    assert [float(row["p_same"]) for row in rows.get("origin_pairs", ())] == p
    shown = extraction.extract(GUARD.format("three"), "The Post", later, case)
    assert [same["p_same"] for same in shown["same_in_case"]] == p


def run(*given):
    done = CliRunner().invoke(main, ["evidence", "extract", *map(str, given)], standalone_mode=False)
    assert done.exception is None
    return done


def test_several_files_and_the_same_text_twice(case, tmp_path):
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file, number in zip(files, ("two", "three"), strict=True):
        file.write_text(GUARD.format(number), encoding="utf-8")
    given = [*files, "--outlet", "A", "--outlet", "B", "--published", "2019-05-08", "--case", case]
    found = json.loads(run(*given, "--json").stdout)
    assert [pair["p_same"] for pair in found["same_origins"]] == [0.5]
    ids = [claim for article in found["articles"] for claim in article["written"]["claims"]]
    assert set(ids) <= {row["id"] for row in ledger.list_claims(case, status="proposed")}
    assert [row["p_same"] for row in ledger.read(case).rows("origin_pairs") if row["status"] == "proposed"] == ["0.50"]
    again = run(*given)
    assert "read before" in again.stderr
    assert "0 claims written" in again.stderr


def test_a_second_choice_from_one_text_adds_to_the_first(case):
    text = GUARD.format("two") + " The treasurer resigned, an aide said."
    first = extraction.propose(case, text, "A", DAY, only=[0])
    second = extraction.propose(case, text, "A", DAY)
    assert second["before"] == first["claims"]
    assert len(second["claims"]) == len(extraction.extract(text)["claims"]) - 1


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(("readers", "coders"), [("model", [2, 0]), ("both", [1, 2])])
def test_a_model_s_claims_name_the_model(case, tmp_path, monkeypatch, readers, coders):
    monkeypatch.setenv("FRONDE_LLM_MODEL", "tiny")
    file = tmp_path / "a.txt"
    file.write_text(TWO_CLAIMS, encoding="utf-8")
    run(file, "--outlet", "A", "--published", "2019-05-08", "--case", case, "--from", readers)
    rows = [row for row in ledger.read(case).rows("claims") if row["status"] == "proposed"]
    assert [sum(row["coder"] == who for row in rows) for who in ("model tiny", "extractor")] == coders
    assert all("sha256" in row["note"] for row in rows if row["coder"] == "model tiny")
    ledger.accept(case, rows[0]["id"], "tester")
    assert rows[0]["id"] in read_pack(case / "evidence", date.today()).claim


def test_group_and_targets_come_from_the_case(case):
    rows = extraction.rows("Ilka Morrow pledged loyalty to Dorian Quill.", "A", DAY, case)["claims"]
    assert (rows[0]["actors"], rows[0]["group"], rows[0]["targets"]) == ("va-ilka-morrow", "houses", "va-dorian-quill")
    before = extraction.rows("Ilka Morrow pledged loyalty to Dorian Quill.", "A", date(2019, 1, 1), case)["claims"]
    assert before[0]["group"] == ""


def test_a_lost_caveat_is_tagged(case):
    first = "Two ministers have fled abroad, though the report could not be verified."
    for claim in extraction.propose(case, first, "The Harbour Post", DAY)["claims"]:
        ledger.accept(case, claim, "tester")
    again = extraction.rows("Two ministers have fled abroad, The Harbour Post reports.", "A", DAY, case)["claims"]
    assert Drift.LOST_CAVEAT in again[0]["drift"].split("; ")


def test_a_speech_runs_over_many_paragraphs():
    speech = [f'"Paragraph {n} of the speech goes on and on.' for n in range(6)]
    text = "\n\n".join(['"The council is split," Lena Ort said.', *speech]) + '"'
    reading = read_report(text, "A", DAY)
    spoken = [c.of(text) for a in reading.attributions for c in a.content]
    assert all(any(f"Paragraph {n}" in words for words in spoken) for n in range(6))


def test_a_sentence_without_an_end_is_cut():
    reading = read_report("the claim that he fled and " * 500, "A", DAY)
    assert max(len(unit.tokens) for unit in reading.units) <= 300
