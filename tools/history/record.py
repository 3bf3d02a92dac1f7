"""Rows of the event tables as departures of single people, and the other public acts of the case."""

import csv
from dataclasses import dataclass
from pathlib import Path

from history.plans import Plan
from russia_2022.tables import Row, read, slug

BREAKS = ("resign", "defect_to_opposition", "leave_party_faction", "flee")  # what counts as giving up one's place
CRITICISM = ("criticise_leader", "refuse_order")
MOST_UNNAMED = 20  # a row for more people than this is a count of rank and file, no list of an elite
NOON, EVENING = "12:00", "20:00"


@dataclass(frozen=True)
class Departure:
    """One person who gave up the place held under the ruler, or spoke against him (`kind`)."""

    id: str
    name: str
    named: bool
    group: str
    kind: str  # resign or criticise_leader
    date: str
    time: str
    row: Row


def _people(row: Row) -> tuple[list[str], bool]:
    """Names in a row, or as many numbered members of what it describes."""
    count = int(row["n"] or 1)
    if count == 1:
        return [row["person_or_group"]], True
    return [f"{row['person_or_group']} ({k} of {count})" for k in range(1, count + 1)], False


def _time(plan: Plan, row: Row) -> str:
    """Hour of an event; where only a part of the day is published, the middle of it."""
    if not plan.hourly:
        return ""
    if row["time_local"]:
        return row["time_local"]
    return EVENING if "evening" in row["note"] else str(plan.plan.get("hour_if_unknown", NOON))


def _departure(plan: Plan, row: Row, name: str, named: bool, group: str, kind: str) -> Departure:
    prefix = plan.name.split("-")[0][:3]
    return Departure(f"{prefix}-{slug(name)[:60]}", name, named, group, kind, row["date"], _time(plan, row), row)


def read_record(plan: Plan, data: Path) -> tuple[list[Departure], list[Row]]:
    """(departures and criticism, in order; other events). A person leaves once: the first formal exit counts."""
    rows = [row for row in read(data / "defection_events.csv") if row["case"] == plan.source]
    skipped = set(plan.plan.get("skip", ()))
    found: dict[tuple[str, str], Departure] = {}
    others = []
    for row in sorted(rows, key=lambda r: (r["date"], r["time_local"] or "99", r["event_id"])):
        group = plan.group_of(row["elite_group"])
        breaks = (*BREAKS, *plan.plan.get("as_breaks", ()))
        kind = "resign" if row["event_type"] in breaks else "criticise_leader"
        listed = row["event_type"] in (*breaks, *CRITICISM) and group is not None
        inside = row["date"] >= str(plan.plan["onset"])
        if not (listed and inside) or row["event_id"][-3:] in skipped or int(row["n"] or 1) > MOST_UNNAMED:
            others.append(row)
            continue
        assert group is not None
        people, named = _people(row)
        if row["event_id"][-3:] in set(plan.plan.get("collective", ())):
            named = False
        for name in people:
            each = _departure(plan, row, name, named, group, kind)
            if (each.id, kind) not in found and not (kind == "criticise_leader" and (each.id, "resign") in found):
                found[each.id, kind] = each
    if plan.name == "uk-2022":
        found = _from_roster(plan, data, found)
    return sorted(found.values(), key=lambda d: (d.date, d.time, d.id)), others


def roster(data: Path) -> list[Row]:
    """The ministers at risk on the eve (IfG, CC BY 4.0), without the prime minister."""
    with (data / "uk_2022_minister_roster.csv").open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["outcome"] != "leader"]


def _from_roster(plan: Plan, data: Path, found: dict[tuple[str, str], Departure]) -> dict[tuple[str, str], Departure]:
    """Only ministers on the roster; resignations that the press did not list are taken from it, at a stated hour."""
    people = {f"uk-{slug(row['person'])}": row for row in roster(data)}
    kept = {key: each for key, each in found.items() if key[0] in people}
    for key, row in people.items():
        if row["outcome"] == "resign" and (key, "resign") not in kept:
            source = {"event_id": "roster", "date": row["event_date"], "time_local": row["event_time"], "note": "",
                      "role": row["main_post"], "confidence": "high", "date_precision": "day", "n": "1",
                      "person_or_group": row["person"], "elite_group": "junior_minister", "event_type": "resign",
                      "source_title": "Ministers database (Institute for Government)",
                      "source_address": "https://github.com/instituteforgov/ifg-ministers-database-public"}  # fmt: skip
            kept[key, "resign"] = Departure(
                key, row["person"], True, "junior", "resign", row["event_date"], _time(plan, source), source
            )
    return kept
