"""Checks beyond the loader: evidence, licences, gaps, notes."""

import pytest

from fronde.scenario.case import shipped
from fronde.scenario.check import check

from .conftest import TODAY

HEADS = {
    "sources": "id,name,kind,identity,coder,coded_at,status,known_at",
    "reports": "id,outlet,title,published_at,retrieved_at,coder,coded_at,status,known_at",
    "origins": "id,label,source,coder,coded_at,status",
    "claims": "id,report,origin,actors,group,dup_of,date_low,date_high,coder,coded_at,status,known_at",
    "hops": "id,claim,position,source,coder,coded_at,status",
    "events": "id,event_class,actors,date_low,date_high,coder,coded_at,status,known_at",
    "event_claims": "id,event,claim,coder,coded_at,status",
}
ROWS = {
    "sources": ["s1,The Daily Gate,outlet,named,kim,2022-01-01,accepted,2021-01-01"],
    "reports": ["r1,s1,Cracks,2021-04-01,2021-04-02,kim,2022-01-01,accepted,2021-04-01"],
    "origins": ["o1,a clerk,,kim,2022-01-01,accepted"],
    "claims": [
        "c1,r1,o1,ti-ada-brook,merchants,,2021-03-20,2021-03-25,kim,2022-01-01,accepted,2021-04-01",
        "c2,r1,o1,,,c1,,,kim,2022-01-01,accepted,2021-04-01",
    ],
    "hops": ["h1,c1,0,s1,kim,2022-01-01,accepted"],
    "events": ["e1,flee,ti-ada-brook,2021-03-20,2021-03-25,kim,2022-01-01,accepted,2021-04-01"],
    "event_claims": ["x1,e1,c1,kim,2022-01-01,accepted"],
}


@pytest.fixture
def coded(folder):
    for name, head in HEADS.items():
        (folder.path / f"evidence/{name}.csv").write_text("\n".join([head, *ROWS[name]]) + "\n")
    assert folder.problems() == []
    return folder


@pytest.mark.parametrize(
    ("table", "row", "column", "found"),
    [
        ("claims", "c3,r9,o1,,,,,,kim,2022-01-01,accepted,2021-04-01", 2, "`report` is `r9`"),
        ("claims", "c3,r1,,,,,,,kim,2022-01-01,accepted,2021-04-01", 3, "`origin` is empty"),
        ("claims", "c3,r1,o1,ti-bob,,,,,kim,2022-01-01,accepted,2021-04-01", 4, "unknown actor `ti-bob`"),
        ("claims", "c3,r1,o1,,bankers,,,,kim,2022-01-01,accepted,2021-04-01", 5, "unknown group `bankers`"),
        ("claims", "c3,r1,o1,,,c9,,,kim,2022-01-01,accepted,2021-04-01", 6, "`dup_of` is `c9`"),
        ("claims", "c3,r1,o1,,,c3,,,kim,2022-01-01,accepted,2021-04-01", 6, "claim `c3` repeats itself"),
        ("claims", "c1,r1,o1,,,,,,kim,2022-01-01,accepted,2021-04-01", 1, "id `c1` a second time"),
        ("claims", "c3,r1,o1,,,,2021-04-01,2021-03-01,kim,2022-01-01,accepted,2021-04-01", 8, "before `date_low`"),
        ("claims", "c3,r1,o1,,,,2021-13-01,,kim,2022-01-01,accepted,2021-04-01", 7, "`date_low` is `2021-13-01`"),
        ("claims", "c3,r1,o1,,,,,,kim,2022-01-01,accepted,2021-03-31", 12, "known at 2021-03-31"),
        ("claims", "c3,r1,o1,,,,,,kim,2032-01-01,accepted,2021-04-01", 10, "`coded_at` is 2032-01-01"),
        ("claims", "c3,r1,o1,,,,,,kim,2022-01-01,acepted,2021-04-01", 11, "`status` is `acepted`"),
        ("hops", "h2,c7,1,s1,kim,2022-01-01,accepted", 2, "`claim` is `c7`"),
        ("event_claims", "x2,e1,c7,kim,2022-01-01,accepted", 3, "`claim` is `c7`"),
        ("reports", "r2,s1,T,2021-04-01,2021-03-01,kim,2022-01-01,accepted,2021-04-01", 5, "before `published_at`"),
        ("reports", "r2,s1,T,2031-04-01,,kim,2022-01-01,accepted,", 4, "`published_at` is 2031-04-01"),
        ("events", "e2,flee,,2021-03-20,,kim,2022-01-01,accepted,2021-03-19", 9, "known at 2021-03-19"),
    ],
)
def test_evidence(coded, table, row, column, found):
    line = coded.append(f"evidence/{table}.csv", row)
    problem = coded.only_problem()
    assert (problem.file, problem.line, problem.column) == (f"evidence/{table}.csv", line, column)
    assert found in problem.found
    assert problem.remedy


def test_a_long_circle_of_repeats_is_found_once(coded):
    coded.append(
        "evidence/claims.csv",
        *(f"d{k},r1,o1,,,d{(k + 1) % 50},,,kim,2022-01-01,accepted,2021-04-01" for k in range(50)),
    )
    assert "in a circle" in coded.only_problem().found


def test_unknown_tables_and_missing_columns(coded):
    (coded.path / "evidence/clams.csv").write_text("id\n")
    coded.replace("evidence/hops.csv", "coded_at,status", "coded_at,state")
    found = {(problem.file, problem.found) for problem in coded.problems()}
    assert ("evidence/clams.csv", "unknown table `clams`") in found
    assert ("evidence/hops.csv", "no column `status`") in found


def test_every_series_needs_a_licence(folder):
    folder.replace("series/LICENCES.md", "| daily.csv | CC0 | fiction |\n", "")
    problem = folder.only_problem()
    assert (problem.file, problem.found) == ("series/LICENCES.md", "no licence of `daily.csv`")
    (folder.path / "series/LICENCES.md").unlink()
    assert folder.only_problem().found == "no such file"


def notes(folder):
    return [problem.found for problem in check(folder.path, TODAY) if problem.severity == "note"]


def test_holes_in_a_series_are_notes(folder):
    folder.append(
        "series/daily.csv",
        *(f"poll,tinyland,2021-{month:02d}-{day:02d},1,%,2021-12-31,fiction" for month in (1, 2, 6) for day in (1, 15)),
    )
    assert "`poll` of tinyland has a hole of 106 days before 2021-06-01" in notes(folder)
    assert folder.problems() == []


def test_notes_on_what_is_missing(folder):
    folder.append("elite/actors.jsonl", '{"id": "ti-eve-fen", "schema": "Person", "properties": {"name": ["Eve"]}}')
    folder.append("series/daily.csv", "fortunes,ti-ada-brook,2021-03-05,1,USD bn,2021-03-06,fiction")
    folder.replace("series/daily.csv", "battlefield,tinyland,2021-03-20,-0.5,sd,2021-03-21,fiction\n", "")
    found = notes(folder)
    assert "`ti-eve-fen` has no group" in found
    assert "series `fortunes` is not read by the model" in found
    assert "no `battlefield` known by 2021-05-01" in found
    assert folder.problems() == []


@pytest.mark.parametrize("name", shipped())
def test_shipped_cases_have_no_problems(name):
    assert [str(problem) for problem in check(name) if problem.severity == "problem"] == []
