"""Not a command: a file that a command writes, which only its owner may read."""

import os
import stat
from pathlib import Path


def write_own(path: Path, whole: bytes) -> None:
    """Write it, over what is there; also a file that others could read before is its owner's alone. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            os.fchmod(handle, 0o600)
        file.write(whole)
