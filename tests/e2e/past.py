"""A plan with a past: everything done so far on a running site is moved back by some days, as if it had happened then."""

import json
from datetime import UTC, datetime, timedelta

import psycopg

from api.domain.days import london_day
from api.embedded.settings import PORT
from tests.e2e.site import Site

_INSTANTS = (
    ("journal", "at"),
    ("plan", "created_at"),
    ("action", "created_at"),
    ("date_entry", "at"),
    ("progress_update", "posted_at"),
    ("progress_update", "acknowledged_at"),
)


def grow_older(site: Site, days: int) -> str:
    """Move it back, as the database's administrator: the day (YYYY-MM-DD) on which it then was."""
    folder = json.loads((site.folder / "state.json").read_text("utf-8"))["socket_dir"]
    with psycopg.connect(host=folder, port=PORT, user="postgres", dbname="plan") as connection:
        # The journal is append-only for everybody else.
        connection.execute("SET session_replication_role = replica")
        for table, column in _INSTANTS:
            moved = f"UPDATE {table} SET {column} = {column} - make_interval(days => %s)"
            connection.execute(moved.encode(), [days])
    return london_day(datetime.now(UTC) - timedelta(days=days)).isoformat()
