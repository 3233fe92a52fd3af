"""One action: the facts that rules decide on, and its edits and changes of status."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from api.domain.editable import ACTION
from api.domain.journal import Entry
from api.domain.plan.permissions import ActionFacts
from api.domain.plan.status import Status
from api.models import Action, JournalEntry, Named, Objective, Person, Update
from api.queries import AnySelect
from api.queries.journal import list_changes_of
from api.queries.plan.removed import get_removal, no_such_action


@dataclass(frozen=True, slots=True)
class LoadedAction:
    """An action as a use case needs it; `facts` is what the rules decide on. `position` is None once it was removed.

    `own` holds by column what can be edited without asking anything else.
    """

    id: UUID
    plan_id: UUID
    objective_id: UUID
    position: int | None
    version: int
    revision: int
    updates_count: int
    by_when: str
    kind: str
    first_on: date | None
    last_on: date | None
    status_reason: str | None
    by_whom: str | None
    by_whom_printed: str
    rating_update_id: UUID | None
    rating: str | None
    own: dict[str, Any]
    facts: ActionFacts

    @property
    def text(self) -> str:
        """Its wording."""
        found: str = self.own["text"]
        return found


# [person, name, agency] of each place: an agency itself has neither person nor name, a group has nothing.
_PLACED = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(Named.person_id, Person.name, func.coalesce(Person.agency_id, Named.agency_id)),
                Named.position,
            )
        )
    )
    .outerjoin(Person, Person.id == Named.person_id)
    .where(Named.action_id == Action.id)
    .correlate(Action)
    .scalar_subquery()
)

_RATING = select(Update.rating).where(Update.id == Action.rating_update_id).correlate(Action).scalar_subquery()

_PLAIN = ACTION.plain_columns
_FACTS: AnySelect = (
    select(
        Action.id,
        Action.plan_id,
        Action.objective_id,
        Action.position,
        Action.version,
        Action.revision,
        Action.updates_count,
        Action.by_when,
        Action.kind,
        Action.first_on,
        Action.last_on,
        Action.status_reason,
        Action.by_whom,
        Action.by_whom_printed,
        Action.rating_update_id,
        _RATING,
        Action.status,
        Action.claimed_by_person_id,
        Action.claimed_by_account_id,
        Action.claimed_by_lead,
        Objective.position,
        Objective.lead_id,
        Person.name,
        _PLACED,
        *(getattr(Action, name) for name in _PLAIN),
    )
    .join(Objective, Objective.id == Action.objective_id)
    .outerjoin(Person, Person.id == Objective.lead_id)
    .where(Action.id == bindparam("action"))
)
# How many of these columns are kept as they are; the rest are what its facts are made of, and its own fields.
_KEPT = len(fields(LoadedAction)) - 2
_PLAN_OF = select(Action.plan_id).where(Action.id == bindparam("action"))
_ROW = select(Action.id).where(Action.id == bindparam("action"))
_PRINTED = select(Action.text_printed).where(Action.id == bindparam("action"))
_LOCK = _ROW.with_for_update(key_share=True)
_LOCK_IF_FREE = _ROW.with_for_update(key_share=True, skip_locked=True)


def lock_action(session: Session, action_id: UUID) -> bool:
    """Lock the action's row until the commit: whether somebody else's transaction had to be waited for. 1 SELECT, 2 to wait.

    Apart from reading its facts: a SELECT that waits for a row sees that row anew, and all other rows as they were when it
    began, so somebody who was taken off the action meanwhile would still be on it.
    """
    connection = session.connection()
    if connection.execute(_LOCK_IF_FREE, {"action": action_id}).first() is not None:
        return False
    connection.execute(_LOCK, {"action": action_id})
    return True


def find_plan_of(session: Session, action_id: UUID) -> UUID:
    """The plan of an action, removed or not. Raises NotFound. 1 SELECT."""
    found = session.connection().execute(_PLAN_OF, {"action": action_id}).scalar_one_or_none()
    if found is None:
        raise no_such_action(session, action_id)
    return UUID(str(found))


def get_printed_words(session: Session, action_id: UUID) -> str:
    """The paper's own wording of an action that is known to be there, removed or not. 1 SELECT."""
    found: str = session.execute(_PRINTED, {"action": action_id}).scalar_one()
    return found


def get_action(session: Session, action_id: UUID, *, removed: bool = False) -> LoadedAction:
    """The action with its facts. Raises NotFound, for one that was removed too unless `removed`. 1 SELECT, 2 for such a one."""
    row = session.connection().execute(_FACTS, {"action": action_id}).one_or_none()
    if row is None or (row.position is None and not removed):
        raise no_such_action(session, action_id)
    status, person, account, by_lead, objective, lead_id, lead_name, placed, *own = row[_KEPT:]
    number = f"{objective}.{row.position}"
    if row.position is None:
        number = get_removal(session, action_id).before["number"]
    facts = ActionFacts(
        number=number,
        objective_number=objective or int(number.split(".")[0]),
        status=Status(status),
        lead_id=lead_id,
        lead_name=lead_name,
        people=tuple((UUID(each[0]), each[1]) for each in placed or () if each[0]),
        agencies=frozenset(UUID(each[2]) for each in placed or () if each[2]),
        claimed_by_person=person,
        claimed_by_account=account,
        claimed_by_lead=by_lead,
    )
    return LoadedAction(*row[:_KEPT], dict(zip(_PLAIN, own, strict=True)), facts)  # type: ignore[call-arg]


def list_edits(session: Session, action_id: UUID, after_revision: int) -> list[Entry]:
    """What was changed of an action's own fields since this revision of its plan, oldest first. 1 SELECT.

    The status that a posted update brought is not among them: a post spoils no open edit (API 3.2).
    """
    return [entry for entry in list_changes_of(session, action_id, after_revision) if "update" not in entry.after]


def list_status_changes(session: Session, action_id: UUID, until: int | None = None) -> list[dict[str, Any]]:
    """The changes of status, newest first, from the journal: at, by, from, to, reason, update. 1 SELECT.

    Those up to the plan's revision `until`; all for None.
    """
    query = select(JournalEntry.at, JournalEntry.actor_name, JournalEntry.before, JournalEntry.after).where(
        JournalEntry.object_id == action_id,
        JournalEntry.before.has_key("status"),
    )
    if until is not None:
        query = query.where(JournalEntry.revision <= until)
    rows = session.execute(query.order_by(JournalEntry.id.desc()).limit(100))
    return [
        {
            "at": at,
            "by": by,
            "from": before["status"],
            "to": after["status"],
            # Of an undo its own reason, not the old one that it gave back.
            "reason": after.get("reason") or after.get("status_reason"),
            "update": after.get("update"),
        }
        for at, by, before, after in rows
    ]
