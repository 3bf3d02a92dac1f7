"""The store: the same bytes out as in, the same views as the files, in SQLite and in a real PostgreSQL."""

import pytest

from fronde.ledger import edits, views
from fronde.ledger.edits import By
from fronde.ledger.sheets import pack_files, read_sheets
from fronde.scenario.case import SHIPPED

sa = pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")
from fronde.ledger.store import Store  # noqa: E402
from fronde.ledger.tables import METADATA  # noqa: E402


@pytest.fixture
def store(url):
    """An empty store of each kind."""
    opened = Store(url)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", ["russia-2022", "valdria"])
def test_load_export_load_gives_equal_bytes(store, name):
    sheets = read_sheets(SHIPPED / name)
    store.save(name, sheets)
    assert store.packs() == [name]
    assert pack_files(store.export(name)) == pack_files(sheets)


def test_views_are_those_of_the_files(store):
    sheets = read_sheets(SHIPPED / "russia-2022")
    store.save("russia-2022", sheets)
    assert store.list_claims("russia-2022") == views.list_claims(sheets)
    for filters in ({"status": "accepted", "group": "technocrats"}, {"event_class": "flee"}):
        assert store.list_claims("russia-2022", **filters) == views.list_claims(sheets, **filters)
    assert [row["id"] for row in store.list_claims("russia-2022", "nabiullina resign")] == [
        row["id"] for row in views.list_claims(sheets, "nabiullina resign")
    ]
    assert store.list_claims("russia-2022", "'; DROP TABLE claims; -- \"*") == []
    for claim in ("G20", "C-LISIN", "G18"):
        assert store.show_claim("russia-2022", claim) == views.show_claim(sheets, claim)


def test_changes_are_saved_and_revisions_only_appended(store):
    sheets = read_sheets(SHIPPED / "valdria")
    store.save("valdria", sheets)
    changed = edits.accept(sheets, "V12", By("ann", "read it"))
    store.save("valdria", changed)
    assert pack_files(store.export("valdria")) == pack_files(changed)
    assert store.show_claim("valdria", "V12")["history"][-1]["why"] == "read it"
    with pytest.raises(ValueError, match="not the first ones"):
        store.save("valdria", sheets)
    for statement in ("UPDATE revisions SET note = 'other'", "DELETE FROM revisions"):
        with pytest.raises(sa.exc.DBAPIError, match="only ever appended"), store.engine.begin() as connection:
            connection.execute(sa.text(statement))
    assert pack_files(store.export("valdria")) == pack_files(changed)


def test_migrations_make_the_tables_of_this_version(store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        found = compare_metadata(context, METADATA)
    # The index of words is the one thing that SQLAlchemy does not describe: FTS5 tables, a GIN index.
    named = [str(getattr(entry[1], "name", entry)) for entry in found]
    assert [name for name in named if not name.startswith("claims_words")] == []


def test_only_known_databases():
    with pytest.raises(Exception, match=r"expected sqlite or postgresql|No module named|Can't load"):
        Store("mysql+pymysql://nobody@nowhere/x")
