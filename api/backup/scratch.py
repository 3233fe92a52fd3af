"""A scratch database beside the live one: made like it, filled from a dump, migrated, compared; dropped unless it is kept."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic.util import CommandError
from psycopg import sql
from sqlalchemy.exc import DBAPIError

from api.backup.errors import BackupError
from api.backup.facts import Line, compare, compare_history, read_facts
from api.backup.manifest import Manifest
from api.backup.server import Connection, Database
from api.migrate import head, is_ahead, migrate
from api.release import SchemaMisfit

_LIVE = """
SELECT to_jsonb(d), pg_get_userbyid(d.datdba), pg_encoding_to_char(d.encoding) FROM pg_database d WHERE d.datname = %s
"""
_MAY_MAKE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
_GRANTS = """
SELECT coalesce(r.rolname, ''), a.privilege_type FROM pg_database d, aclexplode(d.datacl) a
LEFT JOIN pg_roles r ON r.oid = a.grantee WHERE d.datname = %s
"""
_LEFTOVERS = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
_LOCK = "SELECT pg_try_advisory_lock(hashtext('partnership-plan restore ' || %s))"
_PROVIDERS = {"b": ("builtin", "BUILTIN_LOCALE"), "i": ("icu", "ICU_LOCALE"), "c": ("libc", "")}


@dataclass(frozen=True)
class Site:
    """Where restoring happens: the live database, and a connection to another that is not in the way of renaming it."""

    live: Database
    owner: str
    lobby: Connection


@contextmanager
def site(admin: Database, name: str) -> Iterator[Site]:
    """The site of one restore at a time. Raises BackupError: not allowed, no such database, or another one at work."""
    lobby_name = admin.name if admin.name != name else "postgres"
    with admin.beside(lobby_name).connect() as lobby:
        if not lobby.execute(_MAY_MAKE).fetchall()[0][0]:
            raise BackupError(
                f"The role {admin.url.username} may not make databases. Set ADMIN_DATABASE_URL to an administrator's."
            )
        found = lobby.execute(_LIVE, [name]).fetchall()
        if not found:
            raise BackupError(f"There is no database {name} on this server. Make it first, with its two roles.")
        if not lobby.execute(_LOCK, [name]).fetchall()[0][0]:
            raise BackupError("Another restore or drill of this database is under way. Wait until it is done.")
        for (leftover,) in lobby.execute(_LEFTOVERS, [f"{name}_scratch_"]).fetchall():
            drop(lobby, leftover)
        yield Site(admin.beside(name), str(found[0][1]), lobby)


def drop(lobby: Connection, name: str) -> None:
    """Drop a database, whoever is in it."""
    lobby.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def scratch(here: Site) -> Iterator[Database]:
    """A new, empty database like the live one; dropped at the end if it still has this name."""
    name = f"{here.live.name}_scratch_{secrets.token_hex(4)}"
    _make_like(here, name)
    try:
        yield here.live.beside(name, here.owner)
    finally:
        drop(here.lobby, name)


def _make_like(here: Site, name: str) -> None:
    """Make it with the live one's owner, encoding, locale and rights to connect."""
    live, owner, encoding = here.lobby.execute(_LIVE, [here.live.name]).fetchall()[0]
    parts = [
        ("OWNER", sql.Identifier(owner)),
        ("TEMPLATE", sql.Identifier("template0")),
        ("ENCODING", sql.Literal(encoding)),
    ]
    parts += [(word, sql.Literal(value)) for word, value in _locale(live) if value is not None]
    options = sql.SQL(" ").join(sql.SQL("{} {}").format(sql.SQL(word), value) for word, value in parts)
    here.lobby.execute(sql.SQL("CREATE DATABASE {} {}").format(sql.Identifier(name), options))
    _grant(here, name, closed=live["datacl"] is not None)


def _locale(live: dict[str, Any]) -> list[tuple[str, str | None]]:
    provider, word = _PROVIDERS[live["datlocprovider"]]
    own = live.get("datlocale") or live.get("daticulocale")
    found = [("LOCALE_PROVIDER", provider), ("LC_COLLATE", live["datcollate"]), ("LC_CTYPE", live["datctype"])]
    return [*found, (word, own)] if word else [*found]


def _grant(here: Site, name: str, *, closed: bool) -> None:
    if closed:
        here.lobby.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
    for role, right in here.lobby.execute(_GRANTS, [here.live.name]).fetchall():
        to = sql.Identifier(role) if role else sql.SQL("PUBLIC")
        statement = sql.SQL("GRANT {} ON DATABASE {} TO {}")
        here.lobby.execute(statement.format(sql.SQL(right), sql.Identifier(name), to))


def fill(database: Database, dump: Path, manifest: Manifest) -> list[Line]:
    """Restore the dump into an empty database, migrate it, and say how it compares before and after. Raises BackupError."""
    wanted = manifest.facts
    try:
        newer = is_ahead(wanted.schema_head, wanted.oldest_code)
    except SchemaMisfit as misfit:
        raise BackupError(f"{dump} was made by release {manifest.release}. {misfit}") from misfit
    database.run("pg_restore", "--no-owner", "--exit-on-error", str(dump))
    lines = _compared(database, manifest)
    try:
        migrate(database.alembic_url)
    except (DBAPIError, CommandError, SchemaMisfit) as error:
        said = str(getattr(error, "orig", error)).splitlines()[0]
        raise BackupError(f"The restored database cannot be migrated: {said}") from error
    with database.connect() as connection:
        after = read_facts(connection, wanted.journal["columns"])
        connection.execute("ANALYZE")
    migrated = Line("migration afterwards", wanted.schema_head if newer else head(), after.schema_head)
    kept = [Line(f"{line.what} afterwards", line.wanted, line.found) for line in compare_history(wanted, after)]
    return [*lines, migrated, *kept]


def _compared(database: Database, manifest: Manifest) -> list[Line]:
    with database.connect() as connection:
        return compare(manifest.facts, read_facts(connection, manifest.facts.journal["columns"]))
