"""Removing words for good, from the rows, the journal and the answers kept for repeats; a mark stays in their place (DOMAIN 9)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, Uuid, case, cast, func, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB

from api.domain.editable import ACTION
from api.domain.errors import FieldError, ValidationFailed
from api.domain.fields import WORDS
from api.domain.privacy.redaction import MARK, OF_ACTION, OF_UPDATE, holds, pattern_of
from api.models import Action, DateEntry, Named, Update, UpdateWording
from api.queries.plan.actions import LoadedAction
from api.queries.plan.updates import get_update
from api.services.journal import Change, touch
from api.services.kept_answers import clean_kept_answers
from api.services.locks import hold_action
from api.services.plan.actions import change
from api.services.work import Work

FoundIn = dict[str, int]
"""How many rows of each kind held the words."""

_SAID = (Update.text, Update.next_step, Update.impact, Update.question, Update.withdrawn_reason)
# The reason of an earlier redaction is held to hold words too; that of this one takes its place.
_HELD_IN = (*_SAID, Update.redacted_reason)
_LONGEST = {"text": 4000, "next_step": 1000, "impact": 2000}
_WORDS_OF_ACTION = (
    *(getattr(Action, name) for name in ACTION.holding(WORDS)),
    Action.text_printed,
    Action.by_whom_printed,
    Action.by_when_printed,
)


def redact_update(work: Work, update_id: UUID, *, reason: str, words: str | None = None) -> tuple[UUID, FoundIn]:
    """Remove a phrase from an update, or all its words: the action's id, and where they stood. Raises NotFound, ValidationFailed.

    Its rating, claim, author and day stay, and it still counts.
    """
    action = hold_action(work, get_update(work.session, update_id).action_id, removed=True)
    pattern = None if words is None else read_words(words, reason)
    touched = _clean_updates(work, Update.id == update_id, pattern, reason)
    found = {
        "progress updates": len(touched),
        "history": redact_journal(work, [update_id], OF_UPDATE, pattern),
        "kept answers": clean_kept_answers(work, update_id, pattern, whole=words is None),
    }
    check_found(found)
    touch(work, action, [_of_update(update_id, action.id, reason)])
    return action.id, found


def redact_action(work: Work, action_id: UUID, *, reason: str, words: str) -> tuple[UUID, FoundIn]:
    """Remove a phrase wherever an action holds it: wording, as printed too, reasons, dates, people, updates. Raises as above."""
    action = hold_action(work, action_id, removed=True)
    pattern = read_words(words, reason)
    updates = list(work.session.scalars(select(Update.id).where(Update.action_id == action_id)))
    touched = _clean_updates(work, Update.action_id == action_id, pattern, reason)
    own, text = _clean_action(work, action, pattern)
    found = {
        "action": own,
        "progress updates": len(touched),
        "dates": _clean_rows(
            work, DateEntry, DateEntry.action_id == action_id, (DateEntry.printed, DateEntry.reason), pattern
        ),
        "people as printed": _clean_rows(
            work, Named, Named.action_id == action_id, (Named.name, Named.qualifier), pattern
        ),
        "history": redact_journal(work, [action_id, *updates], OF_ACTION, pattern),
        "kept answers": clean_kept_answers(work, action_id, pattern),
    }
    check_found(found)
    # The new wording is told, so that somebody who has the old one open cannot put it back unseen (API 3.2).
    after = {"reason": reason, **({"text": text} if text != action.text else {})}
    entries = [Change("action", action_id, "redacted", None, after)]
    change(work, action, [*entries, *(_of_update(each, action_id, reason) for each in touched)], {})
    return action_id, found


def _of_update(update_id: UUID, action_id: UUID, reason: str) -> Change:
    return Change("update", update_id, "redacted", None, {"action": action_id, "reason": reason})


def read_words(words: str, reason: str) -> str:
    """What finds the words. Raises ValidationFailed when they could never be gone."""
    pattern = pattern_of(words)
    if holds(pattern, MARK):
        raise _wrong("/words", f"Give more of it: “{words}” is part of the mark {MARK} that takes its place.")
    if holds(pattern, reason):
        raise _wrong("/reason", "The reason holds the words that are to go. It stays, so give one without them.")
    return pattern


def check_found(found: FoundIn) -> None:
    """Raise ValidationFailed when the words were nowhere."""
    if not any(found.values()):
        raise _wrong("/words", "These words are not there. Nothing was removed.")


def _wrong(pointer: str, detail: str) -> ValidationFailed:
    return ValidationFailed(detail, [FieldError(pointer, "invalid", detail)])


def without(column: Any, pattern: str) -> ColumnElement[Any]:
    """A text without the words, cut to what its field takes."""
    cleaned = func.regexp_replace(column, pattern, MARK, "g")
    longest = _LONGEST.get(column.key) if column.class_ is Update else None
    return func.left(cleaned, longest) if longest else cleaned


def _clean_updates(work: Work, these: ColumnElement[bool], pattern: str | None, reason: str) -> list[UUID]:
    """The updates that held the words, now or before they were corrected, by id. 2 statements."""
    before = _clean_wordings(work, these, pattern)
    values: dict[str, Any]
    if pattern is None:
        values = {"text": MARK, "next_step": None, "impact": None, "evidence": []}
        values |= {each.key: case((each.is_not(None), MARK)) for each in (Update.question, Update.withdrawn_reason)}
        held: ColumnElement[bool] = these
    else:
        values = {each.key: without(each, pattern) for each in _SAID}
        values["evidence"] = redacted(Update.evidence, pattern)
        in_evidence = redacted(Update.evidence, pattern) != Update.evidence
        held = these & or_(*(each.op("~")(pattern) for each in _HELD_IN), in_evidence, Update.id.in_(before))
    marked = {"redacted_at": work.now, "redacted_reason": reason, "updated_at": work.now, "version": Update.version + 1}
    statement = update(Update).where(held).values({**values, **marked}).returning(Update.id)
    return list(work.connection.execute(statement).scalars())


def _clean_wordings(work: Work, these: ColumnElement[bool], pattern: str | None) -> list[UUID]:
    """The updates whose earlier wordings held the words. 1 statement."""
    held: ColumnElement[bool] = UpdateWording.update_id.in_(select(Update.id).where(these))
    values: dict[str, Any] = {"text": MARK, "next_step": None, "impact": None, "evidence": []}
    if pattern is not None:
        words = (UpdateWording.text, UpdateWording.next_step, UpdateWording.impact)
        values = {each.key: func.regexp_replace(each, pattern, MARK, "g") for each in words}
        values["evidence"] = redacted(UpdateWording.evidence, pattern)
        held &= or_(*(each.op("~")(pattern) for each in words), values["evidence"] != UpdateWording.evidence)
    cleaned = update(UpdateWording).where(held).values(values).returning(UpdateWording.update_id)
    return list(work.connection.execute(cleaned).scalars())


def _clean_action(work: Work, action: LoadedAction, pattern: str) -> tuple[int, str]:
    """Whether the action's own row held the words (1 or 0), and its wording without them. 1 statement, or 2."""
    notes, seeded = (redacted_members(column, OF_ACTION, pattern) for column in (Action.notes, Action.seeded))
    values: dict[str, Any] = {each.key: without(each, pattern) for each in _WORDS_OF_ACTION}
    held = or_(*(each.op("~")(pattern) for each in _WORDS_OF_ACTION), notes != Action.notes, seeded != Action.seeded)
    statement = (
        update(Action)
        .where(Action.id == action.id, held)
        .values({**values, "notes": notes, "seeded": seeded})
        .returning(Action.text)
    )
    text = work.connection.execute(statement).scalar_one_or_none()
    return (0, action.text) if text is None else (1, str(text))


