"""Which release this is: its version, a mark of the client's files, its languages, and which tables it works with."""

import re
from hashlib import sha256
from pathlib import Path

VERSION = "0.1.0"
ROOT = Path(__file__).parents[1]
FRONTEND = ROOT / "frontend"
ENGLISH = "en"
LANGUAGES = "languages"
_NUMBER = re.compile("[0-9]{4}")


def languages(folder: Path = FRONTEND) -> list[str]:
    """The languages of the client: English, and a folder below languages/ for each other."""
    return [ENGLISH, *sorted(path.name for path in (folder / LANGUAGES).glob("*") if path.is_dir())]


def client_mark(folder: Path = FRONTEND) -> str:
    """A short mark of all files of the client: it changes when any of them does."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:10]


class SchemaMisfit(Exception):
    """The database's tables are not ones that this release works with; the message says which are, and what to do."""


def check_schema(found: str | None, oldest_code: str | None, *, oldest: str, newest: str) -> None:
    """Look whether this release works on the tables it found. Raises SchemaMisfit. The only place that knows the rule (ADR 19).

    `found`: the last migration of the database, which may be one that this release never heard of. `oldest_code`: the oldest
    code that still works on those tables, as the migrations of a newer release noted there. `oldest` and `newest`: the
    tables that this release can do with, and those it was made for. All of them are numbers of four digits.
    """
    if found is None or not _NUMBER.fullmatch(found) or found < oldest:
        raise SchemaMisfit(f"The database is at migration {found}, this code needs {oldest}. Run plan migrate.")
    if found > newest and (not oldest_code or not _NUMBER.fullmatch(oldest_code) or oldest_code > newest):
        works = (
            f"works with code of {oldest_code} or newer"
            if oldest_code
            else "says of no older code that it works with it"
        )
        raise SchemaMisfit(
            f"The database is at migration {found} of a newer release, which {works}; this code is of {newest}. "
            "Run that release, or restore the backup from before it."
        )
