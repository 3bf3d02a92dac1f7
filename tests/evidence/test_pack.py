"""Reading packs: strictness with file and line, the clock, the hash."""

import csv
import json
from datetime import date

import pytest

from fronde.evidence.events import event_likelihoods
from fronde.evidence.forecasts import score_forecasts
from fronde.evidence.pack import PackError, evidence_hash, read_pack

LATE = date(2031, 12, 31)


def problems_of(folder, as_of=LATE):
    with pytest.raises(PackError) as caught:
        read_pack(folder, as_of)
    return caught.value.problems


def edit(tables, name, key, **cells):
    next(row for row in tables[name] if row["id"] == key).update(cells)


def test_reads_every_table(story_folder):
    pack = read_pack(story_folder, LATE)
    assert [row.id for row in pack.claims] == ["c1", "c2", "c3", "c4", "c5", "c6"]
    assert [hop.source for hop in pack.chain["c2"]] == ["tabloid", "gazette", "insider"]
    assert pack.report["r2"].published_at == date(2031, 3, 6)
    assert pack.events[1].actors == ("y", "z")
    assert pack.polls[0].share == 0.74
    assert pack.vintage == date(2031, 5, 10)


def test_all_problems_are_collected_with_file_and_line(story_tables, write, tmp_path):
    edit(story_tables, "claims", "c1", event_class="fleee", text="word " * 21)
    edit(story_tables, "claims", "c2", report="r9")
    edit(story_tables, "hops", "h1", source="gazete")
    edit(story_tables, "events", "e1", date_low="2031-13-01")
    edit(story_tables, "polls", "p1", share="74")
    story_tables["origins"].append(dict(story_tables["origins"][0]))
    story_tables["sources"][0]["identty"] = "x"
    found = problems_of(write(tmp_path / "p", story_tables))
    # One slip is one problem: an unreadable row is still known by its id.
    assert len(found) == 8, found
    for expected in (
        "claims.csv:2: event_class: `fleee` is not an event class (did you mean `flee`?)",
        "claims.csv:2: text: has 21 words; at most 20 are allowed",
        "claims.csv:3: report: `r9` is not in reports",
        "hops.csv:2: source: `gazete` is not in sources (did you mean `gazette`?)",
        "events.csv:2: date_low: month must be in 1..12",
        "polls.csv:2: share: 74 is not in 0..1",
        "origins.csv:4: id `INSIDER` is already used in line 2",
        "sources.csv:2: unknown column `identty` (did you mean `identity`?)",
    ):
        assert any(problem.startswith(expected) for problem in found), (expected, found)


@pytest.mark.parametrize(
    ("name", "key", "cells", "expected"),
    [
        ("claims", "c2", {"dup_of": "c2"}, "circle"),
        ("events", "e1", {"date_high": "2031-02-01"}, "after date_high"),
        ("events", "e1", {"actors": ""}, "at least one actor"),
        ("events", "e1", {"known_at": ""}, "known_at is empty"),
        ("events", "e1", {"known_at": "2031-02-01"}, "before date_low"),
        ("events", "e1", {"visibility": "0"}, "expected more than 0"),
        ("polls", "p1", {"known_at": ""}, "known_at is empty"),
        ("polls", "p1", {"known_at": "2031-03-12"}, "before field_end"),
        ("polls", "p1", {"n": "0"}, "expected more than 0"),
        ("hops", "h5", {"position": "3"}, "positions of claim c2"),
        ("resolutions", "s1", {"forecast": ""}, "exactly one of"),
        ("resolutions", "s1", {"known_at": "2031-05-01"}, "before resolved_at"),
        ("origin_pairs", "op1", {"origin_b": "INSIDER"}, "are the same"),
        ("claims", "c5", {"count_high": "2"}, "is above count_high"),
        ("claims", "c5", {"count_low": ""}, "needs count_low or count_high"),
        ("claims", "c1", {"status": "done"}, "is not one of proposed"),
    ],
)
def test_each_slip_is_named(story_tables, write, tmp_path, name, key, cells, expected):
    edit(story_tables, name, key, **cells)
    found = problems_of(write(tmp_path / "p", story_tables))
    assert any(expected in problem and problem.startswith(name) for problem in found), found


def test_missing_files_and_wrong_codebook(story_tables, write, tmp_path):
    del story_tables["claims"]
    folder = write(tmp_path / "p", story_tables, manifest={"codebook": "0"})
    found = problems_of(folder)
    assert any("claims.csv: file is missing" in problem for problem in found)
    assert any("codebook is `0`" in problem for problem in found)
    assert "no such folder" in problems_of(tmp_path / "nowhere")[0]


def test_ragged_line_is_named(story_folder):
    with (story_folder / "origins.csv").open("a") as stream:
        stream.write("a,b\n")
    assert any(problem.startswith("origins.csv:4: has 2 cells") for problem in problems_of(story_folder))


def test_only_accepted_rows_are_read(story_tables, write, tmp_path):
    for status in ("proposed", "rejected", "retracted"):
        edit(story_tables, "claims", "c1", status=status)
        pack = read_pack(write(tmp_path / status, story_tables), LATE)
        assert "c1" not in pack.claim
        assert "c1" not in pack.chain
        assert {link.claim for link in pack.event_claims} == {"c2", "c3"}


