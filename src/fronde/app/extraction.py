"""Reports in, proposed claims out, as plain data for the command line and the web app.

`extract` reads a text and writes nothing. `propose` appends what a person chose to a case's inbox, with status
`proposed`; nothing of that reaches a likelihood before it is accepted.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from fronde.app.opening import RequestError
from fronde.extract.actors import Actor, Gazetteer
from fronde.extract.attribution import Attribution
from fronde.extract.claims import ProposedClaim
from fronde.extract.drift import tags, upstream
from fronde.extract.report import Reading, read_report
from fronde.extract.rows import EMPTY, Known, Tables, known_source, own_words, tables
from fronde.extract.same import same_origins

Where = str | Path


def extract(text: str, outlet: str = "", published: date | None = None, case: Where | None = None) -> dict[str, Any]:
    """What was found: {text, outlet, published, attributions, claims, boilerplate, new_actors, unread}.

    outlet, published: who printed it and when; without a date of publication *on Thursday* stays unread.
    case: name or folder whose actors and sources are used to resolve names and to find the report behind the report.
    Spans are `[start, end]` in characters of `text`.
    """
    held = _held(case)
    reading = _read(text, outlet, published, held)
    return _document(reading, outlet, published, held)


def extract_many(articles: Sequence[tuple[str, str, date | None]], case: Where | None = None) -> dict[str, Any]:
    """Several articles (text, outlet, published): `articles` as by `extract`, and `same_origins` across them."""
    held = _held(case)
    readings = [_read(text, outlet, day, held) for text, outlet, day in articles]
    pairs = [{"claims": [list(p.one), list(p.other)], "p_same": p.p_same, "why": p.why} for p in same_origins(readings)]
    documents = [
        _document(reading, outlet, day, held) for reading, (_, outlet, day) in zip(readings, articles, strict=True)
    ]
    return {"articles": documents, "same_origins": pairs}


def rows(
    text: str, outlet: str, published: date, case: Where | None = None,
    only: Iterable[int] | None = None, edits: Mapping[int, Mapping[str, str]] | None = None, title: str = "",
) -> Tables:  # fmt: skip
    """Rows of an evidence pack (table -> cells as text) for the claims numbered `only`, all by default.

    edits: claim number -> column -> cell that a person wrote instead.
    """
    if not outlet:
        raise RequestError("whose report is it? Give the outlet's name: --outlet NAME")
    held = _held(case)
    reading = _read(text, outlet, published, held)
    found = tables(reading, outlet, published, held.known, title, only)
    _tag_drift(found, reading, held)
    for row in found.get("claims", ()):
        row.update((edits or {}).get(int(row["id"].rsplit("-", 1)[1]) - 1, {}))
    return found


def propose(
    case: Where, text: str, outlet: str, published: date,
    only: Iterable[int] | None = None, edits: Mapping[int, Mapping[str, str]] | None = None,
    title: str = "", coder: str = "extractor",
) -> dict[str, Any]:  # fmt: skip
    """Append a report's claims to a case as `proposed`: {claims: ids, files: names}."""
    from fronde.app import ledger

    found = rows(text, outlet, published, case, only, edits, title)
    if not found.get("claims"):
        return {"claims": [], "files": []}
    files = ledger.propose(case, found, coder)
    return {"claims": [row["id"] for row in found["claims"]], "files": files}


class _Held:
    """What a case brings to a reading: gazetteer, sources and origins, stored claims."""

    def __init__(self) -> None:
        self.gazetteer: Gazetteer | None = None
        self.known: Known = EMPTY
        self.outlets: tuple[str, ...] = ()
        self.claims: list[dict[str, str]] = []
        self.outlet_of: dict[str, str] = {}
        self.identity: dict[str, str] = {}


def _held(case: Where | None) -> _Held:
    held = _Held()
    if case is None:
        return held
    from fronde.evidence.reading import read_tables
    from fronde.scenario.case import find_case, read_case

    folder = find_case(case)
    _, elite, _ = read_case(folder, date.today())
    held.gazetteer = Gazetteer(Actor(a.id, _names(a), getattr(a, "group", "") or "") for a in elite.actors)
    pack: Mapping[str, Sequence[Any]] = read_tables(folder / "evidence").tables
    sources = [r for r in pack.get("sources", ()) if r.status not in ("rejected", "retracted")]
    held.known = Known(
        {r.id: r.name for r in sources},
        {r.id: r.source for r in pack.get("origins", ()) if r.source},
        {r.id: r.role_text or r.name for r in sources if r.identity != "named"},
    )
    held.outlets = tuple(r.name for r in sources if r.kind == "outlet")
    held.outlet_of = {r.id: r.outlet for r in pack.get("reports", ())}
    identity = {r.id: str(r.identity) for r in sources}
    for hop in sorted(pack.get("hops", ()), key=lambda h: h.position):
        held.identity[hop.claim] = identity.get(hop.source, "")
    held.claims = [_cells(r) for r in pack.get("claims", ())]
    return held


