"""The evidence pack: hand-coded claims of one report, the dated events of the elite, polls, forecasts."""

import calendar
import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

from russia_2022 import claims, dated
from russia_2022.tables import CODED_AT, EVE, Row, number, own, read, slug, write

EVERY = "id,coder,coded_at,status,known_at,note"
PUBLICATION_LAG = 3  # days from the end of field work to the figure in print: assumption
LEVADA_SAMPLE = "1600"  # the usual national sample: assumption where the page does not say
COLUMNS = {
    "sources": "name,kind,identity,role_text,group,access,interest,reliability,reliability_from",
    "reports": "outlet,title,url,published_at,retrieved_at,text_sha256,licence,language",
    "origins": "label,source",
    "origin_pairs": "origin_a,origin_b,p_same",
    "claims": claims.COLUMNS,
    "hops": "claim,position,source,verb,stated,kind",
    "events": "event_class,plover,actors,targets,date_low,date_high,visibility,credence,source",
    "event_claims": "event,claim,relation",
    "polls": "pollster,field_start,field_end,n,mode,question,answer,share,design_effect,source",
    "forecasts": "issuer,claim,statement,event_class,condition,issued_at,resolve_at,words,p_low,p_high,"
    "distribution,created_by",
    "resolutions": "forecast,claim,question,rule,strict,lenient,resolved_at,evidence_claims,basis",
}


def build(data: Path, seed: Path, out: Path) -> None:
    """Write all tables and pack.json."""
    coded = read(seed / "claims.csv")
    events = read(data / "elite_events.csv")
    tables = {
        "sources": dated.sources(events),
        "reports": dated.reports(events),
        "origins": _origins(),
        "origin_pairs": _origin_pairs(),
        "claims": [*claims.of_the_report(coded), *claims.of_the_record(events)],
        "hops": [*claims.hops_of_the_report(coded), *claims.hops_of_the_record(events)],
        "events": dated.events(events),
        "event_claims": claims.links(events),
        "polls": _polls(data),
        "forecasts": _forecasts(coded),
        "resolutions": _resolutions(),
    }
    for name, rows in tables.items():
        _table(out, name, rows)
    _manifest(out)


def _table(out: Path, name: str, rows: list[list[object]]) -> None:
    """Rows are [id, known_at, note, ...columns]; bookkeeping is added here, and rows are sorted by id."""
    ordered = sorted(rows, key=lambda row: str(row[0]))
    full = [[row[0], "fronde", CODED_AT, "accepted", *row[1:]] for row in ordered]
    write(out / f"{name}.csv", f"{EVERY},{COLUMNS[name]}", full)


def _origins() -> list[list[object]]:
    notes = {"1": "one of the twelve voices of the flagship report", "0": "from the dated events"}
    return [[row["id"], EVE, notes[row["flagship"]], row["label"], row["source"]] for row in own("origins.csv")]


def _origin_pairs() -> list[list[object]]:
    rows: list[list[object]] = []
    for row in own("origin_pairs.csv"):
        name = f"pair-{row['origin_a'].lower()}-{row['origin_b'].lower()}"
        note = f"coder's judgement: {row['note']}"
        rows.append([name, EVE, note, row["origin_a"], row["origin_b"], row["p_same"]])
    return rows


def _fieldwork(poll: Row) -> tuple[str, str, str]:
    """First and last day of field work and a note where only the month is known."""
    start, end = poll["field_start"], poll["field_end"]
    if len(start) > len("2022-03"):
        return start, end, ""
    day = date.fromisoformat(start + "-01")
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day.isoformat(), last.isoformat(), "only the month of field work is known"


def _polls(data: Path) -> list[list[object]]:
    rows: list[list[object]] = []
    for poll in read(data / "polls_war_support.csv"):
        start, end, note = _fieldwork(poll)
        sample = poll["n_respondents"]
        if not sample:
            sample, note = LEVADA_SAMPLE, f"{note}; n is an assumption: the usual sample".removeprefix("; ")
        known = (date.fromisoformat(end) + timedelta(days=PUBLICATION_LAG)).isoformat()
        if "2022/04/11" in poll["source"]:  # the page's own date
            known = "2022-04-11"
        question = "support for the military operation in Ukraine"
        share = number(float(poll["support_pct"]) / 100)
        values = [start, end, sample, poll["mode"], question, "support", share, "", poll["source"]]
        rows.append([f"poll-{slug(poll['pollster'])}-{end}", known, note, poll["pollster"], *values])
    return rows


def _forecasts(coded: list[Row]) -> list[list[object]]:
    by_id = {row["id"]: row for row in coded}
    rows: list[list[object]] = []
    for row in own("forecasts.csv"):
        claim = by_id[row["claim"]]
        said = [row[c] for c in ("issuer", "claim", "statement", "event_class", "condition", "issued_at", "resolve_at")]
        words = [claim["hedge"], claim["p_low"], claim["p_high"], "", "coder"]
        rows.append([f"f-{row['claim'].lower()}", dated.FLAGSHIP_DAY, "", *said, *words])
    return rows


def _resolutions() -> list[list[object]]:
    """Outcomes, known from the day on which they could be looked up; for scoring only."""
    rows: list[list[object]] = []
    for row in own("resolutions.csv"):
        forecast = f"f-{row['forecast'].lower()}" if row["forecast"] else ""
        name = "r-" + (row["forecast"] or row["claim"] or row["question"]).lower()
        outcome = [row["rule"], row["strict"], row["lenient"], row["resolved_at"], "", row["basis"]]
        rows.append([name, row["resolved_at"], "", forecast, row["claim"], row["question"], *outcome])
    return rows


def _manifest(out: Path) -> None:
    """pack.json: version of the codebook, licence and SHA-256 of each file."""
    files = {}
    for path in sorted(out.glob("*.csv")):
        files[path.name] = {"licence": "CC-BY-4.0", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    manifest = {
        "codebook": "1",
        "title": "Russia 2022: one newspaper report, dated events, polls",
        "licence": "CC-BY-4.0 (own coding in own words; facts are free)",
        "synthetic": False,
        "files": files,
    }
    (out / "pack.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8", newline="\n")
