"""The named elite: entities, published facts, ties. Attitudes are never coded for a named person."""

import re
from itertools import combinations
from pathlib import Path

from russia_2022.tables import EVE, Row, number, own, read, slug, write, write_lines

FORBES_2021 = ("2021-04-06", "Forbes annual list 2021, prices of 2021-03-05, via Gapminder (CC BY 4.0)")
FORBES_DAILY = (EVE, "Forbes real-time value of 2022-02-23, via komed3/rtb-api (MIT)")
CODING = "assumption"
# Sources named without a day: the Hurun list came out on 17 March 2022.
UNDATED = {"Hurun": "2022-03-17", "of March 2022": "2022-03-31"}
Access = dict[str, tuple[float, str]]  # actor id to closeness and its source
Pairs = dict[tuple[str, str, str], list[str]]  # two actor ids and a kind of tie to source and note


def published(source: str) -> str:
    """Day on which a source could be read: the latest date in its text, never before the eve of the onset."""
    days = [EVE, *re.findall(r"\d{4}-\d{2}-\d{2}", source)]
    days += [day for word, day in UNDATED.items() if word in source]
    return max(days)


def owners() -> list[Row]:
    """Owners who belong to the case, in the order of the list of 2021."""
    return [row for row in own("owners.csv") if row["include"] == "1"]


def owner_id(person_id: str) -> str:
    """Forbes id to actor id; a family's fortune stands for its head."""
    return "ru-" + person_id.removesuffix("-family")


def names(data: Path) -> dict[str, str]:
    """Every name and alias to its actor id."""
    by_id = {row["person_id"]: row["name"] for row in _forbes(data, "2021")}
    known = {_clean(by_id[row["person_id"]]): owner_id(row["person_id"]) for row in owners()}
    known |= {row["name"]: "ru-" + slug(row["name"]) for row in own("people.csv")}
    return known | {row["alias"]: row["actor_id"] for row in own("aliases.csv")}


def _clean(name: str) -> str:
    return name.removesuffix(" & brother")


def _forbes(data: Path, year: str) -> list[Row]:
    return [row for row in read(data / "fortunes_forbes_annual.csv") if row["list_year"] == year]


def build(data: Path, out: Path) -> None:
    """Write elite/actors.jsonl, attributes.csv and ties.csv."""
    ids = names(data)
    write_lines(out / "actors.jsonl", entities(data))
    header = "actor_id,attribute,value,unit,known_at,source,note"
    write(out / "attributes.csv", header, _attributes(data, ids))
    write(out / "ties.csv", "from_id,to_id,kind,weight,known_at,source,note", _ties(data, ids))


def entities(data: Path) -> list[dict[str, object]]:
    """FollowTheMoney persons."""
    forbes = {row["person_id"]: row for row in _forbes(data, "2021")}
    made = []
    for row in owners():
        listed = forbes[row["person_id"]]
        gender = {"M": "male", "F": "female"}[listed["gender"]]
        aliases = [row["hurun_name"]] if row["hurun_name"] not in ("", _clean(listed["name"])) else []
        made.append(_person(owner_id(row["person_id"]), _clean(listed["name"]), aliases, gender))
    for row in own("people.csv"):
        aliases = [row[key].split(" (")[0] for key in ("eu_name", "uk_name", "us_name") if row[key]]
        made.append(_person("ru-" + slug(row["name"]), row["name"], list(dict.fromkeys(aliases)), ""))
    return made


def _person(identifier: str, name: str, aliases: list[str], gender: str) -> dict[str, object]:
    properties: dict[str, list[str]] = {"name": [name]}
    if aliases:
        properties["alias"] = aliases
    if gender:
        properties["gender"] = [gender]
    return {"id": identifier, "schema": "Person", "properties": properties | {"country": ["ru"]}}


def _attributes(data: Path, ids: dict[str, str]) -> list[list[str]]:
    offices = {row["office_class"]: row for row in own("offices.csv")}
    closeness = _closeness_from_ties(data, ids)
    rows: list[list[str]] = []
    for owner in owners():
        rows += _owner_rows(owner, data, offices, closeness)
    for person in own("people.csv"):
        actor = "ru-" + slug(person["name"])
        rows.append([actor, "group", person["group"], "", EVE, CODING, _why(person)])
        rows += _office_rows(actor, person["office_class"], person["office"], "public record", offices, closeness)
    return rows


