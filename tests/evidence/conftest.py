"""A small invented polity to test the ledger on: builders of rows, packs in memory and packs on disk."""

import csv
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from fronde.evidence.clock import visible
from fronde.evidence.codebook import VERSION
from fronde.evidence.pack import Pack
from fronde.evidence.rows import TABLES, Claim, Event, EventClaim, Hop, Origin, OriginPair, Report, Source

DAY = date(2031, 3, 1)
ACCEPTED = {"status": "accepted"}


def rows(**tables):
    """Row objects of every table, empty where not given."""
    return {name: list(tables.get(name, ())) for name in TABLES}


def pack_of(tables, as_of=date(2031, 12, 31)):
    """What can be read of these rows at a date."""
    return Pack(as_of=as_of, **visible(tables, as_of))


def source(name, kind="outlet", identity="named", reliability="B", **more):
    from fronde.evidence.codebook import Access, Identity, Interest, Letter, SourceKind, Status

    more.setdefault("access", "second_hand")
    more.setdefault("interest", "neutral")
    return Source(
        id=name,
        name=name,
        kind=SourceKind(kind),
        identity=Identity(identity),
        reliability=Letter(reliability),
        status=Status("accepted"),
        access=Access(more.pop("access")),
        interest=Interest(more.pop("interest")),
        **more,
    )


OUTLETS = (*(source(f"paper{i}") for i in range(25)), source("tabloid", reliability="D"))
INSIDERS = (
    source("insider", "anonymous", "role_only", "C", role_text="people at the bank"),
    source("insider2", "anonymous", "role_only", "C", role_text="people at the bank"),
    source("clerk", "anonymous", "role_only", "C", role_text="a clerk"),
    source("bank", "document", "named", "B", interest="interested", access="first_hand"),
    source("witness", "person", "named", "B", access="first_hand"),
)


def claim(key, origin, *hops, report=None, event="e1", relation="asserts", at=DAY, **more):
    """Rows of one claim with its chain (outermost first), its report, its origin and its link to an event."""
    from fronde.evidence.codebook import ClaimType, HopKind, Relation, Status

    accepted = Status("accepted")
    outlet = hops[0] if hops else "paper0"
    report_id = report or f"r-{key}"
    more.setdefault("claim_type", ClaimType.EVENT)
    more.setdefault("event_class", "flee")
    status = Status(more.pop("status", "accepted"))
    made = {
        "reports": [Report(id=report_id, outlet=outlet, title="-", published_at=at, status=accepted)],
        "origins": [Origin(id=origin, label=origin, status=accepted)],
        "claims": [Claim(id=key, report=report_id, origin=origin, text="-", status=status, **more)],
        "hops": [
            Hop(id=f"{key}-{i}", claim=key, position=i, source=hop, kind=HopKind("statement"), status=accepted)
            for i, hop in enumerate(hops)
        ],
    }
    if event:
        made["event_claims"] = [
            EventClaim(id=f"l-{key}", event=event, claim=key, relation=Relation(relation), status=accepted)
        ]
    return made


def pair(a, b, p_same):
    from fronde.evidence.codebook import Status

    return OriginPair(id=f"{a}+{b}", origin_a=a, origin_b=b, p_same=p_same, status=Status("accepted"))


def event(key="e1", event_class="flee", actors=("x",), **more):
    from fronde.evidence.codebook import Status

    more.setdefault("known_at", DAY)
    return Event(
        id=key,
        event_class=event_class,
        actors=actors,
        date_low=DAY,
        date_high=DAY,
        status=Status("accepted"),
        **more,
    )


def tables_of(*claims, events=(), pairs=(), sources=(), **more):
    """All rows of a small pack; later rows of an id replace earlier ones."""
    tables = rows(sources=[*OUTLETS, *INSIDERS, *sources], events=list(events) or [event()], origin_pairs=pairs, **more)
    for made in claims:
        for name, new in made.items():
            known = {row.id for row in tables[name]}
            tables[name] += [row for row in new if row.id not in known]
    return tables


