"""Events may carry a time of day, resolutions a question of the case."""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None


def upgrade() -> None:
    """Add the columns; older packs have them empty."""
    for table, name in (("events", "time"), ("resolutions", "question")):
        op.add_column(table, sa.Column(name, sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Not offered, as for the step before."""
    raise CommandError("a store never goes back, so that revisions stay; load the packs into a new store instead")
