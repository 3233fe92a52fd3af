"""Answers: bytes, ETag, 304 and compression in one place."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import brotli
from flask import Response, request

from api.web import etag as etags
from api.web.json_io import dumps

SMALLEST_WORTH_PACKING = 1024
LARGEST_WORTH_THE_TIME = 256 * 1024


@dataclass(slots=True)
class Answer:
    """What a route answers. `body` is a value to write as JSON, or bytes that are written already."""

    body: Any = None
    status: int = 200
    etag: str | None = None
    location: str | None = None
    media: str = "application/json"
    pack: Callable[[str], bytes] | None = None
    private: bool = False
    replayed: bool = False
    links: str | None = None
    finish: Any = None


def send(answer: Answer) -> Response:
    """The Flask response of an answer: 304 when the caller has it, gzip when it is worth it and wanted."""
    if answer.etag is not None and request.method == "GET" and etags.is_known(answer.etag):
        response = etags.not_modified(answer.etag)
        _cache_headers(response, answer)
        return response
    body = answer.body if isinstance(answer.body, bytes) else b"" if answer.body is None else dumps(answer.body)
    tag = answer.etag
    coding = _coding(body)
    packed = (answer.pack or partial(compress, body))(coding) if coding else None
    response = Response(packed or body, answer.status)
    headers = response.headers
    if body or answer.status != 204:
        headers["Content-Type"] = answer.media
    if packed is not None:
        headers["Content-Encoding"] = coding
        tag = etags.encoded(tag, coding) if tag else None
    if tag is not None:
        headers["ETag"] = tag
    if answer.location is not None:
        headers["Location"] = answer.location
    if answer.links is not None:
        headers["Link"] = answer.links
    if answer.replayed:
        headers["Idempotency-Replayed"] = "true"
    _cache_headers(response, answer)
    if answer.finish is not None:
        answer.finish(response)
    return response


def _cache_headers(response: Response, answer: Answer) -> None:
    headers = response.headers
    headers["Cache-Control"] = "no-store" if answer.private else "private, no-cache"
    headers["Vary"] = "Accept-Encoding, Authorization"


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
        return brotli.compress(body, quality=10 if thorough else 4)
    return gzip.compress(body, 9 if thorough else 4, mtime=0)
