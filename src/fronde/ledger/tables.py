"""The tables of the store: one for each table of the codebook, cells as text exactly as in the files, so that a pack
comes back to the same bytes. The same in SQLite and PostgreSQL; `migrations/` makes them."""

from sqlalchemy import Column, Index, Integer, MetaData, PrimaryKeyConstraint, Table, Text

from fronde.evidence.rows import TABLES
from fronde.ledger.sheets import names_of

METADATA = MetaData()
PACKS = Table("pack", METADATA, Column("name", Text, primary_key=True), Column("manifest", Text, nullable=False))
SHEETS = Table(  # how each file of a pack looks: csv or jsonl, and which columns it has
    "sheet", METADATA,
    Column("pack", Text, nullable=False), Column("name", Text, nullable=False), Column("format", Text, nullable=False),
    Column("columns", Text, nullable=False), Column("place", Integer, nullable=False),
    PrimaryKeyConstraint("pack", "name"),
)  # fmt: skip


def _table(name: str) -> Table:
    cells = [Column(column, Text, nullable=False, server_default="") for column in names_of(name) if column != "id"]
    return Table(
        name, METADATA, Column("pack", Text, nullable=False), Column("id", Text, nullable=False),
        Column("place", Integer, nullable=False), *cells, PrimaryKeyConstraint("pack", "id"),
    )  # fmt: skip


ROWS = {name: _table(name) for name in TABLES}
Index("claims_by_status", ROWS["claims"].c.pack, ROWS["claims"].c.status)
Index("claims_by_origin", ROWS["claims"].c.pack, ROWS["claims"].c.origin)
Index("hops_by_claim", ROWS["hops"].c.pack, ROWS["hops"].c.claim)
Index("event_claims_by_claim", ROWS["event_claims"].c.pack, ROWS["event_claims"].c.claim)
Index("revisions_by_row", ROWS["revisions"].c.pack, ROWS["revisions"].c.row)
