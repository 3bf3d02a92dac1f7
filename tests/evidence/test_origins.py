"""Trees of one origin against full enumeration, mixtures of origins, caps."""

from itertools import product
from math import exp, isclose, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fronde.evidence.chain import Link, Pair, transmit
from fronde.evidence.origins import Branch, OriginTree, capped, combine, tree_likelihood

CAREFUL = Link(0.9, 0.01)
SAID = Pair(0.30, 0.02)
chance = st.floats(0.01, 0.99)


def lone(name, link=CAREFUL, origin=None, **more):
    more.setdefault("named", True)
    return OriginTree(origin or name, SAID, (Branch(((name, link),)),), **more)


def ratio(pair):
    return exp(pair.h - pair.f)


@st.composite
def links(draw):
    t = draw(st.floats(0.1, 0.99))
    return Link(t, t * draw(st.floats(0.01, 0.95)))


@st.composite
def branches(draw, most=4):
    """Random ways through five sources, each source with one link wherever it stands."""
    table = {name: draw(links()) for name in "abcde"}
    ways = draw(st.lists(st.lists(st.sampled_from("abcde"), max_size=3, unique=True), min_size=1, max_size=most))
    return tuple(Branch(tuple((name, table[name]) for name in way)) for way in ways)


def enumerate_tree(probability, ways):
    """P(all ways end in a report) by summing over every combination of what each node of the tree asserts."""
    nodes = sorted({way[: i + 1] for way in ways for i in range(len(way))})
    total = 0.0
    for root in (True, False):
        for values in product((True, False), repeat=len(nodes)):
            said = dict(zip(nodes, values, strict=True))
            if any(not (said[way] if way else root) for way in ways):
                continue
            weight = probability if root else 1.0 - probability
            for node in nodes:
                above = said[node[:-1]] if len(node) > 1 else root
                t, u = node[-1][1]
                chance_of_saying = t if above else u
                weight *= chance_of_saying if said[node] else 1.0 - chance_of_saying
            total += weight
    return total


@settings(max_examples=60, deadline=None)
@given(chance, chance, branches())
def test_sum_product_equals_enumeration(h, f, ways):
    found = tree_likelihood(Pair(h, f), ways)
    keys = {way.hops for way in ways}
    assert isclose(exp(found.h), enumerate_tree(h, keys), rel_tol=1e-9)
    assert isclose(exp(found.f), enumerate_tree(f, keys), rel_tol=1e-9)


def test_one_branch_is_a_chain():
    found = tree_likelihood(SAID, [Branch((("paper", CAREFUL), ("tabloid", Link(0.9, 0.03))))])
    said = transmit(SAID, [CAREFUL, Link(0.9, 0.03)])
    assert isclose(exp(found.h), said.h)
    assert isclose(exp(found.f), said.f)
    assert tree_likelihood(SAID, [Branch(())]) == Pair(log(0.30), log(0.02))


@given(chance, chance, branches())
def test_no_tree_outweighs_its_origin(h, f, ways):
    pair = tree_likelihood(Pair(h, f), ways)
    assert abs(pair.h - pair.f) <= abs(log(h / f)) + 1e-9


@given(branches(), st.randoms(use_true_random=False))
def test_order_and_duplicates_do_not_matter(ways, random):
    shuffled = [*ways, *ways]
    random.shuffle(shuffled)
    assert tree_likelihood(SAID, shuffled) == tree_likelihood(SAID, ways)


def test_twenty_outlets_stay_at_or_under_the_origin():
    ways = [Branch(((f"paper{i}", CAREFUL),)) for i in range(20)]
    assert 14.99 < ratio(tree_likelihood(SAID, ways)) <= 15.0 + 1e-9
    naive = transmit(SAID, [CAREFUL])
    assert f"{(naive.h / naive.f) ** 20:.0e}" == "9e+19"


def test_copies_add_up_to_the_origin_one_by_one():
    found = [ratio(tree_likelihood(SAID, [Branch(((f"p{i}", CAREFUL),)) for i in range(n)])) for n in range(1, 6)]
    assert found == sorted(found)
    assert found[-1] <= 15.0 + 1e-9


def test_a_sloppy_repeat_by_the_same_source_does_not_undo_the_careful_one():
    careful, sloppy = Branch((("p", CAREFUL),)), Branch((("p", Link(0.9, 0.3)),))
    assert tree_likelihood(SAID, [sloppy, careful]) == tree_likelihood(SAID, [careful])


@pytest.mark.parametrize(("rho", "expected"), [(0.0, 99), (0.3, 23), (0.5, 19), (0.8, 16), (1.0, 15)])
def test_maybe_the_same_origin(rho, expected):
    found = combine([lone("a"), lone("b")], {frozenset("ab"): rho})
    assert round(ratio(found)) == expected


