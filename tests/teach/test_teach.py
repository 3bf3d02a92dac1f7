"""A game: bounded moves, time that only the teacher steps, the same numbers from the same file, an honest debrief."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from fronde.app.opening import RequestError
from fronde.app.store import RunError
from fronde.app.teach import debrief, play, room, rules, words
from fronde.cli.main import main
from fronde.domain.state import LEADER_EVENTS
from fronde.forecast.counts import SHOWN_ACTS


def game(base: Path) -> tuple[room.Room, str]:
    return room.create(base, "valdria", weeks=2, turns=4, seed=7)


def test_what_has_happened_does_not_change_when_the_game_goes_on(tmp_path: Path) -> None:
    found, key = game(tmp_path)
    room.move(tmp_path, found.code, "leader", {"option": "crackdown"}, "show strength")
    first = play.news(room.step(tmp_path, found.code, key))
    room.move(tmp_path, found.code, "abroad", {"sanctions": 2.0}, "more pressure")
    second = play.news(room.step(tmp_path, found.code, key))
    assert len(second) == 2
    assert second[0] == first[0]
    assert "crackdown" in first[0]["leader"]


def test_the_file_alone_replays_the_game(tmp_path: Path) -> None:
    found, key = game(tmp_path)
    room.move(tmp_path, found.code, "owners", {"evasion": 0.3}, "keep the ships moving")
    played = room.step(tmp_path, found.code, key)
    (tmp_path / "else" / "teach").mkdir(parents=True)
    shutil.copy(room.path_of(tmp_path, found.code), room.path_of(tmp_path / "else", found.code))
    again = room.load(tmp_path / "else", found.code)
    assert again == played
    assert np.array_equal(play.ensemble(again, 3).counts, play.ensemble(played, 3).counts)


def test_only_those_who_gave_and_got_a_refused_order_know_of_it(tmp_path: Path) -> None:
    found, key = game(tmp_path)
    room.move(tmp_path, found.code, "leader", {"option": "crackdown"}, "show strength")
    mine = play.state(room.move(tmp_path, found.code, "chiefs", {"obey": "stand aside"}, "not us"), "chiefs")
    assert mine["own"] == {"words": "If a crackdown is ordered: Stand aside", "reason": "not us"}
    done = room.step(tmp_path, found.code, key)
    told = {role: "stood aside" in " ".join(play.news(done, role)[0]["lines"]) for role in (None, *rules.ROLES)}
    assert told == {None: False, "leader": True, "owners": False, "chiefs": True, "abroad": False}
    moves = debrief.document(room.end(tmp_path, found.code, key), runs=2)["moves"]
    assert moves[0]["words"] == "Act this turn: Crackdown (the security chiefs stood aside)"


def test_every_code_has_its_words() -> None:
    assert set(words.ACT) == set(SHOWN_ACTS)
    assert set(words.TOP) == set(LEADER_EVENTS[:6])
    choices = {one for _, settings in rules.ROLES.values() for setting in settings for one in setting.choices}
    assert choices <= set(words.LABELS)
    assert words.GOALS.keys() == words.PRIVATE.keys() == rules.ROLES.keys()
    assert words.figure("market", -0.3147) == "−27% since the start"
    assert words.figure("battlefield", -0.53) == "−0.5 sd"


def test_an_early_end_changes_nothing_that_happened_and_opens_the_debrief(tmp_path: Path) -> None:
    found, key = game(tmp_path)
    with pytest.raises(RequestError, match="no turn"):
        room.end(tmp_path, found.code, key)
    room.move(tmp_path, found.code, "leader", {"option": "crackdown"}, "show strength")
    room.step(tmp_path, found.code, key)
    room.step(tmp_path, found.code, key)
    room.move(tmp_path, found.code, "leader", {"option": "declare"}, "never carried out")
    long = room.load(tmp_path, found.code)
    with pytest.raises(RequestError, match="turn 3 of 4"):
        debrief.document(long, runs=2)
    with pytest.raises(RequestError, match="only the teacher"):
        room.end(tmp_path, found.code, "guess")
    short = room.end(tmp_path, found.code, key)
    assert short.over
    assert short.turns == 2
    assert play.news(short) == play.news(long)
    assert [move.reason for move in short.moves] == ["show strength"]
    assert len(debrief.document(short, runs=2)["courses"]["leave"]["dates"]) == 4
    with pytest.raises(RequestError, match="over"):
        room.step(tmp_path, found.code, key)


def test_a_whole_game_from_the_command_line(tmp_path: Path) -> None:
    def call(*given: str) -> dict:
        done = CliRunner().invoke(main, ["teach", *given, "--runs", str(tmp_path), "--json"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    opened = call("new", "--turns", "1", "--seed", "7")
    code = opened["code"]
    moved = call("move", code.lower(), "abroad", "--set", "sanctions=2", "--because", "pressure")
    assert moved["moved"] == ["abroad"]
    assert call("step", code)["over"]
    found = call("debrief", code)
    assert found["moves"][0]["reason"] == "pressure"
    assert (tmp_path / "teach" / f"{code}.html").is_file()
    assert call("list")["rooms"][0]["code"] == code
    shown = CliRunner().invoke(main, ["teach", "show", code, "--runs", str(tmp_path)])
    assert "the game is over" in shown.stdout


def test_only_the_teacher_steps_time_and_the_game_ends(tmp_path: Path) -> None:
    found, key = game(tmp_path)
    with pytest.raises(RequestError, match="only the teacher"):
        room.step(tmp_path, found.code, "guess")
    for _ in range(4):
        room.step(tmp_path, found.code, key)
    with pytest.raises(RequestError, match="over"):
        room.step(tmp_path, found.code, key)


@pytest.mark.parametrize(
    ("role", "chosen", "reason", "words"),
    [
        ("king", {}, "x", "unknown role"),
        ("leader", {"sanctions": 1.0}, "x", "cannot set"),
        ("abroad", {"sanctions": 2.5}, "x", "expected 0 to 2"),
        ("abroad", {"sanctions": True}, "x", "expected 0 to 2"),
        ("leader", {"option": "abdicate"}, "x", "expected one of"),
        ("leader", {"option": "limit"}, "  ", "needs a reason"),
    ],
)
def test_an_illegal_move_is_refused_and_nothing_is_written(
    tmp_path: Path, role: str, chosen: dict, reason: str, words: str
) -> None:
    found, _ = game(tmp_path)
    before = room.path_of(tmp_path, found.code).read_bytes()
    with pytest.raises(RequestError, match=words):
        room.move(tmp_path, found.code, role, chosen, reason)
    assert room.path_of(tmp_path, found.code).read_bytes() == before


def test_a_code_cannot_leave_the_folder_and_a_broken_file_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no code"):
        room.load(tmp_path, "../../x")
    found, _ = game(tmp_path)
    with room.path_of(tmp_path, found.code).open("a") as stream:
        stream.write("{half\n")
    with pytest.raises(RunError, match=":2: no JSON"):
        room.load(tmp_path, found.code)


def test_roles_meet_where_the_rules_say(tmp_path: Path) -> None:
    found, _ = game(tmp_path)
    days = play.days_of(found)
    moves = [
        rules.checked(0, "leader", {"option": "crackdown", "refusals": 2.0}, "x"),
        rules.checked(0, "chiefs", {"obey": "stand aside", "enforcement": 0.5}, "x"),
        rules.checked(0, "abroad", {"sanctions": 2.0}, "x"),
        rules.checked(1, "owners", {"evasion": 0.5}, "x"),
    ]
    assert rules.actions(moves, 2, days) == [
        {"kind": "sanctions", "at": days[0], "level": 2.0},
        {"kind": "sanctions", "at": days[1], "level": 1.0},
    ]
    moves[1] = rules.checked(0, "chiefs", {}, "x")
    assert {"kind": "crackdown", "at": days[0]} in rules.actions(moves, 2, days)


@given(st.floats(0, 2), st.floats(0, 0.5), st.floats(0, 2), st.floats(0, 1))
def test_moves_within_bounds_give_actions_within_bounds(a: float, b: float, c: float, d: float) -> None:
    from datetime import date

    moves = [
        rules.checked(0, "abroad", {"sanctions": a}, "x"), rules.checked(0, "owners", {"evasion": b}, "x"),
        rules.checked(0, "leader", {"refusals": c}, "x"), rules.checked(0, "chiefs", {"enforcement": d}, "x"),
    ]  # fmt: skip
    for action in rules.actions(moves, 1, [date(2030, 1, 1)]):
        assert 0.0 <= action["level"] <= 2.0


def test_debrief_holds_every_move_and_no_script(tmp_path: Path) -> None:
    found, key = game(tmp_path)
    room.move(tmp_path, found.code, "leader", {"option": "crackdown"}, "<script>alert(1)</script>")
    for _ in range(4):
        done = room.step(tmp_path, found.code, key)
    document = debrief.document(done, runs=40)
    assert (
        document["ranks"][0]["own"]
        == play.ensemble(done).counts[play.opened_for("valdria", 56).case.grid.n_observed :, 5].sum()
    )
    path = debrief.write(tmp_path, document)
    page = path.read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert not re.search(r"<script|https?://", page)
    assert "default-src 'none'" in page
    assert path.stat().st_size < 1_000_000
    assert json.dumps(document)


def test_nobody_moving_changes_nothing(tmp_path: Path) -> None:
    found, key = game(tmp_path)
    room.step(tmp_path, found.code, key)
    found = room.end(tmp_path, found.code, key)
    assert all(row["mean"] == 0.0 for row in debrief.document(found, runs=20)["differences"])
