"""The embedded PostgreSQL: a private server for one machine, used when DATABASE_URL is not set.

Standard library only. See docs/adr/0003-embedded-postgresql.md for why it is built as it is.
"""

from api.embedded.binaries import find_binaries
from api.embedded.errors import EmbeddedError
from api.embedded.server import EmbeddedPostgres

__all__ = ["EmbeddedError", "EmbeddedPostgres", "find_binaries"]