@settings(deadline=None)
@given(chance, chance, links(), links())
def test_rho_zero_is_the_product_and_rho_one_is_the_single_origin(h, f, first, second):
    voice = Pair(h, f)
    trees = [
        OriginTree("a", voice, (Branch((("p", first),)),), named=True),
        OriginTree("b", voice, (Branch((("q", second),)),), named=True),
    ]
    apart = [capped(tree_likelihood(voice, tree.branches), tree.log_cap) for tree in trees]
    found = combine(trees, {})
    assert isclose(found.h, apart[0].h + apart[1].h)
    assert isclose(found.f, apart[0].f + apart[1].f)
    single = capped(tree_likelihood(voice, trees[0].branches + trees[1].branches), trees[0].log_cap)
    found = combine(trees, {frozenset("ab"): 1.0})
    assert isclose(found.h, single.h, abs_tol=1e-12)
    assert isclose(found.f, single.f, abs_tol=1e-12)


def brute_mixture(trees, rho):
    """Sum over every subset of pairs being the same, groups found by walking the pairs."""
    names = [tree.origin for tree in trees]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    total_h = total_f = 0.0
    for same in product((True, False), repeat=len(pairs)):
        weight = 1.0
        group = {name: {name} for name in names}
        for (a, b), one in zip(pairs, same, strict=True):
            p = rho.get(frozenset((a, b)), 0.0)
            weight *= p if one else 1.0 - p
            if one and group[a] is not group[b]:
                group[a] |= group[b]
                for member in group[a]:
                    group[member] = group[a]
        h = f = 1.0
        for members in {frozenset(each) for each in group.values()}:
            inside = [tree for tree in trees if tree.origin in members]
            voice = Pair(*(sum(t.voice[k] for t in inside) / len(inside) for k in (0, 1)))
            ways = [branch for tree in inside for branch in tree.branches]
            pair = capped(tree_likelihood(voice, ways), max(tree.log_cap for tree in inside))
            h, f = h * exp(pair.h), f * exp(pair.f)
        total_h, total_f = total_h + weight * h, total_f + weight * f
    return total_h, total_f


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), min_size=6, max_size=6),
    st.lists(links(), min_size=4, max_size=4),
)
def test_mixture_of_four_equals_enumeration_of_all_pairs(values, hops):
    trees = [
        OriginTree(name, Pair(0.2 + 0.1 * i, 0.02 + 0.01 * i), (Branch(((f"p{i}", hop),)),), named=i % 2 == 0)
        for i, (name, hop) in enumerate(zip("abcd", hops, strict=True))
    ]
    pairs = ["ab", "ac", "ad", "bc", "bd", "cd"]
    rho = {frozenset(pair): value for pair, value in zip(pairs, values, strict=True)}
    found = combine(trees, rho)
    h, f = brute_mixture(trees, rho)
    assert isclose(exp(found.h), h, rel_tol=1e-9)
    assert isclose(exp(found.f), f, rel_tol=1e-9)
    assert combine(trees[::-1], rho) == found


@given(st.floats(0.0, 1.0))
def test_more_overlap_never_helps_equal_voices(rho):
    trees = [lone("a"), lone("b")]
    more = min(1.0, rho + 0.05)
    less_lr, more_lr = (ratio(combine(trees, {frozenset("ab"): r})) for r in (more, rho))
    assert less_lr <= more_lr + 1e-9


@given(st.floats(1e-6, 1.0), st.floats(1e-6, 1.0), st.booleans())
def test_caps_hold(h, f, named):
    tree = OriginTree("a", Pair(h, f), (Branch(()),), named=named)
    found = combine([tree], {})
    limit = log(100.0 if named else 20.0)
    assert abs(found.h - found.f) <= limit + 1e-12
    if abs(log(h / f)) < limit:
        assert isclose(found.h - found.f, log(h / f), abs_tol=1e-9)


def test_a_group_takes_the_widest_cap_of_its_members():
    sure = Pair(0.9, 1e-5)
    trees = [OriginTree(name, sure, (Branch(()),), named=name == "a") for name in "ab"]
    found = combine(trees, {frozenset("ab"): 1.0})
    assert isclose(found.h - found.f, log(100.0))
    apart = combine(trees, {})
    assert isclose(apart.h - apart.f, log(2000.0))


def test_no_report_leaves_the_prior():
    assert combine([], {}) == Pair(0.0, 0.0)


def test_affirming_and_denying_reports_of_one_origin_are_weighed_apart():
    yes, no = lone("a", origin="o"), lone("b", origin="o", denies=True)
    both = combine([yes, no], {})
    assert isclose(both.h, combine([yes], {}).h + combine([no], {}).h)


def test_too_many_possible_overlaps_are_refused_with_advice():
    trees = [lone(f"o{i:02d}") for i in range(11)]
    rho = {frozenset((a.origin, b.origin)): 0.1 for a in trees for b in trees if a is not b}
    with pytest.raises(ValueError, match="origin_pairs"):
        combine(trees, rho)
    assert combine(trees, {}).h < 0.0
