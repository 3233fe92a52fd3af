"""Idempotency-Key: the key, the write and its answer in one transaction (API 4)."""

import re
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from api.domain.errors import IdempotencyKeyReused
from api.http.messages import json_io
from api.http.messages.errors import IdempotencyKeyInvalid
from api.models import IdempotencyKey

KEPT_FOR = timedelta(days=7)
_KEY = re.compile(r"[\x21-\x7e]{16,128}")
# Two headers reach us joined by a comma (http/messages/header_fields.py), and nobody could say which of the keys was meant.
_TWO_KEYS = re.compile(r"[\x21-\x2b\x2d-\x7e]{16,}(?:,[\x21-\x2b\x2d-\x7e]{16,})+")

# A twin in flight makes this wait for its commit; then it adds nothing, and the twin's answer is given.
_KEEP = upsert(IdempotencyKey).on_conflict_do_nothing().returning(IdempotencyKey.status)
_FIND = select(
    IdempotencyKey.body_hash, IdempotencyKey.status, IdempotencyKey.body, IdempotencyKey.location, IdempotencyKey.etag
).where(IdempotencyKey.scope == bindparam("scope"))


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given."""

    status: int
    body: bytes
    location: str | None
    etag: str | None


class KeyReused(IdempotencyKeyReused):
    """The key came back with another body; the problem carries what the first one made."""

    def __init__(self, kept: bytes) -> None:
        super().__init__(
            "This Idempotency-Key was already used for other words; here is what was stored. Use a new key for these."
        )
        self.extra = {"original": json_io.parse(kept)}


class Repeated(Exception):
    """This was done before: undo what was begun, and give the answer that was given then."""

    def __init__(self, kept: Kept) -> None:
        super().__init__()
        self.kept = kept


def forget_old(session: Session) -> None:
    """Throw away answers kept for longer than a week; a day is promised (API 4). 1 statement."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < func.now() - KEPT_FOR))


def read_key() -> str | None:
    """The request's key. Raises IdempotencyKeyInvalid."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and _TWO_KEYS.fullmatch(key):
        raise IdempotencyKeyInvalid("There are two Idempotency-Keys. Send one.")
    if key is not None and not _KEY.fullmatch(key):
        raise IdempotencyKeyInvalid("An Idempotency-Key has 16 to 128 visible ASCII characters; a UUID is a good one.")
    return key


def scope_of(caller_id: UUID, key: str) -> bytes:
    """Who, which method and path, which key, as one hash."""
    return sha256(f"{caller_id}\n{request.method}\n{request.path}\n{key}".encode()).digest()


def hash_body(body: Any) -> bytes:
    """The body as one hash; the order of members does not matter."""
    return sha256(json_io.dumps_sorted(body)).digest()


def find(session: Session, scope: bytes, body_hash: bytes) -> Kept | None:
    """The answer that was given under this key. Raises KeyReused when it was for other words. 1 SELECT."""
    row = session.connection().execute(_FIND, {"scope": scope}).one_or_none()
    if row is None:
        return None
    kept_hash, status, body, location, etag = row
    if kept_hash != body_hash:
        raise KeyReused(body)
    return Kept(status, body, location, etag)


def keep(session: Session, scope: bytes, body_hash: bytes, answer: Kept) -> bool:
    """Keep the answer with the write that it tells of; False when there is one under this key already. 1 statement."""
    values = {"status": answer.status, "body": answer.body, "location": answer.location, "etag": answer.etag}
    row = {"scope": scope, "body_hash": body_hash, **values}
    return session.connection().execute(_KEEP, row).first() is not None
