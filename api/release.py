"""Which release this is: the version, a mark of the client's files so that a changed file has a new address, its languages."""

from hashlib import sha256
from pathlib import Path

VERSION = "0.1.0"
ROOT = Path(__file__).parents[1]
FRONTEND = ROOT / "frontend"
ENGLISH = "en"
LANGUAGES = "languages"


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
