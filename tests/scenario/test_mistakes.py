"""Each kind of mistake: one message with file, line, value and remedy; nothing is written."""

import pytest

from fronde.scenario.case import load_case
from fronde.scenario.problems import MOST_SHOWN, CaseError


def test_a_sound_case_has_no_problems(folder):
    assert folder.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "found", "remedy"),
    [
        ("horizon: 26 weeks", "horizn: 26 weeks", "unknown key `horizn`", "did you mean `horizon`?"),
        ("horizon: 26 weeks", "horizon: half a year", "`horizon` is `half a year`", "write it in that form"),
        ("horizon: 26 weeks", "horizon: 182", "`horizon` is `182`", "write it in that form"),
        ("step: 7 days", "step: 5 days", "a step of 5 days", "use 1 day or 7 days"),
        ("as_of: 2021-05-01", "as_of: 2021-02-30", "`as_of` is `2021-02-30`", "write it in that form"),
        ("as_of: 2021-05-01", "as_of: 2021-03-10", "`as_of` is 2021-03-10", "move `as_of` or `onset`"),
        ("seed: 20210501", "seed: -1", "`seed` is `-1`", "change the value"),
        ("seed: 20210501", 'seed: "1"', "`seed` is `1`", "remove the quotes"),
        ("regime: personalist", "regime: personalised", "`regime` is `personalised`", "did you mean `personalist`?"),
        ("size: 8", "size: 8.5", "`size` is `8.5`", "change the value"),
        ("size: 8", "size: .nan", "`.nan` is not a finite number", "write the number in digits"),
        ("size: 8", "size: 1", "2 named actors in group `merchants`", "raise `size`"),
        ("weight: 0.4", "weight: 0.5", "`weight` of all groups sums to 1.1", "sum to 1"),
        ("median: 0.4, sigma", "median: 0.4, sigm", "unknown key `sigm`", "did you mean `sigma`?"),
        ("dist: lognormal", "dist: lognorml", "`dist` is `lognorml`", "did you mean `lognormal`?"),
        ("low: 0.2, high: 0.8", "low: 0.2, high: 1.8", "`salience` has high 1.8", "change the value"),
        ("low: 0.2, high: 0.8", "low: 0.9, high: 0.8", "low 0.9 above high 0.8", "swap them"),
        ("kin: 2.0, ", "", "no multiplier for `kin`", "add `kin: 1.0`"),
        ("leave.base", "leave.bse", "unknown parameter `leave.bse`", "did you mean `leave.base`?"),
        ("value: -9.0", "value: 900.0", "`leave.base` is 900", "change the value"),
        ("sd: 0.5, because: made up for the tests", "sd: 0.5", "`params.leave.base` has no `because`", "add `because"),
        ("kind: crackdown, at", "kind: crakdown, at", "`kind` is `crakdown`", "did you mean `crackdown`?"),
        (
            "actions: [{kind: crackdown, at: 2021-05-20",
            "actions: [{kind: crackdown, at: 2021-04-20",
            "an action on 2021-04-20",
            "choose a later day",
        ),
        ("size: 8", "size: eight", "`size` is `eight`", "write it in digits"),
        ("actions: [{kind: sanctions, at: 2021-06-01, level: 0}]", "actions: []", "`actions` is a", "add one"),
        ("act: leave", "act: levae", "`act` is `levae`", "did you mean `leave`?"),
        ("groups: [merchants]", "groups: [merchant]", "unknown group `merchant`", "did you mean `merchants`?"),
        ("event: [crackdown]", "event: [crackdwn]", "`event` holds `crackdwn`", "did you mean `crackdown`?"),
        ("at_least: 2, ", "", "question `two_leave` has no `at_least`", "add `at_least: 1`"),
        ("by: 2021-10-30", "by: 2021-11-30", "a question resolves on 2021-11-30", "choose an earlier day"),
        ("id: two_leave", "id: crackdown_by_june", "question `crackdown_by_june` a second time", "rename one"),
        ("  wardens:", "  Wardens!:", "key `Wardens!`", "rename it"),
        ("step: 7 days", "step: 7 days\nstep: 1 day", "key `step` a second time", "keep one of the two"),
        ("seed: 20210501", "seed: !!python/name:os.system 1", "tag", "remove the tag"),
        ("title: Tinyland", "title: &a [*a] # Tinyland", "too many or too deeply nested", "drop anchors"),
        ("seed: 20210501", "seed: 1e999", "`1e999` is not a finite number", "write the number in digits"),
        ("seed: 20210501", "seed: [1", "not YAML", "check indentation"),
    ],
)
def test_case_file(folder, old, new, found, remedy):
    folder.replace("case.yaml", old, new)
    before = folder.snapshot()
    problem = next((p for p in folder.problems() if found in p.found and remedy in p.remedy), None)
    assert problem is not None, "\n".join(map(str, folder.problems()))
    with pytest.raises(CaseError):
        load_case(folder.path)
    assert folder.snapshot() == before


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("horizon: 26 weeks", "horizn: 26 weeks", "horizn"),
        ("seed: 20210501", "seed: -1", "-1"),
        ("median: 0.4, sigma: 0.6", "median: -4.0, sigma: 0.6", "-4.0"),
        ("groups: [merchants]", "groups: [merchant]", "merchant]"),
        ("kind: crackdown, at: 2021-05-20", "kind: crackdown, at: 2021-05-32", "2021-05-32"),
        ("by: 2021-06-30,", "by: 2021-04-30,", "2021-04-30"),
    ],
)
def test_case_file_names_line_and_column(folder, old, new, marked):
    folder.replace("case.yaml", old, new)
    lines = (folder.path / "case.yaml").read_text().splitlines()
    place = next((k, line.index(marked) + 1) for k, line in enumerate(lines, 1) if new in line)
    assert place in {(problem.line, problem.column) for problem in folder.problems()}


