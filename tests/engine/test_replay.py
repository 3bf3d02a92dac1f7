"""The order of a step, written down a second time: the regime follows from acts, options and what the leader hears.

Only acts, options and the folded sums `heard` and `pressure` are taken from the engine; everything else is recomputed
here with plain arrays, in the order that `engine.schedule` states.
"""

import numpy as np
import pytest

from fronde.app.limits.accounts import LIVELY
from fronde.app.limits.hazards import mixed_elite
from fronde.app.limits.toy import Floats, actor_table, default, elite, play, quiet
from fronde.domain.jit import INTERPRETED
from fronde.domain.state import ACTOR_FIELDS, GROUP_SERIES, LEADER_EVENTS, WORLD_FIELDS, Act
from fronde.engine.run import Ensemble
from fronde.engine.schedule import Inputs
from fronde.mechanisms.registry import Params

from .record import Record, conditioned

pytestmark = pytest.mark.skipif(INTERPRETED, reason="hundreds of runs need compiled code")

DT, RUNS = 7.0, 64
OPTION = {name: k for k, name in enumerate(LEADER_EVENTS)}
CLOSE = {"rtol": 2e-6, "atol": 2e-6}  # float32 outputs


@pytest.fixture(scope="module")
def case() -> tuple[Inputs, Floats, Ensemble]:
    """Runs in which everything happens, without coups."""
    theta = default(RUNS, **(LIVELY | {"plot_attempt_rate": 0.0, "leader_crackdown_base": -3.5,
                                       "leader_limit_base": -4.0, "leader_declare_base": -4.0,
                                       "leader_mobilise_base": -4.0, "leader_coopt_base": -4.0}))  # fmt: skip
    inputs = mixed_elite(DT)
    return inputs, theta, play(inputs, theta, with_acts=True)


def series(played: Ensemble, name: str) -> Floats:
    """[T, R] of one field of the regime."""
    return played.series[:, list(WORLD_FIELDS).index(name)].astype(np.float64)


def displays(inputs: Inputs, p, acts) -> Floats:
    """[T, N, R] what each actor shows at the end of each step: an act at once, then its lasting part."""
    shape = acts.shape[1:]
    show, voice, quit_office, away = (np.zeros(shape) for _ in range(4))
    first = {Act.SPEAK_POLICY: p.perception_show_speak, Act.SPEAK_LEADER: 1.0, Act.RESIGN: p.perception_show_resign,
             Act.LEAVE: p.perception_show_leave}  # fmt: skip
    out = []
    for act in acts:
        spoken = np.select([voice == 2, voice == 1], [1.0, p.perception_show_speak], 0.0)
        standing = np.maximum.reduce([spoken, p.perception_show_resign * quit_office, p.perception_show_leave * away])
        rest = p.perception_lasting * standing
        show = rest + (show - rest) * np.exp(-DT / p.perception_display_days)
        show = np.maximum(show, np.select([act == kind for kind in first], list(first.values()), 0.0))
        voice = np.select([act == Act.SPEAK_POLICY, act == Act.SPEAK_LEADER, act == Act.FALL_SILENT], [1, 2, 0], voice)
        quit_office = np.select([act == Act.RESIGN, act == Act.REJOIN], [1, 0], quit_office)
        away = np.select([act == Act.LEAVE, act == Act.RETURN], [1, 0], away)
        out.append(show)
    return np.array(out)


def test_the_signal_is_the_visibility_weighted_mean_of_what_actors_show(case) -> None:
    inputs, theta, played = case
    visibility = inputs.actors[:, list(ACTOR_FIELDS).index("visibility")]
    shown = displays(inputs, Params(*theta[0]), played.acts)
    expected = np.einsum("n,tnr->tr", visibility, shown) / visibility.sum()
    assert expected.max() > 0.05
    np.testing.assert_allclose(series(played, "signal"), expected, **CLOSE)


def test_threat_and_isolation_follow_from_what_is_heard_and_shown_in_the_same_step(case) -> None:
    _, theta, played = case
    p = Params(*theta[0])
    threat = np.clip(series(played, "heard") + p.information_public_weight * series(played, "signal"), 0.0, 1.0)
    np.testing.assert_allclose(series(played, "threat"), threat, **CLOSE)
    isolation, expected = np.full(RUNS, p.information_isolation_base), []
    for felt in threat:
        target = np.clip(p.information_isolation_base + p.information_by_threat * felt, 0.0, 1.0)
        isolation = isolation + (target - isolation) * -np.expm1(-p.information_rate * DT)
        expected.append(isolation)
    np.testing.assert_allclose(series(played, "isolation"), expected, **CLOSE)


