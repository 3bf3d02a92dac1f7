"""Every hazard of the engine alone: its waiting times, its competition with others, and where its draws go."""

import math

import numpy as np
import pytest

from fronde.app.limits.row import SIGMAS
from fronde.app.limits.toy import actor_table, default, elite, play, quiet
from fronde.domain.jit import INTERPRETED
from fronde.domain.state import GROUP_SERIES, LEADER_EVENTS, WORLD_FIELDS, Act

pytestmark = pytest.mark.skipif(INTERPRETED, reason="thousands of runs need compiled code")

BASE, DT, STEPS = -4.0, 7.0, 6
CHANCE = -math.expm1(-math.exp(BASE) * DT)
SURE = 5.0  # log hazard at which an act is all but certain within a step
OFFICE = {"rank": 0.5, "coercion": 0.1}
NO_REFUSAL = {"refusals": np.zeros(STEPS)}


def agrees(successes: float, trials: float, chance: float) -> bool:
    """Whether a share lies within SIGMAS binomial standard errors of its chance."""
    return abs(successes - trials * chance) <= SIGMAS * math.sqrt(trials * chance * (1.0 - chance))


@pytest.mark.parametrize(
    ("act", "intercept", "attributes"),
    [
        (Act.SPEAK_POLICY, "speak_policy_base", {}),
        (Act.SPEAK_LEADER, "speak_leader_base", {}),
        (Act.RESIGN, "resign_base", OFFICE),
        (Act.LEAVE, "leave_base", {}),
        (Act.JOIN_PLOT, "plot_base", OFFICE),
        (Act.DISMISSED, "leader_dismiss_base", OFFICE),
        (Act.PUNISHED, "repression_rival", OFFICE),
    ],
)
def test_an_act_alone_comes_at_its_hazard_and_once(act: Act, intercept: str, attributes: dict) -> None:
    n, runs = 30, 500
    inputs = elite(actor_table(n, **attributes), [DT] * STEPS, **NO_REFUSAL)
    played = play(inputs, quiet(runs, repression_base=1.0, leader_dismiss_by_voice=0.0, **{intercept: BASE}))
    at_risk = float(n * runs)
    for happened in played.counts[:, act].sum((1, 2)):
        assert agrees(happened, at_risk, CHANCE)
        at_risk -= happened
    assert played.counts.sum() == played.counts[:, act].sum()


@pytest.mark.parametrize(
    ("first", "opening", "then", "intercept"),
    [
        (Act.SPEAK_POLICY, "speak_policy_base", Act.FALL_SILENT, "speak_silent_base"),
        (Act.SPEAK_POLICY, "speak_policy_base", Act.SPEAK_LEADER, "speak_leader_base"),
        (Act.LEAVE, "leave_base", Act.RETURN, "leave_return_base"),
        (Act.RESIGN, "resign_base", Act.REJOIN, "resign_rejoin_base"),
    ],
)
def test_an_act_that_answers_another_waits_for_it_and_then_comes_at_its_hazard(
    first: Act, opening: str, then: Act, intercept: str
) -> None:
    n, runs = 30, 500
    inputs = elite(actor_table(n, rank=0.5), [DT] * 2, refusals=np.zeros(2))
    acts = play(inputs, quiet(runs, **{opening: BASE + 2.0, intercept: BASE}), with_acts=True).acts
    ready = acts[0] == first
    assert ready.sum() > 1000
    assert agrees((acts[1][ready] == then).sum(), ready.sum(), CHANCE)
    if then != Act.SPEAK_LEADER:  # which is open to the silent as well
        assert not (acts[0] == then).any()
        assert not (acts[1][~ready] == then).any()


def test_competing_acts_share_a_step_in_proportion_to_their_hazards() -> None:
    n, runs = 30, 1000
    rates = {"speak_policy_base": -4.0, "speak_leader_base": -5.0, "leave_base": -3.5}
    played = play(elite(actor_table(n), [DT], refusals=np.zeros(1)), quiet(runs, **rates))
    total = sum(math.exp(rate) for rate in rates.values())
    for act, name in ((Act.SPEAK_POLICY, "speak_policy_base"), (Act.SPEAK_LEADER, "speak_leader_base"),
                      (Act.LEAVE, "leave_base")):  # fmt: skip
        chance = -math.expm1(-total * DT) * math.exp(rates[name]) / total
        assert agrees(played.counts[0, act].sum(), n * runs, chance)


@pytest.mark.parametrize(
    ("done", "refused", "intercept", "departure"),
    [(Act.RESIGN, Act.RESIGN_REFUSED, "resign_base", 0.0), (Act.LEAVE, Act.LEAVE_REFUSED, "leave_base", -1.5)],
)
def test_attempts_split_into_accepted_and_refused(done: Act, refused: Act, intercept: str, departure: float) -> None:
    n, runs = 30, 1000
    theta = quiet(runs, refusal_base=-0.5, refusal_departure=-1.5, **{intercept: BASE})
    counts = play(elite(actor_table(n, rank=0.5), [DT]), theta).counts.sum((0, 2, 3))
    attempts = counts[done] + counts[refused]
    assert agrees(attempts, n * runs, CHANCE)
    assert agrees(counts[refused], attempts, 1.0 / (1.0 + math.exp(0.5 - departure)))


