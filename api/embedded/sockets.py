"""The server's socket: a short private folder, and who listens in it."""

import os
import socket
import stat
import struct
import tempfile
from pathlib import Path

from api.embedded.account import Account
from api.embedded.errors import EmbeddedError
from api.embedded.settings import PORT

PREFIX = "plan-pg-"


def socket_dir(recorded: str | None, account: Account) -> str:
    """Give a private folder for the socket: the one used before if still safe, or a new one.

    The old name is kept where possible, so that connection pools find a restarted server again.
    """
    if recorded and _again(Path(recorded), account):
        return recorded
    bases = (Path("/tmp"), Path(tempfile.gettempdir()))
    base = next((base for base in bases if os.access(base, os.W_OK)), None)
    if base is None:
        raise EmbeddedError(f"No folder to put the socket in: none of {bases} can be written.")
    made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
    _hand_over(made, account)
    check_private(made, account)
    return str(made)


def check_private(folder: Path, account: Account) -> None:
    """Raise EmbeddedError unless only `account` can enter or change the folder."""
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise EmbeddedError(f"The socket folder {folder} is not private to {account.name}.")
    above = os.lstat(folder.parent)
    if above.st_mode & 0o022 and not above.st_mode & stat.S_ISVTX:
        raise EmbeddedError(f"{folder.parent} lacks the sticky bit: others could swap the socket.")


def _again(folder: Path, account: Account) -> bool:
    """Use a folder of a known name, making it if it was cleaned away; False if it is not safe."""
    try:
        folder.mkdir(mode=0o700)
        _hand_over(folder, account)
    except FileExistsError:
        pass
    except OSError:
        return False
    try:
        check_private(folder, account)
    except EmbeddedError:
        return False
    return True


def _hand_over(folder: Path, account: Account) -> None:
    """Give a folder that we just made to the server's account."""
    if account.dropped:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)


def listener_pid(folder: str) -> int | None:
    """Ask the kernel for the pid that listens on the socket; None if nobody does.

    Where the kernel cannot tell (not Linux), 0 for somebody.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(2)
        try:
            client.connect(f"{folder}/.s.PGSQL.{PORT}")
        except OSError:
            return None
        if not hasattr(socket, "SO_PEERCRED"):
            return 0
        raw = client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return int(struct.unpack("3i", raw)[0])
