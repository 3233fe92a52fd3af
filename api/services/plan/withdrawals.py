"""Taking a progress update back: it stays as a tombstone, and what stood before it counts again (DOMAIN 6)."""

from uuid import UUID

from sqlalchemy import select, update

from api.domain.errors import MoveNotAllowed
from api.domain.plan import permissions
from api.models import Action, Update
from api.queries.plan.actions import LoadedAction
from api.queries.plan.updates import get_update
from api.services.journal import Change, touch
from api.services.kept_answers import take_back_in_kept_answers
from api.services.locks import hold_action
from api.services.work import Work, raise_if_refused


def may_withdraw(work: Work, update_id: UUID) -> tuple[Update, LoadedAction]:
    """The update and its action, both locked, once this actor may take it back. Raises NotFound, Forbidden."""
    action = hold_action(work, get_update(work.session, update_id).action_id)
    found = get_update(work.session, update_id, lock=True)
    raise_if_refused(permissions.may_withdraw_update(work.actor, found.author_account_id, work.now - found.posted_at))
    return found, action


def withdraw_update(work: Work, update_id: UUID, *, reason: str) -> Update:
    """Take it back, with a reason. Raises NotFound, Forbidden, MoveNotAllowed when it was withdrawn already.

    9 statements, and one for each kept answer that tells of it.
    """
    found, action = may_withdraw(work, update_id)
    if found.withdrawn_at is not None:
        raise MoveNotAllowed(f"{found.withdrawn_by_name} has withdrawn this update already.")
    before = {
        "text": found.text,
        "rating": found.rating,
        "claim": found.claim,
        "acknowledgement": found.acknowledgement,
    }
    found.withdrawn_at, found.withdrawn_by_name, found.withdrawn_reason = work.now, work.actor.full_name, reason
    found.acknowledgement = found.acknowledged_at = found.question = None
    found.updated_at = work.now
    found.version += 1
    work.session.flush()
    _point_at_what_stands(work, action)
    take_back_in_kept_answers(work, update_id)
    after = {"withdrawn": True, "reason": reason, "action": action.id}
    touch(work, action, [Change("update", update_id, "withdrawn", before, after)])
    return found


def _point_at_what_stands(work: Work, action: LoadedAction) -> None:
    """Make the action show the newest update, and the newest rating, that were not withdrawn."""
    standing = (
        select(Update.id)
        .where(Update.action_id == action.id, Update.withdrawn_at.is_(None))
        .order_by(Update.posted_at.desc(), Update.id.desc())
        .limit(1)
    )
    rated = standing.where(Update.rating.is_not(None))
    work.session.execute(
        update(Action)
        .where(Action.id == action.id)
        .values(latest_update_id=standing.scalar_subquery(), rating_update_id=rated.scalar_subquery()),
        execution_options={"synchronize_session": False},
    )
