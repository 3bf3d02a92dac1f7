"""A case on the engine's grid: days fall in their steps, acts on record keep their order, levers act from their day."""

from datetime import date, timedelta

import numpy as np
import pytest

from fronde.app.build import build, pending_acts, step_of
from fronde.domain.state import ACTS, LEADER_EVENTS
from fronde.evidence.events import EventEvidence
from fronde.scenario.case import load_case


@pytest.fixture(scope="module")
def russia():
    return load_case("russia-2022")


def act(actor: str, name: str, day: date, log_lr: float = 9.0) -> EventEvidence:
    return EventEvidence("e", "c", actor, name, day, day, day, 0.0, -log_lr, ("o",), ("c",))


def test_every_day_falls_into_the_step_that_holds_it(russia):
    grid = russia.grid
    for k in range(1, (grid.end - grid.start).days + 1):
        step, offset = step_of(grid, grid.start + timedelta(days=k))
        assert grid.times[step] < k <= grid.times[step + 1]
        assert 0.0 <= offset < grid.days[step]


def test_two_acts_of_one_person_in_a_step_keep_their_order(russia):
    name = russia.elite.ids[0]
    day = date(2022, 3, 12)
    inputs, placed = build(russia, [act(name, "leave", day), act(name, "resign", day)])
    steps = np.flatnonzero(inputs.reported_act[:, 0] >= 0)
    assert [ACTS[inputs.reported_act[t, 0]] for t in steps] == ["resign", "leave"]
    assert len(placed) == 2


def test_acts_after_as_of_or_of_strangers_are_left_out(russia):
    later = act(russia.elite.ids[0], "leave", date(2022, 5, 3))
    stranger = act("nobody", "leave", date(2022, 3, 3))
    inputs, placed = build(russia, [later, stranger])
    assert placed == ()
    assert np.all(inputs.reported_act == -1)


def test_strong_evidence_is_taken_as_confirmed_and_weak_keeps_its_ratio(russia):
    day = date(2022, 3, 12)
    first, second = russia.elite.ids[:2]
    inputs, _ = build(russia, [act(first, "leave", day, np.log(50.0)), act(second, "leave", day, np.log(4.0))])
    step = step_of(russia.grid, day)[0]
    assert np.isinf(inputs.reported_ratio[step, 0])
    assert inputs.reported_ratio[step, 1] == pytest.approx(4.0)


def test_pending_marks_the_steps_before_an_act_on_record():
    table = np.full((4, 2), -1)
    table[2, 1] = 5
    assert pending_acts(table).tolist() == [[0.0, 1.0], [0.0, 1.0], [0.0, 0.0], [0.0, 0.0]]


def test_two_options_on_one_day_fall_into_two_steps(russia):
    inputs, _ = build(russia, variant="all_out_war")
    chosen = inputs.leader_option[russia.grid.n_observed :]
    found = [LEADER_EVENTS[k] for k in chosen if k >= 0]
    assert found == ["declare", "mobilise"]


def test_sanctions_lever_acts_from_its_day_on(russia):
    inputs, _ = build(russia, variant="sanctions_lifted")
    first = step_of(russia.grid, date(2022, 5, 14))[0]
    assert np.all(inputs.sanctions[:first] == 1.0)
    assert np.all(inputs.sanctions[first:] == 0.0)


def test_focal_day_is_marked_on_its_day(russia):
    inputs, _ = build(russia)
    step, offset = step_of(russia.grid, date(2022, 5, 9))
    assert inputs.focal[step].sum() == 1.0
    assert inputs.focal[step, int(offset)] == 1.0
