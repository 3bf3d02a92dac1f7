"""Reports condition single runs: imposed acts happen where they are reported, and weights are worked by hand."""

import math

import numpy as np
import pytest

from fronde.app.limits.accounts import LIVELY, audit, lively
from fronde.app.limits.row import SIGMAS
from fronde.app.limits.toy import Floats, actor_table, default, elite, play, quiet
from fronde.domain.jit import INTERPRETED
from fronde.domain.state import LEADER_EVENTS, Act
from fronde.engine.acts import REFERENCE_CHANCE
from fronde.engine.schedule import Inputs

from .record import Record, conditioned

pytestmark = pytest.mark.skipif(INTERPRETED, reason="hundreds of runs need compiled code")

RECORD = Record({(2, 0): Act.LEAVE, (2, 25): Act.RESIGN, (5, 10): Act.SPEAK_POLICY, (9, 0): Act.RETURN})
RATE, DT = math.exp(-4.0), 7.0
CHANCE = -math.expm1(-RATE * DT)


@pytest.fixture(scope="module")
def busy() -> tuple[Inputs, Floats]:
    """The lively elite, conditioned on a record, and parameters of 300 runs."""
    return conditioned(lively(), RECORD, pending=False), default(300, **(LIVELY | {"plot_attempt_rate": 0.01}))


def test_confirmed_acts_happen_in_their_step_in_every_run_and_all_accounts_balance(busy) -> None:
    inputs, theta = busy
    played = play(inputs, theta, with_acts=True)
    for (step, actor), act in RECORD.acts.items():
        assert (played.acts[step, actor] == act).all()
    assert (played.included == 1).all()
    assert played.included.shape == (len(RECORD.acts), 300)
    assert audit(inputs, played)["acts missing from the counts"] == 0.0
    assert np.isfinite(played.weight).all()


def test_only_acts_on_record_enter_the_public_record_of_conditioned_steps(busy) -> None:
    inputs, theta = busy
    reported = play(inputs, theta).reported
    assert reported.sum() == len(RECORD.acts) * 300
    for (step, actor), act in RECORD.acts.items():
        assert (reported[step, act, inputs.groups[actor]] >= 1).all()


def test_a_run_is_conditioned_until_its_last_conditioned_step_only(busy) -> None:
    inputs, theta = busy
    short = inputs._replace(n_conditioned=4)
    played = play(short, theta, with_acts=True)
    assert played.weight.shape == (4, 300)
    assert (played.acts[2, 0] == Act.LEAVE).all()
    assert not (played.acts[5, 10] == Act.SPEAK_POLICY).all()
    whole = play(inputs, theta, with_acts=True)
    np.testing.assert_array_equal(played.acts[:4], whole.acts[:4])
    np.testing.assert_array_equal(played.weight, whole.weight[:4])


def test_pending_actors_do_nothing_until_their_act(busy) -> None:
    _, theta = busy
    acts = play(conditioned(lively(), RECORD, pending=True), theta, with_acts=True).acts
    for step, actor in ((2, 0), (2, 25), (5, 10)):
        assert (acts[:step, actor] == len(Act)).all()
    assert (acts[3:9, 0] == len(Act)).all()


def alone(ratio: float = math.inf, act: int = Act.LEAVE, pending: float = 0.0) -> Inputs:
    """One fully visible actor who may leave, one conditioned step with a report of `act` (or -1)."""
    inputs = elite(actor_table(1, visibility=1.0), [DT], observed=1, conditioned=1, refusals=np.zeros(1))
    report = {"reported_act": np.full((1, 1), act, dtype=np.int64), "reported_ratio": np.full((1, 1), ratio),
              "reported_index": np.full((1, 1), 0 if act >= 0 else -1, dtype=np.int64)}  # fmt: skip
    return inputs._replace(pending=np.full((1, 1), pending), **report)


def theta_alone(runs: int) -> Floats:
    """Leaving at RATE, reported with chance 0.4; nothing else can happen."""
    return quiet(runs, leave_base=math.log(RATE), reporting_leave=0.4)


def test_weights_of_one_step_worked_by_hand() -> None:
    silent = play(alone(act=-1), theta_alone(40_000), with_acts=True)
    np.testing.assert_allclose(silent.weight[0], math.log(1.0 - 0.4 * CHANCE), rtol=1e-12)
    hidden = 0.6 * CHANCE / (1.0 - 0.4 * CHANCE)
    left = (silent.acts[0, 0] == Act.LEAVE).sum()
    assert abs(left - 40_000 * hidden) < SIGMAS * math.sqrt(40_000 * hidden * (1.0 - hidden))
    confirmed = play(alone(), theta_alone(64))
    np.testing.assert_allclose(confirmed.weight[0], math.log(0.4 * CHANCE), rtol=1e-12)
    awaited = play(alone(act=-1, pending=1.0), theta_alone(64), with_acts=True)
    np.testing.assert_allclose(awaited.weight[0], math.log(1.0 - CHANCE), rtol=1e-12)
    assert (awaited.acts == len(Act)).all()


