"""Variants share their chance: they are one run until their first difference, and what is imposed happens."""

import numpy as np
import pytest

from fronde.app.limits.accounts import LIVELY
from fronde.app.limits.hazards import mixed_elite
from fronde.app.limits.toy import default, elite, play, quiet
from fronde.domain.jit import INTERPRETED
from fronde.domain.state import GROUP_SERIES, LEADER_EVENTS, WORLD_FIELDS, Act
from fronde.engine.run import Ensemble
from fronde.engine.schedule import Inputs

pytestmark = pytest.mark.skipif(INTERPRETED, reason="hundreds of runs need compiled code")

RUNS, STEPS, AT = 100, 12, 5
LEADERS_OWN = tuple(LEADER_EVENTS[:6])
SERIES = {name: k for k, name in enumerate(WORLD_FIELDS)}


def imposing(event: str, at: int = AT, offset: float = 2.5) -> Inputs:
    """The mixed elite with one option imposed."""
    inputs = mixed_elite(7.0)
    inputs.leader_option[at] = LEADER_EVENTS.index(event)
    inputs.leader_day[at] = offset
    return inputs


def still(**changes: float) -> np.ndarray:
    """Nothing happens of itself."""
    return quiet(16, **changes)


def same_until(one: Ensemble, other: Ensemble, step: int) -> None:
    """Two ensembles are equal before a step."""
    for part in ("counts", "reported", "series", "groups", "options", "acts"):
        np.testing.assert_array_equal(getattr(one, part)[:step], getattr(other, part)[:step], err_msg=part)


def test_an_identical_variant_differs_by_exactly_nothing_in_any_part() -> None:
    one, other = (play(mixed_elite(7.0), default(RUNS, **LIVELY), with_acts=True) for _ in range(2))
    for part in Ensemble.__dataclass_fields__:
        np.testing.assert_array_equal(getattr(one, part), getattr(other, part), err_msg=part)


@pytest.mark.parametrize("event", LEADERS_OWN)
def test_an_imposed_option_happens_on_its_day_in_every_run_and_changes_nothing_before(event: str) -> None:
    theta = default(RUNS, **(LIVELY | {"plot_attempt_rate": 0.001}))
    plain, variant = play(mixed_elite(7.0), theta, with_acts=True), play(imposing(event), theta, with_acts=True)
    code = LEADER_EVENTS.index(event)
    assert (variant.options[AT] == code).all()
    assert (variant.events[code] <= AT * 7.0 + 2.5).all()
    assert ((variant.events[code] == AT * 7.0 + 2.5) | (plain.events[code] < AT * 7.0)).all()
    same_until(plain, variant, AT)
    np.testing.assert_array_equal(plain.counts[AT], variant.counts[AT])
    assert (plain.series[AT:] != variant.series[AT:]).any()


@pytest.mark.parametrize(
    ("lever", "level"), [("sanctions", 0.0), ("sanctions", 2.0), ("refusals", 0.0), ("shock", -1.5)]
)
def test_a_lever_changes_nothing_before_it_is_pulled_and_something_after(lever: str, level: float) -> None:
    inputs, theta = mixed_elite(7.0), default(RUNS, **LIVELY)
    path = getattr(inputs, lever).copy()
    path[AT : AT + 1 if lever == "shock" else STEPS] = level
    plain, variant = (play(case, theta, with_acts=True) for case in (inputs, inputs._replace(**{lever: path})))
    same_until(plain, variant, AT)
    assert (plain.acts[AT:] != variant.acts[AT:]).any()


def test_declaring_war_moves_policy_market_and_can_happen_once() -> None:
    theta = still(leader_declare_step=0.35, wealth_market_by_escalation=-0.12, wealth_market_vol=1e-9,
                  wealth_market_drift=0.0)  # fmt: skip
    series = play(imposing("declare"), theta).series
    policy, market, declared = (series[:, SERIES[name]] for name in ("policy", "market", "war_declared"))
    np.testing.assert_allclose(policy[AT - 1 : AT + 2, 0], [0.0, 0.35, 0.35], rtol=1e-6)
    np.testing.assert_allclose(market[AT : AT + 2, 0], [0.0, -0.12], atol=1e-6)
    assert (declared[:AT] == 0.0).all()
    assert (declared[AT:] == 1.0).all()
    eager = default(RUNS, leader_declare_base=-1.0, leader_mobilise_base=-1.0)
    options = play(mixed_elite(7.0), eager).options
    for name in ("declare", "mobilise"):
        assert ((options == LEADER_EVENTS.index(name)).sum(0) <= 1).all()


