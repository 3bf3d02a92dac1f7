"""Who is at risk, with which traits and ties; nothing moves when somebody joins."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fronde.domain.draws import entity_key
from fronde.scenario.case import load_case
from fronde.scenario.distributions import draw, quantile
from fronde.scenario.fields import ATTRIBUTE, ATTRIBUTES, TIE_KINDS
from fronde.scenario.model import Constant, LogitNormal, LogNormal, Normal, Ties, Uniform
from fronde.scenario.ties import make_ties

from .conftest import FIXTURES

DISTS = (
    Constant(dist="constant", value=0.3, source="fiction"),
    Uniform(dist="uniform", low=0.2, high=0.8, source="fiction"),
    Normal(dist="normal", mean=0.3, sd=0.2, source="fiction"),
    LogNormal(dist="lognormal", median=0.3, sigma=0.5, source="fiction"),
    LogitNormal(dist="logitnormal", median=0.3, sd=0.5, source="fiction"),
)
JOINS = (
    '{"id": "ti-eve-fen", "schema": "Person", "properties": {"name": ["Eve Fen"]}}',
    "ti-eve-fen,group,merchants,,2021-01-01,fiction,",
)


@pytest.fixture(scope="module")
def elite():
    return load_case(FIXTURES / "tinyland").elite


def by_id(elite, name):
    return dict(zip(elite.ids, getattr(elite, name).tolist(), strict=True))


def tie_set(elite, published):
    names, start = elite.ids, np.repeat(np.arange(elite.size), np.diff(elite.tie_indptr))
    rows = zip(start, elite.tie_indices, elite.tie_kind, elite.tie_published, strict=True)
    return {(names[i], names[j], TIE_KINDS[k]) for i, j, k, fact in rows if fact == published}


def test_order_names_and_sizes(elite):
    assert elite.groups == ("merchants", "wardens")
    assert elite.ids[:3] == ("ti-ada-brook", "ti-ben-cole", "merchants#001")
    assert elite.ids[-1] == "wardens#005"
    assert np.bincount(elite.group).tolist() == [8, 6]
    assert elite.synthetic.tolist() == ["#" in name for name in elite.ids]
    assert elite.key.tolist() == [entity_key(name) for name in elite.ids]
    assert elite.offices[elite.ids.index("ti-cy-dean")] == "Warden of the Gate"


def test_published_facts_are_used_and_marked(elite):
    columns = [attribute.name for attribute in ATTRIBUTES]
    assert by_id(elite, "rank")["ti-cy-dean"] == 0.9
    assert elite.published[elite.ids.index("ti-cy-dean"), columns.index("rank")]
    assert by_id(elite, "wealth_start")["ti-ada-brook"] == 1.5
    assert by_id(elite, "wealth_start")["ti-ben-cole"] == pytest.approx(0.8)  # from the series of fortunes
    assert elite.published.sum() == 3


def test_columns_are_in_range_finite_and_read_only(elite):
    for attribute in ATTRIBUTES:
        column = getattr(elite, attribute.name)
        assert column.dtype == np.float64
        assert ((column >= attribute.low) & (column <= attribute.high) & np.isfinite(column)).all()
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0.0


def test_weight_and_coercion_are_shared_out_by_rank_and_closeness(elite):
    importance = 0.1 + elite.rank + elite.closeness
    for column, totals in ((elite.weight, (0.4, 0.6)), (elite.coercion, (0.0, 1.0))):
        for group, total in enumerate(totals):
            members = elite.group == group
            share = importance[members] / importance[members].sum()
            np.testing.assert_allclose(column[members], total * share, rtol=1e-12)


def test_office_follows_rank_unless_published(folder):
    assert by_id(load_case(folder.path).elite, "in_office")["ti-ada-brook"] == 0.0
    folder.append("elite/attributes.csv", "ti-ada-brook,in_office,1,,2021-01-01,fiction,")
    after = load_case(folder.path).elite
    assert by_id(after, "in_office")["ti-ada-brook"] == 1.0
    assert by_id(after, "in_office")["wardens#001"] == 1.0


def test_a_newcomer_moves_no_other_trait_and_no_published_tie(folder, elite):
    folder.append("elite/actors.jsonl", JOINS[0])
    folder.append("elite/attributes.csv", JOINS[1])
    after = load_case(folder.path).elite
    assert set(after.ids) - set(elite.ids) == {"ti-eve-fen"}
    assert set(elite.ids) - set(after.ids) == {"merchants#006"}  # the place the newcomer takes
    for attribute in ATTRIBUTES:
        new, old = by_id(after, attribute.name), by_id(elite, attribute.name)
        assert {name: new[name] for name in new if name in old} == {name: old[name] for name in old if name in new}
    assert tie_set(after, True) == tie_set(elite, True)
    others = set(after.ids) & set(elite.ids)
    changed = {tie for tie in tie_set(after, False) ^ tie_set(elite, False) if set(tie[:2]) <= others}
    kept = tie_set(after, False) & tie_set(elite, False)
    assert len(kept) > 2 * len(changed)


def test_a_listed_fortune_does_not_move_other_traits(folder, elite):
    folder.append("series/fortunes.csv", "fortune,ti-cy-dean,2021-03-01,5,USD bn,2021-03-01,fiction")
    after = load_case(folder.path).elite
    assert by_id(after, "wealth_start")["ti-cy-dean"] == pytest.approx(5.0)
    for attribute in ATTRIBUTES[1:]:
        assert np.array_equal(getattr(after, attribute.name), getattr(elite, attribute.name))


def test_seed_changes_draws_but_not_facts(folder, elite):
    folder.replace("case.yaml", "seed: 20210501", "seed: 0")
    after = load_case(folder.path).elite
    assert after.rank[after.ids.index("ti-cy-dean")] == 0.9
    assert not np.array_equal(after.position, elite.position)


@given(st.floats(1e-9, 1 - 1e-9), st.floats(1e-9, 1 - 1e-9))
def test_quantiles_never_fall(u, v):
    for dist in DISTS:
        assert quantile(dist, min(u, v)) <= quantile(dist, max(u, v))


def test_quantiles_by_hand():
    assert [quantile(dist, 0.5) for dist in DISTS] == pytest.approx([0.3, 0.5, 0.3, 0.3, 0.3])
    one_sd = 0.8413447460685429
    assert quantile(DISTS[2], one_sd) == pytest.approx(0.5)
    assert quantile(DISTS[3], one_sd) == pytest.approx(0.3 * math.exp(0.5))
    assert quantile(DISTS[4], one_sd) == pytest.approx(1 / (1 + math.exp(-(math.log(3 / 7) + 0.5))))


def test_draws_are_clipped_and_depend_on_seed_attribute_and_actor():
    wide = Normal(dist="normal", mean=0.0, sd=100.0, source="fiction")
    values = {draw(wide, ATTRIBUTE["position"], 1, key) for key in range(200)}
    assert values >= {-1.0, 1.0}
    assert min(values) == -1.0
    assert max(values) == 1.0
    base = draw(DISTS[2], ATTRIBUTE["rank"], 1, 1)
    assert base != draw(DISTS[2], ATTRIBUTE["rank"], 2, 1)
    assert base != draw(DISTS[2], ATTRIBUTE["rank"], 1, 2)
    assert base != draw(DISTS[2], ATTRIBUTE["closeness"], 1, 1)


def test_drawn_traits_have_the_distribution_they_should():
    drawn = np.array([draw(DISTS[2], ATTRIBUTE["position"], 7, key) for key in range(4000)])
    assert drawn.mean() == pytest.approx(0.3, abs=4 * 0.2 / math.sqrt(4000))
    assert drawn.std() == pytest.approx(0.2, rel=0.05)


def many_ties(size=400, mean_degree=6.0, within=0.7):
    ids = [f"p{k}" for k in range(size)]
    ties = Ties(
        multipliers=dict.fromkeys(TIE_KINDS, 1.0), mean_degree=mean_degree, within_group=within, source="fiction"
    )
    group = [k % 4 for k in range(size)]
    return make_ties(ids, [entity_key(name) for name in ids], group, [], ties, 3), np.array(group)


def test_synthetic_ties_have_the_stated_degree_and_share():
    table, group = many_ties()
    degree = np.diff(table.indptr)
    assert degree.mean() == pytest.approx(6.0, rel=0.05)
    start = np.repeat(np.arange(len(degree)), degree)
    assert (group[start] == group[table.indices]).mean() == pytest.approx(0.7, abs=0.05)
    assert (start != table.indices).all()
    pairs = set(zip(start.tolist(), table.indices.tolist(), strict=True))
    assert {(j, i) for i, j in pairs} == pairs
    assert len(pairs) == len(start)
    sums = np.bincount(start, weights=table.weight)
    np.testing.assert_allclose(sums, 1.0, rtol=1e-12)
    assert np.bincount(table.kind, minlength=4).min() > 0.2 * len(start)


def test_no_ties_are_empty_rows():
    table, _ = many_ties(size=8, mean_degree=0.0)
    assert table.indptr.tolist() == [0] * 9
    assert len(table.weight) == 0


def test_kinds_weigh_by_their_multipliers_and_directions_may_differ(folder):
    folder.replace("case.yaml", "mean_degree: 4", "mean_degree: 0")
    folder.append("elite/ties.csv", "ti-cy-dean,ti-ben-cole,kin,3.0,2021-01-01,fiction,")
    elite = load_case(folder.path).elite
    ben, cy = elite.ids.index("ti-ben-cole"), elite.ids.index("ti-cy-dean")
    row = slice(elite.tie_indptr[ben], elite.tie_indptr[ben + 1])
    assert elite.tie_indices[row].tolist() == [0, cy]
    assert elite.tie_weight[row].tolist() == pytest.approx([1 / 3, 2 / 3])  # business 1, kin 2
    assert elite.tie_weight[elite.tie_indptr[cy]] == 1.0
    assert elite.tie_published.all()


def test_ten_thousand_actors(folder):
    folder.replace("case.yaml", "size: 8", "size: 10000")
    case = load_case(folder.path)
    assert case.elite.size == 10_006
    assert len(set(case.elite.key.tolist())) == 10_006


def test_a_correction_known_later_counts_from_then(folder):
    folder.append("elite/attributes.csv", "ti-cy-dean,rank,0.5,1,2021-04-15,fiction,")
    assert by_id(load_case(folder.path).elite, "rank")["ti-cy-dean"] == 0.5
    assert by_id(load_case(folder.path, date(2021, 4, 14)).elite, "rank")["ti-cy-dean"] == 0.9
