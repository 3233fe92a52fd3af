"""Backups: a dump with its manifest, the restore, and the drill that shows that a backup can be restored (API 12).

Everything is done by PostgreSQL's own programs and from outside of the app: no room of the app is used.
"""

from api.backup.errors import BackupError

__all__ = ["BackupError"]