def test_a_chain_never_grows_shorter_by_taking_a_source_back(story_tables, write, tmp_path):
    """The link taken away stands inside the chain; the report and its outlet stay."""
    story_tables["sources"].append({**story_tables["sources"][0], "id": "wire"})
    edit(story_tables, "hops", "h4", source="wire")
    assert "c2" in read_pack(write(tmp_path / "whole", story_tables), LATE).claim
    edit(story_tables, "sources", "wire", status="retracted")
    pack = read_pack(write(tmp_path / "p", story_tables), LATE)
    assert "r2" not in pack.report
    assert "c2" not in pack.claim
    assert "c1" in pack.claim


def test_the_clock_hides_what_came_later(story_folder):
    pack = read_pack(story_folder, date(2031, 3, 5))
    assert set(pack.claim) == {"c1", "c4", "c5", "c6"}
    assert [event.id for event in pack.events] == ["e1"]
    assert not pack.polls
    assert not pack.resolutions
    assert "tabloid" not in pack.source
    assert pack.vintage == date(2031, 3, 5)
    assert read_pack(story_folder, date(2031, 3, 4)).claims == ()


def test_claims_after_t_change_nothing_before_t(story_tables, write, tmp_path):
    """Try to cheat: rows known after t, pointing at everything known before it."""
    t = date(2031, 3, 25)
    before = read_pack(write(tmp_path / "before", story_tables), t)
    ok = {"status": "accepted"}
    story_tables["sources"].append({**story_tables["sources"][2], "id": "late", "reliability": "A"})
    story_tables["reports"].append({**story_tables["reports"][0], "id": "r9", "published_at": "2031-03-26"})
    story_tables["origins"].append({"id": "LATE", "label": "late", **ok})
    story_tables["origin_pairs"].append({"id": "op9", "origin_a": "LATE", "origin_b": "INSIDER", "p_same": "1", **ok})
    story_tables["claims"].append({**story_tables["claims"][0], "id": "c9", "report": "r9", "origin": "LATE"})
    story_tables["hops"].append({"id": "h99", "claim": "c9", "position": "0", "source": "late", **ok})
    story_tables["event_claims"].append({"id": "l9", "event": "e1", "claim": "c9", "relation": "denies", **ok})
    story_tables["event_claims"].append({"id": "l10", "event": "e2", "claim": "c9", "relation": "denies", **ok})
    story_tables["resolutions"].append(
        {"id": "s9", "claim": "c1", "rule": "seen abroad", "strict": "no", "resolved_at": "2031-03-10",
         "known_at": "2031-03-26", **ok}
    )  # fmt: skip
    after = read_pack(write(tmp_path / "after", story_tables), t)
    assert evidence_hash(after) == evidence_hash(before)
    assert event_likelihoods(after) == event_likelihoods(before)
    assert score_forecasts(after) == score_forecasts(before)
    assert after.vintage == before.vintage
    later = read_pack(tmp_path / "after", date(2031, 3, 26))
    assert event_likelihoods(later) != event_likelihoods(before)


def test_a_forecast_is_hidden_before_it_was_issued(story_tables, write, tmp_path):
    edit(story_tables, "forecasts", "f1", claim="", issuer="run-7", issued_at="2031-04-02")
    folder = write(tmp_path / "p", story_tables)
    assert not read_pack(folder, date(2031, 4, 1)).forecasts
    assert read_pack(folder, date(2031, 4, 2)).forecasts


def test_hash_ignores_order_format_and_bookkeeping(story_tables, write, tmp_path):
    first = read_pack(write(tmp_path / "a", story_tables), LATE)
    for name, records in story_tables.items():
        story_tables[name] = [{**dict(reversed(row.items())), "coder": "ab", "coded_at": "2031-01-01"}
                              for row in reversed(records)]  # fmt: skip
    second = read_pack(write(tmp_path / "b", story_tables), LATE)
    assert second.hash == first.hash
    assert event_likelihoods(second) == event_likelihoods(first)
    lines = [json.dumps({key: value for key, value in row.items() if value}) for row in story_tables["claims"]]
    (tmp_path / "b" / "claims.csv").unlink()
    (tmp_path / "b" / "claims.jsonl").write_text("\n".join(lines))
    assert read_pack(tmp_path / "b", LATE).hash == first.hash


def test_hash_follows_content(story_tables, write, tmp_path):
    first = read_pack(write(tmp_path / "a", story_tables), LATE)
    edit(story_tables, "claims", "c1", drift="lost_hedge")
    assert read_pack(write(tmp_path / "b", story_tables), LATE).hash != first.hash


def test_line_numbers_survive_cells_with_line_breaks(story_folder):
    path = story_folder / "origins.csv"
    with path.open(newline="") as stream:
        records = list(csv.DictReader(stream))
    records[0]["label"] = "two\nlines"
    records[1]["status"] = "maybe"
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, records[0].keys())
        writer.writeheader()
        writer.writerows(records)
    assert problems_of(story_folder)[0].startswith("origins.csv:4: status")


def test_a_line_that_is_no_json_is_named(story_folder):
    (story_folder / "polls.csv").unlink()
    (story_folder / "polls.jsonl").write_text('{"id": \n')
    assert problems_of(story_folder)[0].startswith("polls.jsonl:1: not a JSON object")
