"""The answers kept for repeats (API 4), without words that were removed: a repeat is still no second write."""

import json
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update

from api.domain.folding import words_of
from api.domain.privacy.redaction import (
    OF_ANSWER,
    OF_NAMES_ANSWER,
    OF_UPDATE,
    clean_answer,
    clean_own,
    pattern_of,
    take_back,
)
from api.models import IdempotencyKey
from api.services.work import Work


def clean_kept_answers(
    work: Work, object_id: UUID, pattern: str | None, *, whole: bool = False, members: frozenset[str] = OF_ANSWER
) -> int:
    """Remove words from the answers that speak of this object: how many held them. 1 SELECT, and 1 UPDATE for each.

    `whole`: all words of this one object; otherwise whatever fits the pattern, in all of the answer.
    """
    of = frozenset([str(object_id)]) if whole else None
    return _rewrite(work, [object_id], lambda found: clean_answer(found, OF_UPDATE if whole else members, pattern, of))


def clean_kept_answers_of_plan(work: Work, objects: Sequence[UUID], pattern: str) -> int:
    """The same for what fits the pattern in a plan and its objectives, of which these are the ids. 1 SELECT, and 1 UPDATE for each."""
    of = frozenset(map(str, objects))
    return _rewrite(work, objects, lambda found: clean_own(found, pattern, of))


def take_back_in_kept_answers(work: Work, update_id: UUID) -> int:
    """The same for all that an update said which was withdrawn. 1 SELECT, and 1 UPDATE for each."""
    return _rewrite(work, [update_id], lambda found: take_back(found, str(update_id)))


def clean_kept_names(work: Work, words: str, pattern: str) -> int:
    """The same for what fits the pattern in names, whoever the answer is about: a name is repeated without an id beside it.

    They are found by the longest of the words: JSON has other signs for what may stand between two.
    """
    longest = pattern_of(max(words_of(words), key=len))
    held = func.convert_from(IdempotencyKey.body, "UTF8").op("~")(longest)
    return _rewrite_all(work, held, lambda found: clean_answer(found, OF_NAMES_ANSWER, pattern))


def _rewrite(work: Work, objects: Sequence[UUID], without_words: Callable[[Any], Any]) -> int:
    speaks_of_them = or_(*(IdempotencyKey.body.op("LIKE")(f"%{each}%".encode()) for each in objects))
    return _rewrite_all(work, speaks_of_them, without_words)


def _rewrite_all(work: Work, speaks_of_them: ColumnElement[bool], without_words: Callable[[Any], Any]) -> int:
    rows = work.session.execute(select(IdempotencyKey.scope, IdempotencyKey.body).where(speaks_of_them)).all()
    cleaned = 0
    for scope, body in rows:
        document = json.loads(body)
        without = without_words(document)
        if without != document:
            words = json.dumps(without, ensure_ascii=False, separators=(",", ":")).encode()
            work.session.execute(update(IdempotencyKey).where(IdempotencyKey.scope == scope).values(body=words))
            cleaned += 1
    return cleaned
