"""Reports in, proposed claims out, as plain data for the command line and the web app.

`extract` reads a text and writes nothing. `propose` appends what a person chose to a case's inbox, with status
`proposed`; nothing of that reaches a likelihood before it is accepted.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from fronde.app.held import Held, held
from fronde.app.opening import RequestError
from fronde.evidence.codebook import ClaimType, Modality, Polarity
from fronde.extract.attribution import Attribution, Span
from fronde.extract.claims import Codes, ProposedClaim, coded_claims
from fronde.extract.drift import tags, upstream
from fronde.extract.report import Reading, read_report
from fronde.extract.rows import Tables, known_source, maybe_same, own_words, tables
from fronde.extract.same import same_origins, voices_of

Where = str | Path
Article = tuple[str, str, date | None]  # text, outlet, published


def extract(text: str, outlet: str = "", published: date | None = None, case: Where | None = None) -> dict[str, Any]:
    """What was found: {text, outlet, published, attributions, claims, boilerplate, new_actors,
    unread, same_in_case: voices that may be an origin of the case, read_before: its report of this text}.

    outlet, published: who printed it and when; without a date of publication *on Thursday* stays unread.
    case: name or folder whose actors and sources are used to resolve names and to find the report behind the report.
    Spans are `[start, end]` in characters of `text`.
    """
    given = held(case, published)
    reading = _read(text, outlet, published, given)
    return _document(reading, outlet, published, given)


def extract_many(articles: Sequence[Article], case: Where | None = None) -> dict[str, Any]:
    """Several articles (text, outlet, published): `articles` as by `extract`, and `same_origins` across them.

    A pair has `claims` ([article, claim] twice), the two `voices`, `p_same` and `why`.
    """
    given = [held(case, day) for _, _, day in articles]
    readings = [_read(*article, known) for article, known in zip(articles, given, strict=True)]
    pairs = [
        {
            "claims": [list(p.one), list(p.other)],
            "voices": [readings[a].claims[c].chain[-1].voice.name for a, c in (p.one, p.other)],
            "p_same": p.p_same,
            "why": p.why,
        }
        for p in same_origins(readings, [day for _, _, day in articles])
    ]
    documents = [
        _document(reading, outlet, day, known)
        for reading, (_, outlet, day), known in zip(readings, articles, given, strict=True)
    ]
    return {"articles": documents, "same_origins": pairs}


def rows(
    text: str, outlet: str, published: date, case: Where | None = None,
    only: Iterable[int] | None = None, edits: Mapping[int, Mapping[str, str]] | None = None, title: str = "",
    asked: Mapping[str, Any] | None = None,
) -> Tables:  # fmt: skip
    """Rows of an evidence pack (table -> cells as text) for the claims numbered `only`, all by default.

    edits: claim number -> column -> cell that a person wrote instead.
    asked: the answer of `endpoint.ask`; its claims are taken instead of the rules', and the model is their coder.
    """
    if not outlet:
        raise RequestError("whose report is it? Give the outlet's name: --outlet NAME")
    given = held(case, published)
    reading = _read(text, outlet, published, given)
    if asked is not None:
        reading = _as_asked(reading, asked, outlet, published, given)
        coder = f"model {asked['model']}"
        note = f"read by a model, prompt sha256 {asked['prompt_sha256'][:12]}"
        found = tables(reading, outlet, published, given.known, title, only, coder, note)
    else:
        found = tables(reading, outlet, published, given.known, title, only)
    _tag_drift(found, reading, given)
    for row in found.get("claims", ()):
        row.update((edits or {}).get(int(row["id"].rsplit("-", 1)[1]) - 1, {}))
    return found


def propose(
    case: Where, text: str, outlet: str, published: date,
    only: Iterable[int] | None = None, edits: Mapping[int, Mapping[str, str]] | None = None,
    title: str = "", coder: str = "extractor", asked: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Append a report's claims to a case as `proposed`: {claims: ids, files: names, before: ids that were there}.

    A claim that this text gave before is passed over, whatever has become of it since.
    """
    from fronde.app import ledger

    found = rows(text, outlet, published, case, only, edits, title, asked)
    sheets = ledger.read(case)
    used = {table: {row["id"] for row in sheets.rows(table)} for table in found}
    before = [row["id"] for row in found.get("claims", ()) if row["id"] in used["claims"]]
    new = {table: [row for row in given if row["id"] not in used[table]] for table, given in found.items()}
    if not new.get("claims"):
        return {"claims": [], "files": [], "before": before}
    files = ledger.propose(case, {table: given for table, given in new.items() if given}, coder)
    return {"claims": [row["id"] for row in new["claims"]], "files": files, "before": before}