def _clean_rows(work: Work, table: type[Any], these: ColumnElement[bool], columns: Sequence[Any], pattern: str) -> int:
    values = {each.key: func.regexp_replace(each, pattern, MARK, "g") for each in columns}
    held = or_(*(each.op("~")(pattern) for each in columns))
    return work.connection.execute(update(table).where(these, held).values(values)).rowcount


def redacted(column: Any, pattern: str) -> ColumnElement[Any]:
    """A list or document of jsonb without the words, wherever in it they stand."""
    return func.redacted(column, pattern, type_=JSONB())


def redacted_members(column: Any, members: frozenset[str], pattern: str) -> ColumnElement[Any]:
    """A document of jsonb, or a list of them, without the words in these of its members."""
    return func.redacted_members(column, cast(sorted(members), ARRAY(Text())), pattern, type_=JSONB())


def redact_journal(work: Work, objects: Sequence[UUID], members: frozenset[str], pattern: str | None) -> int:
    """Remove words from the entries about these objects, and nothing else: how many held them. 1 statement.

    The journal is append-only; only this function of the database, which runs as its owner, rewrites words in it.
    """
    these = cast(list(objects), ARRAY(Uuid()))
    found = func.redact_journal(these, cast(sorted(members), ARRAY(Text())), cast(pattern, Text()))
    return int(work.connection.execute(select(found)).scalar_one())
