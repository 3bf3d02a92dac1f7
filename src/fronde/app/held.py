"""What a case brings to the reading of a report: names to resolve, sources and origins it has, claims it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from fronde.extract.actors import Actor, Gazetteer
from fronde.extract.rows import EMPTY, Known
from fronde.extract.same import Heard, role_words, runs_of


@dataclass(frozen=True, slots=True)
class Held:
    """Gazetteer, sources and origins, known outlets, stored claims with the outlet and the voice of each."""

    gazetteer: Gazetteer | None = None
    known: Known = EMPTY
    outlets: tuple[str, ...] = ()
    claims: list[dict[str, str]] = field(default_factory=list)
    outlet_of: Mapping[str, str] = field(default_factory=dict)
    identity: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    reports: Mapping[str, str] = field(default_factory=dict)  # sha256 of a text -> its report


def held(case: str | Path | None, published: date | None = None) -> Held:
    """Read a case; nothing of a case is needed. Groups are those known when the report was published."""
    if case is None:
        return Held()
    from fronde.evidence.reading import read_tables
    from fronde.scenario.case import find_case, read_case

    folder = find_case(case)
    spec, elite, _ = read_case(folder, date.today())
    group: dict[str, str] = {}
    for fact in sorted(elite.attributes, key=lambda fact: fact.known_at):
        if fact.attribute == "group" and (published is None or fact.known_at <= published):
            group[fact.actor_id] = str(fact.value)
    groups = {key: getattr(g, "title", "") or key.replace("_", " ") for key, g in (spec.groups if spec else {}).items()}
    pack: Mapping[str, Sequence[Any]] = read_tables(folder / "evidence").tables
    sources = [r for r in pack.get("sources", ()) if r.status not in ("rejected", "retracted")]
    voices = _voices(pack, {r.id: r for r in sources})
    return Held(
        gazetteer=Gazetteer((Actor(a.id, _names(a), group.get(a.id, "")) for a in elite.actors), groups),
        known=Known(
            {r.id: r.name for r in sources},
            {r.id: r.source for r in pack.get("origins", ()) if r.source},
            {r.id: r.role_text or r.name for r in sources if r.identity != "named"},
            _heard(pack, {r.id: r for r in sources}),
        ),
        outlets=tuple(r.name for r in sources if r.kind == "outlet"),
        claims=[_cells(r) for r in pack.get("claims", ())],
        outlet_of={r.id: r.outlet for r in pack.get("reports", ())},
        identity={claim: str(source.identity) for claim, source in voices.items()},
        labels={r.id: r.label for r in pack.get("origins", ())},
        reports={r.text_sha256: r.id for r in pack.get("reports", ()) if r.text_sha256},
    )


def _voices(pack: Mapping[str, Sequence[Any]], sources: Mapping[str, Any]) -> dict[str, Any]:
    """Claim -> its innermost source."""
    hops = sorted(pack.get("hops", ()), key=lambda h: h.position)
    return {h.claim: sources[h.source] for h in hops if h.source in sources}


def _heard(pack: Mapping[str, Sequence[Any]], sources: Mapping[str, Any]) -> dict[str, Heard]:
    """Origin -> its voice: when it was first read, and the words kept of what it was quoted with."""
    published = {r.id: r.published_at for r in pack.get("reports", ())}
    first: dict[str, date] = {}
    said: dict[str, list[str]] = {}
    for claim in pack.get("claims", ()):
        if str(claim.status) in ("rejected", "retracted"):
            continue
        day = published.get(claim.report)
        if day is not None:
            first[claim.origin] = min(day, first.get(claim.origin, day))
        said.setdefault(claim.origin, []).append(claim.quote_words)
    found = {}
    for origin in pack.get("origins", ()):
        source = sources.get(origin.source)
        if source is None:
            continue
        named = str(source.identity) == "named"
        role = role_words(source.role_text or source.name)
        runs = runs_of(said.get(origin.id, ()))
        found[origin.id] = Heard(source.name, named, role, first.get(origin.id), runs)
    return found


def _names(actor: Any) -> tuple[str, ...]:
    properties = getattr(actor, "properties", {}) or {}
    names = [getattr(actor, "name", ""), getattr(actor, "title", "")]
    for key in ("name", "alias", "weakAlias", "previousName"):
        names += list(properties.get(key, ()))
    return tuple(dict.fromkeys(str(n) for n in names if n))


def _cells(row: Any) -> dict[str, str]:
    low = row.count_low
    return {
        "id": row.id, "report": row.report, "status": str(row.status), "event_class": row.event_class,
        "actors": ";".join(row.actors), "modality": str(row.modality), "count_low": "" if low is None else f"{low:g}",
        "count_qualifier": str(row.count_qualifier or ""), "date_low": str(row.date_low or ""), "origin": row.origin,
        "note": row.note,
    }  # fmt: skip
