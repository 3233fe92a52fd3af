"""The journal: every write says who changed what, in the transaction that changed it, under one revision.

The counter row is locked from `write_changes` to the commit, so revision order is commit order. Call it as late
as the use case allows: until then, writers of one plan do not wait for each other. What is written with it goes in the
same statement, so that the lock is held for one round trip less.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, DateTime, Text, Uuid, bindparam, column, func, insert, select, true, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.dml import ReturningInsert

from api.models import Action, DirectoryRevision, JournalEntry, PlanRevision
from api.queries.plan.actions import LoadedAction
from api.services.work import Work


@dataclass(frozen=True, slots=True)
class Change:
    """One object changed: `before` None when it was created; both hold changed fields only, ready for JSON."""

    object_type: str
    object_id: UUID
    verb: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


# The changes come as one document, so that the statement is the same however many there are.
_CHANGES = (
    func.jsonb_to_recordset(bindparam("changes", type_=JSONB()))
    .table_valued(
        column("object_type", Text),
        column("object_id", Uuid),
        column("verb", Text),
        column("before", JSONB),
        column("after", JSONB),
    )
    .render_derived(name="change", with_types=True)
)


def _recording(raised: CTE, *columns: str) -> ReturningInsert[Any]:
    """The statement that raises a counter and writes the changes under its new value."""
    told: list[ColumnElement[Any]] = [
        bindparam("request_id", type_=Text()),
        bindparam("recorded_at", type_=DateTime(timezone=True)).label("at"),
        bindparam("account_id", type_=Uuid()),
        bindparam("partner_token_id", type_=Uuid()),
        bindparam("actor_name", type_=Text()),
    ]
    rows = select(*raised.c, *told, *_CHANGES.c).select_from(raised.join(_CHANGES, true()))
    names = [*columns, *(each.key for each in told), *(each.name for each in _CHANGES.c)]
    return insert(JournalEntry).from_select(names, rows).returning(column(columns[-1]))


_NEXT_OF_PLAN = (
    update(PlanRevision)
    .where(PlanRevision.plan_id == bindparam("plan"))
    .values(value=PlanRevision.value + 1)
    .returning(PlanRevision.plan_id, PlanRevision.value)
    .cte("next")
)
_NEXT_OF_DIRECTORY = (
    update(DirectoryRevision).values(value=DirectoryRevision.value + 1).returning(DirectoryRevision.value).cte("next")
)
NEXT_REVISION = select(_NEXT_OF_PLAN.c.value).scalar_subquery()
"""The revision that is being recorded, for a write that goes along with `WRITE_CHANGES`."""
WRITE_CHANGES = _recording(_NEXT_OF_PLAN, "plan_id", "revision")
"""Records changes of a plan. Other writes can go along in the same statement: `WRITE_CHANGES.add_cte(write.cte(…))`."""
_WRITE_DIRECTORY_CHANGES = _recording(_NEXT_OF_DIRECTORY, "directory_revision")
_TOUCH = WRITE_CHANGES.add_cte(
    update(Action)
    .where(Action.id == bindparam("action"))
    .values(revision=NEXT_REVISION, updated_at=bindparam("now"))
    .cte("touched")
)


def write_changes(
    work: Work,
    plan_id: UUID,
    changes: list[Change],
    statement: ReturningInsert[Any] = WRITE_CHANGES,
    values: Mapping[str, Any] | None = None,
) -> int:
    """Raise the plan's counter, hold it until the commit, and write the changes under it: the revision. 1 statement.

    `statement` is WRITE_CHANGES with what else is to be written, `values` are what that needs.
    """
    return _write_changes(work, statement, changes, {"plan": plan_id, **(values or {})})


def write_directory_changes(work: Work, changes: list[Change]) -> int:
    """The same for people, agencies, groups and accounts. 1 statement."""
    return _write_changes(work, _WRITE_DIRECTORY_CHANGES, changes, {})


def _write_changes(work: Work, statement: ReturningInsert[Any], changes: list[Change], values: dict[str, Any]) -> int:
    actor = work.actor
    if work.case_data:
        changes = [_confirmed(changes[0], work.case_data), *changes[1:]]
    told = {
        "request_id": work.request_id,
        "recorded_at": work.now,
        "account_id": actor.account_id,
        "partner_token_id": actor.partner_id,
        "actor_name": actor.full_name,
    }
    written = work.connection.execute(statement, {**values, **told, "changes": changes})
    return int(written.scalars().all()[0])


def _confirmed(change: Change, kinds: tuple[str, ...]) -> Change:
    """The change, with the kinds of case data that were suspected and confirmed to be none; never the words."""
    return replace(change, after={**(change.after or {}), "case_data": list(kinds)})


def touch(work: Work, action: LoadedAction, changes: list[Change]) -> int:
    """Take the plan's next revision for these changes of an action's parts, and mark the action with it. 1 statement."""
    return write_changes(work, action.plan_id, changes, _TOUCH, {"action": action.id, "now": work.now})
