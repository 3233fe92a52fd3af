"""The client, served as written: /assets/<version>/… for ever, and the page for the addresses of its pages (DESIGN 3).

Three files are filled in: the page with the address of this release's files and the words of its language, the manifest with
those words, the service worker with the address and the names of the files.
"""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape
from http import HTTPStatus
from pathlib import Path

import brotli
from flask import Flask, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import PathConverter

from api.client.client_files import INDEX, needed_offline, read_files, read_pages, read_shell
from api.http.messages.accept import codings_of, prefers
from api.http.messages.json_io import dumps
from api.release import ENGLISH

PLACEHOLDER = b"__ASSETS__"
WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"
BRITISH = "en-GB"
FOR_EVER = "public, max-age=31536000, immutable"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".ico": "image/x-icon",
}
_FILES = (*TYPES, ".json", ".map", ".php", ".env", ".xml")
_PACKED = frozenset({".woff2", ".png", ".ico"})


@dataclass(frozen=True, slots=True)
class Asset:
    """A file's bytes and, for a kind that is not compressed already, its compressed forms as they are asked for."""

    body: bytes
    media: str
    packable: bool = True
    forms: dict[str, bytes] = field(default_factory=dict)

    def form(self, accepts: str) -> tuple[str, bytes]:
        """(coding, bytes) for what the caller accepts; compressed as far as it goes, once in the life of the process."""
        coding = next(iter(codings_of(accepts)), "") if self.packable else ""
        if coding and coding not in self.forms:
            self.forms[coding] = _PACKERS[coding](self.body)
        return coding, self.forms[coding] if coding else self.body


_PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=11),
    "gzip": partial(gzip.compress, compresslevel=9, mtime=0),
}


class PagePath(PathConverter):
    """Any path but the API's and the other addresses that are no pages: what is unknown there is 404 for every method.

    `/API` is no page either: whoever wrote it wants the API. Nor is a path with an empty part, or a backslash, which some programs
    tidy into another, or with a part that begins with a dot: `..`, `.git`, `.well-known`.
    """

    regex = r"(?!(?i:api|assets|problems)(?:/|$))(?!.*//)(?!(?:.*/)?\.)[^/\\][^\\]*?"


def _load(folder: Path, language: str) -> dict[str, Asset]:
    """All files of the client by their path; there are few, and they are small."""
    return {path: _asset(path, body) for path, body in read_files(folder, TYPES, language).items()}


def _asset(path: str, body: bytes) -> Asset:
    kind = Path(path).suffix
    return Asset(body, TYPES[kind], kind not in _PACKED)


def _fill_in(assets: dict[str, Asset], mark: str, language: str, words: Mapping[str, str]) -> None:
    """Put in what the placeholders of the page, the worker and the manifest stand for."""
    common = {
        PLACEHOLDER: f"/assets/{mark}".encode(),
        b"__LANGUAGE__": (BRITISH if language == ENGLISH else language).encode(),
        b"__FILES__": dumps(needed_offline({path: asset.body for path, asset in assets.items()})),
    }
    as_html = {name.encode(): escape(said).encode() for name, said in words.items()}
    as_json = {name.encode(): dumps(said)[1:-1] for name, said in words.items()}
    filled: dict[str, dict[bytes, bytes]] = {INDEX: as_html, MANIFEST: as_json, WORKER: {}}
    for path in filled.keys() & assets.keys():
        body = assets[path].body
        for placeholder, value in (common | filled[path]).items():
            body = body.replace(placeholder, value)
        assets[path] = _asset(path, body)


def install(app: Flask, folder: Path, mark: str, language: str = ENGLISH) -> None:
    """Serve the client's files from memory."""
    assets = _load(folder, language)
    _fill_in(assets, mark, language, read_shell(folder, language))
    page, is_page = (
        assets.get(INDEX, _asset(INDEX, b"")),
        read_pages({path: each.body for path, each in assets.items()}),
    )

    @app.get("/assets/<version>/<path:name>")
    def asset(version: str, name: str) -> Response:
        """Give a file of the client. Another version's address is answered too, but not for ever."""
        found = assets.get(name)
        if found is None:
            raise NotFound
        return _answer(found, FOR_EVER if version == mark else "no-cache")

    app.url_map.converters["page"] = PagePath

    @app.get(f"/{WORKER}")
    def worker() -> Response:
        """Give the service worker, at the root so that the whole site is in its reach; the browser asks whether it changed."""
        if WORKER not in assets:
            raise NotFound
        return _answer(assets[WORKER], "no-cache")

    @app.get("/")
    @app.get("/<page:name>", strict_slashes=False)
    def client(name: str = "") -> Response:
        """Give the page: the client reads the address itself. Of another address it says so, to people: others get a problem."""
        known = is_page(f"/{name}")
        if name.lower().rstrip("/").endswith(_FILES) or not (known or prefers("text/html", "application/problem+json")):
            raise NotFound
        return _answer(page, "no-cache", HTTPStatus.OK if known else HTTPStatus.NOT_FOUND)


def _answer(found: Asset, cache: str, status: int = HTTPStatus.OK) -> Response:
    coding, body = found.form(request.headers.get("Accept-Encoding", ""))
    answer = Response(body, status)
    answer.headers["Content-Type"] = found.media
    answer.headers["Cache-Control"] = cache
    answer.headers["Vary"] = "Accept-Encoding" if status == HTTPStatus.OK else "Accept, Accept-Encoding"
    if coding:
        answer.headers["Content-Encoding"] = coding
    return answer
