"""New cases pass the check at once; the published schema is the one the code means."""

import json

import pytest
from jsonschema import Draft202012Validator

from fronde.scenario.case import find_case, load_case, scenario_hash, shipped
from fronde.scenario.check import check
from fronde.scenario.new import SCHEMA_FILE, new
from fronde.scenario.positions import parse
from fronde.scenario.problems import CaseError
from fronde.scenario.schema import PUBLISHED, case_schema, schema_text

from .conftest import FIXTURES


def test_a_new_case_is_clean_and_loads(tmp_path):
    made = new("mine", tmp_path)
    assert check(made) == []
    assert load_case(made).spec.title == "mine: a case to start from"
    assert (made / "case.yaml").read_text().splitlines()[0].endswith(f"$schema={SCHEMA_FILE}")
    assert (made / SCHEMA_FILE).read_text() == schema_text()


def test_a_copy_is_the_same_case(tmp_path):
    made = new("copy", tmp_path, FIXTURES / "tinyland")
    assert scenario_hash(load_case(made)) == scenario_hash(load_case(FIXTURES / "tinyland"))
    again = new("again", tmp_path, made)
    assert (again / "case.yaml").read_bytes() == (made / "case.yaml").read_bytes()


@pytest.mark.parametrize("name", ["", "../x", "a b", "a/b", ".x", "x\n", "x" * 101])
def test_bad_names_make_nothing(tmp_path, name):
    with pytest.raises(CaseError, match="as name"):
        new(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten_or_left_half_made(tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    with pytest.raises(CaseError, match="already there"):
        new("mine", tmp_path)
    with pytest.raises(CaseError, match="no such folder"):
        new("mine", tmp_path / "nowhere")
    with pytest.raises(CaseError, match="no such case"):
        new("other", tmp_path, "atlantis")

    def full(path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fronde.scenario.new.publish", full)
    with pytest.raises(CaseError, match="No space left on device"):
        new("other", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_links_are_not_copied(tmp_path, folder):
    (folder.path / "elite/more.csv").symlink_to("/etc/hostname")
    with pytest.raises(CaseError, match="symbolic link"):
        new("copy", tmp_path, folder.path)
    assert not (tmp_path / "copy").exists()


def test_published_schema_is_current():
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text(), "run `python -m fronde.scenario.schema`"


def test_schema_has_units_ranges_and_descriptions():
    schema = case_schema()
    assert schema["properties"]["horizon"]["x-unit"] == "day"
    assert schema["properties"]["as_of"]["format"] == "date"
    group = schema["$defs"]["Group"]["properties"]
    assert group["size"]["x-unit"] == "people"
    assert group["attributes"]["properties"]["wealth_start"]["x-unit"] == "USD bn"
    assert schema["properties"]["params"]["properties"]["leave.base"]["x-unit"] == "ln(1/day)"


def schema_errors(value):
    plain = json.loads(json.dumps(value))  # tuples to lists
    return [error.message for error in Draft202012Validator(case_schema()).iter_errors(plain)]


def test_schema_accepts_a_sound_case_and_refuses_a_misspelt_key():
    value = parse((FIXTURES / "tinyland/case.yaml").read_text(), "case.yaml").value
    assert schema_errors(value) == []
    assert any("horizn" in message for message in schema_errors({**value, "horizn": 1}))
    assert any("leave.bse" in message for message in schema_errors({**value, "params": {"leave.bse": {}}}))


@pytest.mark.parametrize("name", shipped())
def test_schema_accepts_shipped_cases(name):
    assert schema_errors(parse((find_case(name) / "case.yaml").read_text(encoding="utf-8"), "case.yaml").value) == []
