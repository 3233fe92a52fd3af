"""How the replica stands, for `plan check`: does it follow this very database, and how far behind is it."""

from typing import Any

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.http.database.replica import Replica
from api.http.database.transaction import one_select

_OURS = text("SELECT system_identifier FROM pg_control_system()")
# Asked first: the pause state cannot be asked of a server that is not in recovery.
_IN_RECOVERY = text("SELECT pg_is_in_recovery()")
_REPLICA = text(
    "SELECT (SELECT system_identifier FROM pg_control_system()), pg_get_wal_replay_pause_state(), "
    "(SELECT count(*) FROM pg_stat_wal_receiver), (SELECT coalesce(max(id), 0) FROM journal)"
)
_MISSING = text("SELECT count(*), extract(epoch FROM clock_timestamp() - min(at)) FROM journal WHERE id > :last")


def describe_replica() -> dict[str, Any] | None:
    """`{state, behind_changes, behind_seconds}`, only `state` (and `error`) of one that is no use; None where none is set.

    How far it is behind is told in entries of the journal that it lacks, and the age of the oldest of them.
    """
    replica: Replica | None = current_app.extensions["plan_replica"]
    if replica is None:
        return None
    try:
        with replica.engine.connect() as standby:
            if not standby.execute(_IN_RECOVERY).scalar_one():
                return {"state": "not a replica: it takes writes"}
            found = standby.execute(_REPLICA).one()
    except SQLAlchemyError as error:
        return {"state": "away", "error": type(error).__name__}
    return _compare(*found)


def _compare(theirs: int, pause: str, receivers: int, last: int) -> dict[str, Any]:
    with one_select() as primary:
        if primary.execute(_OURS).scalar_one() != theirs:
            return {"state": "a replica of another database"}
        missing, seconds = primary.execute(_MISSING, {"last": last}).one()
    following = "following" if receivers else "not connected to the primary"
    return {
        "state": following if pause == "not paused" else "paused",
        "behind_changes": missing,
        "behind_seconds": round(float(seconds or 0), 1),
    }
