"""Answers: bytes, ETag, 304 and compression in one place."""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

import brotli
from flask import Response, request

from api.web import etag as etags
from api.web.json_io import dumps

SMALLEST_WORTH_PACKING = 1024
LARGEST_WORTH_THE_TIME = 256 * 1024
FOUND = 302
BODILESS = frozenset({204, FOUND})


@dataclass(slots=True)
class Answer:
    """What a route answers. `body` is a value to write as JSON, or bytes that are written already.

    `known`: the caller has what the ETag names, so there is no body to make.
    """

    body: Any = None
    status: int = 200
    etag: str | None = None
    location: str | None = None
    media: str = "application/json"
    pack: Callable[[str], bytes] | None = None
    private: bool = False
    replayed: bool = False
    links: str | None = None
    file_name: str | None = None
    finish: Any = None
    # Done once all is committed and before the answer goes; it may still change the body.
    after_commit: Callable[["Answer"], None] | None = None
    known: bool = False


def refused(error: Exception) -> Answer:
    """A refusal that is raised once what was written with it is committed: a guess, an event of the audit, the end of a session."""

    def refuse(_response: Response) -> None:
        raise error

    return Answer(private=True, finish=refuse)


def send(answer: Answer) -> Response:
    """The Flask response of an answer: 304 when the caller has it, compressed when it is worth it and wanted."""
    if answer.etag is not None and (answer.known or (request.method == "GET" and etags.is_known(answer.etag))):
        response = etags.not_modified(answer.etag)
    else:
        response = _whole(answer)
    response.headers["Cache-Control"] = "no-store" if answer.private else "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding, Authorization"
    if answer.finish is not None:
        answer.finish(response)
    return response


def _whole(answer: Answer) -> Response:
    body = answer.body if isinstance(answer.body, bytes) else b"" if answer.body is None else dumps(answer.body)
    tag, coding = answer.etag, _coding(body)
    if coding:
        body = (answer.pack or partial(compress, body))(coding)
        tag = etags.encoded(tag, coding) if tag else None
    response = Response(body, answer.status, content_type=answer.media)
    if answer.status in BODILESS:
        del response.headers["Content-Type"]
    headers = {
        "Content-Encoding": coding,
        "ETag": tag,
        "Location": answer.location,
        "Link": answer.links,
        "Content-Disposition": _as_file(answer.file_name) if answer.file_name else None,
        "Idempotency-Replayed": "true" if answer.replayed else None,
    }
    for name, value in headers.items():
        if value:
            response.headers[name] = value
    return response


def _as_file(name: str) -> str:
    """To be kept under this name (RFC 6266): safe ASCII for old programs, and the name itself."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name)
    return f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe='')}"


def _coding(body: bytes) -> str:
    """The coding to use: none for a short answer or for a caller who cannot read it."""
    accepts = request.headers.get("Accept-Encoding", "")
    if len(body) < SMALLEST_WORTH_PACKING:
        return ""
    return "br" if "br" in accepts else "gzip" if "gzip" in accepts else ""


def compress(body: bytes, coding: str, *, thorough: bool = False) -> bytes:
    """Compress an answer: quickly, or thoroughly (about 15 ms for a plan) when it will be sent many times."""
    if coding == "br":
        thorough = thorough and len(body) <= LARGEST_WORTH_THE_TIME
        return bytes(brotli.compress(body, quality=10 if thorough else 4))
    return gzip.compress(body, 9 if thorough else 4, mtime=0)
