"""Every published number is a test; and the check itself can fail."""

from dataclasses import replace

import pytest

from fronde.opinions.number import Known, Published
from fronde.opinions.published import Status, check, check_published, published_table

TABLE = published_table()


@pytest.mark.parametrize("entry", TABLE, ids=[entry.id for entry in TABLE])
def test_published_number(entry: Published) -> None:
    row = check(entry)
    if row.status == Status.SKIPPED.value:
        pytest.skip("needs compiled code")
    if row.status == Status.NOT_ATTEMPTED.value:
        assert row.note, f"{entry.id}: a number nobody recomputed needs a reason"
    else:
        assert row.status == Status.REPRODUCED.value, f"{row.about}: expected {row.expected}, got {row.got}"


def test_each_number_is_named_once_and_sourced() -> None:
    assert len({entry.id for entry in TABLE}) == len(TABLE)
    assert all(entry.source and entry.about for entry in TABLE)


def test_every_section_of_the_literature_list_is_there() -> None:
    sections = {entry.id.split(".")[0] for entry in TABLE}
    assert sections == {f"N{i}" for i in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16)}


def test_recalled_numbers_say_that_they_are_unverified() -> None:
    assert all(entry.note for entry in TABLE if entry.known is Known.RECALLED)


def test_a_wrong_expectation_is_missed_and_never_ok() -> None:
    entry = next(e for e in TABLE if e.id == "N1.all")
    row = check(replace(entry, expected=99))
    assert row.status == Status.MISSED.value
    assert not row.ok
    assert row.off == 1.0


def test_a_wrong_number_of_values_is_missed() -> None:
    entry = next(e for e in TABLE if e.id == "N5.three")
    row = check(replace(entry, expected=(0.5,)))
    assert row.status == Status.MISSED.value


def test_sections_are_chosen_by_prefix_and_whole_ids_only() -> None:
    assert {row.id.split(".")[0] for row in check_published(["N1"])} == {"N1"}
    assert [row.id for row in check_published(["N10.mean"])] == ["N10.mean"]
    with pytest.raises(KeyError, match="N99"):
        check_published(["N99"])
