"""Passwords that were stolen elsewhere (ASVS 6.2.12), in a file on this machine: no other host is asked.

The file is a mark and then the first six bytes of the SHA-1 of each password, in order: it is mapped, not read, so that a list of a
thousand million costs no memory, and about thirty looks into it. Of the passwords that are in no list, one in 300,000 seems to be in one
of that size.
"""

import mmap
import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from hashlib import sha1
from pathlib import Path
from typing import Self

MARK = b"planpw1\n"
WIDTH = 6
_DIGITS = 2 * WIDTH
# How the public lists write a hash: all of it, or what stands after the first five digits, which are the name of the file.
_WHOLE, _PREFIX = 40, 5


class BreachedPasswords:
    """A list of breached passwords; empty without a file."""

    def __init__(self, memory: mmap.mmap | bytes = MARK) -> None:
        self._memory = memory
        self._count = (len(memory) - len(MARK)) // WIDTH

    @classmethod
    def open(cls, path: Path) -> Self:
        """The list in a file. Raises OSError, and ValueError for a file of another kind."""
        with path.open("rb") as file:
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if memory[: len(MARK)] != MARK or (len(memory) - len(MARK)) % WIDTH:
            raise ValueError(f"{path} is no list of breached passwords")
        return cls(memory)

    def __len__(self) -> int:
        return self._count

    def holds(self, password: str) -> bool:
        """Whether this password is in the list."""
        wanted = sha1(password.encode("utf-8", "surrogatepass"), usedforsecurity=False).digest()[:WIDTH]
        place = bisect_left(range(self._count), wanted, key=self._at)
        return place < self._count and self._at(place) == wanted

    def _at(self, place: int) -> bytes:
        start = len(MARK) + place * WIDTH
        return self._memory[start : start + WIDTH]


def read_list(source: Path, least: int) -> Iterator[bytes]:
    """The entries of a downloaded list, of passwords that were seen at least so many times. Raises OSError, ValueError.

    A file of lines `HASH:COUNT`, ordered by hash, or a folder of such files that are called by the first five digits
    (`00000.txt`) and hold the rest.
    """
    files = sorted(source.iterdir()) if source.is_dir() else [source]
    for path in files:
        prefix = path.name.partition(".")[0] if source.is_dir() else ""
        if source.is_dir() and len(prefix) != _PREFIX:
            continue
        with path.open(encoding="ascii", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                digits, _, seen = line.strip().lstrip("\ufeff").partition(":")
                if not digits:
                    continue
                yield from _entry(prefix + digits, seen, least, f"{path}, line {number}")


def _entry(digits: str, seen: str, least: int, where: str) -> Iterator[bytes]:
    try:
        if len(digits) != _WHOLE:
            raise ValueError
        entry, count = bytes.fromhex(digits[:_DIGITS]), int(seen or "1")
    except ValueError as error:
        raise ValueError(f"{where}: this is not a SHA-1 and how often it was seen") from error
    if count >= least:
        yield entry


def write_list(entries: Iterable[bytes], target: Path) -> int:
    """Write the entries into a file, all or none; returns how many. Raises OSError, and ValueError when they are not in order.

    Everybody may read it, since the list is public and the service often runs as somebody else; nobody else may change it.
    """
    temporary = target.with_name(target.name + ".new")
    last, count = b"", 0
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    with os.fdopen(handle, "wb") as file:
        file.write(MARK)
        for entry in entries:
            if entry < last:
                raise ValueError("the list is not ordered by hash: take the one that is")
            if entry != last:
                file.write(entry)
                count += 1
            last = entry
    temporary.replace(target)
    return count
