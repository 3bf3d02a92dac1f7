"""Reports of one origin hang on one tree; origins that may be one are mixed; each origin is capped.

    tree     P(reports | H) = sum_x P(x | H) prod_branches P(branch | x),  x: did the origin assert it
    mixture  rho * P_same + (1 - rho) * P_independent
    cap      |ln P(reports | H) - ln P(reports | not H)| <= ln 20 (unnamed), ln 100 (named) for each origin
The tree is summed exactly from the leaves (sum-product), in logarithms: twenty outlets repeating one origin
stay at or under its own ratio. With more than two origins the mixture runs over all ways to group them: every
pair is the same with its own rho, independently, and a group is what the pairs connect; a group counts as one
origin with the mean voice of its members and all their branches.
Sources: schum1994 (shared sources), pearl1988 (sum-product). The grouping over more than two is our choice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, log, log1p

from fronde.evidence.chain import Link, Pair
from fronde.evidence.priors import prior

_NEVER = float("-inf")
LARGEST_MIXTURE = 10


class Node:
    """One source in a tree of reports: the link into it, whether its own report was read, who repeats it."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.read = False
        self.children: dict[str, Node] = {}


@dataclass(frozen=True)
class Branch:
    """The way from the origin to one report that was read: (source id, link) of each hop, innermost first."""

    hops: tuple[tuple[str, Link], ...]


@dataclass(frozen=True)
class OriginTree:
    """All that was read of one origin about one proposition, with one polarity."""

    origin: str
    voice: Pair
    branches: tuple[Branch, ...]
    named: bool
    denies: bool = False

    @property
    def log_cap(self) -> float:
        """ln of the largest likelihood ratio this origin may have."""
        return log(prior("cap.named" if self.named else "cap.unnamed"))


def log_sum(a: float, b: float) -> float:
    """ln(e**a + e**b) without overflow."""
    high, low = (a, b) if a >= b else (b, a)
    return high if low == _NEVER else high + log1p(exp(low - high))


def log_of(p: float) -> float:
    """ln p, with ln 0 = -inf."""
    return log(p) if p > 0.0 else _NEVER


def tree_likelihood(voice: Pair, branches: Iterable[Branch]) -> Pair:
    """ln P(reports | H) and ln P(reports | not H) of one origin; two reports by one way count once."""
    root = Node(Link(1.0, 0.0))
    for branch in branches:
        _graft(root, branch)
    said, unsaid = _inside(root)
    return Pair(
        log_sum(log_of(voice.h) + said, log_of(1.0 - voice.h) + unsaid),
        log_sum(log_of(voice.f) + said, log_of(1.0 - voice.f) + unsaid),
    )


def _graft(root: Node, branch: Branch) -> None:
    node = root
    for source, link in branch.hops:
        if source not in node.children:
            node.children[source] = Node(link)
        node = node.children[source]
        # Of two tellings by one source the more careful one counts: a sloppy repeat does not undo it.
        node.link = min(node.link, link, key=lambda each: (each.u / each.t, -each.t))
    node.read = True


def _inside(node: Node) -> tuple[float, float]:
    """ln P(everything read at and below this node | it asserts, it does not)."""
    said, unsaid = 0.0, _NEVER if node.read else 0.0
    for source in sorted(node.children):
        child = node.children[source]
        below_said, below_unsaid = _inside(child)
        t, u = child.link
        said += log_sum(log_of(t) + below_said, log_of(1.0 - t) + below_unsaid)
        unsaid += log_sum(log_of(u) + below_said, log_of(1.0 - u) + below_unsaid)
    return said, unsaid


def capped(pair: Pair, log_cap: float) -> Pair:
    """The pair of log probabilities with the smaller one raised until they differ by at most `log_cap`."""
    return Pair(max(pair.h, pair.f - log_cap), max(pair.f, pair.h - log_cap))