@pytest.mark.parametrize("option", range(6))
def test_each_option_of_the_leader_comes_at_its_hazard(option: int) -> None:
    runs, name = 8000, LEADER_EVENTS[option]
    played = play(elite(actor_table(1), [DT] * STEPS), quiet(runs, **{f"leader_{name}_base": BASE}))
    chosen = (played.options == option).sum(1)
    once = name in ("declare", "mobilise")
    at_risk = float(runs)
    for happened in chosen:
        assert agrees(happened, at_risk, CHANCE)
        at_risk -= happened if once else 0.0
    assert set(np.unique(played.options)) <= {option, 6}
    first = played.events[option]
    assert agrees((first < DT).sum(), runs, CHANCE)
    within = first[np.isfinite(first)] % DT
    assert np.abs(np.histogram(within, 7, (0.0, DT))[0] - within.size / 7.0).max() < SIGMAS * math.sqrt(
        within.size / 7.0
    )


def test_a_focal_day_multiplies_announcements_and_attracts_their_day() -> None:
    runs, multiplier = 20_000, 8.0
    focal = np.zeros((2, 7))
    focal[1, 2] = 1.0
    theta = quiet(runs, leader_declare_base=-5.0, leader_crackdown_base=-5.0, leader_focal_multiplier=multiplier)
    played = play(elite(actor_table(1), [DT] * 2, focal=focal), theta)
    rate, other = math.exp(-5.0), math.exp(-5.0)
    announced = rate * (6.0 + multiplier)
    total = announced + other * DT
    unspent = played.options[0] != 0
    declared = (played.options[1] == 0)[unspent]
    assert agrees(declared.sum(), unspent.sum(), -math.expm1(-total) * announced / total)
    day = played.events[0][(played.options[1] == 0) & unspent] - DT
    assert agrees(((day >= 2.0) & (day < 3.0)).sum(), day.size, multiplier / (6.0 + multiplier))
    assert agrees((day < 2.0).sum(), day.size, 2.0 / (6.0 + multiplier))


def test_coup_attempts_come_at_their_yearly_rate_and_succeed_at_their_chance() -> None:
    runs, rate = 8000, 2.0
    theta = quiet(runs, plot_attempt_rate=rate, plot_mobilised_share=0.4, plot_counterbalance=1.0,
                  plot_contest_power=1.0)  # fmt: skip
    played = play(elite(actor_table(1), [DT] * STEPS), theta)
    attempt, removed = (np.isfinite(played.events[LEADER_EVENTS.index(name)]) for name in ("attempt", "removed"))
    assert agrees(attempt.sum(), runs, -math.expm1(-rate * DT * STEPS / 365.25))
    first = played.events[LEADER_EVENTS.index("attempt")] == played.events[LEADER_EVENTS.index("removed")]
    assert agrees((first & attempt).sum(), attempt.sum(), 0.4)
    assert not (removed & ~attempt).any()


def test_moods_keep_their_stationary_spread_and_fade_at_their_rate() -> None:
    """With nothing else in grievance, g = private / (1 - private) is the positive part of the mood."""
    rate, sd, runs = 0.02, 0.4, 20_000
    theta = quiet(runs, grievance_mood_rate=rate, grievance_mood_sd=sd, grievance_policy=0.0)
    private = play(elite(actor_table(1), [DT] * STEPS), theta).groups[:, list(GROUP_SERIES).index("private"), 0]
    g = private / (1.0 - private)
    for step in range(STEPS):
        assert agrees((g[step] > 0.0).sum(), runs, 0.5)
        assert abs((g[step] ** 2).mean() - 0.5 * sd**2) < SIGMAS * math.sqrt(5.0 / 4.0) * sd**2 / math.sqrt(runs)
    for lag in (1, 5):  # both positive with probability 1/4 + arcsin(correlation) / (2 pi)
        both = 0.25 + math.asin(math.exp(-rate * DT * lag)) / (2.0 * math.pi)
        assert agrees(((g[0] > 0.0) & (g[lag] > 0.0)).sum(), runs, both)


@pytest.mark.parametrize("dt", [1.0, 7.0])
def test_market_and_front_have_their_spread_whatever_the_step(dt: float) -> None:
    runs, days = 8000, 28.0
    theta = quiet(runs, wealth_market_vol=0.02, wealth_market_drift=0.001, battlefield_rate=0.05, battlefield_sd=1.0,
                  battlefield_mean=-0.5, battlefield_aid=0.2)  # fmt: skip
    series = play(elite(actor_table(1), [dt] * int(days / dt)), theta).series[-1].astype(np.float64)
    market, front = (series[list(WORLD_FIELDS).index(name)] for name in ("market", "battlefield"))
    kept = math.exp(-0.05 * days)
    for found, mean, sd in ((market, 0.001 * days, 0.02 * math.sqrt(days)),
                            (front, -0.7 * (1.0 - kept), math.sqrt(1.0 - kept**2))):  # fmt: skip
        assert abs(found.mean() - mean) < SIGMAS * sd / math.sqrt(runs)
        assert abs(found.var() - sd**2) < SIGMAS * sd**2 * math.sqrt(2.0 / runs)


