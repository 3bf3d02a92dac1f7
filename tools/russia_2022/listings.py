"""First listing by the EU, the US or the UK of each named person, from the three published lists."""

from pathlib import Path

from russia_2022.tables import AS_OF_LIMIT, Row, own, read

# The US file starts here; who was listed earlier is only known to have been listed before.
US_FILE_STARTS = "2021-08-18"
LISTS = (
    ("EU", "eu_name", "sanctions_eu_269_listings.csv", ("list_date",)),
    ("UK", "uk_name", "sanctions_uk_designations.csv", ("date_designated", "listed_on")),
    ("US", "us_name", "sanctions_us_sdn_additions.csv", ("est_action_date",)),
)
# The name match of the billionaires' file takes the son (EU 2022-03-09, UK 2022-03-15) for the father.
CORRECTED = {"andrei-guriev-family": ("2022-04-06", "UK list: Andrey Grigoryevich Guryev, designated 2022-04-06")}
UK_BELARUS = {"mikhail-gutseriev": ("2021-08-09", "UK list, Belarus regime, designated 2021-08-09")}


def of_people(data: Path) -> dict[str, tuple[str, str]]:
    """Name of a person in `people.csv` to (date of first listing, source)."""
    found: dict[str, tuple[str, str]] = {}
    for body, column, file, dates in LISTS:
        listed: dict[str, str] = {}
        for row in read(data / file):
            day = min(row[name] for name in dates if row[name])
            if row["target_type"] == "person" and day <= AS_OF_LIMIT:
                listed[row["name"]] = min(day, listed.get(row["name"], day))
        for person in own("people.csv"):
            if not person[column]:
                continue
            if person[column] not in listed:
                raise ValueError(f"{person['name']}: `{person[column]}` is not in {file} by {AS_OF_LIMIT}")
            day = listed[person[column]]
            if person["name"] not in found or day < found[person["name"]][0]:
                found[person["name"]] = (day, f"{body} list ({file}), entry {person[column].split(' (')[0]}")
    return found


def of_owners(data: Path) -> dict[str, tuple[str, str]]:
    """Forbes person id to (date of first listing, source)."""
    found: dict[str, tuple[str, str]] = {}
    for row in read(data / "sanctions_on_billionaires_to_2022_05_08.csv"):
        entry = _first(row)
        if entry:
            found[row["person_id"]] = entry
    return {**found, **CORRECTED, **UK_BELARUS}


def _first(row: Row) -> tuple[str, str] | None:
    dates = [(row[f"{body.lower()}_date"], body) for body in ("EU", "US", "UK") if row[f"{body.lower()}_date"]]
    if row["us_listed_before_2021_08_18"] == "1":
        dates.append((US_FILE_STARTS, "US (listed before this day, exact day not in the file)"))
    if not dates:
        return None
    day, body = min(dates)
    return day, f"{body} list, name match of sanctions_on_billionaires_to_2022_05_08.csv"
