"""Runs migrations on the connection that gateway.records.schema hands over."""

from alembic import context

from gateway.records import catalogue

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=catalogue.METADATA,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
