"""The working store: packs in SQLite, or in PostgreSQL by URL, for ten thousand items and for teams.

A pack in the store is the pack in the folder, cell for cell, and exports to the same bytes. Needs the extra `ledger`
(SQLAlchemy, Alembic; psycopg for PostgreSQL). The pack folder in git stays the truth of a case.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fronde.ledger import views
from fronde.ledger.sheets import Cells, Sheet, Sheets, names_of

try:
    import sqlalchemy as sa
    from sqlalchemy.engine import Connection, Engine

    from fronde.ledger.tables import PACKS, ROWS, SHEETS
except ImportError as error:  # pragma: no cover - depends on what is installed
    raise ImportError('the store needs SQLAlchemy and Alembic: python -m pip install "fronde[ledger]"') from error

HEAD = "fronde:ledger/migrations"
WORDS = "||' '||".join(f"coalesce(claims.{name},'')" for name in views.SEARCHED)


def _pragmas(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.close()


def migrate(engine: "Engine") -> None:
    """Bring the tables to what this version of Fronde reads."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", HEAD)
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


class Store:
    """Packs by name in a database. `url`: sqlite:///ledger.sqlite or postgresql+psycopg://user@host/name."""

    def __init__(self, url: "str | sa.URL") -> None:
        """Open, and make or migrate the tables."""
        self.engine = sa.create_engine(url)
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _pragmas)
        elif self.engine.dialect.name != "postgresql":
            raise ValueError(f"a store of kind {self.engine.dialect.name}; expected sqlite or postgresql")
        migrate(self.engine)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    @contextmanager
    def _write(self) -> "Iterator[Connection]":
        with self.engine.begin() as connection:
            yield connection

    def packs(self) -> list[str]:
        """Names of the packs."""
        with self.engine.connect() as connection:
            return list(connection.scalars(sa.select(PACKS.c.name).order_by(PACKS.c.name)))

    def save(self, pack: str, sheets: Sheets) -> None:
        """Put a pack in, or bring the one of this name to this state, in one transaction.

        Revisions are appended; a pack whose revisions are not a continuation of those in the store is refused.
        """
        old = self.export(pack) if pack in self.packs() else Sheets(manifest={})
        kept = old.rows("revisions")
        if sheets.rows("revisions")[: len(kept)] != kept:
            raise ValueError(f"the revisions of `{pack}` in the store are not the first ones of this pack")
        with self._write() as connection:
            connection.execute(sa.delete(PACKS).where(PACKS.c.name == pack))
            connection.execute(sa.delete(SHEETS).where(SHEETS.c.pack == pack))
            connection.execute(sa.insert(PACKS), {"name": pack, "manifest": json.dumps(sheets.manifest)})
            described = [
                {
                    "pack": pack,
                    "name": name,
                    "format": sheet.format,
                    "columns": json.dumps(sheet.columns),
                    "place": k,
                }
                for k, (name, sheet) in enumerate(sheets.tables.items())
            ]
            if described:
                connection.execute(sa.insert(SHEETS), described)
            for name in ROWS:
                _save_rows(connection, pack, name, old.rows(name), sheets.rows(name))

    def export(self, pack: str) -> Sheets:
        """A pack as text, as it was saved."""
        with self.engine.connect() as connection:
            manifest = connection.scalar(sa.select(PACKS.c.manifest).where(PACKS.c.name == pack))
            if manifest is None:
                raise KeyError(f"no pack `{pack}` in the store; it has {', '.join(self.packs()) or 'none'}")
            listed = connection.execute(sa.select(SHEETS).where(SHEETS.c.pack == pack).order_by(SHEETS.c.place))
            tables = {}
            for sheet in listed.mappings().all():
                columns = tuple(json.loads(sheet["columns"]))
                table = ROWS[sheet["name"]]
                query = sa.select(*(table.c[name] for name in columns))
                rows = _rows(connection, query.where(table.c.pack == pack).order_by(table.c.place))
                tables[sheet["name"]] = Sheet(columns, tuple(rows), sheet["format"])
        return Sheets(tables, json.loads(manifest))

    def list_claims(self, pack: str, query: str = "", limit: int | None = None, **filters: str | None) -> list[dict]:
        """Claims as `views.list_claims` gives them; words are found by their beginnings."""
        claims, reports, sources, origins = (ROWS[name] for name in ("claims", "reports", "sources", "origins"))
        joined = claims
        for other, key in ((reports, claims.c.report), (origins, claims.c.origin)):
            joined = joined.outerjoin(other, (other.c.pack == claims.c.pack) & (other.c.id == key))  # type: ignore[assignment]
        outlet = (sources.c.pack == claims.c.pack) & (sources.c.id == reports.c.outlet)
        select = sa.select(
            *(claims.c[name] for name in names_of("claims")),
            sa.func.coalesce(reports.c.published_at, "").label("published_at"),
            sa.func.coalesce(sources.c.name, "").label("outlet"),
            sa.func.coalesce(origins.c.label, "").label("voice"),
        ).select_from(joined.outerjoin(sources, outlet))
        select = select.where(claims.c.pack == pack).order_by(claims.c.place)
        for name, value in filters.items():
            if name not in views.FILTERS:
                raise ValueError(f"unknown filter {name}; expected one of {', '.join(views.FILTERS)}")
            if value:
                select = select.where(claims.c[views.FILTERS[name]] == value)
        words = "".join(sign if sign.isalnum() else " " for sign in query).split()
        if words:
            select = select.where(_holds(self.engine.dialect.name, words))
        with self.engine.connect() as connection:
            return _rows(connection, select.limit(limit))

    def show_claim(self, pack: str, claim: str) -> dict[str, Any]:
        """One claim as `views.show_claim` gives it, from the few rows it hangs on."""
        with self.engine.connect() as connection:
            return views.show_claim(_around(connection, pack, claim), claim)


