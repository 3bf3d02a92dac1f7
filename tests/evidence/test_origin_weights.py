"""With and without each origin."""

from datetime import date

import pytest

from fronde.evidence.events import event_likelihoods
from fronde.evidence.origin_weights import leave_one_out, origins_used
from fronde.evidence.pack import read_pack


def test_each_origin_is_left_out_in_turn(story_folder):
    pack = read_pack(story_folder, date(2031, 4, 30))
    found = {each.origin: each for each in leave_one_out(pack)}
    assert set(found) == {"INSIDER", "MINISTER", "record:e2"}
    insider, minister, record = found["INSIDER"], found["MINISTER"], found["record:e2"]
    assert insider.claims == 4
    assert insider.label == "a banker"
    assert insider.pull[0] > 0.0 > minister.pull[0]
    complete = event_likelihoods(pack)[0]
    assert insider.with_it == (complete,)
    assert insider.without_it[0].log_lr + insider.pull[0] == pytest.approx(complete.log_lr)
    assert insider.without_it[0].origins == ("MINISTER",)
    assert len(record.pull) == 2
    assert record.without_it[0].h == record.without_it[0].f == 1.0


def test_leaving_the_last_voice_out_leaves_the_prior_not_the_grade(build):
    from fronde.evidence.codebook import Letter

    tables = build.tables_of(build.claim("c", "O", "paper0", "insider"), events=[build.event(credence=Letter("A"))])
    (found,) = leave_one_out(build.pack_of(tables))
    assert found.without_it[0].log_lr == 0.0
    assert found.pull[0] == found.with_it[0].log_lr


def test_origins_used_cover_counts_and_conditions(story_folder):
    assert origins_used(read_pack(story_folder, date(2031, 3, 5))) == ("INSIDER",)
    assert origins_used(read_pack(story_folder, date(2031, 4, 30))) == ("INSIDER", "MINISTER", "record:e2")
