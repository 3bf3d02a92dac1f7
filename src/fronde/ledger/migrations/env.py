"""What Alembic runs: the migrations on the connection that `fronde.ledger.store` opened."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