def test_all_problems_at_once(folder):
    folder.replace("case.yaml", "horizon: 26 weeks", "horizn: 26 weeks")
    folder.replace("case.yaml", "groups: [merchants]", "groups: [merchant]")
    folder.replace("case.yaml", "at: 2021-06-01", "at: 2021-06-35")
    folder.append("elite/attributes.csv", "ti-ada-brook,rank,2,1,2021-01-01,fiction,")
    text = "\n".join(map(str, folder.problems()))
    for word in ("horizn", "`horizon`", "merchant`", "2021-06-35", "elite/attributes.csv:9:3: `rank`"):
        assert word in text
    with pytest.raises(CaseError) as error:
        load_case(folder.path)
    assert str(error.value).count("\n") + 1 == len(error.value.problems) == len(folder.problems())


@pytest.mark.parametrize(
    ("file", "row", "column", "found", "remedy"),
    [
        (
            "elite/attributes.csv",
            "ti-ben-cole,group,merchant,,2021-01-02,fiction,",
            3,
            "`group` of ti-ben-cole is `merchant`",
            "did you mean `merchants`?",
        ),
        ("elite/attributes.csv", "ti-bob,rank,0.1,1,2021-01-01,fiction,", 1, "`actor_id` is `ti-bob`", "one of"),
        (
            "elite/attributes.csv",
            "ti-ben-cole,rnk,0.1,1,2021-01-01,fiction,",
            2,
            "`attribute` is `rnk`",
            "did you mean `rank`?",
        ),
        ("elite/attributes.csv", "ti-ben-cole,rank,1.1,1,2021-01-01,fiction,", 3, "is `1.1`", "correct the value"),
        ("elite/attributes.csv", "ti-ben-cole,wealth_start,-2,USD bn,2021-01-01,fiction,", 3, "is `-2`", "correct"),
        (
            "elite/attributes.csv",
            "ti-ben-cole,wealth_start,2,EUR bn,2021-01-01,fiction,",
            4,
            "unit `EUR bn`",
            "convert the value to USD bn",
        ),
        ("elite/attributes.csv", "ti-ben-cole,rank,0.1,1,2021-01-01,,", 6, "`source` is ``", "fill the cell"),
        ("elite/attributes.csv", "ti-ben-cole,in_office,2,,2021-01-01,fiction,", 3, "is `2`", "write 1"),
        ("elite/attributes.csv", "ti-ada-brook,group,wardens,,2021-01-01,fiction,", 0, "a second time", "keep"),
        ("elite/attributes.csv", "ti-ben-cole,rank,0.1,1,2021-01-01,fiction,a,b", 0, "8 cells", "quote cells"),
        (
            "elite/attributes.csv",
            "ti-ben-cole,rank,0.1,1,2031-01-01,fiction,",
            5,
            "is `2031-01-01`",
            "correct the date",
        ),
        ("elite/ties.csv", "ti-ben-cole,ti-ada-brook,friend,1,2021-01-01,fiction,", 3, "`kind` is `friend`", "one of"),
        ("elite/ties.csv", "ti-ben-cole,ti-ben-cole,kin,1,2021-01-01,fiction,", 2, "to itself", "delete the row"),
        ("elite/ties.csv", "ti-ben-cole,ti-cy-dean,business,0,2021-01-01,fiction,", 4, "`weight` is 0", "delete"),
        (
            "series/fortunes.csv",
            "fortune,ti-ben-cole,2021-03-05,-1.5,USD bn,2021-03-06,fiction",
            4,
            "`fortune` is -1.5",
            "correct the value",
        ),
        (
            "series/fortunes.csv",
            "fortune,ti-ben-cole,2021-03-05,NaN,USD bn,2021-03-06,fiction",
            4,
            "`value` is `NaN`",
            "delete the row",
        ),
        (
            "series/fortunes.csv",
            "fortune,ti-ben-cole,2021-03-05,inf,USD bn,2021-03-06,fiction",
            4,
            "`value` is `inf`",
            "delete the row",
        ),
        (
            "series/fortunes.csv",
            "fortune,ti-bob,2021-03-05,1,USD bn,2021-03-06,fiction",
            2,
            "unknown actor `ti-bob`",
            "add the actor",
        ),
        (
            "series/fortunes.csv",
            "fortune,ti-ben-cole,2021-03-05,1,RUB bn,2021-03-06,fiction",
            5,
            "unit `RUB bn`",
            "convert",
        ),
        (
            "series/fortunes.csv",
            "fortune,ti-ben-cole,2021-03-05,1,USD bn,2031-03-06,fiction",
            6,
            "`2031-03-06`",
            "correct the date",
        ),
        (
            "series/fortunes.csv",
            "fortune,ti-ben-cole,2021-03-32,1,USD bn,2021-03-06,fiction",
            3,
            "`2021-03-32`",
            "year-month-day",
        ),
        (
            "series/fortunes.csv",
            "fortune,ti-ben-cole,2021-03-05,1,USD bn,2021-03-04,fiction",
            6,
            "known at 2021-03-04",
            "correct one of the two dates",
        ),
        ("series/daily.csv", "market,tinyland,2021-04-11,0,index,2021-04-11,fiction", 4, "`market` is 0", "delete"),
        ("series/daily.csv", "market,tinyland,2021-04-10,81,index,2021-04-10,fiction", 0, "a second time", "keep"),
        ("series/daily.csv", "market,otherland,2021-04-11,9,index,2021-04-11,fiction", 0, "a second subject", "give"),
        ("series/daily.csv", 'market,tinyland,2021-04-11,"9', 0, "not CSV", "mend the quotes"),
    ],
)
def test_tables(folder, file, row, column, found, remedy):
    line = folder.append(file, row)
    before = folder.snapshot()
    problem = folder.only_problem()
    assert (problem.file, problem.line, problem.column) == (file, line, column)
    assert found in problem.found
    assert remedy in problem.remedy
    with pytest.raises(CaseError):
        load_case(folder.path)
    assert folder.snapshot() == before


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('{"id": "ti-ada-brook", "schema": "Person", "properties": {"name": ["A"]}}', "a second time"),
        ('{"id": "x#1", "schema": "Person", "properties": {"name": ["A"]}}', "x#1"),
        ('{"id": "x", "schema": "Person", "properties": {"name": []}}', "`{"),
        ('{"id": "x", "id": "y", "schema": "Person", "properties": {"name": ["A"]}}', "a key appears twice"),
        ('{"id": "x", "schema": "Person", "properties": {"name": ["A"], "n": NaN}}', "NaN is not a number"),
        ('{"id": "x"', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("7", "`7`"),
    ],
)
def test_actors(folder, line, found):
    number = folder.append("elite/actors.jsonl", line)
    problem = folder.only_problem()
    assert (problem.file, problem.line) == ("elite/actors.jsonl", number)
    assert found in problem.found


def test_columns(folder):
    folder.replace("elite/ties.csv", "from_id,to_id,kind", "from_id,to,kind")
    found = [(problem.line, problem.column, problem.found) for problem in folder.problems()]
    assert found == [(1, 0, "no column `to_id`"), (1, 2, "unknown column `to`")]


def test_a_flood_of_mistakes_is_cut_short(folder):
    folder.append("series/daily.csv", *["market,tinyland,2021-04-11,x,index,2021-04-11,fiction"] * 5000)
    assert len(folder.problems()) == MOST_SHOWN + 1
    assert "more problems" in folder.problems()[-1].found
