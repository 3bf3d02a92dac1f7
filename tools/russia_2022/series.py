"""Observed numbers: fortunes, the total of all fortunes, the index of the front, sanctions listings."""

from datetime import date, timedelta
from math import log
from pathlib import Path

from russia_2022 import listings
from russia_2022.elite import owner_id, owners
from russia_2022.tables import AS_OF_LIMIT, EVE, number, read, slug, write

HEADER = "name,subject,date,value,unit,known_at,source"
PUBLISHED = {"2021": "2021-04-06", "2022": "2022-04-05"}  # when Forbes put its annual lists out
HURUN_PUBLISHED = "2022-03-17"
GAPMINDER = "via Gapminder (CC BY 4.0)"
REFERENCE_LOSSES = 100.0  # claimed losses a day that count as index 0
WEEK = 7


def build(data: Path, out: Path) -> None:
    """Write the four series the model reads, and two that are only for checking."""
    write(out / "fortune.csv", HEADER, _fortunes(data))
    write(out / "fortune_hurun.csv", HEADER, _hurun(data))
    write(out / "fortune_below.csv", HEADER, _below(data))
    write(out / "market.csv", HEADER, _market(data))
    write(out / "battlefield.csv", HEADER, _battlefield(data))
    write(out / "designation.csv", HEADER, _designations(data))


def _fortunes(data: Path) -> list[list[str]]:
    case = {row["person_id"] for row in owners()}
    daily = _weekly(data)
    rows = []
    for row in read(data / "fortunes_forbes_annual.csv"):
        if row["list_year"] not in PUBLISHED or row["person_id"] not in case:
            continue
        if row["list_year"] == "2022" and row["person_id"] in daily:
            continue  # the daily values of the same issuer say the same in more detail
        source = f"Forbes annual list {row['list_year']}, {GAPMINDER}"
        known_at = PUBLISHED[row["list_year"]]
        rows.append(_fortune(row["person_id"], row["valuation_date"], row["net_worth_usd_m"], known_at, source))
    for person, values in daily.items():
        for day, value in values:
            rows.append(_fortune(person, day, value, day, "Forbes real-time list, via komed3/rtb-api (MIT)"))
    return sorted(rows, key=lambda row: (row[1], row[2]))


def _fortune(person: str, day: str, millions: str, known_at: str, source: str) -> list[str]:
    return ["fortune", owner_id(person), day, number(float(millions) / 1000), "USD bn", known_at, source]


def _weekly(data: Path) -> dict[str, list[tuple[str, str]]]:
    """Last daily value of each week that ends on the weekday of the eve: the model's own grid."""
    found: dict[str, dict[date, tuple[str, str]]] = {}
    eve = date.fromisoformat(EVE)
    for row in read(data / "fortunes_person_daily_sample.csv"):
        if row["date"] > AS_OF_LIMIT:
            continue
        ahead = (eve - date.fromisoformat(row["date"])).days % WEEK
        week = date.fromisoformat(row["date"]) + timedelta(days=ahead)
        found.setdefault(row["person_id"], {})[week] = (row["date"], row["net_worth_usd_m"])
    return {person: [weeks[week] for week in sorted(weeks)] for person, weeks in found.items()}


def _hurun(data: Path) -> list[list[str]]:
    ids = {row["hurun_name"]: row["person_id"] for row in owners() if row["hurun_name"]}
    rows = []
    for row in read(data / "fortunes_hurun_2022.csv"):
        if row["name"] in ids:
            source = f"Hurun Global Rich List 2022, {GAPMINDER}"
            actor = owner_id(ids[row["name"]])
            value = number(float(row["net_worth_usd_bn"]))
            rows.append(["fortune_hurun", actor, row["valuation_date"], value, "USD bn", HURUN_PUBLISHED, source])
    return sorted(rows, key=lambda row: row[1])


def _below(data: Path) -> list[list[str]]:
    """Owners on the list of 2021 and absent from that of 2022: their fortune was under one billion then."""
    later = {row["person_id"] for row in read(data / "fortunes_forbes_annual.csv") if row["list_year"] == "2022"}
    source = f"absent from the Forbes annual list 2022, {GAPMINDER}"
    gone = [owner_id(row["person_id"]) for row in owners() if row["person_id"] not in later]
    return [["fortune_below", actor, "2022-03-11", "1", "USD bn", PUBLISHED["2022"], source] for actor in sorted(gone)]


def _market(data: Path) -> list[list[str]]:
    source = "Forbes real-time list, total of people listed under Russia, via komed3/rtb-api (MIT)"
    rows = []
    for row in read(data / "fortunes_country_total_daily.csv"):
        if row["suspect"] != "1" and row["date"] <= AS_OF_LIMIT:
            value = number(float(row["total_net_worth_usd_m"]) / 1000)
            rows.append(["market", "ru", row["date"], value, "USD bn", row["date"], source])
    return rows


def _battlefield(data: Path) -> list[list[str]]:
    """Index of the front in sd: b = -ln(claimed personnel losses a day, mean of the last seven days / 100), in -3..3.

    Before the seventh day the mean runs over the days since the eve. One row a day, so any time grid can read it.
    """
    claimed = read(data / "battlefield_ukr_general_staff_daily.csv")
    totals = {row["date"]: float(row["personnel_cum"]) for row in claimed}
    source = "assumption: index from daily loss claims of the Ukrainian General Staff, a belligerent (MIT compilation)"
    eve = date.fromisoformat(EVE)
    rows = []
    for day in sorted(totals):
        if day > AS_OF_LIMIT:
            break
        start = max(eve, date.fromisoformat(day) - timedelta(days=WEEK))
        span = (date.fromisoformat(day) - start).days
        rate = (totals[day] - totals.get(start.isoformat(), 0.0)) / span
        index = max(-3.0, min(3.0, -log(max(rate, 1.0) / REFERENCE_LOSSES)))
        rows.append(["battlefield", "ru", day, number(index), "sd", day, source])
    return rows


def _designations(data: Path) -> list[list[str]]:
    rows = []
    of_owners = listings.of_owners(data)
    for owner in owners():
        if owner["person_id"] in of_owners:
            rows.append((owner_id(owner["person_id"]), *of_owners[owner["person_id"]]))
    for name, (day, source) in listings.of_people(data).items():
        rows.append(("ru-" + slug(name), day, source))
    return [["designation", actor, day, "1", "1", day, source] for actor, day, source in sorted(rows)]
