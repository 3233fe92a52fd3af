"""Readiness: the database answers, has this code's tables, and keeps what it acknowledges (API 12)."""

from sqlalchemy import text

from api.models.base import SCHEMA_HEAD
from api.web.answers import Answer
from api.web.errors import NotReady
from api.web.transaction import snapshot

_SETTINGS = ("fsync", "full_page_writes", "synchronous_commit")
_WITHIN_A_SECOND = text("SET LOCAL statement_timeout = 1000")
_ASK = text(
    "SELECT (SELECT version_num FROM alembic_version), "
    "current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit')"
)


def ready() -> Answer:
    """`ok`. Raises NotReady with what is missing; a database that is away is a 503 like everywhere."""
    with snapshot() as session:
        session.execute(_WITHIN_A_SECOND)
        head, *settings = session.execute(_ASK).one()
    if head != SCHEMA_HEAD:
        raise NotReady(f"The database is at migration {head}, this code needs {SCHEMA_HEAD}. Run plan migrate.")
    off = [name for name, value in zip(_SETTINGS, settings, strict=True) if value == "off"]
    if off:
        raise NotReady(f"The database may lose what it acknowledged: {', '.join(off)} is off.")
    return Answer({"status": "ok"}, private=True)
