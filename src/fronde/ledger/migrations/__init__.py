"""Changes of the store's tables, in order, run by Alembic."""
