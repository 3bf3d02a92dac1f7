"""Full text search over claims, and revisions that the database itself refuses to change."""

from alembic import op
from alembic.util import CommandError

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

COLUMNS = ("id", "text", "quote_words", "note", "actors", "targets", "origin")
WORDS = "||' '||".join(f"coalesce({{0}}{name},'')" for name in COLUMNS)
ADD = f"INSERT INTO claims_words(rowid, words) VALUES (new.rowid, {WORDS.format('new.')});"
DROP = "DELETE FROM claims_words WHERE rowid = old.rowid;"
SQLITE = (
    "CREATE VIRTUAL TABLE claims_words USING fts5(words, tokenize = 'unicode61 remove_diacritics 2')",
    f"CREATE TRIGGER claims_words_in AFTER INSERT ON claims BEGIN {ADD} END",
    f"CREATE TRIGGER claims_words_out AFTER DELETE ON claims BEGIN {DROP} END",
    f"CREATE TRIGGER claims_words_new AFTER UPDATE ON claims BEGIN {DROP} {ADD} END",
    "CREATE TRIGGER revisions_stay BEFORE UPDATE ON revisions BEGIN "
    "SELECT raise(ABORT, 'revisions are only ever appended'); END",
    "CREATE TRIGGER revisions_remain BEFORE DELETE ON revisions BEGIN "
    "SELECT raise(ABORT, 'revisions are only ever appended'); END",
)
POSTGRES = (
    f"CREATE INDEX claims_words ON claims USING gin (to_tsvector('simple', {WORDS.format('')}))",
    "CREATE FUNCTION revisions_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'revisions are only ever appended'; END $$",
    "CREATE TRIGGER revisions_stay BEFORE UPDATE OR DELETE ON revisions FOR EACH ROW EXECUTE FUNCTION revisions_stay()",
)


def upgrade() -> None:
    """Make index and guards."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES:
        op.execute(statement)


def downgrade() -> None:
    """Not offered: it would let revisions be changed."""
    raise CommandError("a store never goes back, so that revisions stay; load the packs into a new store instead")