def _names(actor: Any) -> tuple[str, ...]:
    properties = getattr(actor, "properties", {}) or {}
    names = [getattr(actor, "name", ""), getattr(actor, "title", "")]
    for key in ("name", "alias", "weakAlias", "previousName"):
        names += list(properties.get(key, ()))
    return tuple(dict.fromkeys(str(n) for n in names if n))


def _cells(row: Any) -> dict[str, str]:
    low = row.count_low
    return {
        "id": row.id, "report": row.report, "status": str(row.status), "event_class": row.event_class,
        "actors": ";".join(row.actors), "modality": str(row.modality), "count_low": "" if low is None else f"{low:g}",
        "count_qualifier": str(row.count_qualifier or ""), "date_low": str(row.date_low or ""), "origin": row.origin,
    }  # fmt: skip


def _read(text: str, outlet: str, published: date | None, held: _Held) -> Reading:
    return read_report(text, outlet, published, held.gazetteer, held.outlets)


def _tag_drift(found: Tables, reading: Reading, held: _Held) -> None:
    for row in found.get("claims", ()):
        claim = reading.claims[int(row["id"].rsplit("-", 1)[1]) - 1]
        drift, before = _drift(claim, held)
        if before:
            row["drift"] = "; ".join(drift)
            row["origin"] = before["origin"]


def _drift(claim: ProposedClaim, held: _Held) -> tuple[list[str], Mapping[str, str] | None]:
    before = upstream(claim, held.known, held.claims, held.outlet_of)
    if before is None:
        return [], None
    return [str(tag) for tag in tags(claim, before, held.identity.get(before["id"], ""))], before


def _document(reading: Reading, outlet: str, published: date | None, held: _Held) -> dict[str, Any]:
    unknown = dict.fromkeys(m.name for c in reading.claims for m in c.actors if m.actor is None)
    return {
        "text": reading.text,
        "outlet": outlet,
        "published": published.isoformat() if published else None,
        "attributions": [_attribution(a, reading.text) for a in reading.attributions],
        "claims": [_claim(n, c, reading.text, held) for n, c in enumerate(reading.claims)],
        "boilerplate": [[s.start, s.end] for s in reading.boilerplate],
        "new_actors": list(unknown),
        "unread": list(reading.unread),
    }


def _attribution(a: Attribution, text: str) -> dict[str, Any]:
    def span(s: Any) -> dict[str, Any] | None:
        return None if s is None else {"start": s.start, "end": s.end, "text": s.of(text)}

    return {
        "source": span(a.source), "cue": span(a.cue), "content": [span(c) for c in a.content], "hearer": span(a.hearer),
        "stands_for": span(a.inferred), "kind": a.kind, "negated": a.negated,
    }  # fmt: skip


def _claim(number: int, c: ProposedClaim, text: str, held: _Held) -> dict[str, Any]:
    drift, before = _drift(c, held)
    return {
        "number": number,
        "start": c.span.start,
        "end": c.span.end,
        "words": c.span.of(text),
        "text": own_words(c),
        "sentence": c.sentence + 1,
        "event_class": c.event_class,
        "claim_type": str(c.claim_type),
        "polarity": str(c.polarity),
        "modality": str(c.modality),
        "quote_kind": str(c.quote_kind),
        "chain": [
            {"name": h.voice.name, "kind": str(h.voice.kind), "identity": str(h.voice.identity), "verb": h.verb,
             "stated": h.stated, "known_as": known_source(h.voice, held.known)}
            for h in c.chain
        ],
        "actors": [{"name": m.name, "id": m.actor, "start": m.start, "end": m.end} for m in c.actors],
        "count": None if c.count is None else
            {"qualifier": str(c.count.qualifier), "low": c.count.low, "high": c.count.high},
        "dates": None if c.when is None else
            {"low": c.when.low.isoformat(), "high": c.when.high.isoformat(), "precision": str(c.when.precision)},
        "probability": None if c.probability is None else list(c.probability),
        "drift": drift,
        "repeats": before["id"] if before else None,
        "class_sure": c.sure,
    }  # fmt: skip
