"""elite/: who was at risk, with published facts only; members of whom nothing is published are drawn per group."""

from pathlib import Path

from history.plans import Plan
from history.record import Departure, roster
from russia_2022.tables import Row, slug, write, write_lines

RANKS = {"SoS": 0.9, "MoS": 0.6, "PUSS": 0.4, "Parl.": 0.3, "Parl. lead.": 0.5}  # order of the offices is published
IFG = "Institute for Government ministers database, CC BY 4.0"


def build(plan: Plan, departures: list[Departure], data: Path, out: Path) -> None:
    """actors.jsonl, attributes.csv and ties.csv."""
    people: dict[str, Departure] = {each.id: each for each in departures}
    entities: list[object] = []
    rows: list[list[object]] = []
    ties: list[list[object]] = []
    if plan.name == "uk-2022":
        entities, rows, ties = _ministers(plan, data)
    else:
        for key, each in sorted(people.items()):
            summary = [] if each.named else ["member of a group of whom no name is published"]
            properties = {"name": [each.name], **({"summary": summary} if summary else {})}
            entities.append({"id": key, "schema": "Person", "properties": properties})
            source = each.row["source_title"]
            rows.append([key, "group", each.group, "", plan.eve, source, "place held on the eve"])
            if each.named and each.row["role"]:
                rows.append([key, "office", each.row["role"][:120], "", plan.eve, source, ""])
            rank = plan.plan["groups"][each.group].get("senior", {}).get(each.row["event_id"][-3:])
            if rank is not None:
                rows.append([key, "rank", rank, "1", plan.eve, source, "order of public offices"])
    write_lines(out / "actors.jsonl", entities)
    write(out / "attributes.csv", "actor_id,attribute,value,unit,known_at,source,note", rows)
    write(out / "ties.csv", "from_id,to_id,kind,weight,known_at,source,note", ties)


def _group(row: Row) -> str:
    if row["rank"] == "SoS":
        return "cabinet"
    return "whips" if row["rank"].startswith("Parl") else "junior"


def _ministers(plan: Plan, data: Path) -> tuple[list[object], list[list[object]], list[list[object]]]:
    people = sorted(roster(data), key=lambda row: slug(row["person"]))
    entities: list[object] = []
    rows: list[list[object]] = []
    for row in people:
        key = f"uk-{slug(row['person'])}"
        entities.append({"id": key, "schema": "Person", "properties": {"name": [row["person"]], "country": ["gb"]}})
        office = f"{row['main_post']} ({row['department']})"[:120]
        rows.append([key, "group", _group(row), "", plan.eve, IFG, ""])
        rows.append([key, "office", office, "", plan.eve, IFG, ""])
        rows.append([key, "rank", RANKS[row["rank"]], "1", plan.eve, IFG, "order of public offices"])
    ties = [
        [f"uk-{slug(a['person'])}", f"uk-{slug(b['person'])}", "service", 1, plan.eve, IFG, a["department"]]
        for k, a in enumerate(people)
        for b in people[k + 1 :]
        if a["department"] == b["department"] and not a["department"].startswith("Whip")
    ]
    return entities, rows, ties
