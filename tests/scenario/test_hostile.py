"""Files made to harm: every one ends in a message, none in a hang, a crash or a read outside the folder."""

import os
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fronde.scenario import files
from fronde.scenario.case import load_case
from fronde.scenario.check import check
from fronde.scenario.files import read_bytes
from fronde.scenario.positions import MOST_NODES, parse
from fronde.scenario.problems import CaseError

from .conftest import FIXTURES, TODAY, Folder

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]\n" for k in range(1, 12)
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        "[" * 5000,
        "{a: " * 5000,
        "- " * 5000 + "x",
        "a: &a {b: *a}",
        "\n".join(f"k{k}: 1" for k in range(MOST_NODES)),
    ],
    ids=["laughs", "brackets", "braces", "dashes", "self", "long"],
)
def test_yaml_bombs_are_refused_quickly(text):
    began = time.process_time()
    document = parse(text, "case.yaml")
    assert document.problems
    assert time.process_time() - began < 20.0


def test_aliases_in_reason_are_read(folder):
    folder.replace("case.yaml", "source: fiction}\ngroups", "source: &s fiction}\nnote: *s\ngroups")
    assert folder.problems() == []
    assert load_case(folder.path).spec.note == "fiction"


def test_yaml_keeps_words_and_dates_as_text():
    value = parse("country: NO\nday: 2022-02-30\noff: off\nnumber: 012\nhex: 0x10\nfraction: -1.5e2", "f").value
    assert value == {"country": "NO", "day": "2022-02-30", "off": "off", "number": 12, "hex": 16, "fraction": -150.0}


@given(st.text(max_size=300))
@example("!")
@example("null")
@example("---")
@settings(max_examples=150, deadline=None)
def test_parse_never_raises(text):
    document = parse(text, "f")
    assert document.value is not None or document.problems


@pytest.mark.parametrize("file", ["case.yaml", "elite/actors.jsonl", "elite/ties.csv", "series/daily.csv"])
@pytest.mark.parametrize(
    ("content", "found"),
    [(b"\x00\x01\x02\xff" * 100, "a NUL byte"), ("naïve\n".encode("latin-1"), "byte 0xef is not UTF-8"), (b"", "")],
)
def test_binary_other_encodings_and_empty_files(folder, file, content, found):
    (folder.path / file).write_bytes(content)
    mine = [problem for problem in folder.problems() if problem.file == file]
    if file == "elite/actors.jsonl" and not content:  # no actors is legal; the tables that name them then fail
        assert not mine
        assert folder.problems()
        return
    assert mine[0].line in (0, 1)
    assert found in mine[0].found


def test_nul_names_its_line(folder):
    line = folder.append("series/daily.csv", "market,tinyland,2021-04-11,\x00,index,2021-04-11,fiction")
    assert (folder.only_problem().line, folder.only_problem().found) == (line, "a NUL byte")


def test_byte_order_mark_is_accepted(folder):
    path = folder.path / "series/daily.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert folder.problems() == []


@pytest.mark.parametrize("file", ["case.yaml", "elite/actors.jsonl", "series/daily.csv", "evidence/claims.csv"])
def test_symbolic_links_are_refused(folder, tmp_path, file):
    secret = tmp_path / "secret"
    secret.write_bytes((folder.path / file).read_bytes())
    (folder.path / file).unlink()
    (folder.path / file).symlink_to(secret)
    assert any("symbolic link" in problem.found for problem in folder.problems())


def test_a_linked_folder_is_refused(folder, tmp_path):
    (folder.path / "series").rename(tmp_path / "elsewhere")
    (folder.path / "series").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert any("symbolic link" in problem.found for problem in folder.problems())


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "elite/../../secret", "", "elite/\0"])
def test_no_path_leaves_the_folder(folder, name):
    with pytest.raises(CaseError, match="leaves the case folder"):
        read_bytes(folder.path, name, 10)


def test_a_pipe_does_not_hang(folder):
    (folder.path / "elite/ties.csv").unlink()
    os.mkfifo(folder.path / "elite/ties.csv")
    assert folder.only_problem().found == "not a plain file"


def test_size_limits(folder, monkeypatch):
    with (folder.path / "case.yaml").open("ab") as stream:
        stream.write(b"#" * files.LARGEST_YAML)
    assert folder.only_problem().found == "more than 2 MB"
    with pytest.raises(CaseError, match="at most 0 MB"):
        read_bytes(folder.path, "series/daily.csv", 10)


def test_a_huge_cell_is_refused(folder):
    folder.append("elite/ties.csv", "ti-ada-brook," + "x" * 200_000)
    assert "field larger than field limit" in folder.only_problem().found


def test_messages_show_no_control_characters(folder):
    folder.append("elite/ties.csv", "ti-ada-brook,\x1b[31mred\x07,kin,1,2021-01-01,fiction,")
    assert folder.only_problem().found == "`to_id` is `?[31mred?`"


@pytest.mark.parametrize("name", ["", "\0", "no/such/place", "x" * 5000, "..", "russia-2202"])
def test_odd_names_of_cases(name):
    assert len(check(name, TODAY)) == 1


SPOILT = sorted(str(p.relative_to(FIXTURES / "tinyland")) for p in (FIXTURES / "tinyland").rglob("*") if p.is_file())
PIECES = (
    b"",
    b"\x00",
    b"\xff",
    b"\n",
    b",",
    b'"',
    b"{",
    b"[",
    b"]",
    b": ",
    b"- ",
    b"&a",
    b"*a",
    b"nan",
    b"-1",
    b"9" * 30,
)


@given(st.sampled_from(SPOILT), st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_check_never_raises_and_agrees_with_the_loader(folder, file, where, length, piece):
    path = folder.path / file
    sound = path.read_bytes()
    at = int(where * len(sound))
    try:
        path.write_bytes(sound[:at] + piece + sound[at + length :])
        refused = [problem for problem in Folder(folder.path).problems() if "evidence" not in problem.file]
        refused = [problem for problem in refused if "LICENCES" not in problem.file]
        if refused:
            with pytest.raises(CaseError):
                load_case(folder.path, today=TODAY)
        else:
            load_case(folder.path, today=TODAY)
    finally:
        path.write_bytes(sound)
