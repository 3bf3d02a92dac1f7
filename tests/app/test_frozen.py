"""The ledger of frozen forecasts: lines are added, never changed, and a broken chain is refused."""

import json

import pytest

from fronde.app.frozen import FORMAT, canonical, freeze, read_frozen
from fronde.app.store import RunError

CONTENT = [{"case": "a", "p": 0.25}, {"case": "b", "p": 1 / 3}, {"case": "c", "p": 0.5}]


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "runs" / "frozen.jsonl"
    for content in CONTENT:
        freeze(path, content)
    return path


def test_each_line_holds_the_hash_of_the_one_before(ledger):
    lines = [json.loads(text) for text in ledger.read_text().splitlines()]
    assert [line["previous"] for line in lines] == ["", lines[0]["sha256"], lines[1]["sha256"]]
    assert {line["format"] for line in lines} == {FORMAT}
    assert [line.content["case"] for line in read_frozen(ledger)] == ["a", "b", "c"]


def test_the_same_forecast_is_frozen_once(ledger):
    before = ledger.read_bytes()
    assert freeze(ledger, CONTENT[1]).number == 1
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("spoil", ["changed", "lost", "swapped", "rehashed", "cut"])
def test_a_broken_chain_is_refused(ledger, spoil):
    lines = ledger.read_text().splitlines()
    if spoil == "changed":
        lines[1] = lines[1].replace("0.333333", "0.933333")
    elif spoil == "rehashed":  # a forger who hashes his own line again still breaks the next
        line = json.loads(lines[1])
        line["content"]["p"] = 0.9
        from hashlib import sha256

        line["sha256"] = sha256(canonical({k: v for k, v in line.items() if k != "sha256"})).hexdigest()
        lines[1] = canonical(line).decode()
    elif spoil == "lost":
        del lines[0]
    elif spoil == "swapped":
        lines[0], lines[1] = lines[1], lines[0]
    else:
        lines[2] = lines[2][:40]
    ledger.write_text("\n".join(lines) + "\n")
    with pytest.raises(RunError, match="chain of frozen forecasts is broken"):
        read_frozen(ledger)
    before = ledger.read_bytes()
    with pytest.raises(RunError, match="broken"):
        freeze(ledger, {"case": "d"})
    assert ledger.read_bytes() == before


def test_no_number_that_is_none(ledger):
    with pytest.raises(ValueError, match="no document may hold"):
        freeze(ledger, {"p": float("nan")})
