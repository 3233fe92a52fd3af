"""The journal: every write says who changed what, in the transaction that changed it, under one revision.

The counter row is locked from `next_revision` to the commit, so revision order is commit order. Call it as late
as the use case allows: until then, writers of one plan do not wait for each other.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, update

from api.models import Action, DirectoryRevision, JournalEntry, PlanRevision
from api.queries.actions import LoadedAction
from api.services.work import Work


@dataclass(frozen=True, slots=True)
class Change:
    """One object changed: `before` None when it was created; both hold changed fields only, ready for JSON."""

    object_type: str
    object_id: UUID
    verb: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


_NEXT_OF_PLAN = (
    update(PlanRevision)
    .where(PlanRevision.plan_id == bindparam("plan"))
    .values(value=PlanRevision.value + 1)
    .returning(PlanRevision.value)
)
_NEXT_OF_DIRECTORY = (
    update(DirectoryRevision).values(value=DirectoryRevision.value + 1).returning(DirectoryRevision.value)
)
_INSERT = insert(JournalEntry)
_OPTIONS = {"synchronize_session": False}


def next_revision(work: Work, plan_id: UUID) -> int:
    """Raise the plan's counter and hold it until the commit. 1 statement."""
    row = work.session.execute(_NEXT_OF_PLAN, {"plan": plan_id}, execution_options=_OPTIONS)
    return int(row.scalar_one())


def next_directory_revision(work: Work) -> int:
    """Raise the directory's counter and hold it until the commit. 1 statement."""
    return int(work.session.execute(_NEXT_OF_DIRECTORY, execution_options=_OPTIONS).scalar_one())


def record(work: Work, changes: list[Change], *, plan_id: UUID | None = None, revision: int) -> None:
    """Write the entries of one change set of a plan, or of the directory when no plan is given. 1 statement."""
    rows = [
        {
            "plan_id": plan_id,
            "revision": revision if plan_id else None,
            "directory_revision": None if plan_id else revision,
            "request_id": work.request_id,
            "account_id": work.actor.account_id,
            "actor_name": work.actor.name,
            "object_type": change.object_type,
            "object_id": change.object_id,
            "verb": change.verb,
            "before": change.before,
            "after": change.after,
        }
        for change in changes
    ]
    if rows:
        work.session.execute(_INSERT, rows if len(rows) > 1 else rows[0])


def touch(work: Work, action: LoadedAction, changes: list[Change]) -> int:
    """Take the plan's next revision for these changes of an action's parts, and mark the action with it."""
    revision = next_revision(work, action.plan_id)
    work.session.execute(
        update(Action).where(Action.id == action.id).values(revision=revision, updated_at=work.now),
        execution_options={"synchronize_session": False},
    )
    record(work, changes, plan_id=action.plan_id, revision=revision)
    return revision
