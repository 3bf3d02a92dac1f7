"""`fronde evidence ... --store`: what goes in comes out, what is seen is what the folder shows, and kind refusals."""

import json
import sys

import pytest

from fronde.scenario.case import SHIPPED

pytest.importorskip("sqlalchemy")


@pytest.fixture
def sqlite(tmp_path):
    return tmp_path / "ledger.sqlite"


def test_in_look_and_out_again(fronde, url, tmp_path):
    done = fronde("evidence", "import", "russia-2022", "--store", url)
    assert done.exit_code == 0, done.stderr
    for look in (["list", "russia-2022", "resign", "--status", "accepted"], ["show", "russia-2022", "G20"]):
        stored, filed = (fronde("evidence", *look, "--json", *more) for more in (["--store", url], []))
        assert stored.exit_code == 0, stored.stderr
        assert json.loads(stored.stdout) == json.loads(filed.stdout)
    out = tmp_path / "pack"
    assert fronde("evidence", "export", "russia-2022", "--store", url, "--to", "pack", "--out", out).exit_code == 0
    for file in (SHIPPED / "russia-2022" / "evidence").iterdir():
        assert (out / file.name).read_bytes() == file.read_bytes()
    stored, filed = (fronde("evidence", "export", "russia-2022", "--to", "gexf", *m) for m in (["--store", url], []))
    assert stored.stdout_bytes == filed.stdout_bytes


def test_a_change_in_the_folder_is_saved_again(fronde, case, sqlite):
    assert fronde("evidence", "import", case, "--store", sqlite).exit_code == 0
    assert fronde("evidence", "review", case, "--accept", "V12", "--why", "read it").exit_code == 0
    assert fronde("evidence", "import", case, "--store", sqlite).exit_code == 0
    shown = json.loads(fronde("evidence", "show", "valdria", "V12", "--store", sqlite, "--json").stdout)
    assert (shown["claim"]["status"], shown["history"][-1]["why"]) == ("accepted", "read it")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["list", "valdria", "--store", "absent.sqlite"], "no store at `absent.sqlite`"),
        (["list", "valdra", "--store", "{store}"], "no pack `valdra`"),
        (["show", "valdria", "V99", "--store", "{store}"], "no row `V99`"),
        (["export", "valdria", "--to", "ftm", "--store", "{store}"], "needs the actors of the case"),
        (["list", "valdria", "--store", "{text}"], "not a database"),
        (["list", "valdria", "--store", "mysql+pymysql://me:secret@nowhere/x"], "mysql+pymysql://me:***@nowhere/x"),
        (["import", "valdria", "claims.csv", "--store", "{store}"], "does not exist"),
        (["import", "valdria"], "either a FILE"),
    ],
)
def test_refusals_say_what_to_do(fronde, sqlite, tmp_path, arguments, words):
    assert fronde("evidence", "import", "valdria", "--store", sqlite).exit_code == 0
    text = tmp_path / "notes.txt"
    text.write_text("some notes " * 100)
    places = {"{store}": str(sqlite), "{text}": str(text)}
    done = fronde("evidence", *(places.get(part, part) for part in arguments))
    assert done.exit_code in (1, 2, 3)
    assert words in done.stderr
    assert "secret" not in done.stderr
    assert not (tmp_path / "absent.sqlite").exists()


def test_a_pack_with_mistakes_stays_outside(fronde, case, sqlite):
    path = case / "evidence" / "claims.csv"
    path.write_text(path.read_text().replace("V02,", "V01,", 1))
    assert fronde("evidence", "import", case, "--store", sqlite).exit_code == 3
    assert not sqlite.exists()


def test_the_extra_is_named(fronde, sqlite, monkeypatch):
    monkeypatch.delitem(sys.modules, "fronde.ledger.store", raising=False)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    monkeypatch.setitem(sys.modules, "sqlalchemy.engine", None)
    done = fronde("evidence", "list", "valdria", "--store", sqlite)
    assert done.exit_code == 2
    assert "fronde[ledger]" in done.stderr
