"""Evidence from outside: whatever it holds, one clear error or a good import, and never half of one."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fronde.app import ledger
from fronde.app.opening import RequestError
from fronde.evidence.pack import PackError, read_pack
from fronde.ledger.sheets import pack_files
from fronde.scenario.problems import CaseError

REFUSED = (CaseError, RequestError)
HEAD = "id,report,origin,text,claim_type,event_class,group,known_at"
GOOD = "N1,rep-4,GAZETTE,Two owners packed,condition,discontent_spread,council,2019-05-10"


def attempt(case, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return ledger.import_(case, path, "ann")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("claims.csv", b"PK\x03\x04\0\0\0\0", "NUL byte"),
        ("claims.csv", b"\xff\xfe\xff", "not UTF-8"),
        ("claims.csv", b"id,id\n1,2\n", "each column once"),
        ("claims.csv", b"id,text\n1\n", "1 cells"),
        ("claims.csv", b'id,text\n1,"open\n', "not CSV"),
        ("claims.csv", b"id,text\nN1," + b"x" * 100_000 + b"\n", "great length"),
        ("claims.csv", f"{HEAD}\n{GOOD}\n{GOOD}\n".encode(), "already used"),
        ("claims.csv", f"{HEAD}\n{GOOD.replace('2019-05-10', '2999-05-10')}\n".encode(), "not after today"),
        ("claims.csv", f"{HEAD}\n{GOOD.replace('condition', 'conditoin')}\n".encode(), "did you mean `condition`"),
        ("claims.csv", f"{HEAD},dup_of\n{GOOD},N1\n".encode(), "circle"),
        ("claims.csv", f"{HEAD},count_low\n{GOOD},nan\n".encode(), "not finite"),
        ("claims.csv", f"{HEAD},count_low\n{GOOD},1e999\n".encode(), "not finite"),
        ("claims.csv", f"{HEAD}\n{GOOD.replace('GAZETTE', 'GАZETTE')}\n".encode(), "GAZETTE"),  # Cyrillic A
        ("claims.csv", f"{HEAD},actors\n{GOOD},../../etc/passwd\n".encode(), "unknown actor"),
        ("claims.jsonl", b"[" * 100_000, "not JSON"),
        ("claims.jsonl", b'{"id": "N1", "count_low": NaN}', "not a number"),
        ("claims.jsonl", b'{"id": "N1", "id": "N2"}', "twice"),
        ("claims.jsonl", b'"text"', "one JSON object"),
        ("revisions.csv", b"id\n1\n", "expected the name of a table"),
        ("case.yaml", b"a: &a [*a, *a]", "no format is known"),
        ("claims.zip", b"PK\x03\x04", "no format is known"),
    ],
)
def test_each_trick_has_its_answer_and_nothing_is_written(case, before, now, tmp_path, name, content, expected):
    with pytest.raises(REFUSED, match=expected):
        attempt(case, tmp_path, name, content)
    assert now(case) == before


def test_a_gap_or_a_circle_in_a_chain(case, before, now, tmp_path):
    path = tmp_path / "hops.csv"
    for position in (7, 0):
        path.write_text(f"id,claim,position,source\nh9,V01,{position},src-gazette\n")
        with pytest.raises(REFUSED, match="positions of claim V01"):
            ledger.import_(case, path, "ann", accepted=True)
    assert now(case) == before


def test_links_pipes_and_huge_files(case, before, now, tmp_path):
    (tmp_path / "claims.csv").symlink_to("/etc/passwd")
    with pytest.raises(REFUSED, match="symbolic link"):
        ledger.import_(case, tmp_path / "claims.csv", "ann")
    with (tmp_path / "hops.csv").open("wb") as stream:
        stream.truncate(65 * 2**20)
    with pytest.raises(REFUSED, match="64 MB"):
        ledger.import_(case, tmp_path / "hops.csv", "ann")
    assert now(case) == before


def test_what_looks_like_a_formula_is_only_text(case, tmp_path):
    row = GOOD.replace("Two owners packed", "=cmd|' /C calc'!A0")
    assert attempt(case, tmp_path, "claims.csv", f"{HEAD}\n{row}\n".encode())
    assert ledger.show(case, "N1")["claim"]["text"] == "=cmd|' /C calc'!A0"


CELL = st.one_of(
    st.sampled_from(["", "V01", "N1", "rep-4", "GAZETTE", "condition", "discontent_spread", "2019-05-10", "NaN", "=1+1",
                     "../x", "2999-01-01", "accepted", "-1", "1e400", "\u202egnp.exe", "a\u0301", "\ufeffid"]),
    st.text(max_size=12),
)  # fmt: skip
COLUMNS = st.lists(st.one_of(st.sampled_from([*HEAD.split(","), "status", "dup_of", "count_low", "actors", "drift"]),
                             st.text(max_size=6)), min_size=1, max_size=10)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(columns=COLUMNS, rows=st.lists(st.lists(CELL, min_size=1, max_size=10), max_size=3), kind=st.booleans())
def test_any_table_is_imported_whole_or_refused(case, tmp_path, columns, rows, kind):
    """Fuzz: after a refusal the pack is byte for byte what it was; after an import it reads, and is what it was in
    all that a likelihood sees."""
    state = {path.name: path.read_bytes() for path in (case / "evidence").iterdir()}
    known = read_pack(case / "evidence", ledger.date.today()).hash
    if kind:
        text = "\n".join(json.dumps(dict(zip(columns, row, strict=False))) for row in rows)
    else:
        text = "\n".join(",".join(cells) for cells in [columns, *rows])
    try:
        attempt(case, tmp_path, "claims.jsonl" if kind else "claims.csv", text.encode("utf-8", "surrogatepass"))
    except REFUSED:
        assert {path.name: path.read_bytes() for path in (case / "evidence").iterdir()} == state
    assert read_pack(case / "evidence", ledger.date.today()).hash == known
    assert pack_files(ledger.read(case)) == pack_files(ledger.read(case))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200), name=st.sampled_from(["claims.csv", "hops.csv", "pack.json", "polls.csv"]))
def test_a_pack_of_any_bytes_is_read_or_refused(case, content, name):
    path = case / "evidence" / name
    kept = path.read_bytes()
    try:
        path.write_bytes(content)
        read_pack(case / "evidence", ledger.date.today())
    except PackError:
        pass
    finally:
        path.write_bytes(kept)


def test_a_sealed_pack_says_when_a_file_was_changed(case):
    ledger.seal(case)
    from fronde.scenario.check import check

    assert [item for item in check(case) if "sealed" in item.found] == []
    path = case / "evidence" / "claims.csv"
    path.write_bytes(path.read_bytes().replace(b"discontent_spread", b"isolation", 1))
    assert [item.file for item in check(case) if "sealed" in item.found] == ["evidence/pack.json"]
    ledger.seal(case)
    assert [item for item in check(case) if "sealed" in item.found] == []
