"""Removing words for good from a plan's own settings and its objectives; its actions and updates have their own (DOMAIN 9)."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update

from api.domain.editable import OBJECTIVE, PLAN
from api.domain.fields import LIST, WORDS
from api.domain.privacy.redaction import OF_PLAN
from api.models import Objective, Plan
from api.services.journal import Change
from api.services.kept_answers import clean_kept_answers_of_plan
from api.services.locks import hold_numbers, take_turns
from api.services.plan.numbering import write_structure
from api.services.plan.plans import hold_plan
from api.services.privacy.redactions import (
    FoundIn,
    check_found,
    read_words,
    redact_journal,
    redacted,
    redacted_members,
    without,
)
from api.services.work import Work

_WORDS_OF_PLAN = tuple(getattr(Plan, name) for name in PLAN.holding(WORDS))
_LISTS_OF_PLAN = tuple(getattr(Plan, name) for name in PLAN.holding(LIST))
_WORDS_OF_OBJECTIVE = (*(getattr(Objective, name) for name in OBJECTIVE.holding(WORDS)), Objective.text_printed)


def redact_plan(work: Work, plan_id: UUID, *, reason: str, words: str) -> tuple[UUID, FoundIn]:
    """Remove a phrase wherever a plan's settings, questions and objectives hold it: its id, and where. Raises ValidationFailed.

    Objectives that were removed from the plan too. Nobody edits any of it, hands it over or loads a seed meanwhile.
    """
    pattern = read_words(words, reason)
    take_turns(work)
    # The plan before its actions, as whoever edits its settings does.
    plan = hold_plan(work, plan_id)
    hold_numbers(work, plan_id)
    objectives = list(work.connection.execute(_objectives(plan_id)).scalars())
    settings = _clean_plan(work, plan, pattern)
    touched = _clean_objectives(work, plan_id, pattern)
    found = {
        "plan settings": 0 if settings is None else 1,
        "objectives": len(touched),
        "history": redact_journal(work, [plan_id, *objectives], OF_PLAN, pattern),
        "kept answers": clean_kept_answers_of_plan(work, [plan_id, *objectives], pattern),
    }
    check_found(found)
    # The new words are told, so that somebody who has the old ones open cannot put them back unseen (API 3.2).
    entries = [Change("plan", plan_id, "redacted", None, {"reason": reason, **(settings or {})})]
    entries += [Change("objective", each, "redacted", None, {"reason": reason, **new}) for each, new in touched.items()]
    write_structure(work, plan_id, entries)
    return plan_id, found


def _objectives(plan_id: UUID) -> Any:
    return select(Objective.id).where(Objective.plan_id == plan_id)


def _clean_plan(work: Work, plan: Plan, pattern: str) -> dict[str, Any] | None:
    """The columns that held the words, without them; None when the row held none. Its version is raised in any case. 1 UPDATE."""
    values: dict[str, Any] = {each.key: without(each, pattern) for each in _WORDS_OF_PLAN}
    values |= {each.key: redacted(each, pattern) for each in _LISTS_OF_PLAN}
    values |= {
        "notes": redacted_members(Plan.notes, OF_PLAN, pattern),
        "seeded": redacted_members(Plan.seeded, OF_PLAN, pattern),
    }
    before = {name: getattr(plan, name) for name in values}
    cleaned = (
        update(Plan)
        .where(Plan.id == plan.id)
        .values(**values, version=Plan.version + 1, updated_at=work.now)
        .returning(*(getattr(Plan, name) for name in values))
    )
    row = work.connection.execute(cleaned).one()
    work.session.expire(plan)
    return _new(before, row)


def _clean_objectives(work: Work, plan_id: UUID, pattern: str) -> dict[UUID, dict[str, Any]]:
    """By id of those that held the words, the columns without them. 1 SELECT, 1 UPDATE."""
    values: dict[str, Any] = {each.key: without(each, pattern) for each in _WORDS_OF_OBJECTIVE}
    values["seeded"] = redacted_members(Objective.seeded, OF_PLAN, pattern)
    names = [getattr(Objective, name) for name in values]
    there = select(Objective.id, *names).where(Objective.plan_id == plan_id)
    before = {row.id: row._asdict() for row in work.connection.execute(there)}
    held = or_(*(each.op("~")(pattern) for each in _WORDS_OF_OBJECTIVE), values["seeded"] != Objective.seeded)
    cleaned = (
        update(Objective)
        .where(Objective.plan_id == plan_id, held)
        .values(**values, version=Objective.version + 1, updated_at=work.now)
        .returning(Objective.id, *names)
    )
    rows = work.connection.execute(cleaned).all()
    return {row.id: _new(before[row.id], row) or {} for row in rows}


def _new(before: dict[str, Any], row: Any) -> dict[str, Any] | None:
    """What reads differently now; None when nothing does. What the seed left is no word of the plan."""
    new = {name: value for name, value in row._asdict().items() if value != before[name]}
    return {name: value for name, value in new.items() if name != "seeded"} if new else None
