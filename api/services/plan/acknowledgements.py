"""What a lead officer says of a contributor's update: acknowledged, returned with a question, or rated anew (DOMAIN 5)."""

from uuid import UUID

from sqlalchemy import update

from api.domain.errors import MoveNotAllowed
from api.domain.plan import permissions
from api.domain.plan.rating import Acknowledgement
from api.models import Update
from api.queries.plan.actions import LoadedAction
from api.queries.plan.updates import get_update
from api.services.journal import Change, touch
from api.services.locks import hold_action
from api.services.work import Work, raise_if_refused


def may_acknowledge(work: Work, update_id: UUID) -> tuple[Update, LoadedAction]:
    """The update and its action, both locked, once this actor may answer for its lead. Raises NotFound, Forbidden."""
    found = get_update(work.session, update_id)
    action = hold_action(work, found.action_id)
    raise_if_refused(permissions.may_lead(work.actor, action.facts))
    return get_update(work.session, update_id, lock=True), action


def acknowledge_update(work: Work, update_id: UUID, *, state: str, question: str | None = None) -> Update:
    """Acknowledge a contributor's update, or return it with a question. Raises NotFound, Forbidden, MoveNotAllowed."""
    found, action = may_acknowledge(work, update_id)
    if found.acknowledgement is None:
        raise MoveNotAllowed("This update needs no acknowledgement: it is not a contributor's.")
    before = {"acknowledgement": found.acknowledgement}
    found.acknowledgement = state
    found.question = question
    found.acknowledged_by_account_id = work.actor.account_id
    found.acknowledged_by_name = work.actor.name
    found.acknowledged_at = work.now
    found.updated_at = work.now
    found.version += 1
    work.session.flush()
    after = {"acknowledgement": state, "question": question, "action": action.id}
    touch(work, action, [Change("update", update_id, state, before, after)])
    return found


def answer_by_rating_anew(work: Work, action: LoadedAction, update_id: UUID) -> list[Change]:
    """A lead officer who rates anew has answered every update that waited (DOMAIN 5). 1 statement."""
    answered = work.session.execute(
        update(Update)
        .where(Update.action_id == action.id, Update.acknowledgement == "waiting", Update.id != update_id)
        .values(
            acknowledgement=Acknowledgement.ACKNOWLEDGED,
            acknowledged_by_account_id=work.actor.account_id,
            acknowledged_by_name=work.actor.name,
            acknowledged_at=work.now,
            updated_at=work.now,
            version=Update.version + 1,
        )
        .returning(Update.id),
        execution_options={"synchronize_session": False},
    ).scalars()
    before, after = {"acknowledgement": "waiting"}, {"acknowledgement": "acknowledged", "by_update": update_id}
    return [Change("update", each, "acknowledged", before, after) for each in answered]