def test_policy_repression_and_the_draft_follow_from_the_options(case) -> None:
    _, theta, played = case
    p = Params(*theta[0])
    policy, mobilised, conscripts = (np.zeros(RUNS) for _ in range(3))
    repression = np.full(RUNS, p.repression_base)
    fresh = np.ones(RUNS)
    found = {name: [] for name in ("policy", "repression", "mobilised", "conscripts", "approval", "shock", "fresh")}
    front, market, day = series(played, "battlefield"), series(played, "market"), series(played, "day")
    for step, option in enumerate(played.options):
        repression = repression + (p.repression_base - repression) * -np.expm1(-p.repression_rate * DT)
        mobilised = mobilised * np.exp(-DT / p.public_draft_days)
        conscripts = conscripts * np.exp(-DT / p.battlefield_mobilisation_days)
        approval = (
            p.public_baseline + p.public_rally * np.exp(-day[step] / p.public_rally_days)
            - p.public_pain * np.maximum(0.0, -market[step]) - p.public_draft * mobilised
            - p.public_casualties * np.maximum(0.0, -front[step]) * (1.0 - p.public_media_control)
        )  # fmt: skip
        left = fresh * np.exp(-DT / p.shock_days)
        seen = (fresh - left) * p.shock_days / DT  # acts see the mean over the step
        escalated = np.isin(option, (OPTION["declare"], OPTION["mobilise"]))
        fresh = np.where(escalated, 1.0, left)
        move = np.select([option == OPTION["declare"], option == OPTION["mobilise"], option == OPTION["limit"]],
                         [p.leader_declare_step, p.leader_mobilise_step, -p.leader_limit_step], 0.0)  # fmt: skip
        policy = np.clip(policy + move, -1.0, 1.0)
        jumped = np.minimum(1.0, repression + p.repression_jump)
        repression = np.where(option == OPTION["crackdown"], jumped, repression)
        mobilised, conscripts = (np.where(option == OPTION["mobilise"], 1.0, part) for part in (mobilised, conscripts))
        levels = {"policy": policy, "repression": repression, "mobilised": mobilised, "conscripts": conscripts,
                  "shock": seen, "fresh": fresh, "approval": np.clip(approval, 0.02, 0.98)}  # fmt: skip
        for name, value in levels.items():
            found[name].append(value)
    assert set(range(6)) <= set(np.unique(played.options))
    for name, expected in found.items():
        np.testing.assert_allclose(series(played, name), expected, err_msg=name, **CLOSE)


def test_polls_hear_support_and_what_repression_hides(case) -> None:
    _, theta, played = case
    p = Params(*theta[0])
    hidden = np.clip(p.public_hidden_base + p.public_hidden_by_repression * series(played, "repression"), 0.0, 0.95)
    jumped = played.options == OPTION["crackdown"]  # a crackdown of this step is not yet in its poll
    expected = series(played, "approval") + hidden * (1.0 - series(played, "approval"))
    np.testing.assert_allclose(series(played, "poll")[~jumped], expected[~jumped], **CLOSE)


def test_days_pass(case) -> None:
    np.testing.assert_array_equal(series(case[2], "day"), np.arange(1, 13)[:, None] * DT * np.ones((1, RUNS)))


def test_an_act_reaches_others_in_the_next_step_whatever_their_place_in_the_list(case) -> None:
    """One actor's departure is imposed: nobody else's act of that step changes, be it worked out before or after."""
    inputs, theta, _ = case
    at, actor = 4, 20
    steps, n = inputs.days.size, inputs.actors.shape[0]
    watched = inputs._replace(n_observed=steps, ratio=np.ones((steps, n)), listed=np.zeros((steps, n)))
    without, imposed = (
        play(conditioned(watched, Record(acts), pending=False), theta, with_acts=True)
        for acts in ({}, {(at, actor): Act.LEAVE})
    )
    others = np.arange(n) != actor
    np.testing.assert_array_equal(without.acts[: at + 1, others], imposed.acts[: at + 1, others])
    np.testing.assert_array_equal(without.series[:at], imposed.series[:at])
    changed = (without.acts[:, others] != imposed.acts[:, others]).any((1, 2))
    assert changed[at + 1 :].any()


def test_tallies_sum_refusals_resignations_and_first_moves_of_owners(case) -> None:
    inputs, theta, _ = case
    steps, n = inputs.days.size, inputs.actors.shape[0]
    observed = inputs._replace(n_observed=steps, ratio=np.ones((steps, n)), listed=np.zeros((steps, n)))
    played = play(observed, theta, with_acts=True)
    fields = list(ACTOR_FIELDS)
    rank, wealth, roots = (inputs.actors[:, fields.index(name)] for name in ("rank", "wealth_start", "roots_abroad"))
    refused, resigned = ((played.acts == act).sum(0) for act in (Act.RESIGN_REFUSED, Act.RESIGN))
    moves = np.isin(played.acts, (Act.SPEAK_POLICY, Act.SPEAK_LEADER, Act.RESIGN, Act.LEAVE))
    np.testing.assert_allclose(played.tallies[0], refused.sum(0))
    np.testing.assert_allclose(played.tallies[1], rank @ refused)
    np.testing.assert_allclose(played.tallies[2], resigned.sum(0))
    np.testing.assert_allclose(played.tallies[3], rank @ resigned)
    first_moves = moves.any(0) & (wealth >= 0.1)[:, None]
    assert (played.tallies[4] >= first_moves.sum(0)).all()
    assert (played.tallies[4] <= (moves & (wealth >= 0.1)[None, :, None]).sum((0, 1))).all()
    assert (played.tallies[6] >= roots @ first_moves - 1e-9).all()


@pytest.mark.xfail(
    strict=True, reason="exp is held at e^-700: with nobody near the leader all weights are cut off alike"
)
def test_an_isolated_leader_hears_the_closest_alone_however_far_that_is() -> None:
    n = 4
    table = actor_table(n, closeness=[0.1, 0.2, 0.3, 0.5], salience=0.8, position=[-1.0, -0.9, -0.8, -0.4])
    inputs = elite(table, [DT] * 3, groups=[0, 0, 0, 1])
    theta = quiet(16, information_isolation_base=1.0, information_by_closeness=5000.0, information_shading=0.0)
    played = play(inputs, theta)
    closest = played.groups[:, list(GROUP_SERIES).index("private"), 1]
    assert closest.max() > 0.1
    np.testing.assert_allclose(series(played, "heard"), closest, **CLOSE)
