"""How the replica stands, for `plan check`: does it follow this very database, and how far behind is it."""

from typing import Any

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.web.replica import Replica
from api.web.transaction import one_select

_PRIMARY = text("SELECT pg_current_wal_flush_lsn()::text, (SELECT system_identifier FROM pg_control_system())")
_REPLICA = text(
    "SELECT (SELECT system_identifier FROM pg_control_system()), "
    "pg_get_wal_replay_pause_state(), (SELECT count(*) FROM pg_stat_wal_receiver), "
    "greatest(pg_wal_lsn_diff(CAST(:lsn AS pg_lsn), pg_last_wal_replay_lsn()), 0), "
    "extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())"
)
# Asked first: the pause state cannot be asked of a server that is not in recovery.
_IN_RECOVERY = text("SELECT pg_is_in_recovery()")


def describe_replica() -> dict[str, Any] | None:
    """`{state, behind_bytes, behind_seconds}`, the last two only of one that follows or is paused; None where none is set.

    `behind_seconds` is the age of the last commit replayed, and 0 when there is nothing to replay.
    """
    replica: Replica | None = current_app.extensions["plan_replica"]
    if replica is None:
        return None
    with one_select() as primary:
        lsn, ours = primary.execute(_PRIMARY).one()
    try:
        with replica.engine.connect() as standby:
            if not standby.execute(_IN_RECOVERY).scalar_one():
                return {"state": "not a replica: it takes writes"}
            theirs, paused, receivers, size, seconds = standby.execute(_REPLICA, {"lsn": lsn}).one()
    except SQLAlchemyError as error:
        return {"state": "away", "error": type(error).__name__}
    if theirs != ours:
        return {"state": "a replica of another database"}
    behind = {"behind_bytes": int(size), "behind_seconds": round(float(seconds or 0), 1) if size else 0}
    if paused != "not paused":
        return {"state": "paused", **behind}
    return {"state": "following" if receivers else "not connected to the primary", **behind}
