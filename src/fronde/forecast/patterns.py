"""The eight patterns the case reports, tested in the posterior: does the model, given the evidence, show them?

Each test is a statement about one run (a history up to as_of); it holds if it is true in at least half of the runs,
and the share is shown. The reference values are those of the case's own report, not of the model.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fronde.domain.state import ACTS, GROUP_SERIES, TALLIES, WORLD_FIELDS
from fronde.engine.run import Ensemble
from fronde.scenario.case import Case

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pattern:
    """A test: number, statement, and a function of (case, histories) giving (true [R], what was measured)."""

    number: int
    text: str
    test: Callable[[Case, Ensemble], tuple[NDArray[np.bool_], str]]


def _count(ensemble: Ensemble, act: str, groups: list[int] | slice, steps: int) -> NDArray[np.int64]:
    return ensemble.counts[:steps, ACTS.index(act)][:, groups].astype(np.int64).sum(axis=(0, 1))


def _groups(case: Case, *names: str) -> list[int]:
    return [k for k, name in enumerate(case.elite.groups) if name.startswith(names)]


def _world(ensemble: Ensemble, field: str, step: int) -> Floats:
    return ensemble.series[step, list(WORLD_FIELDS).index(field)].astype(np.float64)


def _state(case: Case, ensemble: Ensemble, field: str, groups: list[int], step: int) -> Floats:
    size = np.isin(case.elite.group, groups).sum()
    values = ensemble.groups[step, list(GROUP_SERIES).index(field)][groups].astype(np.float64)
    return values.sum(axis=0) / size


def _tally(ensemble: Ensemble, name: str) -> Floats:
    return ensemble.tallies[list(TALLIES).index(name)]


def _band(values: NDArray, digits: int = 0) -> str:
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def owners_left(case: Case, e: Ensemble) -> tuple[NDArray[np.bool_], str]:
    left = _count(e, "leave", _groups(case, "oligarchs_yeltsin"), case.grid.n_observed)
    return left >= 4, f"left: {_band(left)} owners"


def officials_resigned(case: Case, e: Ensemble) -> tuple[NDArray[np.bool_], str]:
    groups = _groups(case, "officials", "technocrats", "bankers", "oligarchs_state")
    n = case.grid.n_observed
    resigned = _count(e, "resign", groups, n)
    refused = _tally(e, "refused")
    accepted = _tally(e, "resigned")
    with np.errstate(invalid="ignore"):
        senior = _tally(e, "refused_rank") / refused - _tally(e, "resigned_rank") / accepted
    higher = float(np.mean(senior[np.isfinite(senior)] > 0.0)) if np.isfinite(senior).any() else 0.0
    text = f"resigned {_band(resigned)}; refused {_band(refused)}, ranking higher in {higher:.0%} of runs with both"
    return (resigned >= 4) & (refused >= 1) & ~(senior <= 0.0), text


def policy_before_leader(case: Case, e: Ensemble) -> tuple[NDArray[np.bool_], str]:
    n = case.grid.n_observed
    policy, leader = (_count(e, act, slice(None), n) for act in ("speak_policy", "speak_leader"))
    return policy >= 3 * leader, f"critics of the policy {_band(policy)}, of the leader {_band(leader)}"


def hit_move_first(case: Case, e: Ensemble) -> tuple[NDArray[np.bool_], str]:
    n = case.grid.n_observed - 1
    owners = case.elite.wealth_start >= 0.1
    moved = np.maximum(_tally(e, "moved"), 1.0)
    roots = _tally(e, "moved_roots") / moved - float(case.elite.roots_abroad[owners].mean())
    armed = _groups(case, "siloviki", "military")
    later = _state(case, e, "private", armed, n) < _state(case, e, "private", _groups(case, "oligarchs"), n)
    share = f"movers' roots abroad exceed the owners' mean by {_band(roots, 2)}; security weaker in {later.mean():.0%}"
    return (roots > 0.0) & later, share


def most_stay(case: Case, e: Ensemble) -> tuple[NDArray[np.bool_], str]:
    n = case.grid.n_observed
    gone = _count(e, "leave", slice(None), n) + _count(e, "resign", slice(None), n)
    stay = 1.0 - gone / case.elite.size
    everyone = list(range(len(case.elite.groups)))
    change = _state(case, e, "dependence", everyone, n - 1) - _state(case, e, "dependence", everyone, 0)
    loss = _state(case, e, "loss", everyone, n - 1)
    text = (
        f"stay {_band(100 * stay, 1)} %; dependence {_band(change, 3)} up since then; loss {_band(loss, 2)} log units"
    )
    return (stay > 0.9) & (loss > 0.0) & (change > 0.0), text


def officers_press(case: Case, e: Ensemble) -> tuple[NDArray[np.bool_], str]:
    n = case.grid.n_observed - 1
    armed = _groups(case, "military", "siloviki")
    hawkish = _state(case, e, "hawkish", armed, n) / np.maximum(_state(case, e, "private", armed, n), 1e-9)
    policy = _world(e, "policy", n)
    return (hawkish > 0.5), f"hawkish part of armed discontent {_band(hawkish, 2)}; policy {_band(policy, 2)}"


def polls_flatter(case: Case, e: Ensemble) -> tuple[NDArray[np.bool_], str]:
    n = case.grid.n_observed - 1
    poll, true = _world(e, "poll", n), _world(e, "approval", n)
    return (poll > 2.0 / 3.0) & (true < poll), f"poll {_band(poll, 2)}, true support {_band(true, 2)}"


def leader_hears_less(case: Case, e: Ensemble) -> tuple[NDArray[np.bool_], str]:
    n = case.grid.n_observed - 1
    heard, true = _world(e, "heard", n), _world(e, "true_discontent", n)
    return heard < true, f"heard {_band(heard, 3)}, true {_band(true, 3)}"


NEEDED = ("oligarchs_yeltsin", "officials", "siloviki", "military")
PATTERNS = (
    Pattern(1, "At least four owners of Yeltsin-era fortunes have left", owners_left),
    Pattern(
        2, "At least four senior figures resigned; some were refused, the more senior the more so", officials_resigned
    ),
    Pattern(3, "Critics of the policy outnumber critics of the leader at least three to one", policy_before_leader),
    Pattern(4, "Those rooted abroad move first; discontent is weaker in the security services", hit_move_first),
    Pattern(5, "More than nine in ten stay, poorer and more dependent", most_stay),
    Pattern(6, "Discontent of those who hold force is mostly hawkish", officers_press),
    Pattern(7, "Polls stay above two thirds while true support is lower", polls_flatter),
    Pattern(8, "The leader hears less discontent than there is", leader_hears_less),
)


def pattern_table(case: Case, histories: Ensemble) -> list[dict]:
    """Verdict per pattern: the share of posterior histories in which it is true; holds from one half on.

    Empty for a case without the groups that the patterns speak of.
    """
    if not all(_groups(case, name) for name in NEEDED):
        return []
    rows = []
    for pattern in PATTERNS:
        true, measured = pattern.test(case, histories)
        share = float(np.mean(true))
        rows.append(
            {"n": pattern.number, "text": pattern.text, "measured": measured, "p": share, "holds": share >= 0.5}
        )
    return rows
