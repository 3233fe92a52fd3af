"""Correcting the words of an update: the old ones are kept, and stay one tap away (DOMAIN 6)."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from api.domain.errors import MoveNotAllowed, StaleVersion
from api.domain.plan import permissions
from api.domain.plan.rating import Acknowledgement
from api.models import Update, UpdateWording
from api.queries.plan.actions import LoadedAction
from api.queries.plan.updates import get_update
from api.services.ids import new_id
from api.services.journal import Change, touch
from api.services.locks import hold_action
from api.services.work import NOT_OF_THIS, Seen, Work, raise_if_refused

_WORDS = ("text", "next_step", "impact", "evidence")


def may_correct(work: Work, update_id: UUID, seen: Seen | None = None) -> tuple[Update, LoadedAction]:
    """The update and its action, both locked, once this actor may correct it. Raises NotFound, Forbidden, StaleVersion."""
    action = hold_action(work, get_update(work.session, update_id).action_id)
    found = get_update(work.session, update_id, lock=True)
    author = found.author_account_id or found.partner_token_id
    raise_if_refused(permissions.may_correct_update(work.actor, author, found.entered_by_account_id))
    if seen is not None and seen.version != found.version:
        raise StaleVersion(
            NOT_OF_THIS
            if seen.version is None
            else "This update was changed while you were writing. Nothing of yours is lost."
        )
    return found, action


def correct_update(work: Work, update_id: UUID, *, seen: Seen | None = None, **words: Any) -> Update:
    """Give it other words and keep the old. Raises NotFound, Forbidden, StaleVersion, MoveNotAllowed. 8 statements.

    What the lead officer acknowledged stays acknowledged: a slip of the pen is not asked about again, and rating and claim
    cannot be corrected. What was returned with a question waits again, because a correction is an answer to it.
    """
    found, action = may_correct(work, update_id, seen)
    if found.withdrawn_at is not None:
        raise MoveNotAllowed("This update was withdrawn. Post a new one.")
    if found.redacted_at is not None:
        raise MoveNotAllowed("An administrator removed words of this update, so it stays as it is. Post a new one.")
    changed = {name: words[name] for name in _WORDS if name in words and words[name] != getattr(found, name)}
    if not changed:
        return found
    before = {name: getattr(found, name) for name in changed}
    before["corrected_at"] = found.corrected_at and found.corrected_at.isoformat()
    after: dict[str, Any] = {**changed, "action": action.id}
    _keep(work, found)
    if found.acknowledgement == Acknowledgement.RETURNED:
        before |= {"acknowledgement": found.acknowledgement, "question": found.question}
        after["acknowledgement"] = Acknowledgement.WAITING
        _let_wait(found)
    for name, value in changed.items():
        setattr(found, name, value)
    found.corrected_at = found.updated_at = work.now
    found.version += 1
    work.session.flush()
    touch(work, action, [Change("update", update_id, "corrected", before, after)])
    return found


def _keep(work: Work, found: Update) -> None:
    """Keep the present words as an earlier wording. 2 statements."""
    kept = select(func.count()).where(UpdateWording.update_id == found.id)
    wording = UpdateWording(
        id=new_id(),
        update_id=found.id,
        position=work.session.execute(kept).scalar_one() + 1,
        replaced_at=work.now,
        replaced_by_name=work.actor.full_name,
        **{name: getattr(found, name) for name in _WORDS},
    )
    work.session.add(wording)


def _let_wait(found: Update) -> None:
    found.acknowledgement = Acknowledgement.WAITING
    found.question = found.acknowledged_at = None
    found.acknowledged_by_account_id = found.acknowledged_by_name = None
