"""The elite as the engine sees it: one column per attribute, actors sorted by group, named ones first.

A named actor's published facts are used; whatever is not published is drawn from its group's distributions.
Synthetic members `<group>#001`, `<group>#002`, ... fill each group up to its size. Who is in the elite at a
date is who had a `group` row known by then. Attributes describe the eve of the onset; a row known later
corrects an earlier one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fronde.domain.draws import entity_key
from fronde.scenario.distributions import draw
from fronde.scenario.fields import ATTRIBUTES
from fronde.scenario.model import CaseSpec
from fronde.scenario.problems import CaseError, Problem
from fronde.scenario.rows import ActorRow, AttributeRow, TieRow
from fronde.scenario.series import Floats, frozen
from fronde.scenario.tables import ATTRIBUTES_FILE
from fronde.scenario.ties import make_ties

SHARE_FLOOR = 0.1  # what a member without rank or access still counts when a group's weight is shared out
Facts = dict[str, dict[str, float | str]]


@dataclass(frozen=True, eq=False)
class Elite:
    """Everybody at risk. Arrays are read-only; [N] actors in the order of `ids`.

    group indexes `groups`; key is the actor's 48-bit identity in draws; published [N, attribute] tells facts
    from draws (columns as in fields.ATTRIBUTES). Ties of actor i: entries tie_indptr[i]..tie_indptr[i + 1] of
    tie_indices, tie_weight (sums to 1 per actor), tie_kind (index in fields.TIE_KINDS), tie_published.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    offices: tuple[str, ...]
    groups: tuple[str, ...]
    group_titles: tuple[str, ...]
    synthetic: NDArray[np.bool_]
    group: NDArray[np.int64]
    key: NDArray[np.uint64]
    wealth_start: Floats
    foreign_share: Floats
    state_lever: Floats
    rank: Floats
    closeness: Floats
    position: Floats
    salience: Floats
    roots_abroad: Floats
    visibility: Floats
    coercion: Floats
    weight: Floats
    in_office: Floats
    published: NDArray[np.bool_]
    tie_indptr: NDArray[np.int64]
    tie_indices: NDArray[np.int64]
    tie_weight: Floats
    tie_kind: NDArray[np.int8]
    tie_published: NDArray[np.bool_]

    @property
    def size(self) -> int:
        """Number of actors."""
        return len(self.ids)


def gather_facts(rows: Iterable[AttributeRow], fortunes: Mapping[str, float]) -> Facts:
    """Published facts by actor; the row known last counts. A listed fortune stands in for `wealth_start`."""
    facts: Facts = {}
    known_at: dict[tuple[str, str], AttributeRow] = {}
    for row in rows:
        before = known_at.get((row.actor_id, row.attribute))
        if before is None or before.known_at < row.known_at:
            known_at[(row.actor_id, row.attribute)] = row
            facts.setdefault(row.actor_id, {})[row.attribute] = row.value
    for actor, fortune in fortunes.items():
        if actor in facts:
            facts[actor].setdefault("wealth_start", fortune)
    return facts


def _members(spec: CaseSpec, actors: Iterable[ActorRow], facts: Facts) -> list[tuple[str, str, int, bool]]:
    """(id, name, group index, synthetic) of everybody, by group, named ones by id before synthetic ones."""
    named: dict[str, list[ActorRow]] = {group: [] for group in spec.groups}
    for actor in sorted(actors, key=lambda row: row.id):
        group = facts.get(actor.id, {}).get("group")
        if isinstance(group, str) and group in named:
            named[group].append(actor)
    members: list[tuple[str, str, int, bool]] = []
    for index, (group, block) in enumerate(spec.groups.items()):
        if len(named[group]) > block.size:
            raise CaseError(
                [
                    Problem(
                        ATTRIBUTES_FILE,
                        0,
                        0,
                        f"{len(named[group])} named actors in group `{group}`",
                        f"at most its size {block.size} in case.yaml",
                        "raise `size` or move actors",
                    )
                ]
            )
        members += [(actor.id, actor.name, index, False) for actor in named[group]]
        missing = block.size - len(named[group])
        members += [(f"{group}#{k:03d}", f"{block.title} #{k:03d}", index, True) for k in range(1, missing + 1)]
    return members


