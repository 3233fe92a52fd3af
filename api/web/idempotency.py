"""Idempotency-Key: the key, the write and its answer in one transaction (API 4)."""

import re
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from api.domain.errors import IdempotencyKeyReused
from api.models import IdempotencyKey
from api.web import json_io
from api.web.errors import IdempotencyKeyInvalid

KEPT_FOR = timedelta(days=7)
_VISIBLE = re.compile(r"[\x21-\x7e]{16,128}")

# A twin in flight makes this wait for its commit; then it finds the row and replays it.
_CLAIM = (
    upsert(IdempotencyKey)
    .values(scope=bindparam("scope"), body_hash=bindparam("body_hash"))
    .on_conflict_do_nothing()
    .returning(IdempotencyKey.scope)
)
_FIND = select(
    IdempotencyKey.body_hash, IdempotencyKey.status, IdempotencyKey.body, IdempotencyKey.location, IdempotencyKey.etag
).where(IdempotencyKey.scope == bindparam("scope"))
_KEEP = (
    update(IdempotencyKey)
    .where(IdempotencyKey.scope == bindparam("its_scope"))
    .values(
        status=bindparam("a_status"),
        body=bindparam("a_body"),
        location=bindparam("a_location"),
        etag=bindparam("a_etag"),
    )
)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given."""

    status: int
    body: bytes
    location: str | None
    etag: str | None


class KeyReused(IdempotencyKeyReused):
    """The key came back with another body; the problem carries what the first one made."""

    def __init__(self, kept: bytes | None) -> None:
        super().__init__(
            "This Idempotency-Key was already used for other words; here is what was stored. Use a new key for these."
        )
        self.extra = {"original": json_io.parse(kept) if kept else None}


def forget_old(session: Session) -> None:
    """Throw away answers kept for longer than a week; a day is promised (API 4). 1 statement."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < func.now() - KEPT_FOR))


def read_key() -> str | None:
    """The request's key. Raises IdempotencyKeyInvalid."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _VISIBLE.fullmatch(key):
        raise IdempotencyKeyInvalid("An Idempotency-Key has 16 to 128 visible ASCII characters; a UUID is a good one.")
    return key


def scope_of(account_id: UUID, key: str) -> bytes:
    """Who, which method and path, which key, as one hash."""
    return sha256(f"{account_id}\n{request.method}\n{request.path}\n{key}".encode()).digest()


def hash_body(body: Any) -> bytes:
    """The body as one hash; the order of members does not matter."""
    return sha256(json_io.dumps_sorted(body)).digest()


def claim(session: Session, scope: bytes, body_hash: bytes) -> Kept | None:
    """Take the key for this transaction (None), or the answer kept under it. Raises IdempotencyKeyReused. 1-2 statements."""
    if session.connection().execute(_CLAIM, {"scope": scope, "body_hash": body_hash}).first() is not None:
        return None
    kept_hash, status, body, location, etag = session.connection().execute(_FIND, {"scope": scope}).one()
    if kept_hash != body_hash:
        raise KeyReused(body)
    return Kept(status or 200, body or b"", location, etag)


def keep(session: Session, scope: bytes, answer: Kept) -> None:
    """Keep the answer with the write that it tells of. 1 statement."""
    values = {"a_status": answer.status, "a_body": answer.body, "a_location": answer.location, "a_etag": answer.etag}
    session.connection().execute(_KEEP, {"its_scope": scope, **values})
