"""What a database holds, in a few numbers: compared, they say whether a restored database is the one that was dumped."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from psycopg import sql

from api.backup.errors import BackupError
from api.backup.server import Connection

_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname COLLATE "C"
"""
_COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = 'journal'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname COLLATE "C"
"""
# A sum over the entries, so that neither their number nor their order on the disk matters.
_JOURNAL = """
SELECT count(*), coalesce(max(id), 0),
       coalesce(sum(('x' || left(md5(jsonb_build_array({columns})::text), 16))::bit(64)::bigint::numeric), 0)::text
FROM journal
"""
_REVISIONS = "SELECT p.slug, r.value FROM plan p LEFT JOIN plan_revision r ON r.plan_id = p.id ORDER BY p.slug"
_GRANTS = """
SELECT c.relname || ': ' || string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type)
FROM pg_class c, aclexplode(c.relacl) a
WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = to_regrole('plan_web') GROUP BY c.relname
ORDER BY c.relname COLLATE "C"
"""
_OLDEST_CODE = (
    "SELECT found FROM obj_description('alembic_version'::regclass, 'pg_class') AS found WHERE found IS NOT NULL"
)
_TRIGGERS = """
SELECT t.tgrelid::regclass || ': ' || t.tgname FROM pg_trigger t
WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' ORDER BY t.tgrelid::regclass::text COLLATE "C", t.tgname COLLATE "C"
"""


@dataclass(frozen=True)
class Facts:
    """The numbers: migration, rows of each table, the journal's head and sum, each plan's revision, rights, triggers.

    `journal` is {entries, last_id, columns, sum}; the sum is over those columns, so that a later release can make it too.
    `oldest_code` works on these tables (ADR 19).
    """

    schema_head: str
    tables: dict[str, int]
    journal: dict[str, Any]
    plans: dict[str, int]
    grants: list[str]
    triggers: list[str]
    oldest_code: str | None = None

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(self.tables.values())

    def as_json(self) -> dict[str, Any]:
        """For the manifest."""
        return asdict(self)


@dataclass(frozen=True)
class Line:
    """One thing compared."""

    what: str
    wanted: str
    found: str

    @property
    def same(self) -> bool:
        """Whether it is as it was."""
        return self.wanted == self.found


def read_facts(connection: Connection, columns: list[str] | None = None) -> Facts:
    """Count everything; the journal's sum over `columns` (None: over all). Raises BackupError without our tables.

    One SELECT a table and seven more. It reads every table whole, so it is for backups only.
    """
    if not holds_tables(connection):
        raise BackupError("There are no tables of ours in this database. Run plan migrate, or look at DATABASE_URL.")
    tables = {name: _count(connection, name) for name in _first(connection, _TABLES)}
    columns = columns or _first(connection, _COLUMNS)
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    entries, last, total = connection.execute(sql.SQL(_JOURNAL).format(columns=names)).fetchall()[0]
    return Facts(
        schema_head=_first(connection, "SELECT version_num FROM alembic_version")[0],
        tables=tables,
        journal={"entries": entries, "last_id": last, "columns": columns, "sum": total},
        plans=dict(connection.execute(_REVISIONS).fetchall()),
        grants=_first(connection, _GRANTS),
        triggers=_first(connection, _TRIGGERS),
        oldest_code=next(iter(_first(connection, _OLDEST_CODE)), None),
    )


def holds_tables(connection: Connection) -> bool:
    """Whether our tables are there at all."""
    needed = ("alembic_version", "journal", "plan_revision")
    return all(connection.execute("SELECT to_regclass(%s)", [name]).fetchall()[0][0] for name in needed)


def holds_plans(connection: Connection) -> bool:
    """Whether there is anything that a restore would replace."""
    return holds_tables(connection) and bool(connection.execute("SELECT 1 FROM plan LIMIT 1").fetchall())


def compare(wanted: Facts, found: Facts) -> list[Line]:
    """Line by line: what the backup holds against what was restored."""
    return [
        Line("migration", wanted.schema_head, found.schema_head),
        *_each("rows of", wanted.tables, found.tables),
        *compare_history(wanted, found),
        Line("rights of plan_web", _many(wanted.grants), _many(found.grants)),
        Line("triggers", _many(wanted.triggers), _many(found.triggers)),
    ]


def compare_history(wanted: Facts, found: Facts) -> list[Line]:
    """What no migration may change: the journal, and where each plan stands in it."""
    names = {"entries": "journal entries", "last_id": "journal head", "sum": "journal sum"}
    lines = [Line(what, str(wanted.journal[name]), str(found.journal[name])) for name, what in names.items()]
    revisions = list(_each("revision of", wanted.plans, found.plans))
    wrong = [line for line in revisions if not line.same]
    right = Line("plans at their revision", str(len(revisions)), str(len(revisions) - len(wrong)))
    return [*lines, right, *wrong]


def _each(what: str, wanted: dict[str, int], found: dict[str, int]) -> Iterator[Line]:
    for name in sorted(wanted.keys() | found.keys()):
        yield Line(f"{what} {name}", str(wanted.get(name, "none")), str(found.get(name, "none")))


def _many(names: list[str]) -> str:
    return "; ".join(names) or "none"


def _count(connection: Connection, table: str) -> int:
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
    return int(connection.execute(query).fetchall()[0][0])


def _first(connection: Connection, query: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(query.encode())]
