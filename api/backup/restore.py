"""Restoring: into a new database, which takes the place of the old one only when it is whole and compared.

Whatever fails or is killed before, the old database is as it was. The two renames are one transaction.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from psycopg import errors, sql

from api.backup.errors import BackupError
from api.backup.facts import holds_plans
from api.backup.manifest import Manifest, read_checked
from api.backup.scratch import Site, drop, fill, scratch, site
from api.backup.server import Database

ATTEMPTS = 10
_END_SESSIONS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ANY(%s) AND pid <> pg_backend_pid()
"""
_COUNTERS = "SELECT (SELECT value FROM directory_revision), array_agg(plan_id), array_agg(value) FROM plan_revision"
_RAISE_DIRECTORY = "UPDATE directory_revision SET value = greatest(value, %s) + 1"
# All actions read differently now, so all of them get the new revision, as after a seed.
_RAISE_PLANS = """
WITH live AS (SELECT * FROM unnest(%s::uuid[], %s::bigint[]) AS live(plan_id, value)),
raised AS (
    UPDATE plan_revision r SET value = greatest(r.value, live.value) + 1 FROM live
    WHERE live.plan_id = r.plan_id RETURNING r.plan_id, r.value
),
touched AS (UPDATE action a SET revision = raised.value FROM raised WHERE a.plan_id = raised.plan_id),
changed AS (UPDATE plan p SET version = version + 1, updated_at = now() FROM raised WHERE p.id = raised.plan_id)
INSERT INTO journal (plan_id, revision, request_id, actor_name, object_type, object_id, verb, before, after)
SELECT plan_id, value, 'restore', 'command line', 'plan', plan_id, 'restored', '{}', %s::jsonb FROM raised
"""


@dataclass(frozen=True)
class Restored:
    """What was restored, and the name of the database that holds what was there before (None: there were no plans)."""

    manifest: Manifest
    kept_as: str | None


def restore(admin: Database, name: str, dump: Path, *, replace: bool) -> Restored:
    """Make the database `name` what the backup holds. Raises BackupError; the database is as before then."""
    manifest = read_checked(dump)
    with site(admin, name) as here:
        with here.live.connect() as live:
            replaces = holds_plans(live)
        if replaces and not replace:
            raise BackupError(f"The database {name} holds plans. Say --replace to put the backup in their place.")
        with scratch(here) as database:
            wrong = [line for line in fill(database, dump, manifest) if not line.same]
            if wrong:
                said = "; ".join(f"{line.what}: {line.wanted} became {line.found}" for line in wrong[:3])
                raise BackupError(f"What was restored is not what was backed up, so nothing was replaced: {said}.")
            if replaces:
                _mark(here, database, manifest)
            kept_as = _take_place(here, database, keep=replaces)
    return Restored(manifest, kept_as)


def _mark(here: Site, database: Database, manifest: Manifest) -> None:
    """Journal the restore, above all revisions that were ever given out.

    Counters that went back would meet the same numbers again with other words behind them: a page's ETag, a worker's kept
    plan and a partner's cursor would all be believed.
    """
    with here.live.connect() as live:
        directory, plans, values = live.execute(_COUNTERS).fetchall()[0]
    told = json.dumps({"backup": manifest.file, "made_at": manifest.made_at})
    with database.connect() as connection, connection.transaction():
        connection.execute(_RAISE_DIRECTORY, [directory])
        connection.execute(_RAISE_PLANS, [plans, values, told])


def _take_place(here: Site, database: Database, *, keep: bool) -> str | None:
    """Swap the names; the old database is kept under another one, in the place of the one that was kept before."""
    live, old = here.live.name, f"{here.live.name}_before_restore"
    drop(here.lobby, old)
    for _ in range(ATTEMPTS):
        here.lobby.execute(_END_SESSIONS, [[live, database.name]])
        try:
            with here.lobby.transaction():
                for before, after in ((live, old), (database.name, live)):
                    names = sql.Identifier(before), sql.Identifier(after)
                    here.lobby.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))
        except errors.ObjectInUse:
            continue
        if not keep:
            drop(here.lobby, old)
        return old if keep else None
    raise BackupError(f"The database {live} does not come to rest. Stop what uses it, then restore again.")
