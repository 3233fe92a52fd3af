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

from api.http.messages import etag as etags
from api.http.messages.accept import codings_of
from api.http.messages.envelope import caller
from api.http.messages.json_io import dumps

SMALLEST_WORTH_PACKING = 1024
LARGEST_WORTH_THE_TIME = 256 * 1024
FOUND = 302
CSV = "text/csv; charset=utf-8; header=present"
SAFE = frozenset({"GET", "HEAD"})
# What an answer depends on beside its address: who asks, by token or by cookie, and the codings that they take.
VARY = "Accept-Encoding, Authorization, Cookie"
BODILESS = frozenset({204, FOUND})


@dataclass(slots=True)
class Answer:
    """What a route answers. `body` is a value to write as JSON, or bytes that are written already.

    `known`: the caller has what the ETag names (etag.held), so there is no body to make.
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
    response = _unchanged(answer) or _whole(answer)
    response.headers["Cache-Control"] = "no-store" if answer.private or _by_cookie() else "private, no-cache"
    response.headers["Vary"] = VARY
    if answer.finish is not None:
        answer.finish(response)
    return response


def _by_cookie() -> bool:
    """Whether it goes to somebody in a browser: others use it after them, and what its cache keeps outlives the session (ADR 28)."""
    return caller() is not None and "Authorization" not in request.headers


def _unchanged(answer: Answer) -> Response | None:
    """The 304 of a GET or HEAD, when the caller has what would be sent."""
    if answer.etag is None or request.method not in SAFE:
        return None
    if answer.known:
        return etags.not_modified(answer.etag)
    if etags.asks_for_any():
        return etags.not_modified(_whole(answer).headers["ETag"])
    have = etags.held(answer.etag)
    return etags.not_modified(have) if have else None


def as_bytes(answer: Answer) -> bytes:
    """The body as bytes, and kept as such."""
    if not isinstance(answer.body, bytes):
        answer.body = b"" if answer.body is None else dumps(answer.body)
    return answer.body


def _whole(answer: Answer) -> Response:
    body = as_bytes(answer)
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
    if len(body) < SMALLEST_WORTH_PACKING:
        return ""
    return next(iter(codings_of(request.headers.get("Accept-Encoding", ""))), "")


def compress(body: bytes, coding: str, *, thorough: bool = False) -> bytes:
    """Compress an answer: quickly, or thoroughly (about 15 ms for a plan) when it will be sent many times."""
    if coding == "br":
        thorough = thorough and len(body) <= LARGEST_WORTH_THE_TIME
        return bytes(brotli.compress(body, quality=10 if thorough else 4))
    return gzip.compress(body, 9 if thorough else 4, mtime=0)
