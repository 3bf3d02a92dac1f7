"""What comes through the door is checked, and nothing that is not a number leaves the engine."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fronde.app.limits.accounts import lively
from fronde.app.limits.hazards import mixed_elite
from fronde.app.limits.toy import actor_table, default, elite, numbers, play
from fronde.domain.jit import INTERPRETED
from fronde.domain.params import to_values
from fronde.domain.state import STRANDS
from fronde.engine.run import default_threads, simulate
from fronde.mechanisms.registry import PARAMS

pytestmark = pytest.mark.skipif(INTERPRETED, reason="compiled code only")

SMALL = elite(actor_table(3), [7.0] * 2)


@pytest.mark.parametrize(
    ("theta", "histories", "futures"),
    [
        (default(4)[:, :-1], numbers(4), None),
        (default(4), numbers(3), None),
        (default(4), numbers(4), numbers(5)),
        (default(4), numbers(4 * STRANDS).reshape(STRANDS, 4), None),
    ],
)
def test_misshapen_arguments_are_refused_with_what_was_expected(theta, histories, futures) -> None:
    with pytest.raises(ValueError, match=r"expected \(4, \d+\) and 4 rows"):
        simulate(SMALL, theta, histories, futures)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_parameters_that_are_not_finite_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        play(SMALL, default(2, leave_base=bad))


@pytest.mark.parametrize("field", ["market", "front", "shock", "sanctions"])
def test_a_path_that_is_not_a_number_does_not_get_through(field: str) -> None:
    observed = 2 if field in ("market", "front") else 0
    inputs = elite(actor_table(3, wealth_start=1.0, foreign_share=0.5), [7.0] * 2, observed=observed)
    with pytest.raises(ValueError, match="finite"):
        play(inputs._replace(**{field: np.full(2, np.nan)}), default(2))


@given(st.lists(st.floats(-8.0, 8.0), min_size=len(PARAMS), max_size=len(PARAMS)), st.booleans())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_no_parameters_inside_their_bounds_make_a_figure_that_is_not_finite(z: list[float], observed: bool) -> None:
    inputs = lively() if observed else mixed_elite(7.0)
    inputs = inputs._replace(n_conditioned=inputs.n_observed, pending=np.zeros(inputs.ratio.shape),
                             reported_act=np.full(inputs.ratio.shape, -1, dtype=np.int64),
                             reported_ratio=np.full(inputs.ratio.shape, np.inf),
                             reported_index=np.full(inputs.ratio.shape, -1, dtype=np.int64))  # fmt: skip
    played = play(inputs, to_values(PARAMS, np.array([z])))
    for part in (played.series, played.groups, played.tallies, played.weight):
        assert np.isfinite(part).all()
    assert not np.isnan(played.events).any()


def test_the_number_of_threads_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONDE_THREADS", "3")
    assert default_threads() == 3
    monkeypatch.setenv("FRONDE_THREADS", "0")
    assert default_threads() == 1
    monkeypatch.delenv("FRONDE_THREADS")
    assert default_threads() >= 1
