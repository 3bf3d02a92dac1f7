"""evidence/: one claim and one event for each public departure, with the page it rests on; and series/.

Both clocks say the same day: these acts were public when they happened. The pages were read years later (coded_at).
"""

import hashlib
import json
from pathlib import Path
from urllib.parse import urlparse

from history.case_file import questions
from history.plans import CODED_AT, Plan
from history.record import Departure
from russia_2022.evidence import COLUMNS, EVERY
from russia_2022.tables import Row, slug, write

GRADE = {"high": "A", "medium": "B", "low": "B"}
LICENCE = "CC-BY-4.0 (own coding in own words; facts are free)"


def build(plan: Plan, departures: list[Departure], others: list[Row], folder: Path) -> None:
    """All tables of the pack, its manifest, and the series of public shocks."""
    tables: dict[str, dict[str, list[object]]] = {name: {} for name in COLUMNS}
    for each in departures:
        _departure(plan, each, tables)
    for row in others:
        _context(plan, row, tables)
    _resolutions(plan, departures, tables)
    for name, rows in tables.items():
        columns = COLUMNS[name] + (",time" if name == "events" else "")
        full = [[key, "fronde", CODED_AT, "accepted", *rows[key]] for key in sorted(rows)]
        write(folder / "evidence" / f"{name}.csv", f"{EVERY},{columns}", full)
    _manifest(plan, folder / "evidence")
    _series(plan, folder / "series")


def _page(row: Row, known: str, tables: dict[str, dict[str, list[object]]]) -> tuple[str, str]:
    """Outlet and report of a row; both are added to their tables. A page that serves several days is one a day."""
    host = urlparse(row["source_address"]).netloc.removeprefix("www.") or slug(row["source_title"])
    outlet = f"src-{slug(host)}"
    tables["sources"].setdefault(
        outlet,
        [known, "page that carries the report; not graded on its own", host, "outlet", "named", "", "", "second_hand",
         "neutral", "F", ""],
    )  # fmt: skip
    report = f"rep-{hashlib.sha256((row['source_address'] + known).encode()).hexdigest()[:10]}"
    note = "day of the events it is cited for; the page itself may be later and was read later"
    tables["reports"].setdefault(
        report, [known, note, outlet, row["source_title"], row["source_address"], known, "", "", "facts only", ""]
    )
    origin = f"RECORD-{slug(host).upper()}"
    tables["origins"].setdefault(origin, [known, "", f"public record as carried by {host}", outlet])
    return outlet, report


def _departure(plan: Plan, each: Departure, tables: dict[str, dict[str, list[object]]]) -> None:
    row, known = each.row, each.date
    outlet, report = _page(row, known, tables)
    number = row["event_id"].rsplit("-", 1)[-1]
    key = f"{number}-{each.id}"
    verb = "gives up the place held under the ruler" if each.kind == "resign" else "turns against the ruler in public"
    claim = [known, "", report, f"RECORD-{outlet.removeprefix('src-').upper()}", "", "", "",
             f"{each.name[:60]} {verb}" if len(each.name.split()) < 11 else f"A member of {each.group} {verb}", "",
             "none", "event", each.kind, "affirm", "asserted", each.id, each.group, "", each.date, each.date,
             "day" if row["date_precision"] in ("day", "minute", "hour") else "range", "", "", "",
             GRADE[row["confidence"]], "", "none", ""]  # fmt: skip
    tables["claims"][f"C-{key}"] = claim
    tables["hops"][f"C-{key}-0"] = [known, "", f"C-{key}", 0, outlet, "", "yes", "statement"]
    note = f"{row['event_type']}; {row['note']}".rstrip("; ")
    event = [known, note, each.kind, "", each.id, "", each.date, each.date, 1, "A", report, each.time]
    tables["events"][f"ev-{key}"] = event
    tables["event_claims"][f"L-{key}"] = [known, "", f"ev-{key}", f"C-{key}", "asserts"]


def _context(plan: Plan, row: Row, tables: dict[str, dict[str, list[object]]]) -> None:
    """Events that are no act of a listed member: kept for the reader, without weight in the likelihood."""
    _, report = _page(row, row["date"], tables)
    text = f"{row['event_type']}: {row['person_or_group']}, {row['role']}; {row['note']}".rstrip("; ")
    kind = "split"
    time = row["time_local"] if plan.hourly else ""
    values = [row["date"], text, kind, "", "", "", row["date"], row["date"], "", "B", report, time]
    tables["events"][f"ev-{row['event_id'].rsplit('-', 1)[-1]}-context"] = values


def _resolutions(plan: Plan, departures: list[Departure], tables: dict[str, dict[str, list[object]]]) -> None:
    """How the questions of case.yaml turned out, counted from the same record."""
    for item in questions(plan, departures):
        answer = "yes" if item["outcome"] else "no"
        resolved = max(str(item["by"]), str(plan.plan["as_of"]))
        tables["resolutions"][f"r-{item['id']}"] = [
            resolved, "", "", "", item["id"], item["rule"], answer, answer, resolved, "", item["basis"]
        ]  # fmt: skip


def _manifest(plan: Plan, out: Path) -> None:
    files = {
        path.name: {"licence": "CC-BY-4.0", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in sorted(out.glob("*.csv"))
    }
    title = f"{plan.plan['title']}: dated public departures"
    manifest = {"codebook": "1", "title": title, "licence": LICENCE, "synthetic": False, "files": files}
    (out / "pack.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8", newline="\n")


def _series(plan: Plan, out: Path) -> None:
    rows = [
        ["shock", plan.name, item["date"], item.get("value", 1), "1", item["date"], item["source"]]
        for item in plan.plan.get("shocks", ())
    ]
    if rows:
        write(out / "shock.csv", "name,subject,date,value,unit,known_at,source", rows)
    out.mkdir(parents=True, exist_ok=True)
    text = "# Licences of the series\n\n| file | licence | source |\n|---|---|---|\n"
    if rows:
        text += "| shock.csv | CC0 | dates of public events, own coding |\n"
    (out / "LICENCES.md").write_text(text, encoding="utf-8", newline="\n")
