"""The journal: every write says who changed what, in the transaction that changed it, under one revision.

The counter row is locked from `record` to the commit, so revision order is commit order. Call it as late
as the use case allows: until then, writers of one plan do not wait for each other.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, bindparam, text, update
from sqlalchemy.dialects.postgresql import JSONB

from api.models import Action
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


def _with_entries(statement: str) -> TextClause:
    entry = (
        "jsonb_to_recordset(:entries) AS entry(object_type text, object_id uuid, verb text, before jsonb, after jsonb)"
    )
    return text(statement.replace("FROM next, entry", f"FROM next, {entry}")).bindparams(
        bindparam("entries", type_=JSONB())
    )


# Counter and entries in one statement: one round trip less while the counter is locked. The entries come as one
# document, so that the statement is the same however many there are.
_OF_PLAN = _with_entries("""
WITH next AS (UPDATE plan_revision SET value = value + 1 WHERE plan_id = :plan RETURNING value)
INSERT INTO journal (plan_id, revision, request_id, account_id, actor_name, object_type, object_id, verb, before, after)
SELECT :plan, next.value, :request_id, CAST(:account_id AS uuid), :actor_name, entry.* FROM next, entry
RETURNING revision
""")
_OF_DIRECTORY = _with_entries("""
WITH next AS (UPDATE directory_revision SET value = value + 1 RETURNING value)
INSERT INTO journal (directory_revision, request_id, account_id, actor_name, object_type, object_id, verb, before, after)
SELECT next.value, :request_id, CAST(:account_id AS uuid), :actor_name, entry.* FROM next, entry
RETURNING directory_revision
""")


def record(work: Work, plan_id: UUID, changes: list[Change]) -> int:
    """Raise the plan's counter, hold it until the commit, and write the changes under it: the revision. 1 statement."""
    return _record(work, _OF_PLAN, changes, {"plan": plan_id})


def record_of_directory(work: Work, changes: list[Change]) -> int:
    """The same for people, agencies, groups and accounts. 1 statement."""
    return _record(work, _OF_DIRECTORY, changes, {})


def _record(work: Work, statement: TextClause, changes: list[Change], of: dict[str, UUID]) -> int:
    told = {"request_id": work.request_id, "account_id": work.actor.account_id, "actor_name": work.actor.name}
    written = work.connection.execute(statement, {**of, **told, "entries": changes})
    return int(written.scalars().all()[0])


def touch(work: Work, action: LoadedAction, changes: list[Change]) -> int:
    """Take the plan's next revision for these changes of an action's parts, and mark the action with it."""
    revision = record(work, action.plan_id, changes)
    work.session.execute(
        update(Action).where(Action.id == action.id).values(revision=revision, updated_at=work.now),
        execution_options={"synchronize_session": False},
    )
    return revision
