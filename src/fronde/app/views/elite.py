"""The elite: published people, their groups, posts and ties, each with the day it became known."""

from typing import Any

from fronde.app.views.desk import Desk
from fronde.report.network import layout
from fronde.scenario.case import Case, load_case


def elite(desk: Desk, case: str) -> dict[str, Any]:
    """People, groups and ties of a case, each person with a place in the picture."""
    found = document(load_case(desk.case(case)))
    spots, centres = layout(found)
    for row in found["people"]:
        row["x"], row["y"] = (round(at, 1) for at in spots.get(row["id"], (0.0, 0.0)))
    for row in found["groups"]:
        row["x"], row["y"] = (round(at, 1) for at in centres.get(row["id"], (0.0, 0.0)))
    return {"case": case, **found}


def document(found: Case) -> dict[str, Any]:
    """People, groups and ties; whoever is drawn from a distribution has no name and is only counted."""
    spec, seen = found.spec, found.rows
    facts: dict[str, dict[str, dict[str, Any]]] = {}
    for row in seen.attributes:
        facts.setdefault(row.actor_id, {})[row.attribute] = {
            "value": row.value,
            "unit": row.unit,
            "known_at": row.known_at.isoformat(),
            "source": row.source,
        }
    people = [
        {
            "id": actor.id,
            "name": actor.name,
            "group": str(facts.get(actor.id, {}).get("group", {}).get("value", "")),
            "facts": {key: fact for key, fact in facts.get(actor.id, {}).items() if key != "group"},
        }
        for actor in seen.actors
        if actor.id in facts
    ]
    ties = [
        {
            "from": row.from_id,
            "to": row.to_id,
            "kind": row.kind,
            "weight": row.weight,
            "known_at": row.known_at.isoformat(),
            "source": row.source,
            "note": row.note,
        }
        for row in seen.ties
    ]
    groups = [
        {"id": name, "title": group.title, "size": group.size, "named": sum(one["group"] == name for one in people)}
        for name, group in spec.groups.items()
    ]
    kinds = sorted({str(tie["kind"]) for tie in ties})
    tied = len({end for tie in ties for end in (tie["from"], tie["to"])})
    unnamed = sum(group.size for group in spec.groups.values()) - len(people)
    return {
        "title": spec.title,
        "as_of": spec.moment,
        "leader": spec.leader.title,
        "lede": (
            f"{len(ties)} published ties join {tied} of {len(people)} named people; "
            f"{unnamed} more are counted without a name."
        ),
        "groups": groups,
        "people": people,
        "ties": ties,
        "kinds": kinds,
    }