def _read(text: str, outlet: str, published: date | None, given: Held) -> Reading:
    return read_report(text, outlet, published, given.gazetteer, given.outlets)


def _as_asked(reading: Reading, asked: Mapping[str, Any], outlet: str, published: date, given: Held) -> Reading:
    """The reading with the claims that passed the gates of the endpoint instead of the rules'."""
    codes = [
        Codes(
            Span(c["start"], c["end"]), c["source"], c["event_class"],
            ClaimType(c["claim_type"]), Polarity(c["polarity"]), Modality(c["modality"]),
        )
        for c in asked["claims"] if c["end"] <= len(reading.text)
    ]  # fmt: skip
    claims = coded_claims(
        reading.text, reading.units, reading.attributions, codes, outlet, published, given.gazetteer, given.outlets
    )
    return replace(reading, claims=tuple(claims))


def _tag_drift(found: Tables, reading: Reading, given: Held) -> None:
    for row in found.get("claims", ()):
        claim = reading.claims[int(row["id"].rsplit("-", 1)[1]) - 1]
        drift, before = _drift(claim, given)
        if before:
            row["drift"] = "; ".join(drift)
            row["origin"] = before["origin"]


def _drift(claim: ProposedClaim, given: Held) -> tuple[list[str], Mapping[str, str] | None]:
    before = upstream(claim, given.known, given.claims, given.outlet_of)
    if before is None:
        return [], None
    return [str(tag) for tag in tags(claim, before, given.identity.get(before["id"], ""))], before


def _document(reading: Reading, outlet: str, published: date | None, given: Held) -> dict[str, Any]:
    unknown = dict.fromkeys(m.name for c in reading.claims for m in c.actors if m.actor is None)
    return {
        "text": reading.text,
        "outlet": outlet,
        "published": published.isoformat() if published else None,
        "attributions": [_attribution(a, reading.text) for a in reading.attributions],
        "claims": [_claim(n, c, reading.text, given) for n, c in enumerate(reading.claims)],
        "boilerplate": [[s.start, s.end] for s in reading.boilerplate],
        "new_actors": list(unknown),
        "same_in_case": _same_in_case(reading, published, given),
        "read_before": given.reports.get(hashlib.sha256(reading.text.encode("utf-8", "surrogatepass")).hexdigest()),
        "unread": list(reading.unread),
    }


def _same_in_case(reading: Reading, published: date | None, given: Held) -> list[dict[str, Any]]:
    """Voices of the text that may be an origin the case has, each with the number of its first claim."""
    found = []
    for number, voice in voices_of(reading, published):
        for origin, p, why in maybe_same(voice, given.known):
            found.append(
                {"claim": number, "voice": voice.name, "origin": origin, "label": given.labels.get(origin, origin),
                 "p_same": p, "why": why}
            )  # fmt: skip
    return found


def _attribution(a: Attribution, text: str) -> dict[str, Any]:
    def span(s: Any) -> dict[str, Any] | None:
        return None if s is None else {"start": s.start, "end": s.end, "text": s.of(text)}

    return {
        "source": span(a.source), "cue": span(a.cue), "content": [span(c) for c in a.content], "hearer": span(a.hearer),
        "stands_for": span(a.inferred), "kind": a.kind, "negated": a.negated,
    }  # fmt: skip


def _claim(number: int, c: ProposedClaim, text: str, given: Held) -> dict[str, Any]:
    drift, before = _drift(c, given)
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
             "stated": h.stated, "known_as": known_source(h.voice, given.known)}
            for h in c.chain
        ],
        "actors": [{"name": m.name, "id": m.actor, "start": m.start, "end": m.end} for m in c.actors],
        "targets": [{"name": m.name, "id": m.actor, "start": m.start, "end": m.end} for m in c.targets],
        "group": c.group,
        "caveat": c.caveat,
        "count": None if c.count is None else
            {"qualifier": str(c.count.qualifier), "low": c.count.low, "high": c.count.high},
        "dates": None if c.when is None else
            {"low": c.when.low.isoformat(), "high": c.when.high.isoformat(), "precision": str(c.when.precision)},
        "probability": None if c.probability is None else list(c.probability),
        "drift": drift,
        "repeats": before["id"] if before else None,
        "class_sure": c.sure,
    }  # fmt: skip
