"""Voice: against the policy, against the leader, and silence again."""

import math

import pytest

from fronde.mechanisms import speak

from .records import SHARES, any_params, any_state, any_world, given, params, plain, state, world

against_policy, against_leader, silence = map(
    plain, (speak.speak_policy_rate, speak.speak_leader_rate, speak.fall_silent_rate)
)
POINT = {
    "speak_policy_base": -6.0, "speak_leader_base": -7.0, "speak_silent_base": -4.0, "speak_by_grievance": 1.2,
    "speak_leader_share": 0.5, "speak_by_perceived": 3.0, "speak_by_fear": 1.5, "speak_by_dependence": 1.0,
    "speak_leader_factor": 2.0, "speak_by_shock": 0.8,
}  # fmt: skip
SOMEBODY = {"grievance": 1.0, "perceived": 0.2, "fear": 0.4, "dependence": 0.3}


def test_voice_worked_by_hand() -> None:
    p, s, w = params(**POINT), state(**SOMEBODY), world(shock=0.5)
    assert against_policy(p, s, w) == pytest.approx(math.exp(-6.0 + 1.2 + 0.6 + 0.4 - 0.6 - 0.3), rel=1e-14)
    assert against_leader(p, s, w) == pytest.approx(math.exp(-7.0 + 0.6 + 0.6 + 0.4 - 1.2 - 0.3), rel=1e-14)
    assert silence(p, s._replace(voice=1.0)) == pytest.approx(math.exp(-4.0 + 0.6 - 1.2), rel=1e-14)


@given(any_params("speak"), any_state(), any_world())
def test_each_step_of_voice_is_open_from_where_it_leads_up(p, s, w) -> None:
    quiet, critic, open_critic = (s._replace(voice=level) for level in (0.0, 1.0, 2.0))
    assert against_policy(p, quiet, w) > 0.0
    assert against_policy(p, critic, w) == against_policy(p, open_critic, w) == 0.0
    assert against_leader(p, quiet, w) == against_leader(p, critic, w) > 0.0
    assert against_leader(p, open_critic, w) == 0.0
    assert silence(p, quiet) == 0.0
    assert silence(p, critic) == silence(p, open_critic) > 0.0


@given(any_params("speak"), any_state(), any_world(), SHARES)
def test_grievance_and_company_push_fear_holds_back(p, s, w, more) -> None:
    quiet = s._replace(voice=0.0)
    for rate in (against_policy, against_leader):
        before = rate(p, quiet, w) * (1.0 - 1e-12)
        assert rate(p, quiet._replace(grievance=s.grievance + more), w) >= before
        assert rate(p, quiet._replace(perceived=s.perceived + more), w) >= before
        assert rate(p, quiet, w) >= rate(p, quiet._replace(fear=s.fear + more), w) * (1.0 - 1e-12)
    critic = s._replace(voice=1.0)
    assert silence(p, critic._replace(fear=s.fear + more)) >= silence(p, critic) * (1.0 - 1e-12)


@given(any_params("speak"), any_state(), any_world())
def test_the_two_voices_are_one_where_the_leader_is_no_dearer_than_the_policy(p, s, w) -> None:
    same = p._replace(speak_leader_base=p.speak_policy_base, speak_leader_share=1.0, speak_leader_factor=1.0)
    quiet = s._replace(voice=0.0)
    assert against_leader(same, quiet, w) == against_policy(same, quiet, w)


@given(any_params("speak"), any_state(), any_world())
def test_nobody_speaks_under_boundless_fear(p, s, w) -> None:
    afraid = s._replace(voice=0.0, fear=1e9)
    bold = p._replace(speak_by_fear=0.1 + p.speak_by_fear)
    assert against_policy(bold, afraid, w) < 1e-300
    assert against_leader(bold, afraid, w) < 1e-300


@given(any_params("speak"), any_state(), any_world())
def test_with_zero_contagion_what_others_do_does_not_matter(p, s, w) -> None:
    alone = p._replace(speak_by_perceived=0.0)
    assert against_policy(alone, s, w) == against_policy(alone, s._replace(perceived=0.9), w)
    assert against_leader(alone, s, w) == against_leader(alone, s._replace(perceived=0.9), w)