@pytest.mark.parametrize("ratio", [0.25, 1.0, 9.0])
def test_an_uncertain_report_is_believed_in_its_share_of_runs_and_weighted_to_match(ratio: float) -> None:
    """Either way the weight undoes the share, so its mean is that of the two readings together."""
    runs, share = 20_000, ratio / (1.0 + ratio)
    played = play(alone(ratio), theta_alone(runs), with_acts=True)
    believed = played.included[0] == 1
    assert abs(believed.sum() - runs * share) < SIGMAS * math.sqrt(runs * share * (1.0 - share))
    assert (played.acts[0, 0][believed] == Act.LEAVE).all()
    true, false = 0.4 * CHANCE, (1.0 - 0.4 * CHANCE) * 0.4 * REFERENCE_CHANCE / ratio
    np.testing.assert_allclose(played.weight[0][believed], math.log(true / share), rtol=1e-12)
    np.testing.assert_allclose(played.weight[0][~believed], math.log(false / (1.0 - share)), rtol=1e-12)


def test_a_report_of_what_cannot_be_weighs_next_to_nothing() -> None:
    assert (play(alone(act=Act.RETURN), theta_alone(16)).weight < -600.0).all()


def test_an_option_on_record_and_options_that_would_have_been_seen_are_weighed_by_hand() -> None:
    runs = 20_000
    rates = {"crackdown": math.exp(-4.0), "coopt": math.exp(-4.5)}
    theta = quiet(runs, leader_crackdown_base=-4.0, leader_coopt_base=-4.5, plot_attempt_rate=0.5)
    total = sum(rates.values())
    happens = {name: -math.expm1(-total * DT) * rate / total for name, rate in rates.items()}
    quiet_step = play(alone(act=-1), theta)
    no_coup = -0.5 * DT / 365.25
    np.testing.assert_allclose(quiet_step.weight[0], math.log(1.0 - happens["crackdown"]) + no_coup, rtol=1e-11)
    coopted = (quiet_step.options[0] == LEADER_EVENTS.index("coopt")).sum()
    chance = happens["coopt"] / (1.0 - happens["crackdown"])
    assert abs(coopted - runs * chance) < SIGMAS * math.sqrt(runs * chance * (1.0 - chance))
    assert set(np.unique(quiet_step.options)) == {LEADER_EVENTS.index("coopt"), 6}
    imposed = alone(act=-1)._replace(leader_option=np.array([LEADER_EVENTS.index("crackdown")]))
    on_record = play(imposed, theta[:64])
    np.testing.assert_allclose(on_record.weight[0], math.log(happens["crackdown"]) + no_coup, rtol=1e-11)
    assert (on_record.options == LEADER_EVENTS.index("crackdown")).all()


def test_nobody_tries_to_overthrow_the_leader_in_a_conditioned_step() -> None:
    played = play(alone(act=-1), quiet(500, plot_attempt_rate=100.0))
    assert np.isinf(played.events[LEADER_EVENTS.index("attempt")]).all()
    np.testing.assert_allclose(played.weight, -100.0 * DT / 365.25, rtol=1e-12)


def boundless(pending: float, base: float) -> Floats:
    """Log weights of runs in which something is bound to happen, and nothing is on record."""
    theta = quiet(16, leave_base=base, reporting_leave=0.999)
    return play(alone(act=-1, pending=pending), theta).weight


def test_weights_are_exact_where_silence_is_a_marvel_and_finite_where_it_is_impossible() -> None:
    """1 - sum P(a) cancels: exact to 1e-4 down to a chance of 1e-11, held at about 1e-12 below that."""
    np.testing.assert_allclose(boundless(0.0, 2.0), math.log(0.001), rtol=1e-6)
    marvel = math.log(25.0 / DT)  # 25 departures expected in the step: exp(-25) that there is none
    np.testing.assert_allclose(boundless(1.0, marvel), -25.0, atol=1e-4)
    for weight in (boundless(1.0, 2.0), boundless(1.0, 9.0)):
        assert np.isfinite(weight).all()
        assert (weight < -25.0).all()


def test_weights_stay_finite_where_an_option_that_would_be_seen_is_all_but_certain() -> None:
    for base in (2.0, 9.0):
        weight = play(alone(act=-1), quiet(16, leader_crackdown_base=base)).weight
        assert np.isfinite(weight).all()
        assert (weight < -25.0).all()