def test_fortunes_move_with_the_market_and_their_own_risk() -> None:
    runs, vol = 8000, 0.03
    table = actor_table(1, wealth_start=2.0, foreign_share=0.5)
    theta = quiet(runs, wealth_market_vol=0.02, wealth_market_drift=0.0, wealth_idio_vol=vol)
    played = play(elite(table, [DT] * 4), theta)
    fortune = np.log(played.groups[-1, 0, 0].astype(np.float64) / 2.0)
    own = fortune - played.series[-1, list(WORLD_FIELDS).index("market")]
    spread = vol * math.sqrt(28.0)
    assert abs(own.mean()) < SIGMAS * spread / math.sqrt(runs)
    assert abs(own.var() - spread**2) < SIGMAS * spread**2 * math.sqrt(2.0 / runs)


def test_new_listings_come_at_their_hazard_and_only_to_owners() -> None:
    """Fully frozen at once: the usable part of a foreign fortune tells who is listed."""
    n, runs = 20, 500
    table = actor_table(n, wealth_start=np.where(np.arange(n) < 10, 1.0, 0.05), foreign_share=1.0)
    theta = quiet(runs, wealth_designation_base=BASE, wealth_freeze_days=1e-3, wealth_market_vol=1e-9,
                  wealth_idio_vol=1e-9, wealth_market_drift=0.0)  # fmt: skip
    usable = play(elite(table, [DT], groups=np.arange(n) >= 10), theta).groups[0, 1].astype(np.float64)
    listed = 10.0 * runs - usable[0].sum()
    assert agrees(listed, 10.0 * runs, CHANCE)
    np.testing.assert_allclose(usable[1], 0.5, rtol=1e-6)


def test_nobody_acts_and_nothing_is_decided_after_the_fall() -> None:
    theta = default(400, plot_attempt_rate=50.0, speak_policy_base=-3.0, leader_crackdown_base=-2.0, leave_base=-3.0)
    played = play(elite(actor_table(10, rank=0.5), [DT] * 12), theta, with_acts=True)
    ruled = played.series[:, list(WORLD_FIELDS).index("in_power")] > 0.0
    assert 0.2 < ruled[-1].mean() < 0.8 or ruled[-1].mean() < 0.2 < ruled[1].mean()
    after = ~ruled[:-1]
    assert (played.acts[1:].transpose(0, 2, 1)[after] == 12).all()
    assert (played.options[1:][after] == 6).all()
    assert (np.diff(ruled.astype(int), axis=0) <= 0).all()


def test_a_round_of_dismissals_dismisses_as_many_in_long_steps_as_in_short_ones() -> None:
    n, runs, dismissed = 20, 2000, {}
    for dt in (1.0, 7.0):
        steps = int(28 / dt)
        option = np.full(steps, -1, dtype=np.int64)
        option[0] = LEADER_EVENTS.index("purge")
        inputs = elite(actor_table(n, rank=0.5), [dt] * steps, leader_option=option)
        theta = quiet(runs, leader_dismiss_base=-6.5, leader_purge_factor=10.0)
        dismissed[dt] = play(inputs, theta).counts[:, Act.DISMISSED].sum()
    error = math.sqrt(dismissed[1.0] + dismissed[7.0])
    assert abs(dismissed[7.0] - dismissed[1.0]) < 0.02 * dismissed[1.0] + SIGMAS * error


def test_an_announcement_falls_inside_its_step_even_if_that_is_no_whole_number_of_days() -> None:
    first = play(elite(actor_table(1), [2.5]), quiet(4000, leader_declare_base=0.0)).events[0]
    assert np.isfinite(first).sum() > 1000
    assert first[np.isfinite(first)].max() <= 2.5


@pytest.mark.parametrize("dt", [1.0, 7.0, 14.0])
def test_the_burst_after_a_shock_is_as_large_in_long_steps_as_in_short_ones(dt: float) -> None:
    """The chance of having spoken in 84 days follows from the integral of exp(base + by_shock exp(-t / days))."""
    n, runs, base, slope, days, horizon = 30, 1000, -6.0, 1.5, 21.0, 84.0
    theta = quiet(runs, speak_policy_base=base, speak_by_shock=slope, shock_days=days)
    spoken = play(elite(actor_table(n), [dt] * int(horizon / dt)), theta).counts.sum()
    middles = np.arange(0.005, horizon, 0.01)
    expected = -math.expm1(-0.01 * np.exp(base + slope * np.exp(-middles / days)).sum())
    error = math.sqrt(n * runs * expected * (1.0 - expected))
    assert abs(spoken - n * runs * expected) < 0.02 * n * runs * expected + SIGMAS * error
