"""The client's files: those that are served as one, those in another language, those that are needed without a network; and its pages."""

import json
import logging
import re
from collections.abc import Callable, Container, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath

from api.release import ENGLISH, LANGUAGES

_log = logging.getLogger(__name__)
INDEX = "index.html"
# Every page needs all of these, and one request costs a phone less than two.
JOINED = {"css/shell.css": ("css/base.css", "css/parts.css")}
# Few people open these pages, and none of them is of use without the server.
ONLINE = re.compile(r"js/pages/(admin|link|sign-in)\b")
SHEETS_ONLINE = frozenset({"admin.css", "data.css", "docs.css"})
ROUTER = "js/router.js"
_ROUTE = re.compile(rb"^  \[/(\^.+\$)/, '[a-z-]+'\],$", re.MULTILINE)
_OF_A_PLAN = re.compile(r"/p/[^/]+(?=/|$)")
_IN_PAGE = re.compile(rb'(?:href|src)="__ASSETS__/([^"]+)"')
_IMPORTS = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+)['"]""")
_SHEETS = re.compile(r"""['"]([a-z-]+\.css)['"]""")
_LINKS = re.compile(r"""url\(["']?([^)"']+)""")
_WORDS = ("words.js", "words/**/*.js")
_EXPORTS = re.compile(r"^export (?:const|(?:async )?function) (\w+)", re.MULTILINE)
# The words of what is no script: the page before there is any, and the names of the installed app.
_SHELL = "words/shell.json"
_NOT_KEPT = (".webmanifest", ".png")  # the browser keeps these itself, with the installed app


def read_files(folder: Path, kinds: Container[str], language: str = ENGLISH) -> dict[str, bytes]:
    """The bytes of all files below the folder that are of these kinds (".js"), by path, with those that are joined.

    The words are those of the language, file by file, and English where it has none.
    """
    paths = [path for path in folder.rglob("*") if path.is_file() and path.suffix in kinds]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    files = {path: body for path, body in files.items() if not path.startswith(f"{LANGUAGES}/")}
    files |= _words_in(folder / LANGUAGES / language, files)
    whole = {name: parts for name, parts in JOINED.items() if files.keys() >= set(parts)}
    return files | {name: b"".join(files[part] for part in parts) for name, parts in whole.items()}


def _words_in(folder: Path, english: Mapping[str, bytes]) -> dict[str, bytes]:
    """A language's words files by the path of the English ones, without those that an upgrade left behind: no page would open."""
    theirs = {f"js/{path.relative_to(folder).as_posix()}": path for each in _WORDS for path in folder.glob(each)}
    bodies = {path: file.read_bytes() for path, file in theirs.items()}
    missing = {path: _names(english.get(path, b"")) - _names(body) for path, body in bodies.items()}
    for path, names in missing.items():
        if names:
            _log.warning("%s lacks %s: the English file is served.", theirs[path], ", ".join(sorted(names)))
    return {path: body for path, body in bodies.items() if not missing[path]}


def _names(body: bytes) -> set[str]:
    return set(_EXPORTS.findall(body.decode()))


def read_shell(folder: Path, language: str = ENGLISH) -> dict[str, str]:
    """The words of the page and the manifest, by the placeholders that stand for them; English where the language has none."""
    found: dict[str, str] = {}
    for path in (folder / "js" / _SHELL, folder / LANGUAGES / language / _SHELL):
        if path.is_file():
            found |= json.loads(path.read_text("utf-8"))
    return {f"__{name.upper()}__": words for name, words in found.items()}


def read_pages(files: Mapping[str, bytes]) -> Callable[[str], bool]:
    """Whether a path is one of the client's pages, by the table of its own router; /p/{slug} before it names a plan."""
    patterns = [re.compile(each.decode()) for each in _ROUTE.findall(files.get(ROUTER, b""))]

    def is_page(path: str) -> bool:
        rest = path[named.end() :] or "/" if (named := _OF_A_PLAN.match(path)) else path
        return any(pattern.search(rest) for pattern in patterns)

    return is_page


def needed_offline(files: Mapping[str, bytes]) -> list[str]:
    """Paths below frontend/, sorted, from the bytes of all files by path; a name that is no file (types) is passed over."""
    waiting = [each.decode() for each in _IN_PAGE.findall(files.get(INDEX, b""))]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in found or path not in files or path.endswith(_NOT_KEPT) or ONLINE.match(path):
            continue
        found.add(path)
        waiting += _named_in(path, files[path])
    return sorted(found)


def _named_in(path: str, body: bytes) -> list[str]:
    """The files that one file names: imports of a module, now or later; sheets of its pages; the typeface of a sheet."""
    if path.endswith(".js"):
        text = body.decode()
        sheets = [f"css/{name}" for name in _SHEETS.findall(text) if name not in SHEETS_ONLINE]
        return [_beside(path, name) for name in _IMPORTS.findall(text)] + sheets
    if path.endswith(".css"):
        return [_beside(path, name) for name in _LINKS.findall(body.decode())]
    return []


def _beside(path: str, name: str) -> str:
    return normpath(join(dirname(path), name))
