"""The one exception of this package."""


class BackupError(Exception):
    """A backup cannot be made, read or restored; the text says why and what to do, in one line."""