def _why(person: Row) -> str:
    if person["office"]:
        return f"coding choice; rests on the office held: {person['office']}"
    return "coding choice; rests on the ties and listings in this folder"


def _owner_rows(owner: Row, data: Path, offices: dict[str, Row], closeness: Access) -> list[list[str]]:
    actor = owner_id(owner["person_id"])
    wealth, (known_at, source) = start_wealth(data)[owner["person_id"]]
    note = "last value of the same issuer before the onset"
    rows = [
        [actor, "group", owner["group"], "", EVE, CODING, f"coding choice; rests on: {owner['basis']}"],
        [actor, "wealth_start", number(wealth), "USD bn", known_at, source, note],
    ]
    held = {row["person_id"]: row for row in own("owner_offices.csv")}.get(owner["person_id"])
    office_class, office, origin = (held["office_class"], held["office"], held["source"]) if held else ("none", "", "")
    return rows + _office_rows(actor, office_class, office, origin, offices, closeness)


def start_wealth(data: Path) -> dict[str, tuple[float, tuple[str, str]]]:
    """Forbes id to (USD bn before the onset, (known_at, source)).

    One issuer throughout: the later values are Forbes's, and Hurun's run about a fifth lower for the same people.
    """
    found = {row["person_id"]: (float(row["net_worth_usd_m"]) / 1000, FORBES_2021) for row in _forbes(data, "2021")}
    for row in read(data / "fortunes_person_daily_sample.csv"):
        if row["date"] == EVE:
            found[row["person_id"]] = (float(row["net_worth_usd_m"]) / 1000, FORBES_DAILY)
    return found


def _office_rows(
    actor: str, office_class: str, office: str, origin: str, offices: dict[str, Row], closeness: Access
) -> list[list[str]]:
    rows = []
    access = [closeness[actor]] if actor in closeness else []
    if office_class == "none":
        rows.append([actor, "in_office", "0", "", EVE, CODING, "no public office in the source files"])
    else:
        entry = offices[office_class]
        note = "office held on the eve of the onset; hand-coded"
        rows.append([actor, "in_office", "1", "", published(origin), origin, note])
        rows.append([actor, "office", office, "", published(origin), origin, note])
        rows.append(
            [actor, "rank", entry["rank"], "1", published(origin), "office-rank table, assumption", entry["note"]]
        )
        access.append((float(entry["closeness"]), "office-access table, assumption"))
    if access:
        value, source = max(access, key=lambda item: item[0])
        note = "access to the leader that a published tie or office implies"
        rows.append([actor, "closeness", number(value), "1", published(source), source, note])
    return rows


def _closeness_from_ties(data: Path, ids: dict[str, str]) -> Access:
    scale = {row["tie_type"]: float(row["closeness"]) for row in own("leader_ties.csv")}
    found: Access = {}
    for tie in read(data / "network_elite_ties.csv"):
        actor = ids.get(tie["from_person"])
        if actor is None or tie["to_person_or_org"] != "Vladimir Putin":
            continue
        value = scale[tie["tie_type"]]
        if actor not in found or value > found[actor][0]:
            found[actor] = (value, f"{tie['source']}; scale of tie types is an assumption")
    return found


def _ties(data: Path, ids: dict[str, str]) -> list[list[str]]:
    """Every published tie between two named actors, once (it counts both ways); the first source of a pair is kept."""
    pairs: Pairs = {}
    for tie in read(data / "network_elite_ties.csv"):
        ends = (ids.get(tie["from_person"]), ids.get(tie["to_person_or_org"]))
        if ends[0] and ends[1] and tie["tie_type"] in ("kin", "business"):
            _keep(pairs, ends[0], ends[1], tie["tie_type"], tie["source"], tie["detail"])
    for group in own("organisations.csv"):
        members = [ids[name] for name in group["members"].split(";")]
        for first, second in combinations(members, 2):
            _keep(pairs, first, second, group["kind"], group["source"], f"both in {group['organisation']}")
    return [[*key, "1", published(pairs[key][0]), *pairs[key]] for key in sorted(pairs)]


def _keep(pairs: Pairs, first: str, second: str, kind: str, source: str, note: str) -> None:
    one, other = sorted((first, second))
    pairs.setdefault((one, other, kind), [source, note])
