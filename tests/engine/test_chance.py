"""A run is a function of inputs, parameters and replicate numbers alone: nothing else moves a draw."""

import numpy as np
import pytest

from fronde.app.limits.accounts import LIVELY
from fronde.app.limits.hazards import mixed_elite
from fronde.app.limits.toy import FIRST_ENTITY, actor_table, default, elite, everyone, numbers, play
from fronde.app.limits.voices import ALONE
from fronde.domain.draws import normals
from fronde.domain.jit import INTERPRETED
from fronde.domain.state import LANES, OWN, STRANDS, WORLD_FIELDS
from fronde.engine.run import Ensemble, simulate

pytestmark = pytest.mark.skipif(INTERPRETED, reason="hundreds of runs need compiled code")

PARTS = tuple(Ensemble.__dataclass_fields__)
RUNS = 2 * LANES + 5
SPREAD = 0.3 * normals(1, 12, 0, numbers(RUNS), np.arange(3, dtype=np.uint64))
LONE = ALONE | {"perception_public_share": 0.0, "refusal_by_weight": 0.0}  # aggregates reach nobody


def varied(runs: int = RUNS) -> np.ndarray:
    """Parameters that differ between runs, so that a mixed-up column would show."""
    names = ("speak_policy_base", "leave_base", "leader_crackdown_base")
    moved = {name: LIVELY.get(name, -5.0) + SPREAD[:runs, k] for k, name in enumerate(names)}
    return default(runs, **(LIVELY | moved))


def same(one: Ensemble, other: Ensemble, runs=slice(None), others=slice(None)) -> None:
    """All parts of two ensembles are equal, bit for bit, in the chosen runs (the last axis)."""
    for part in PARTS:
        np.testing.assert_array_equal(getattr(one, part)[..., runs], getattr(other, part)[..., others], err_msg=part)


@pytest.fixture(scope="module")
def whole() -> Ensemble:
    """RUNS different runs: two full blocks and a part of one."""
    return simulate(mixed_elite(7.0), varied(), numbers(RUNS), threads=1, with_acts=True)


def test_runs_differ_from_each_other(whole: Ensemble) -> None:
    assert len({whole.acts[..., r].tobytes() for r in range(RUNS)}) == RUNS


def test_the_number_of_threads_changes_nothing(whole: Ensemble) -> None:
    for threads in (2, 5):
        same(simulate(mixed_elite(7.0), varied(), numbers(RUNS), threads=threads, with_acts=True), whole)


@pytest.mark.parametrize(
    "chosen", [[0], [7], [RUNS - 1], list(range(3, 3 + LANES)), list(range(RUNS))[::-1], [5, 5, 36, 1]]
)
def test_a_run_does_not_depend_on_how_many_or_which_run_beside_it(whole: Ensemble, chosen: list[int]) -> None:
    alone = simulate(mixed_elite(7.0), varied()[chosen], numbers(RUNS)[chosen], with_acts=True)
    same(alone, whole, others=chosen)


def test_run_7_of_10_is_run_7_of_10_000() -> None:
    theta = default(10_000, **LIVELY)
    few, many = (simulate(mixed_elite(7.0), theta[:n], numbers(n), with_acts=True) for n in (10, 10_000))
    same(few, many, runs=[7], others=[7])


def test_recording_acts_changes_nothing_else(whole: Ensemble) -> None:
    plain = simulate(mixed_elite(7.0), varied(), numbers(RUNS))
    assert plain.acts.size == 0
    for part in PARTS[:-1]:
        np.testing.assert_array_equal(getattr(plain, part), getattr(whole, part), err_msg=part)


def test_progress_counts_every_run_once_and_in_order() -> None:
    seen: list[tuple[int, int]] = []
    simulate(mixed_elite(7.0), varied(), numbers(RUNS), threads=2, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(LANES, RUNS), (2 * LANES, RUNS), (RUNS, RUNS)]


def test_another_seed_or_replicate_number_gives_other_runs(whole: Ensemble) -> None:
    inputs = mixed_elite(7.0)
    other_seed = simulate(inputs._replace(seed=np.uint64(0)), varied(), numbers(RUNS), with_acts=True)
    other_numbers = simulate(inputs, varied(), numbers(RUNS, first=1000), with_acts=True)
    assert (other_seed.acts != whole.acts).any((0, 1)).all()
    assert (other_numbers.acts != whole.acts).any((0, 1)).all()


