"""A case as seen on a date: later rows change nothing, neither hash nor numbers."""

import csv
import dataclasses
import shutil
from datetime import date

import numpy as np
import pytest

from fronde.scenario.case import find_case, load_case, scenario_hash, shipped
from fronde.scenario.problems import CaseError

from .conftest import FIXTURES, TODAY

PLANTED = {
    "elite/attributes.csv": (
        "ti-ada-brook,wealth_start,99,USD bn,2021-05-02,fiction,",
        "ti-ben-cole,group,wardens,,2021-05-02,fiction,",
        "ti-eve-fen,group,wardens,,2021-05-02,fiction,",
        "ti-eve-fen,rank,1,1,2021-01-01,fiction,known early but nobody knew the group",
    ),
    "elite/actors.jsonl": ('{"id": "ti-eve-fen", "schema": "Person", "properties": {"name": ["Eve Fen"]}}',),
    "elite/ties.csv": (
        "ti-ada-brook,ti-cy-dean,kin,9,2021-05-02,fiction,",
        "ti-eve-fen,ti-cy-dean,kin,9,2021-01-01,fiction,",
    ),
    "series/daily.csv": (
        "market,tinyland,2021-04-20,1,index,2021-05-02,fiction",
        "market,tinyland,2021-05-09,1,index,2021-05-09,fiction",
        "battlefield,tinyland,2021-04-20,-5,sd,2021-05-02,fiction",
        "designation,ti-ben-cole,2021-04-01,1,1,2021-05-02,fiction",
    ),
    "series/fortunes.csv": ("fortune,ti-cy-dean,2021-03-01,50,USD bn,2021-05-02,fiction",),
}


def same(a, b):
    """Whether two frozen records hold the same values, arrays included."""
    return all(
        np.array_equal(x, y) if isinstance(x, np.ndarray) else x == y
        for x, y in ((getattr(a, f.name), getattr(b, f.name)) for f in dataclasses.fields(a))
    )


def plant(folder):
    for file, rows in PLANTED.items():
        folder.append(file, *rows)


def test_rows_known_later_change_nothing(folder):
    before = load_case(folder.path)
    plant(folder)
    assert folder.problems() == []
    after = load_case(folder.path)
    assert scenario_hash(after) == scenario_hash(before)
    assert same(after.elite, before.elite)
    assert same(after.paths, before.paths)
    assert same(after.grid, before.grid)
    assert after.rows == before.rows
    assert after.files != before.files


@pytest.mark.parametrize("file", PLANTED)
def test_the_same_rows_count_once_they_are_known(folder, file):
    day = date(2021, 5, 9)
    if file in ("elite/actors.jsonl", "elite/attributes.csv", "elite/ties.csv"):
        folder.append("elite/actors.jsonl", *PLANTED["elite/actors.jsonl"])
        folder.append("elite/attributes.csv", "ti-eve-fen,group,merchants,,2021-05-01,fiction,")
    before = scenario_hash(load_case(folder.path, day))
    if file != "elite/actors.jsonl":
        folder.append(file, *PLANTED[file])
    else:
        folder.replace(file, "Eve Fen", "Eva Fen")
    assert scenario_hash(load_case(folder.path, day)) != before


def test_layout_comments_and_order_do_not_enter_the_hash(folder):
    before = load_case(folder.path)
    folder.replace("case.yaml", "step: 7 days", "step:    1 week   # the same")
    for file in ("elite/attributes.csv", "elite/ties.csv", "series/daily.csv"):
        head, *rows = (folder.path / file).read_text().splitlines()
        (folder.path / file).write_text("\r\n".join([head, *reversed(rows)]) + "\r\n\r\n")
    after = load_case(folder.path)
    assert scenario_hash(after) == scenario_hash(before)
    assert same(after.elite, before.elite)
    assert same(after.paths, before.paths)


def test_what_the_model_uses_enters_the_hash(folder):
    before = scenario_hash(load_case(folder.path))
    folder.replace("case.yaml", "seed: 20210501", "seed: 20210502")
    assert scenario_hash(load_case(folder.path)) != before


def test_another_date_moves_grid_and_hash(folder):
    case = load_case(folder.path, date(2021, 4, 3))
    assert (case.spec.as_of, case.grid.as_of) == (date(2021, 4, 3), date(2021, 4, 3))
    assert case.grid.n_observed == 4
    assert scenario_hash(case) != scenario_hash(load_case(folder.path))
    assert load_case(folder.path, horizon=28).grid.n_steps == 8 + 4
    with pytest.raises(CaseError, match="a day after the onset 2021-03-10"):
        load_case(folder.path, date(2021, 3, 10))
    with pytest.raises(CaseError, match="a multiple of the step"):
        load_case(folder.path, horizon=10)


def test_actions_of_variants(folder):
    case = load_case(folder.path)
    assert case.actions(None) == ()
    assert case.actions("lifted")[0].level == 0.0
    with pytest.raises(CaseError, match="did you mean `crackdown`"):
        case.actions("crackdwn")
    with pytest.raises(CaseError, match="acts on 2021-05-20"):
        load_case(folder.path, date(2021, 5, 20)).actions("crackdown")


def test_cases_are_found_by_folder_and_by_file():
    path = (FIXTURES / "tinyland").resolve()
    assert find_case(path) == find_case(path / "case.yaml") == path
    with pytest.raises(CaseError, match="a folder without case"):
        find_case(path / "elite")


def test_a_case_cannot_know_the_future(folder):
    with pytest.raises(CaseError, match="nobody can know it yet"):
        load_case(folder.path, today=date(2021, 3, 5))
    assert load_case(folder.path, today=TODAY).name == "tinyland"


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_case_reads_nothing_known_later(name, tmp_path):
    whole = load_case(name)
    earlier = whole.spec.onset + (whole.spec.as_of - whole.spec.onset) / 2
    shutil.copytree(whole.folder, tmp_path / name)
    dropped = 0
    for path in [*(tmp_path / name / "series").glob("*.csv"), *(tmp_path / name / "elite").glob("*.csv")]:
        with path.open(encoding="utf-8", newline="") as stream:
            head, *rows = [row for row in csv.reader(stream) if row]
        kept = [row for row in rows if row[head.index("known_at")] <= earlier.isoformat()]
        dropped += len(rows) - len(kept)
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([head, *kept])
    assert dropped > 0 or not list((whole.folder / "series").glob("*.csv"))  # a case may know its elite and no series
    full, cut = load_case(name, earlier), load_case(tmp_path / name, earlier)
    assert scenario_hash(full) == scenario_hash(cut)
    assert same(full.elite, cut.elite)
    assert same(full.paths, cut.paths)