def combine(trees: Sequence[OriginTree], rho: Mapping[frozenset[str], float]) -> Pair:
    """ln P(all reports | H) and ln P(all reports | not H) over several origins that may be fewer than they
    seem.

    trees: one per origin and polarity. rho: P(same origin) of pairs of origin ids; 0 where a pair is not
    listed. Affirming and denying reports are never grouped.
    """
    total_h = total_f = 0.0
    for denies in (False, True):
        side = sorted((tree for tree in trees if tree.denies == denies), key=lambda tree: tree.origin)
        for cluster in _linked(side, rho):
            pair = _mixture(cluster, rho)
            total_h += pair.h
            total_f += pair.f
    return Pair(total_h, total_f)


def _linked(trees: Sequence[OriginTree], rho: Mapping[frozenset[str], float]) -> list[list[OriginTree]]:
    """Split into sets between which every rho is 0, so that each can be summed alone."""
    clusters: list[list[OriginTree]] = []
    for tree in trees:
        touching = [c for c in clusters if any(_rho(rho, tree, other) > 0.0 for other in c)]
        clusters = [c for c in clusters if not any(c is t for t in touching)]
        merged = sorted([tree, *(t for c in touching for t in c)], key=lambda t: t.origin)
        clusters.append(merged)
    return sorted(clusters, key=lambda cluster: cluster[0].origin)


def _rho(rho: Mapping[frozenset[str], float], a: OriginTree, b: OriginTree) -> float:
    return rho.get(frozenset((a.origin, b.origin)), 0.0)


def _mixture(trees: list[OriginTree], rho: Mapping[frozenset[str], float]) -> Pair:
    """Sum over all ways to group some origins, by recursion over the group that holds the first one left."""
    n = len(trees)
    if n > LARGEST_MIXTURE:
        raise ValueError(
            f"{n} origins of one proposition may be the same ({trees[0].origin}, ...); at most "
            f"{LARGEST_MIXTURE} can be summed exactly: say in origin_pairs which are apart (p_same 0)"
        )
    apart = [[1.0 - _rho(rho, a, b) for b in trees] for a in trees]
    connected: dict[tuple[int, ...], float] = {}
    groups: dict[tuple[int, ...], Pair] = {}
    memory: dict[tuple[int, ...], Pair] = {(): Pair(0.0, 0.0)}

    def total(left: tuple[int, ...]) -> Pair:
        if left not in memory:
            h = f = _NEVER
            for group, rest in _splits(left):
                weight = log_of(_connected(group, apart, connected) * _crossing(group, rest, apart))
                if weight == _NEVER:
                    continue
                if group not in groups:
                    groups[group] = _group_likelihood([trees[i] for i in group])
                one, others = groups[group], total(rest)
                h = log_sum(h, weight + one.h + others.h)
                f = log_sum(f, weight + one.f + others.f)
            memory[left] = Pair(h, f)
        return memory[left]

    return total(tuple(range(n)))


def _splits(members: tuple[int, ...]) -> Iterable[tuple[tuple[int, ...], tuple[int, ...]]]:
    """All (group with the first member, rest)."""
    first, others = members[0], members[1:]
    for size in range(len(others) + 1):
        for chosen in combinations(others, size):
            yield (first, *chosen), tuple(i for i in others if i not in chosen)


def _crossing(group: tuple[int, ...], rest: tuple[int, ...], apart: list[list[float]]) -> float:
    """P(no pair across the two sets is the same)."""
    product = 1.0
    for i in group:
        for j in rest:
            product *= apart[i][j]
    return product


def _connected(group: tuple[int, ...], apart: list[list[float]], known: dict[tuple[int, ...], float]) -> float:
    """P(the pairs that are the same connect the whole group) = 1 - P(the first one's part is smaller)."""
    if group not in known:
        smaller = 0.0
        for part, rest in _splits(group):
            if rest:
                smaller += _connected(part, apart, known) * _crossing(part, rest, apart)
        known[group] = max(1.0 - smaller, 0.0)
    return known[group]


def _group_likelihood(trees: list[OriginTree]) -> Pair:
    """Some origins as one: the mean voice, all branches, the widest cap among them."""
    voice = Pair(sum(t.voice.h for t in trees) / len(trees), sum(t.voice.f for t in trees) / len(trees))
    pair = tree_likelihood(voice, (branch for tree in trees for branch in tree.branches))
    return capped(pair, max(tree.log_cap for tree in trees))
