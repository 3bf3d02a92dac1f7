"""The limiting cases of the model hold, and the checks would notice if they did not."""

import math
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from fronde.app.limits import CASES, accounts, check_limits, sanctions, voices
from fronde.app.limits.row import Row, chi_square_ratio, share
from fronde.app.limits.toy import default, play
from fronde.domain.jit import INTERPRETED
from fronde.domain.state import Act

pytestmark = pytest.mark.skipif(INTERPRETED, reason="thousands of runs need compiled code")


def name_of(case: Callable[[], Iterator[Row]]) -> str:
    """Module and name of a case."""
    return f"{case.__module__.rsplit('.', 1)[1]}.{case.__name__}"


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_limiting_case_holds(case) -> None:
    rows = list(case())
    assert rows
    assert [row for row in rows if not row.ok] == []


def test_rows_name_what_was_expected_and_what_came_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fronde.app.limits.CASES", CASES[-1:])
    rows = check_limits()
    assert [set(row) for row in rows] == [{"name", "expected", "got", "bound", "ok"}] * 2
    assert all(row["ok"] is True for row in rows)


def test_a_row_fails_beyond_its_bound_and_on_nonsense() -> None:
    assert Row("x", 1.0, 1.1, 0.2).ok
    assert not Row("x", 1.0, 1.3, 0.2).ok
    assert not Row("x", 0.0, 1e-300, 0.0).ok
    assert not Row("x", 1.0, math.nan, 1.0).ok
    assert not share("x", 0.5, 0.6, 1000).ok
    assert not chi_square_ratio("x", 200.0, 100).ok


def test_contagion_would_be_noticed() -> None:
    """The statistic that is 1 without contagion is far above its bound once actors watch each other."""
    open_channels = {name: value for name, value in voices.ALONE.items() if name not in voices.BUSY}
    watching = {"speak_by_perceived": 6.0, "resign_by_perceived": 6.0, "perception_rate": 0.5}
    chi_square, freedom = voices.dispersion(default(1000, **(voices.BUSY | open_channels | watching)))
    assert not chi_square_ratio("x", chi_square, freedom).ok


def test_criticism_is_heard_before_repression_becomes_boundless() -> None:
    calm = {"repression_base": 0.1, **voices.LOUD}
    inputs = accounts.mixed_elite(7.0)
    spoken = (Act.SPEAK_POLICY, Act.SPEAK_LEADER)
    assert play(inputs, default(16, **calm)).counts[:, spoken].sum() > 100
    assert play(inputs, default(16, **(calm | {"repression_base": 1e6}))).counts[:, spoken].sum() == 0


def test_sanctions_matter_to_those_who_hold_something_abroad() -> None:
    inputs = sanctions.mixed_elite(7.0)
    theta = default(16, grievance_closure=0.0, wealth_market_by_sanctions=0.0, speak_policy_base=-6.0)
    lifted, doubled = (play(inputs._replace(sanctions=np.full(12, level)), theta) for level in (0.0, 2.0))
    assert np.abs(lifted.groups - doubled.groups).max() > 0.1


def test_the_audit_notices_acts_that_were_not_open_and_counts_that_are_off() -> None:
    inputs = accounts.lively()
    played = play(inputs, default(16, **accounts.LIVELY), with_acts=True)
    assert max(accounts.audit(inputs, played).values()) < 1e-6
    forged = played.acts.copy()
    step, actor, run = np.argwhere(forged == Act.LEAVE)[0]
    forged[step, actor, run] = Act.RETURN
    found = accounts.audit(inputs, accounts.Ensemble(**(played.__dict__ | {"acts": forged})))
    assert found["acts not open to who did them"] >= 1.0
    assert found["acts missing from the counts"] >= 1.0
    assert accounts.fortunes_apart(inputs, played, 0.5) > 1e-3
    assert set(np.unique(played.acts)) == set(range(13)), "every act should occur, or the audit sees nothing"