def write_pack(folder: Path, tables: dict[str, list[dict]], manifest=None) -> Path:
    """Write a pack of plain dictionaries as CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.json").write_text(json.dumps({"codebook": VERSION} if manifest is None else manifest))
    for name, records in tables.items():
        fields = list(dict.fromkeys(key for record in records for key in record)) or ["id", "status"]
        with (folder / f"{name}.csv").open("w", newline="") as stream:
            writer = csv.DictWriter(stream, fields, restval="")
            writer.writeheader()
            writer.writerows(records)
    return folder


def story() -> dict[str, list[dict]]:
    """A complete small pack: two papers, an insider, a minister who denies and foretells, a poll."""
    ok = ACCEPTED
    voice = {"kind": "person", "identity": "named", "reliability": "C", **ok}
    return {
        "sources": [
            {"id": "gazette", "name": "Gazette", "kind": "outlet", "identity": "named", "reliability": "B", **ok},
            {"id": "tabloid", "name": "Tabloid", "kind": "outlet", "identity": "named", "reliability": "D", **ok},
            {"id": "insider", "name": "insider", "kind": "anonymous", "identity": "role_only", "role_text": "banker",
             "access": "second_hand", "reliability": "C", **ok},
            {"id": "minister", "name": "A. Minister", **voice, "interest": "interested", "access": "first_hand"},
        ],
        "reports": [
            {"id": "r1", "outlet": "gazette", "title": "On a departure", "published_at": "2031-03-05", **ok},
            {"id": "r2", "outlet": "tabloid", "title": "Gone!", "published_at": "2031-03-06T10:30", **ok},
            {"id": "r3", "outlet": "gazette", "title": "A denial", "published_at": "2031-04-01", **ok},
        ],
        "origins": [{"id": "INSIDER", "label": "a banker", **ok}, {"id": "MINISTER", "label": "minister", **ok}],
        "origin_pairs": [{"id": "op1", "origin_a": "INSIDER", "origin_b": "MINISTER", "p_same": "0", **ok}],
        "claims": [
            {"id": "c1", "report": "r1", "origin": "INSIDER", "text": "An owner has left", "claim_type": "event",
             "event_class": "flee", "actors": "x", **ok},
            {"id": "c2", "report": "r2", "origin": "INSIDER", "text": "An owner has fled", "claim_type": "event",
             "event_class": "flee", "actors": "x", "drift": "exaggerated", "dup_of": "c1", **ok},
            {"id": "c3", "report": "r3", "origin": "MINISTER", "text": "Nobody left", "claim_type": "event",
             "event_class": "flee", "polarity": "deny", "actors": "x", **ok},
            {"id": "c4", "report": "r1", "origin": "MINISTER", "text": "War is likely by May", "claim_type": "forecast",
             "event_class": "escalation", "modality": "future", **ok},
            {"id": "c5", "report": "r1", "origin": "INSIDER", "text": "At least four left", "claim_type": "event",
             "event_class": "flee", "group": "owners", "count_low": "4", "count_qualifier": "at_least", **ok},
            {"id": "c6", "report": "r1", "origin": "INSIDER", "text": "Discontent is growing",
             "claim_type": "condition", "event_class": "discontent_spread", "group": "owners", **ok},
        ],
        "hops": [
            {"id": "h1", "claim": "c1", "position": "0", "source": "gazette", "kind": "interview", **ok},
            {"id": "h2", "claim": "c1", "position": "1", "source": "insider", "kind": "interview", **ok},
            {"id": "h3", "claim": "c2", "position": "0", "source": "tabloid", "stated": "yes", "kind": "repeats", **ok},
            {"id": "h4", "claim": "c2", "position": "1", "source": "gazette", "stated": "yes", "kind": "repeats", **ok},
            {"id": "h5", "claim": "c2", "position": "2", "source": "insider", "kind": "interview", **ok},
            {"id": "h6", "claim": "c3", "position": "0", "source": "gazette", **ok},
            {"id": "h7", "claim": "c3", "position": "1", "source": "minister", "kind": "statement", **ok},
            {"id": "h8", "claim": "c4", "position": "0", "source": "gazette", **ok},
            {"id": "h9", "claim": "c4", "position": "1", "source": "minister", "kind": "statement", **ok},
        ],
        "events": [
            {"id": "e1", "event_class": "flee", "actors": "x", "date_low": "2031-03-01", "date_high": "2031-03-04",
             "known_at": "2031-03-05", **ok},
            {"id": "e2", "event_class": "resign", "actors": "y;z", "date_low": "2031-03-20", "date_high": "2031-03-20",
             "known_at": "2031-03-21", "credence": "B", **ok},
        ],
        "event_claims": [
            {"id": "l1", "event": "e1", "claim": "c1", "relation": "asserts", **ok},
            {"id": "l2", "event": "e1", "claim": "c2", "relation": "repeats", **ok},
            {"id": "l3", "event": "e1", "claim": "c3", "relation": "denies", **ok},
        ],
        "polls": [
            {"id": "p1", "pollster": "Bureau", "field_start": "2031-03-10", "field_end": "2031-03-14", "n": "1600",
             "question": "support", "answer": "yes", "share": "0.74", "known_at": "2031-03-20", **ok},
        ],
        "forecasts": [
            {"id": "f1", "issuer": "minister", "claim": "c4", "statement": "war by May", "event_class": "escalation",
             "issued_at": "2031-03-05", "resolve_at": "2031-05-09", "words": "likely", **ok},
        ],
        "resolutions": [
            {"id": "s1", "forecast": "f1", "rule": "announced by 9 May", "strict": "no", "resolved_at": "2031-05-10",
             "known_at": "2031-05-10", **ok},
        ],
    }  # fmt: skip


@pytest.fixture(scope="session")
def build():
    """Builders of rows and packs."""
    return SimpleNamespace(
        rows=rows,
        pack_of=pack_of,
        source=source,
        claim=claim,
        pair=pair,
        event=event,
        tables_of=tables_of,
        day=DAY,
    )


@pytest.fixture
def story_tables():
    """The small pack as dictionaries, to be edited before writing."""
    return story()


@pytest.fixture
def story_folder(tmp_path):
    """The small pack on disk."""
    return write_pack(tmp_path / "evidence", story())


@pytest.fixture
def write():
    """Writer of packs."""
    return write_pack
