"""The operating system account that runs the server: ourselves, or for root a weaker one."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from api.embedded.errors import EmbeddedError

CHOICES = ("postgres", "nobody", "daemon")


class Identity(TypedDict, total=False):
    """What subprocess needs to run a program as another account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """An existing account; `dropped` when it is not the one that this process runs as."""

    uid: int
    gid: int
    name: str
    dropped: bool

    def identity(self) -> Identity:
        """Arguments for subprocess; empty when the server runs as ourselves."""
        if not self.dropped:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def names(self) -> list[str]:
        """List the accounts that may connect: the server's own, and root, which could become it."""
        return sorted({self.name, _entry(0).pw_name})

    def may_reach(self, path: Path) -> bool:
        """Whether every folder above `path` lets this account through (by its mode bits)."""
        return not self.dropped or all(map(self._may_enter, path.resolve().parents))

    def _may_enter(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)


def choose_account(data: Path, cluster: Path) -> Account:
    """Choose the account for this cluster. Ordinary users: their own. For root, in this order:

    the owner of the cluster; the owner of the data folder, unless that is root; the account named
    in PG_OS_USER; the first of CHOICES that exists.
    Raises EmbeddedError when the cluster belongs to somebody whom we cannot become.
    """
    mine = os.geteuid()
    owner = _owner(cluster)
    if mine != 0:
        if owner not in (None, mine):
            raise EmbeddedError(f"{cluster} is not ours (user id {owner}): start as its owner.")
        return _account(_entry(mine), dropped=False)
    if owner == 0:
        raise EmbeddedError(f"{cluster} belongs to root, and PostgreSQL refuses to run as root.")
    chosen = owner or _owner(data)
    return _account(_entry(chosen) if chosen else _weak_account(), dropped=True)


def _owner(folder: Path) -> int | None:
    try:
        return folder.stat().st_uid
    except FileNotFoundError:
        return None


def _weak_account() -> pwd.struct_passwd:
    wanted = os.environ.get("PG_OS_USER")
    for name in (wanted,) if wanted else CHOICES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return entry
    raise EmbeddedError(
        f"PostgreSQL refuses to run as root, and no account to drop to was found"
        f" ({wanted or ', '.join(CHOICES)}). Set PG_OS_USER to an existing unprivileged account."
    )


def _account(entry: pwd.struct_passwd, *, dropped: bool) -> Account:
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name, dropped)


def _entry(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedError(
            f"The user id {uid} has no name on this machine, and PostgreSQL needs one. Add it to"
            " /etc/passwd, or start as another account."
        ) from None
