"""The shipped cases, read as plain files: references, dates, sums, and a rebuild that gives the same bytes.

FRONDE_CASE_DATA=DIR FRONDE_CASE_CLAIMS=DIR pytest tests/cases     also rebuilds the flagship case
"""

import csv
import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
CASES = ROOT / "src" / "fronde" / "cases"
NAMES = ("russia-2022", "valdria")
ACTS = {
    "flee",
    "resign",
    "resign_refused",
    "dismissed",
    "criticise_policy",
    "criticise_leader",
    "repression",
    "return",
}
POINTS_INTO = {
    "reports": {"outlet": "sources"},
    "feeds": {"outlet": "sources"},
    "origins": {"source": "sources"},
    "origin_pairs": {"origin_a": "origins", "origin_b": "origins"},
    "claims": {"report": "reports", "origin": "origins", "dup_of": "claims"},
    "hops": {"claim": "claims", "source": "sources"},
    "events": {"source": "reports"},
    "event_claims": {"event": "events", "claim": "claims"},
    "forecasts": {"claim": "claims", "issuer": "sources"},
    "resolutions": {"forecast": "forecasts", "claim": "claims"},
}
OUTCOME_WORDS = ("resolved", "strict", "lenient", "rule", "basis")

Rows = list[dict[str, str]]


