"""Voice in the limit: of boundless repression, of a leader no dearer than the policy, of nobody watching anybody."""

from collections.abc import Iterator

import numpy as np

from fronde.app.limits.row import Row, chi_square_ratio, share
from fronde.app.limits.toy import Floats, actor_table, default, elite, everyone, play, quiet
from fronde.domain.state import Act

LOUD = {"speak_policy_base": -4.0, "speak_leader_base": -4.0}  # ln(1/day)
ALONE = {  # every channel by which one actor's act reaches another
    "speak_by_perceived": 0.0, "resign_by_perceived": 0.0, "grievance_solidarity": 0.0, "fear_by_example": 0.0,
    "refusal_by_threat": 0.0, "plot_base": -1000.0, "plot_attempt_rate": 0.0, "leader_declare_base": -1000.0,
    "leader_mobilise_base": -1000.0, "leader_limit_base": -1000.0, "leader_crackdown_base": -1000.0,
    "leader_coopt_base": -1000.0, "leader_purge_base": -1000.0,
}  # fmt: skip
BUSY = {"speak_policy_base": -5.0, "speak_leader_base": -6.0, "resign_base": -6.0, "leave_base": -6.0}


def repression() -> Iterator[Row]:
    """Acts of criticism among loud, fearful actors under a million times full repression."""
    table = actor_table(30, closeness=np.linspace(0.0, 1.0, 30), salience=0.5, position=-1.0)
    theta = quiet(400, speak_by_fear=1.5, speak_leader_factor=2.0, repression_base=1e6, **LOUD)
    counts = play(elite(table, [7.0] * 8), theta).counts
    spoken = counts[:, [Act.SPEAK_POLICY, Act.SPEAK_LEADER]].sum()
    yield Row("boundless repression: acts of criticism", 0.0, float(spoken), 0.0)


def leader() -> Iterator[Row]:
    """With leader_factor 1, leader_share 1 and equal bases either voice is equally likely to come first."""
    n, runs = 20, 1000
    table = actor_table(n, closeness=np.linspace(0.0, 1.0, n), salience=0.8, position=np.linspace(-1.0, 1.0, n))
    theta = default(runs, speak_leader_factor=1.0, speak_leader_share=1.0, **LOUD)
    acts = play(elite(table, [7.0] * 8, pairs=everyone(n)), theta, with_acts=True).acts
    voices = np.where((acts == Act.SPEAK_POLICY) | (acts == Act.SPEAK_LEADER), acts, -1)
    first = np.argmax(voices >= 0, axis=0)
    voice = np.take_along_axis(voices, first[None], axis=0)[0]
    spoke = voice >= 0
    against_policy = float((voice[spoke] == Act.SPEAK_POLICY).mean())
    yield share("the leader as cheap as the policy: share of first voices against the policy", 0.5, against_policy,
                int(spoke.sum()))  # fmt: skip
    week = first + 1
    gap = week[voice == Act.SPEAK_POLICY].mean() - week[voice == Act.SPEAK_LEADER].mean()
    yield Row(
        "and the mean week of either: difference",
        0.0,
        float(gap),
        float(4.5 * 2.0 * week[spoke].std() / spoke.sum() ** 0.5),
    )


def dispersion(theta: Floats) -> tuple[float, int]:
    """Chi-square of all pairwise correlations, over runs, of the numbers of acts of tied actors; and its freedom.

    theta [R, param] must be the same in every run, so that parameters make nobody alike.
    """
    n = 12
    table = actor_table(n, rank=0.5, salience=0.6, position=-0.6, roots_abroad=0.4, visibility=1.0)
    acts = play(elite(table, [7.0] * 12, pairs=everyone(n)), theta, with_acts=True).acts
    number = (acts < len(Act)).sum(axis=0)
    correlation = np.corrcoef(number)[np.triu_indices(n, 1)]
    return float((correlation**2).sum() * number.shape[1]), correlation.size


def contagion() -> Iterator[Row]:
    """With every channel between actors closed, the acts of tied actors are independent over runs."""
    chi_square, freedom = dispersion(default(4000, **(BUSY | ALONE)))
    yield chi_square_ratio("no contagion: correlation of acts, chi-square over freedom", chi_square, freedom)