def test_a_shorter_horizon_is_the_start_of_a_longer_one(whole: Ensemble) -> None:
    inputs = mixed_elite(7.0)
    short = inputs._replace(days=inputs.days[:5])
    found = simulate(short, varied(), numbers(RUNS), with_acts=True)
    for part in ("counts", "reported", "series", "groups", "options", "acts"):
        np.testing.assert_array_equal(getattr(found, part), getattr(whole, part)[:5], err_msg=part)


def test_histories_with_different_futures_agree_to_the_end_of_the_observed_period(whole: Ensemble) -> None:
    observed = 5
    inputs = mixed_elite(7.0)
    n = inputs.actors.shape[0]
    inputs = inputs._replace(n_observed=observed, ratio=np.ones((observed, n)), listed=np.zeros((observed, n)))
    one = simulate(inputs, varied(), numbers(RUNS), numbers(RUNS, 500), with_acts=True)
    other = simulate(inputs, varied(), numbers(RUNS), numbers(RUNS, 900), with_acts=True)
    default_future = simulate(inputs, varied(), numbers(RUNS), with_acts=True)
    same(default_future, simulate(inputs, varied(), numbers(RUNS), numbers(RUNS), with_acts=True))
    for part in ("counts", "reported", "series", "groups", "options", "acts"):
        a, b = getattr(one, part), getattr(other, part)
        np.testing.assert_array_equal(a[:observed], b[:observed], err_msg=part)
    np.testing.assert_array_equal(one.tallies, other.tallies)
    assert (one.series[observed] != other.series[observed]).any(0).all(), "futures begin after the last observation"
    assert (one.acts[observed:] != other.acts[observed:]).any((0, 1)).mean() > 0.5


def test_one_number_for_all_strands_is_the_same_as_naming_each() -> None:
    strands = np.repeat(numbers(RUNS)[:, None], STRANDS, axis=1)
    inputs, theta = mixed_elite(7.0), varied()
    same(simulate(inputs, theta, numbers(RUNS)), simulate(inputs, theta, strands))


def test_renewing_a_strand_moves_its_own_actors_alone_where_nothing_connects_actors() -> None:
    n, strand = 3 * OWN, 5
    inputs = elite(actor_table(n, rank=0.5, salience=0.5, position=-0.5), [7.0] * 12)
    theta = default(RUNS, **(LIVELY | LONE))
    strands = np.repeat(numbers(RUNS)[:, None], STRANDS, axis=1)
    renewed = strands.copy()
    renewed[:, strand] += np.uint64(10_000)
    before, after = (simulate(inputs, theta, chance, with_acts=True).acts for chance in (strands, renewed))
    own = (np.arange(n) + FIRST_ENTITY) % OWN == strand
    np.testing.assert_array_equal(before[:, ~own], after[:, ~own])
    assert (before[:, own] != after[:, own]).any((0, 2)).all()


def test_renewing_a_common_strand_moves_everybody_from_its_first_step_on() -> None:
    inputs = elite(actor_table(12, rank=0.5, salience=0.5, position=-0.5), [7.0] * 12)
    theta = default(RUNS, **(LIVELY | LONE))
    strands = np.repeat(numbers(RUNS)[:, None], STRANDS, axis=1)
    renewed = strands.copy()
    renewed[:, OWN + 5] += np.uint64(10_000)
    before, after = (simulate(inputs, theta, chance, with_acts=True).acts for chance in (strands, renewed))
    np.testing.assert_array_equal(before[:5], after[:5])
    assert (before != after).any((0, 2)).all()


def mixed_with(newcomer: dict[str, float], weight: float = 0.0) -> tuple:
    """A tied elite of twelve, and the same with one more actor whom nobody is tied to, in the middle of the list."""
    n, at = 12, 5
    shared = {"rank": 0.5, "salience": 0.5, "roots_abroad": 0.3, "visibility": 0.7, "coercion": 1.0 / n}
    table = actor_table(n, position=np.linspace(-1.0, 1.0, n), **shared)
    pairs = everyone(n)
    larger = np.insert(table, at, actor_table(1, **(shared | {"position": 0.0} | newcomer))[0], axis=0)
    larger[:, 6] = np.insert(table[:, 6] * (1.0 - weight), at, weight)
    entities = np.arange(n, dtype=np.uint64) + np.uint64(FIRST_ENTITY)
    small = elite(table, [7.0] * 12, pairs=pairs, entities=entities)
    big = elite(larger, [7.0] * 12, pairs=pairs + (pairs >= at), entities=np.insert(entities, at, np.uint64(77)))
    return small, big, np.delete(np.arange(n + 1), at)