def rows(case: str, name: str) -> Rows:
    with (CASES / case / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def tables(case: str) -> list[str]:
    folder = CASES / case
    return sorted(str(path.relative_to(folder)) for path in folder.glob("*/*.csv"))


def spec(case: str) -> dict:
    return YAML(typ="safe", pure=True).load((CASES / case / "case.yaml").read_text(encoding="utf-8"))


def actors(case: str) -> list[str]:
    lines = (CASES / case / "elite" / "actors.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["id"] for line in lines]


@pytest.mark.parametrize("case", NAMES)
def test_every_row_says_when_it_was_known(case):
    for name in tables(case):
        for row in rows(case, name):
            assert date.fromisoformat(row["known_at"]), (name, row)


@pytest.mark.parametrize("case", NAMES)
def test_nothing_is_known_before_it_happened(case):
    for name in tables(case):
        if name.startswith("series/"):
            assert all(row["date"] <= row["known_at"] for row in rows(case, name)), name
    for row in rows(case, "evidence/events.csv"):
        assert row["date_low"] <= row["known_at"], row["id"]
    for row in rows(case, "evidence/resolutions.csv"):
        assert row["resolved_at"] <= row["known_at"], row["id"]
        assert row["resolved_at"] > spec(case)["as_of"].isoformat(), row["id"]


@pytest.mark.parametrize("case", NAMES)
def test_actor_ids_are_unique_and_every_reference_resolves(case):
    known = actors(case)
    assert len(known) == len(set(known))
    groups = spec(case)["groups"]
    for row in rows(case, "elite/attributes.csv"):
        assert row["actor_id"] in known
        assert row["attribute"] != "group" or row["value"] in groups
    assert all({row["from_id"], row["to_id"]} <= set(known) for row in rows(case, "elite/ties.csv"))
    for name in ("fortune", "designation"):
        assert all(row["subject"] in known for row in rows(case, f"series/{name}.csv"))
    for name in ("claims", "events"):
        for row in rows(case, f"evidence/{name}.csv"):
            assert set(filter(None, row["actors"].split(";"))) <= {*known, "leader"}, row["id"]


@pytest.mark.parametrize("case", NAMES)
def test_every_actor_has_one_group_and_one_place_in_office(case):
    for attribute in ("group", "in_office"):
        having = [row["actor_id"] for row in rows(case, "elite/attributes.csv") if row["attribute"] == attribute]
        assert sorted(having) == sorted(actors(case))


@pytest.mark.parametrize("case", NAMES)
def test_evidence_points_only_at_what_exists(case):
    found = {Path(name).stem: rows(case, name) for name in tables(case) if name.startswith("evidence/")}
    ids = {name: [row["id"] for row in table] for name, table in found.items()}
    for name, listed in ids.items():
        assert len(listed) == len(set(listed)), name
    for name, columns in POINTS_INTO.items():
        for row in found.get(name, []):
            for column, target in columns.items():
                assert not row[column] or row[column] in ids[target], (name, row["id"], column, row[column])


@pytest.mark.parametrize("case", NAMES)
def test_claims_are_short_and_in_the_codebook(case):
    with (CASES / "codebook.csv").open(encoding="utf-8", newline="") as stream:
        classes = {row["event_class"] for row in csv.DictReader(stream)}
    for row in rows(case, "evidence/claims.csv"):
        assert 0 < len(row["text"].split()) <= 20, row["id"]
        assert len(row["quote_words"].split()) <= 10, row["id"]
        assert row["event_class"] in classes
    assert all(row["event_class"] in classes for row in rows(case, "evidence/events.csv"))


def test_the_codebook_is_the_one_in_the_code():
    from fronde.evidence.event_classes import EVENT_CLASSES

    with (CASES / "codebook.csv").open(encoding="utf-8", newline="") as stream:
        listed = {row["event_class"]: row for row in csv.DictReader(stream)}
    assert list(listed) == list(EVENT_CLASSES)
    for name, declared in EVENT_CLASSES.items():
        assert listed[name]["act"] == (declared.act or "")
        assert listed[name]["plover"] == declared.plover
        assert float(listed[name]["default_visibility"]) == declared.visibility


@pytest.mark.parametrize("case", NAMES)
def test_shares_sum_to_one_and_the_named_fit_their_groups(case):
    groups = spec(case)["groups"]
    for share in ("weight", "coercion"):
        assert sum(group[share] for group in groups.values()) == pytest.approx(1.0, abs=1e-12)
    named = [row["value"] for row in rows(case, "elite/attributes.csv") if row["attribute"] == "group"]
    for name, group in groups.items():
        assert named.count(name) <= group["size"]


@pytest.mark.parametrize("case", NAMES)
def test_an_act_of_a_person_is_coded_once(case):
    seen = [
        (actor, row["event_class"])
        for row in rows(case, "evidence/events.csv")
        if row["event_class"] in ACTS
        for actor in row["actors"].split(";")
    ]
    assert len(seen) == len(set(seen)) > 0
    for row in rows(case, "evidence/events.csv"):
        if row["event_class"] in ACTS:
            assert row["actors"], row["id"]
            assert row["credence"] in "ABCDEF", row["id"]
            assert 0.0 < float(row["visibility"]) <= 1.0, row["id"]


@pytest.mark.parametrize("case", NAMES)
def test_chains_have_no_gaps(case):
    chains: dict[str, list[int]] = {}
    for row in rows(case, "evidence/hops.csv"):
        chains.setdefault(row["claim"], []).append(int(row["position"]))
    for claim, positions in chains.items():
        assert sorted(positions) == list(range(len(positions))), claim
    assert set(chains) == {row["id"] for row in rows(case, "evidence/claims.csv")}


@pytest.mark.parametrize("case", NAMES)
def test_outcomes_are_in_resolutions_alone(case):
    for name in tables(case):
        if name != "evidence/resolutions.csv":
            with (CASES / case / name).open(encoding="utf-8") as stream:
                header = stream.readline().strip().split(",")
            assert not {column for column in header if column.startswith(OUTCOME_WORDS)} - {"resolve_at"}, name


@pytest.mark.parametrize("case", NAMES)
def test_every_series_file_has_a_licence(case):
    text = (CASES / case / "series" / "LICENCES.md").read_text(encoding="utf-8")
    for name in tables(case):
        if name.startswith("series/"):
            assert Path(name).name in text


def test_the_flagship_is_sixty_five_claims_of_twelve_voices():
    claims = [row for row in rows("russia-2022", "evidence/claims.csv") if row["report"] == "rep-flagship"]
    assert len(claims) == 65
    assert len({row["origin"] for row in claims}) == 12


def test_named_people_carry_no_attitudes():
    coded = {row["attribute"] for row in rows("russia-2022", "elite/attributes.csv")}
    assert coded <= {"group", "in_office", "office", "rank", "closeness", "wealth_start"}


def test_leaving_a_board_after_sanctions_is_no_resignation():
    resigned = {row["actors"] for row in rows("russia-2022", "evidence/events.csv") if row["event_class"] == "resign"}
    owners = {
        row["actor_id"]
        for row in rows("russia-2022", "elite/attributes.csv")
        if row["attribute"] == "group" and row["value"] in ("oligarchs_yeltsin", "oligarchs_state", "entrepreneurs")
    }
    assert resigned
    assert not resigned & owners


def test_counts_questions_end_on_the_grid():
    for case in NAMES:
        as_of = spec(case)["as_of"]
        for question in spec(case)["questions"]:
            if "act" in question:
                assert (question["by"] - as_of).days % 7 == 0, question["id"]


def test_the_manifest_matches_the_files():
    folder = CASES / "russia-2022" / "evidence"
    listed = json.loads((folder / "pack.json").read_text(encoding="utf-8"))["files"]
    assert set(listed) == {path.name for path in folder.glob("*.csv")}
    for name, entry in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == entry["sha256"], name


def test_valdria_says_that_it_is_invented():
    assert json.loads((CASES / "valdria" / "evidence" / "pack.json").read_text(encoding="utf-8"))["synthetic"] is True
    assert {row["source"] for row in rows("valdria", "elite/attributes.csv")} == {"fiction"}


@pytest.mark.skipif("FRONDE_CASE_DATA" not in os.environ, reason="FRONDE_CASE_DATA is not set")
def test_a_rebuild_gives_the_same_bytes(tmp_path):
    command = [sys.executable, str(ROOT / "tools" / "build_russia_2022.py"), "--out", str(tmp_path)]
    command += ["--data", os.environ["FRONDE_CASE_DATA"], "--seed-evidence", os.environ["FRONDE_CASE_CLAIMS"]]
    subprocess.run(command, check=True, capture_output=True)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert len(made) > 15
    for name, content in made.items():
        assert content == (CASES / "russia-2022" / name).read_bytes(), name
