"""The dated events of the elite: windows, days on which they were public, and the pages that carry them."""

import calendar
from datetime import date, timedelta
from urllib.parse import urlsplit

from russia_2022.tables import EVE, Row, own, slug

LETTERS = {"high": "A", "medium": "C", "low": "D"}  # confidence of the event table to a letter
DAYS_BEFORE = 4  # comments of the same week that came before a resignation
FLAGSHIP = "rep-flagship"
FLAGSHIP_DAY = "2022-04-30"
COLUMNS = ("name", "kind", "identity", "role_text", "group", "access", "interest", "reliability", "reliability_from")
LISIN = ("ev-lisin", "rep-lisin", "2022-03-07")  # event, report, day: found through a claim of the flagship report


def outlet(event: Row) -> str:
    """Host name of the page."""
    return (urlsplit(event["source_url"]).hostname or "unknown").removeprefix("www.")


def source_id(event: Row) -> str:
    """Id of the outlet."""
    return "src-" + slug(outlet(event))


def report_id(event: Row) -> str:
    """Id of the page as a report."""
    return "rep-" + event["event_id"].lower()


def window(event: Row) -> tuple[str, str]:
    """First and last possible day. Only the month known: up to the day it was public, or the end of the month."""
    first = event["event_date"]
    if event["event_id"] == "R22-004":  # asked to go at some time between the onset and the report
        return first, event["known_date"]
    if event["date_precision"] == "day":
        return first, first
    if event["known_date"] > first:
        return first, event["known_date"]
    day = date.fromisoformat(first)
    return first, day.replace(day=calendar.monthrange(day.year, day.month)[1]).isoformat()


def known(event: Row) -> str:
    """Day on which it was public; never before the last day on which it may have happened."""
    return max(event["known_date"], window(event)[1])


def sources(events: list[Row]) -> list[list[object]]:
    """Voices and papers of the flagship report, then the outlets of the dated events."""
    rows: list[list[object]] = [[s["id"], EVE, s["note"], *(s[c] for c in COLUMNS)] for s in own("sources.csv")]
    note = "web page that carries the report, often a copy of another paper's; not graded on its own"
    for identifier, name in {source_id(event): outlet(event) for event in events}.items():
        rows.append([identifier, EVE, note, name, "outlet", "named", "", "", "second_hand", "neutral", "F", ""])
    return rows


def reports(events: list[Row]) -> list[list[object]]:
    """One row for each page; no words of any page are stored."""
    rows = [
        _report(
            FLAGSHIP,
            FLAGSHIP_DAY,
            "written on 29 and 30 April 2022; its words are not stored",
            "src-tabloid",
            "Report on cracks in the Russian elite",
        ),
        _report(
            LISIN[1],
            LISIN[2],
            "the letter as reported on the day",
            "src-public-record",
            "Letter of the owner of NLMK to his staff",
        ),
    ]
    note = "day on which the fact was public; the page itself may be later"
    rows += [
        _report(f"rep-{e['id']}", e["day"], "public act of the state", "src-public-record", e["title"])
        for e in own("leader_events.csv")
    ]
    for event in events:
        rows.append(
            _report(report_id(event), known(event), note, source_id(event), event["source_title"], event["source_url"])
        )
    return rows


def _report(name: str, day: str, note: str, source: str, title: str, url: str = "") -> list[object]:
    return [name, day, note, source, title, url, day, "", "", "not stored", "en" if name == FLAGSHIP else ""]


def events(table: list[Row]) -> list[list[object]]:
    """Rows of events.csv; an id that ends in b is a second fact of the same row of the event table."""
    dated = {row["event_id"]: row for row in table}
    rows = [_event(coded, dated[coded["event_id"].removesuffix("b")]) for coded in own("events_map.csv")]
    note = "Vladimir Lisin: letter to staff that calls deaths hard to justify and asks for diplomacy"
    name, report, day = LISIN
    rows.append([name, day, note, "criticise_policy", "", "ru-vladimir-lisin", "", day, day, "0.95", "A", report])
    for e in own("leader_events.csv"):
        day, report = e["day"], f"rep-{e['id']}"
        rows.append([f"ev-{e['id']}", day, e["note"], e["event_class"], "", "leader", "", day, day, "1", "A", report])
    return rows


def _event(coded: Row, event: Row) -> list[object]:
    second = coded["event_id"].endswith("b")
    low, high = window(event)
    if second:
        low = (date.fromisoformat(low) - timedelta(days=DAYS_BEFORE)).isoformat()
    told = f"{event['person_or_org']}: {event['description']}"
    return [
        "ev-" + coded["event_id"].lower(),
        coded["known_at"] or known(event),
        f"{told}; {coded['note']}" if coded["note"] else told,
        coded["event_class"],
        "",
        coded["actor"],
        "",
        low,
        high,
        coded["visibility"],
        "C" if second else LETTERS[event["confidence"]],
        report_id(event),
    ]
