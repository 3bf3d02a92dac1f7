"""Names, order and units of what moves: records match their tables, acts keep their codes."""

from fronde.domain.state import (
    ACTOR_FIELDS,
    ACTS,
    GROUP_SERIES,
    LANES,
    LEADER_EVENTS,
    STATE_FIELDS,
    STRANDS,
    TALLIES,
    WORLD_FIELDS,
    Act,
    Actor,
    LeaderEvent,
    State,
    World,
)


def test_records_have_the_fields_of_their_tables_in_order() -> None:
    assert Actor._fields == tuple(ACTOR_FIELDS)
    assert State._fields == tuple(STATE_FIELDS)
    assert World._fields == tuple(WORLD_FIELDS)


def test_every_field_has_a_unit() -> None:
    for table in (ACTOR_FIELDS, STATE_FIELDS, WORLD_FIELDS, GROUP_SERIES, TALLIES):
        assert all(unit.strip() for unit in table.values())


def test_acts_and_leader_events_keep_their_codes() -> None:
    """The kernel's consequences and every stored result use these numbers."""
    assert ACTS == ("speak_policy", "speak_leader", "fall_silent", "resign", "resign_refused", "leave", "leave_refused",
                    "return", "rejoin", "join_plot", "dismissed", "punished")  # fmt: skip
    assert LEADER_EVENTS == ("declare", "mobilise", "limit", "crackdown", "coopt", "purge", "attempt", "removed")
    assert [act.value for act in Act] == list(range(len(Act)))
    assert [event.value for event in LeaderEvent] == list(range(len(LeaderEvent)))


def test_strands_are_a_power_of_two_and_lanes_one_that_vectorises() -> None:
    assert STRANDS & (STRANDS - 1) == 0
    assert LANES in (1, 16, 32, 64)
