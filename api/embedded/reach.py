"""Programs that the server's account cannot reach, as when root installed them below /root."""

import hashlib
import os
import shutil
import stat
import tempfile
from pathlib import Path

from api.embedded.account import Account
from api.embedded.errors import EmbeddedError

COPIES = Path("/var/lib/partnership-plan-programs")
PARTS = ("bin", "lib", "share")


def within_reach(folder: Path, account: Account) -> Path:
    """Give the bin folder itself, or a copy of its installation that the account can read.

    No one's folders are opened up for it: root keeps the copy (some 40 MB) in a folder of its own,
    once for each installation. Raises EmbeddedError when that cannot be done.
    """
    if not account.dropped or (account.may_reach(folder / "postgres") and _all_may_run(folder)):
        return folder
    if not all((folder.parent / part).is_dir() for part in PARTS):
        raise EmbeddedError(
            f"The account {account.name} cannot run the programs in {folder}: make that folder"
            " readable for it, or set PG_BIN to one that is."
        )
    copy = COPIES / _mark(folder)
    try:
        if not copy.exists():
            _copy(folder.parent, copy)
    except OSError as error:
        raise EmbeddedError(
            f"The account {account.name} cannot run the programs in {folder}, and they cannot be"
            f" copied to {copy}: {error}. Install them elsewhere, or set PG_BIN."
        ) from error
    return copy / folder.parent.parent.name / folder.parent.name / folder.name


def _all_may_run(folder: Path) -> bool:
    return all((folder / name).stat().st_mode & stat.S_IXOTH for name in ("postgres", "initdb"))


def _mark(folder: Path) -> str:
    """Tell this installation from an older or newer one in the same place."""
    found = (folder / "postgres").stat()
    text = f"{folder.resolve()}:{found.st_size}:{found.st_mtime_ns}"
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _copy(install: Path, copy: Path) -> None:
    """Copy under another name and rename when whole; of two at once, one wins.

    A wheel keeps shared libraries next to its package, in a folder that the programs find by its place.
    """
    copy.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".new-", dir=copy.parent))
    try:
        for part in PARTS:
            shutil.copytree(install / part, made / install.parent.name / install.name / part)
        libraries = install.parent.with_name(f"{install.parent.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, made / libraries.name)
        _open_up(made)
        made.rename(copy)
    except OSError:
        if not copy.exists():
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _open_up(made: Path) -> None:
    """Let everybody read and run our copy, whatever umask and modes it came from."""
    for folder, _, files in os.walk(made):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