def test_an_actor_more_moves_nobody_where_aggregates_reach_nobody() -> None:
    small, big, old = mixed_with({"visibility": 1.0}, weight=0.2)
    theta = default(RUNS, **(LIVELY | LONE | {"speak_by_perceived": 4.0, "plot_base": -1000.0}))
    before, after = (simulate(inputs, theta, numbers(RUNS), with_acts=True).acts for inputs in (small, big))
    np.testing.assert_array_equal(before, after[:, old])
    assert (after[:, 5] < 12).any(), "the newcomer should act, or the test says nothing"


def test_an_unseen_actor_without_weight_or_force_moves_nobody_even_through_aggregates() -> None:
    """All sums over the elite are weighted; N itself counts only beside weights, in refusals and plots."""
    small, big, old = mixed_with({"visibility": 0.0, "coercion": 0.0})
    theta = default(RUNS, **(LIVELY | {"refusal_by_weight": 0.0}))
    before, after = (simulate(inputs, theta, numbers(RUNS), with_acts=True) for inputs in (small, big))
    np.testing.assert_array_equal(before.acts, after.acts[:, old])
    np.testing.assert_array_equal(before.series, after.series)


@pytest.mark.parametrize("first", [True, False])
def test_a_group_more_moves_nobody_even_if_it_comes_first_and_renumbers_the_others(first: bool) -> None:
    """The newcomer, unseen and without weight, makes a group of its own; an empty group is the same with nobody."""
    small, big, old = mixed_with({"visibility": 0.0, "coercion": 0.0})
    member = np.arange(12, dtype=np.uint64) % np.uint64(2)
    shift = np.uint64(1 if first else 0)
    own = np.uint64(0 if first else 2)
    theta = default(RUNS, **(LIVELY | {"refusal_by_weight": 0.0}))
    before = simulate(small._replace(groups=member, n_groups=2), theta, numbers(RUNS), with_acts=True)
    empty = simulate(small._replace(groups=member + shift, n_groups=3), theta, numbers(RUNS), with_acts=True)
    grouped = big._replace(groups=np.insert(member + shift, 5, own), n_groups=3)
    after = simulate(grouped, theta, numbers(RUNS), with_acts=True)
    same_groups = slice(1, 3) if first else slice(0, 2)
    for found, acts in ((empty, empty.acts), (after, after.acts[:, old])):
        np.testing.assert_array_equal(before.acts, acts)
        np.testing.assert_array_equal(before.counts, found.counts[:, :, same_groups])
        np.testing.assert_array_equal(before.options, found.options)
    assert (after.acts[:, 5] < 12).any(), "the newcomer should act, or the test says nothing"


def test_a_seen_actor_of_weight_does_move_others_through_what_the_leader_hears_and_everyone_sees() -> None:
    small, big, old = mixed_with({"visibility": 1.0}, weight=0.2)
    theta = default(RUNS, **LIVELY)
    before, after = (simulate(inputs, theta, numbers(RUNS), with_acts=True) for inputs in (small, big))
    assert (before.acts != after.acts[:, old]).any()
    changed = (before.series != after.series).any((0, 2))
    names = [name for name, moved in zip(WORLD_FIELDS, changed, strict=True) if moved]
    assert {"heard", "true_discontent", "pressure", "signal", "threat"} <= set(names)
    assert not {"day", "sanctions", "refusals"} & set(names)


def test_the_order_of_actors_changes_sums_by_rounding_at_most() -> None:
    inputs = mixed_elite(7.0)
    n = inputs.actors.shape[0]
    order = np.random.default_rng(3).permutation(n)
    place = np.argsort(order)
    rows = [(int(place[i]), int(place[j])) for i in range(n)
            for j in inputs.indices[int(inputs.indptr[i]) : int(inputs.indptr[i + 1])]]  # fmt: skip
    shuffled = elite(inputs.actors[order], inputs.days, groups=inputs.groups[order], pairs=rows,
                     entities=inputs.entities[order])  # fmt: skip
    theta = default(RUNS, **LIVELY)
    before, after = play(inputs, theta, with_acts=True), play(shuffled, theta, with_acts=True)
    alike = (before.acts == after.acts[:, place]).all((0, 1))
    assert alike.mean() > 0.9
    np.testing.assert_allclose(before.series[..., alike], after.series[..., alike], rtol=1e-5, atol=1e-6)
