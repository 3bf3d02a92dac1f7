"""The one door for the clock: which rows are accepted and could be known at a date.

A row is visible at t if it is accepted, was known by t, and everything it needs is visible. `known_at`
decides, and where the world gives the date itself, that: a report by `published_at`, a claim by its report, a
link by its ends. A claim whose chain runs through a source that was not accepted is hidden whole: a chain
must not grow shorter, and so stronger, because a link was taken away. Sources and origins carry no date; they
are visible where a visible row uses them, so that a later row changes nothing earlier.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from fronde.evidence.cells import columns_of, read_cell
from fronde.evidence.codebook import Status
from fronde.evidence.rows import Revision, Row

Tables = dict[str, list[Row]]
View = dict[str, dict[str, Any]]
NEVER_EVIDENCE = frozenset({"codings", "revisions"})  # about the coding, not about the world


def as_it_read(tables: Tables, as_of: date) -> Tables:
    """The tables with every revision undone that became known after `as_of`, the newest first.

    A revision without `known_at` corrects the coding and holds for all dates.
    """
    late = [row for row in tables.get("revisions", ()) if isinstance(row, Revision) and not _known(row.known_at, as_of)]
    if not late:
        return tables
    rows = {name: {row.id: row for row in found} for name, found in tables.items()}
    for change in reversed(late):
        row = rows[change.table][change.row]
        spec = next(spec for spec in columns_of(type(row)) if spec.name == change.variable)
        rows[change.table][change.row] = replace(row, **{spec.name: read_cell(spec, change.before)})
    return {name: list(found.values()) for name, found in rows.items()}


def visible(tables: Tables, as_of: date, time: str | None = None) -> dict[str, tuple[Row, ...]]:
    """Rows of each table that may be read at `as_of`, sorted by id.

    time: the hour of as_of (HH:MM): events of that day are visible once their own hour has come, its claims with the
    event they tell of; those without an hour are not.
    """
    tables = as_it_read(tables, as_of)
    open_rows: View = {
        name: {row.id: row for row in rows if row.status is Status.ACCEPTED and _known(row.known_at, as_of)}
        for name, rows in tables.items()
        if name not in NEVER_EVIDENCE
    }
    view: View = dict(open_rows)
    if time is not None:
        view["events"] = _keep(
            open_rows["events"], lambda r: r.known_at is None or r.known_at < as_of or "" < r.time <= time
        )
        told = {link.claim for link in open_rows["event_claims"].values() if link.event in view["events"]}
        view["claims"] = _keep(open_rows["claims"], lambda r: r.known_at is None or r.known_at < as_of or r.id in told)
    view["reports"] = _keep(open_rows["reports"], lambda r: r.published_at <= as_of and r.outlet in view["sources"])
    view["claims"] = _visible_claims(tables, view)
    claims = view["claims"]
    view["hops"] = _keep(open_rows["hops"], lambda r: r.claim in claims)
    view["event_claims"] = _keep(open_rows["event_claims"], lambda r: r.event in view["events"] and r.claim in claims)
    view["feeds"] = _keep(open_rows["feeds"], lambda r: r.active_from <= as_of and r.outlet in view["sources"])
    view["forecasts"] = _keep(
        open_rows["forecasts"], lambda r: r.issued_at <= as_of and (not r.claim or r.claim in claims)
    )
    view["resolutions"] = _keep(
        open_rows["resolutions"], lambda r: r.question or r.forecast in view["forecasts"] or r.claim in claims
    )
    _hide_unused(view)
    return {name: tuple(rows[key] for key in sorted(rows)) for name, rows in view.items()}


def _known(known_at: date | None, as_of: date) -> bool:
    return known_at is None or known_at <= as_of


def _keep(rows: dict[str, Any], wanted: Any) -> dict[str, Any]:
    return {key: row for key, row in rows.items() if wanted(row)}


def _visible_claims(tables: Tables, view: View) -> dict[str, Any]:
    broken = {
        hop.claim  # type: ignore[attr-defined]
        for hop in tables["hops"]
        if hop.status is Status.ACCEPTED and hop.source not in view["sources"]  # type: ignore[attr-defined]
    }
    return _keep(
        view["claims"],
        lambda r: r.id not in broken and r.report in view["reports"] and r.origin in view["origins"],
    )


def _hide_unused(view: View) -> None:
    """Drop reports, origins and sources that no visible claim, hop, feed or forecast leads to."""
    claims = view["claims"].values()
    view["reports"] = _only(view["reports"], (claim.report for claim in claims))
    view["origins"] = _only(view["origins"], (claim.origin for claim in claims))
    view["origin_pairs"] = _keep(
        view["origin_pairs"], lambda r: r.origin_a in view["origins"] and r.origin_b in view["origins"]
    )
    used = [hop.source for hop in view["hops"].values()]
    used += [report.outlet for report in view["reports"].values()]
    used += [origin.source for origin in view["origins"].values()]
    used += [feed.outlet for feed in view["feeds"].values()]
    used += [forecast.issuer for forecast in view["forecasts"].values()]
    view["sources"] = _only(view["sources"], used)


def _only(rows: dict[str, Any], used: Iterable[str]) -> dict[str, Any]:
    wanted = set(used)
    return _keep(rows, lambda row: row.id in wanted)