def _columns(
    spec: CaseSpec, members: list[tuple[str, str, int, bool]], keys: list[int], facts: Facts
) -> tuple[dict[str, Floats], NDArray[np.bool_]]:
    """Attribute columns and which of their values are published."""
    blocks = list(spec.groups.values())
    published = np.zeros((len(members), len(ATTRIBUTES)), dtype=np.bool_)
    columns = {}
    for a, attribute in enumerate(ATTRIBUTES):
        column = np.empty(len(members))
        for i, (name, _, group, _) in enumerate(members):
            fact = facts.get(name, {}).get(attribute.name)
            published[i, a] = fact is not None
            drawn = blocks[group].attributes[attribute.name]
            column[i] = draw(drawn, attribute, spec.seed, keys[i]) if fact is None else float(fact)
        columns[attribute.name] = column
    return columns, published


def _shared_out(totals: list[float], group: NDArray[np.int64], importance: Floats) -> Floats:
    """A group's total divided among its members in proportion to their importance."""
    sums = np.bincount(group, weights=importance, minlength=len(totals))
    return np.asarray(totals)[group] * importance / sums[group]


def _in_office(members: list[tuple[str, str, int, bool]], rank: Floats, facts: Facts) -> Floats:
    """1 for holders of a public office: as published, else whoever has a rank above 0."""
    column = (rank > 0.0).astype(np.float64)
    for i, (name, *_) in enumerate(members):
        told = facts.get(name, {}).get("in_office")
        if told is not None:
            column[i] = float(told)
    return column


def _keys(ids: tuple[str, ...]) -> list[int]:
    """Identity of each actor in draws; two actors may not share one."""
    keys = [entity_key(name) for name in ids]
    if len(set(keys)) < len(keys):
        found, remedy = "two actors with the same 48-bit key", "change one actor's id"
        raise CaseError([Problem(ATTRIBUTES_FILE, 0, 0, found, "different keys", remedy)])
    return keys


def make_elite(
    spec: CaseSpec,
    actors: Iterable[ActorRow],
    attributes: Iterable[AttributeRow],
    ties: Iterable[TieRow],
    fortunes: Mapping[str, float],
) -> Elite:
    """Build the elite from rows already filtered by what was known. fortunes: USD bn on the eve, by actor.

    Raises CaseError if a group has more named actors than members, or two ids share a key.
    """
    facts = gather_facts(attributes, fortunes)
    members = _members(spec, actors, facts)
    ids = tuple(member[0] for member in members)
    keys = _keys(ids)
    group = np.array([member[2] for member in members], dtype=np.int64)
    columns, published = _columns(spec, members, keys, facts)
    importance = SHARE_FLOOR + columns["rank"] + columns["closeness"]
    blocks = spec.groups.values()
    columns["coercion"] = _shared_out([block.coercion for block in blocks], group, importance)
    columns["weight"] = _shared_out([block.weight for block in blocks], group, importance)
    columns["in_office"] = _in_office(members, columns["rank"], facts)
    table = make_ties(ids, keys, group.tolist(), ties, spec.ties, spec.seed)
    return Elite(
        ids=ids,
        names=tuple(member[1] for member in members),
        offices=tuple(str(facts.get(name, {}).get("office", "")) for name in ids),
        groups=tuple(spec.groups),
        group_titles=tuple(block.title for block in blocks),
        synthetic=frozen(np.array([member[3] for member in members], dtype=np.bool_)),
        group=frozen(group),
        key=frozen(np.array(keys, dtype=np.uint64)),
        **{name: frozen(column) for name, column in columns.items()},
        published=frozen(published),
        tie_indptr=frozen(table.indptr),
        tie_indices=frozen(table.indices),
        tie_weight=frozen(table.weight),
        tie_kind=frozen(table.kind),
        tie_published=frozen(table.published),
    )