def _rows(connection: "Connection", select: "sa.Select[Any]") -> list[dict]:
    found = connection.execute(select)
    names = tuple(found.keys())  # once: asked row by row it takes half of the time
    return [dict(zip(names, row, strict=True)) for row in found]


def _holds(dialect: str, words: list[str]) -> "sa.ColumnElement[bool]":
    """Claims that hold every word, or one that begins with it."""
    if dialect == "sqlite":
        match = " ".join(f'"{word}"*' for word in words)
        return sa.text("claims.rowid IN (SELECT rowid FROM claims_words WHERE claims_words MATCH :words)").bindparams(
            words=match
        )  # type: ignore[return-value]
    match = " & ".join(f"{word}:*" for word in words)
    return sa.text(f"to_tsvector('simple', {WORDS}) @@ to_tsquery('simple', :words)").bindparams(words=match)  # type: ignore[return-value]


def _save_rows(connection: "Connection", pack: str, name: str, old: tuple[Cells, ...], new: tuple[Cells, ...]) -> None:
    """Only what changed: rows gone, rows other than before, rows that are new."""
    table = ROWS[name]
    before = {row["id"]: (position, row) for position, row in enumerate(old)}
    after = {row["id"]: (position, row) for position, row in enumerate(new)}
    changed = [key for key, value in after.items() if before.get(key) != value]
    stale = [key for key in before if key not in after or key in changed]
    if stale:
        gone = sa.delete(table).where((table.c.pack == pack) & (table.c.id == sa.bindparam("key")))
        connection.execute(gone, [{"key": key} for key in stale])
    if changed:
        empty = dict.fromkeys(names_of(name), "")
        rows = [{**empty, **after[key][1], "pack": pack, "place": after[key][0]} for key in changed]
        connection.execute(sa.insert(table), rows)


def _around(connection: "Connection", pack: str, claim: str) -> Sheets:
    """The rows of a pack that one claim's view needs, as a small pack."""
    found: dict[str, Sheet] = {}
    listed = connection.execute(sa.select(SHEETS.c.name, SHEETS.c.columns).where(SHEETS.c.pack == pack))
    columns = {name: json.loads(text) for name, text in listed}

    def rows(name: str, column: str, values: set[str]) -> list[dict]:
        table = ROWS[name]
        select = sa.select(table).where((table.c.pack == pack) & table.c[column].in_(values)).order_by(table.c.place)
        cells = [{key: row[key] for key in columns.get(name, ())} for row in connection.execute(select).mappings()]
        known = {row["id"]: row for row in found[name].rows} if name in found else {}
        found[name] = Sheet(
            tuple(columns.get(name, ("id",))), tuple({**known, **{row["id"]: row for row in cells}}.values())
        )
        return cells

    own = rows("claims", "id", {claim})
    if own:
        rows("claims", "origin", {own[0]["origin"]})
        rows("claims", "dup_of", {claim})
    reports = rows("reports", "id", {row["report"] for row in own})
    origins = rows("origins", "id", {row["origin"] for row in own})
    hops = rows("hops", "claim", {claim})
    voices = {hop["source"] for hop in hops} | {row["outlet"] for row in reports} | {row["source"] for row in origins}
    rows("sources", "id", voices)
    rows("events", "id", {link["event"] for link in rows("event_claims", "claim", {claim})})
    for name in ("forecasts", "resolutions", "codings"):
        rows(name, "claim", {claim})
    rows("revisions", "row", {claim})
    return Sheets(found)
