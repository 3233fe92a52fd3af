"""Runs the migrations as the owner role: one at a time (advisory lock), and never waiting long for a busy table."""

import os

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine, text

from api.models import Base

# Any number, the same in every process that migrates this database.
MIGRATION_LOCK = 6_042_2020


def run(connection: Connection) -> None:
    """Migrate over this connection; a second process waits here and then finds nothing to do."""
    connection.execute(text("SET lock_timeout = '5s'"))
    connection.execute(text("SET statement_timeout = '15min'"))
    connection.execute(
        text("SELECT set_config('lock_timeout', '0', false), pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK}
    )
    connection.execute(text("SET lock_timeout = '5s'"))
    connection.commit()
    try:
        context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()


def main() -> None:
    """Use the URL the command gave, or OWNER_DATABASE_URL when alembic is called by hand."""
    url = context.config.attributes.get("url") or os.environ["OWNER_DATABASE_URL"]
    # Without a pool the connection is closed also when a migration fails.
    with create_engine(url, poolclass=NullPool).connect() as connection:
        run(connection)


main()
