"""The answers kept for repeats (API 4), without words that were removed: a repeat is still no second write."""

import json
from uuid import UUID

from sqlalchemy import select, update

from api.domain.redaction import OF_ANSWER, OF_UPDATE, clean_answer
from api.models import IdempotencyKey
from api.services.work import Work


def clean_kept_answers(
    work: Work, object_id: UUID, pattern: str | None, *, whole: bool = False, members: frozenset[str] = OF_ANSWER
) -> int:
    """Remove words from the answers that speak of this object: how many held them. 1 SELECT, and 1 UPDATE for each.

    `whole`: all words of this one object; otherwise whatever fits the pattern, in all of the answer.
    """
    speaks_of_it = IdempotencyKey.body.op("LIKE")(f"%{object_id}%".encode())
    rows = work.session.execute(select(IdempotencyKey.scope, IdempotencyKey.body).where(speaks_of_it)).all()
    cleaned = 0
    for scope, body in rows:
        document = json.loads(body)
        of = frozenset([str(object_id)]) if whole else None
        without = clean_answer(document, OF_UPDATE if whole else members, pattern, of)
        if without != document:
            words = json.dumps(without, ensure_ascii=False, separators=(",", ":")).encode()
            work.session.execute(update(IdempotencyKey).where(IdempotencyKey.scope == scope).values(body=words))
            cleaned += 1
    return cleaned
