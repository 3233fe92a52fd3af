"""Runs the migrations as the owner role: one at a time (advisory lock), never waiting long for a busy table, nor without an end."""

import os
from typing import Any

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine, text

from api.migrate import is_ahead, oldest_code
from api.models import Base
from api.patience import LONG_COMMAND, NO_END, Patience, at_most

# Any number, the same in every process that migrates this database.
MIGRATION_LOCK = 6_042_2020
_IS_THERE = text("SELECT to_regclass('alembic_version') IS NOT NULL")
_FOUND = text(
    "SELECT (SELECT version_num FROM alembic_version), obj_description('alembic_version'::regclass, 'pg_class')"
)


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
        ahead = is_ahead(*_find(connection))
        # A migration begins its own transaction, and would not end one that was there.
        connection.rollback()
        if not ahead:
            _migrate(connection)
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()


def _migrate(connection: Connection) -> None:
    """Each migration is one transaction, in which it is also noted which code works on the tables then (ADR 19)."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        on_version_apply=lambda ctx, **_step: _note(ctx.connection),
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.rollback()
    _note(connection)
    connection.commit()


def _find(connection: Connection) -> tuple[Any, Any]:
    """(the last migration, the oldest code that works on the tables); None for what is not there."""
    if not connection.execute(_IS_THERE).scalar_one():
        return None, None
    found, noted = connection.execute(_FOUND).one()
    return found, noted


def _note(connection: Connection) -> None:
    """Note the oldest code that works on these tables, where every release, also an older one, finds it."""
    found, noted = _find(connection)
    oldest = oldest_code(found) if found else None
    if oldest and oldest != noted:
        connection.execute(text(f"COMMENT ON TABLE alembic_version IS '{int(oldest):04}'"))


def main() -> None:
    """Use the URL the command gave, or OWNER_DATABASE_URL when alembic is called by hand."""
    url = context.config.attributes.get("url") or os.environ["OWNER_DATABASE_URL"]
    # Without a pool the connection is closed also when a migration fails.
    engine = Patience().watch(create_engine(url, poolclass=NullPool))
    with at_most(NO_END, LONG_COMMAND), engine.connect() as connection:
        run(connection)


main()
