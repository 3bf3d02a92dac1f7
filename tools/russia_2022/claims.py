"""Claims and their chains: 65 of the flagship report, and a few of the dated events where the two meet."""

from russia_2022 import dated
from russia_2022.dated import FLAGSHIP, FLAGSHIP_DAY
from russia_2022.tables import Row, own

# How a link got what it passes on, by the kind of source it cites.
KINDS = {
    "collective": "interview",
    "anonymous": "interview",
    "person": "interview",
    "poll": "document",
    "outlet": "repeats",
}
COLUMNS = (
    "report,origin,line,char_start,char_end,text,quote_words,quote_kind,claim_type,event_class,polarity,modality,"
    "actors,group,targets,date_low,date_high,date_precision,count_low,count_high,count_qualifier,reliability,"
    "credibility_override,drift,dup_of"
)


def _row(name: str, day: str, note: str, values: Row) -> list[object]:
    """A claim with every column of the schema; what is not given is empty."""
    return [name, day, note, *(values.get(column, "") for column in COLUMNS.split(","))]


def of_the_report(claims: list[Row]) -> list[list[object]]:
    """The hand-coded claims, with what `claims_map.csv` adds or recodes."""
    coded = {row["id"]: row for row in own("claims_map.csv")}
    rows = []
    for claim in claims:
        added = coded[claim["id"]]
        note = "; ".join(part for part in (claim["drift_or_note"], added["note"]) if part)
        values = {
            "report": FLAGSHIP,
            "origin": claim["root_id"],
            "line": claim["line_no"],
            "text": claim["claim"],
            "quote_kind": claim["quote_flag"],
            "targets": claim["target"],
            "reliability": claim["reliability"],
            "dup_of": claim["dup_of"],
        }
        rows.append(_row(claim["id"], FLAGSHIP_DAY, note, {**added, **values}))
    return rows


def _origin_of(record: Row, events: list[Row]) -> tuple[str, str, str]:
    """Report, day and outlet ("" for public record) of a claim coded from the dated events."""
    if record["event"] == dated.LISIN[0]:
        return dated.LISIN[1], dated.LISIN[2], ""
    event = next(row for row in events if "ev-" + row["event_id"].lower() == record["event"])
    return dated.report_id(event), dated.known(event), dated.source_id(event)


def of_the_record(events: list[Row]) -> list[list[object]]:
    """Claims of the dated events that a claim of the report also speaks of, so that both can be weighed."""
    rows = []
    for record in own("record_claims.csv"):
        report, day, _ = _origin_of(record, events)
        rows.append(_row(record["id"], day, record["note"], {**record, "report": report, "drift": "none"}))
    return rows


def hops_of_the_report(claims: list[Row]) -> list[list[object]]:
    """The coded chain of each claim, outermost first; a name in brackets was inferred by the coder."""
    sources = {row["chain_name"]: row for row in own("sources.csv")}
    rows: list[list[object]] = []
    for claim in claims:
        for position, part in enumerate(claim["source_chain"].split(" > ")):
            source = sources[part.strip("()")]
            verb, kind = (claim["hedge"], "statement") if position == 0 else ("", KINDS[source["kind"]])
            stated = "inferred" if part.startswith("(") else "yes"
            name = f"{claim['id']}-{position}"
            rows.append([name, FLAGSHIP_DAY, "", claim["id"], position, source["id"], verb, stated, kind])
    return rows


def hops_of_the_record(events: list[Row]) -> list[list[object]]:
    """Outlet of the report, then the voice; what is public record has one link only."""
    rows: list[list[object]] = []
    for record in own("record_claims.csv"):
        _, day, outlet = _origin_of(record, events)
        for position, source in enumerate(filter(None, (outlet, record["source"]))):
            interviewed = position > 0 and record["origin"] == "AGENCY-INSIDERS"
            kind = "interview" if interviewed else "statement"
            rows.append([f"{record['id']}-{position}", day, "", record["id"], position, source, "", "yes", kind])
    return rows


def links(events: list[Row]) -> list[list[object]]:
    """What each claim says of an event; a link is known once both ends are."""
    rows: list[list[object]] = []
    for link in own("event_links.csv"):
        name = f"{link['event']}-{link['claim'].lower()}"
        rows.append([name, FLAGSHIP_DAY, "", link["event"], link["claim"], link["relation"]])
    for record in own("record_claims.csv"):
        day = _origin_of(record, events)[1]
        name = f"{record['event']}-{record['id'].lower()}"
        rows.append([name, day, "", record["event"], record["id"], record["relation"]])
    return rows
