"""A case small enough to run without compilation: all phases of a step, in either mode of execution."""

import numpy as np

from fronde.app.limits.accounts import LIVELY, audit
from fronde.app.limits.toy import actor_table, default, elite, everyone, play
from fronde.domain.state import Act, LeaderEvent

from .record import Record, conditioned


def test_a_tiny_elite_with_a_record_and_a_future_keeps_its_books() -> None:
    n, steps, observed = 3, 4, 2
    table = actor_table(n, wealth_start=[2.0, 0.0, 0.5], foreign_share=0.5, rank=[0.0, 0.6, 0.9], salience=0.7,
                        coercion=[0.0, 0.0, 1.0], position=-0.8, roots_abroad=0.5)  # fmt: skip
    inputs = elite(table, [7.0] * steps, pairs=everyone(n), observed=observed)
    record = Record({(0, 1): Act.RESIGN, (1, 0): Act.LEAVE}, {0: LeaderEvent.CRACKDOWN, 3: LeaderEvent.DECLARE})
    inputs = conditioned(inputs, record, pending=True)._replace(n_conditioned=observed)
    played = play(inputs, default(2, **LIVELY), with_acts=True)
    assert max(audit(inputs, played).values()) < 1e-6
    assert (played.acts[0, 1] == Act.RESIGN).all()
    assert (played.acts[1, 0] == Act.LEAVE).all()
    assert played.weight.shape == (observed, 2)
    assert np.isfinite(played.weight).all()
    assert (played.options[[0, 3]] == [[LeaderEvent.CRACKDOWN], [LeaderEvent.DECLARE]]).all()