def test_mobilising_brings_conscripts_who_arrive_and_a_shock_that_fades() -> None:
    theta = still(battlefield_mobilisation_days=70.0, public_draft_days=35.0, leader_mobilise_step=0.25)
    series = play(imposing("mobilise"), theta).series
    left = np.exp(-7.0 * np.arange(STEPS - AT))
    np.testing.assert_allclose(series[AT:, SERIES["conscripts"], 0], left ** (1.0 / 70.0), rtol=1e-5)
    np.testing.assert_allclose(series[AT:, SERIES["mobilised"], 0], left ** (1.0 / 35.0), rtol=1e-5)
    np.testing.assert_allclose(series[AT, SERIES["policy"], 0], 0.25, rtol=1e-6)


def test_limiting_aims_lowers_the_policy_down_to_its_bound() -> None:
    inputs = mixed_elite(7.0)._replace(leader_option=np.full(STEPS, LEADER_EVENTS.index("limit")))
    policy = play(inputs, still(leader_limit_step=0.3)).series[:, SERIES["policy"], 0]
    np.testing.assert_allclose(policy[:5], [-0.3, -0.6, -0.9, -1.0, -1.0], rtol=1e-6)


def test_a_crackdown_jumps_and_wears_off() -> None:
    theta = still(repression_base=0.4, repression_jump=0.2, repression_rate=0.01)
    level = play(imposing("crackdown"), theta).series[:, SERIES["repression"], 0]
    expected = np.where(np.arange(STEPS) < AT, 0.4, 0.4 + 0.2 * np.exp(-0.07 * (np.arange(STEPS) - AT)))
    np.testing.assert_allclose(level, expected, rtol=1e-6)


def test_favours_go_to_the_loudest_group_and_fade() -> None:
    """Rent lowers grievance by grievance.rent times itself; only the group that told most discontent gets it."""
    inputs = imposing("coopt")
    calm = {"leader_favour_days": 70.0, "grievance_rent": 1.0, "grievance_mood_sd": 0.0, "information_shading": 0.0,
            "battlefield_sd": 0.0, "wealth_market_vol": 0.0, "wealth_idio_vol": 0.0}  # fmt: skip
    with_favour, without = (play(inputs, still(leader_favour=favour, **calm)) for favour in (0.5, 0.0))
    favoured = with_favour.series[AT, SERIES["favoured"], 0]
    told = without.groups[AT, list(GROUP_SERIES).index("private"), :, 0]
    assert favoured == np.argmax(told)
    change = with_favour.groups[:, list(GROUP_SERIES).index("private"), :, 0] - without.groups[:, 2, :, 0]
    assert (change[: AT + 1] == 0.0).all()
    others = np.arange(4) != favoured
    assert (change[:, others] == 0.0).all()
    relief = -change[AT + 1 :, ~others][:, 0]
    assert (relief > 0.0).all()
    assert (np.diff(relief) <= 0.0).all()  # flat where nobody of the group has any discontent left
    assert relief[-1] < relief[0]


def test_without_refusals_nobody_is_refused_and_with_them_somebody_is() -> None:
    inputs, theta = mixed_elite(7.0), default(RUNS, **LIVELY)
    refused = [Act.RESIGN_REFUSED, Act.LEAVE_REFUSED]
    assert play(inputs, theta).counts[:, refused].sum() > 0
    assert play(inputs._replace(refusals=np.zeros(STEPS)), theta).counts[:, refused].sum() == 0


def test_the_front_moves_by_a_shock_once() -> None:
    inputs = mixed_elite(7.0)
    shock = np.zeros(STEPS)
    shock[AT] = -2.0
    theta = still(battlefield_rate=0.02)
    plain, hit = (play(case, theta).series[:, SERIES["battlefield"]].astype(float) for case in
                  (inputs, inputs._replace(shock=shock)))  # fmt: skip
    expected = np.where(np.arange(STEPS) < AT, 0.0, -2.0 * np.exp(-0.14 * (np.arange(STEPS) - AT)))
    np.testing.assert_allclose((hit - plain).mean(1), expected, atol=1e-6)


def test_an_option_is_not_imposed_on_a_leader_who_has_fallen() -> None:
    played = play(imposing("declare"), quiet(RUNS, plot_attempt_rate=20.0, plot_mobilised_share=0.9))
    ruled = played.series[AT - 1, SERIES["in_power"]] > 0.0
    assert 0 < ruled.sum() < RUNS
    assert (played.series[AT, SERIES["war_declared"]][~ruled] == 0.0).all()


def test_an_elite_of_one_and_of_strangers_can_be_simulated() -> None:
    assert elite(np.zeros((1, 11)), [7.0]).indices.size == 0
    assert play(mixed_elite(7.0)._replace(indptr=np.zeros(41, dtype=np.uint64)), default(3)).counts.shape[-1] == 3
