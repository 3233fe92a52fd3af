"""Progress updates: post, acknowledge, return (DOMAIN 5 and 6)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, update

from api.domain.errors import CallerChanged, FieldError, MoveNotAllowed, NotFound, StaleVersion, ValidationFailed
from api.domain.plan import permissions, status
from api.domain.plan.rating import Acknowledgement
from api.domain.plan.status import CLOSED, OPEN, Status
from api.models import Action, Agency, Person, Update
from api.queries.accounts.partners import find_maker
from api.queries.people.people import find_joined, get_person
from api.queries.plan.actions import LoadedAction, get_action
from api.services.ids import new_id
from api.services.journal import NEXT_REVISION, WRITE_CHANGES, Change, write_changes
from api.services.locks import hold_action
from api.services.plan.acknowledgements import answer_by_rating_anew
from api.services.work import NOT_OF_THIS, Seen, Work, raise_if_refused

NO_CHANGE = "No change since the last update."

# The hottest write there is: one statement with the journal's, built once. "u_…" are the columns of the new update, "a_…"
# the values that the action takes.
_COLUMNS = Update.__table__.columns.keys()
# What only happens to an update later. Left out, because psycopg reads a statement of more than 50 parameters anew each time.
_LATER = {
    "acknowledged_by_account_id", "acknowledged_by_name", "acknowledged_at", "question", "withdrawn_at", "withdrawn_by_name",
    "withdrawn_reason", "redacted_at", "redacted_reason", "corrected_at",
}  # fmt: skip
_WRITTEN = [name for name in _COLUMNS if name not in _LATER]
_INSERT = insert(Update).values({name: bindparam(f"u_{name}") for name in _WRITTEN})
_POINT = (
    update(Action)
    .where(Action.id == bindparam("action"))
    .values(
        status=bindparam("a_status"),
        status_reason=bindparam("a_reason"),
        claimed_by_account_id=bindparam("a_claim_account"),
        claimed_by_person_id=bindparam("a_claim_person"),
        claimed_by_lead=bindparam("a_claim_lead"),
        updates_count=Action.updates_count + 1,
        latest_update_id=bindparam("a_update"),
        rating_update_id=bindparam("a_rating"),
        revision=NEXT_REVISION,
        updated_at=bindparam("a_now"),
    )
)
_POST = WRITE_CHANGES.add_cte(_INSERT.cte("posted"), _POINT.cte("pointed"))


@dataclass(frozen=True, slots=True)
class Posted:
    """An update and how the action stands after it: what the answer and its ETag need."""

    update: dict[str, Any]
    revision: int
    version: int
    updates_count: int


def check_posts(action: LoadedAction, seen: Seen | None) -> None:
    """Raise StaleVersion when somebody posted since the caller read the action."""
    if seen is not None and not seen.known:
        raise StaleVersion(NOT_OF_THIS)
    if seen is not None and seen.updates_count != action.updates_count:
        raise StaleVersion("Somebody posted an update on this action while you were writing. Nothing of yours is lost.")


def may_post(work: Work, action_id: UUID, seen: Seen | None = None, *, lock: bool = False) -> LoadedAction:
    """The action, once this actor is known to be allowed to post on it. Raises NotFound, Forbidden, StaleVersion.

    Raises CallerChanged, so that it is tried again, when who asks was joined to another a moment ago.
    """
    action = hold_action(work, action_id) if lock else get_action(work.session, action_id)
    refusal = permissions.may_post_update(work.actor, action.facts)
    person = work.actor.person_id
    if refusal is not None and person is not None and _stands_for(work, person) != person:
        raise CallerChanged("Your name was joined to another at this moment. Send it again.")
    raise_if_refused(refusal)
    check_posts(action, seen)
    return action


def post_update(
    work: Work,
    action_id: UUID,
    *,
    seen: Seen | None = None,
    text: str = "",
    rating: str | None = None,
    claim: str | None = None,
    no_change: bool = False,
    next_step: str | None = None,
    impact: str | None = None,
    evidence: list[dict[str, str]] | None = None,
    on_behalf_of: UUID | None = None,
) -> Posted:
    """Append an update. Raises NotFound, Forbidden, StaleVersion, MoveNotAllowed. 3 statements, whatever the plan's size."""
    action = may_post(work, action_id, seen, lock=True)
    if on_behalf_of is not None:
        raise_if_refused(permissions.may_post_on_behalf(work.actor, action.facts))
    _check_move(action, rating, claim)
    fields = {
        "text": text or NO_CHANGE,
        "rating": rating,
        "claim": claim,
        "no_change": no_change,
        "next_step": next_step,
        "impact": impact,
        "evidence": evidence or [],
    }
    becomes = status.after_update(action.facts.status, claims_delivered=claim is not None)
    return append_update(work, action, fields, becomes=becomes, on_behalf_of=on_behalf_of)


def append_update(
    work: Work, action: LoadedAction, fields: dict[str, Any], *, becomes: Status, on_behalf_of: UUID | None = None
) -> Posted:
    """Write the update and let the action show it. The caller has locked the action and asked the rules."""
    row: dict[str, Any] = {
        **dict.fromkeys(_COLUMNS),
        "version": 1,
        "no_change": False,
        "id": new_id(),
        "action_id": action.id,
        "posted_at": work.now,
        "created_at": work.now,
        "updated_at": work.now,
        "status": becomes,
        **_author(work, action, on_behalf_of),
        **fields,
    }
    if row["rating"] is not None:
        row["previous_rating"] = action.rating
    return _point_at(work, action, row)


def _stands_for(work: Work, person_id: UUID) -> UUID:
    """Who stands for a person now: themselves, or who they were joined to."""
    return find_joined(work.session, [person_id]).get(person_id, person_id)


def _check_move(action: LoadedAction, rating: str | None, claim: str | None) -> None:
    facts = action.facts
    if claim is not None and facts.status not in OPEN:
        raise MoveNotAllowed(f"Action {facts.number} is already {status.WORDS[facts.status].lower()}.")
    if rating is not None and facts.status in CLOSED:
        raise MoveNotAllowed(
            f"Action {facts.number} is {status.WORDS[facts.status].lower()}, so it takes no rating; reopen it first."
        )


def _author(work: Work, action: LoadedAction, on_behalf_of: UUID | None) -> dict[str, Any]:
    """Whose words they are; an admin's entry on behalf of somebody names both."""
    actor = work.actor
    waits = not (actor.role is permissions.Role.ADMIN or permissions.is_lead(actor, action.facts))
    author: dict[str, Any] = {
        "author_account_id": actor.account_id,
        "author_person_id": actor.person_id,
        "author_name": actor.name,
        "author_agency": actor.agency_name,
        "partner_token_id": actor.partner_id,
        "via": actor.via,
        "acknowledgement": Acknowledgement.WAITING if waits else None,
    }
    if on_behalf_of is None:
        return author
    person, agency = _find_author(work, on_behalf_of)
    return author | {
        "author_account_id": None,
        "author_person_id": person.id,
        "author_name": person.name,
        "author_agency": agency.short_name if agency else None,
        "entered_by_account_id": actor.account_id,
        "entered_by_name": actor.name,
        "acknowledgement": None if person.id == action.facts.lead_id else Acknowledgement.WAITING,
    }


def _find_author(work: Work, person_id: UUID) -> tuple[Person, Agency | None]:
    """Who said it, and their agency. Raises ValidationFailed: a body that names nobody is wrong, not the address."""
    try:
        return get_person(work.session, _stands_for(work, person_id))
    except NotFound as nobody:
        detail = "There is no such person; GET /people lists them."
        raise ValidationFailed(detail, [FieldError("/on_behalf_of", "invalid", detail)]) from nobody


def _point_at(work: Work, action: LoadedAction, row: dict[str, Any]) -> Posted:
    """Make the action show the new update, and journal both. A post never raises `version`: it spoils no open edit."""
    before, after = action.facts.status, Status(row["status"])
    moved = before is not after
    claimed = row["claim"] is not None
    facts = action.facts
    changes = [Change("update", row["id"], "posted", None, _journalled(row))]
    if moved:
        verb = "signed-off" if after is Status.COMPLETE else "status-changed"
        was: dict[str, Any] = {"status": before}
        becomes: dict[str, Any] = {"status": after, "update": row["id"]}
        if action.status_reason is not None:
            was, becomes = was | {"status_reason": action.status_reason}, becomes | {"status_reason": None}
        changes.append(Change("action", action.id, verb, was, becomes))
    if row["rating"] is not None and row["acknowledgement"] is None:
        changes += answer_by_rating_anew(work, action, row["id"])
    author = row["entered_by_account_id"] or row["author_account_id"]
    if claimed and work.actor.partner_id is not None:
        author = find_maker(work.session, work.actor.partner_id)
    values = {
        **{f"u_{name}": row[name] for name in _WRITTEN},
        "action": action.id,
        "a_status": after,
        "a_reason": None if moved else action.status_reason,
        "a_claim_account": author if claimed else facts.claimed_by_account,
        "a_claim_person": row["author_person_id"] if claimed else facts.claimed_by_person,
        "a_claim_lead": row["acknowledgement"] is None if claimed else facts.claimed_by_lead,
        "a_update": row["id"],
        "a_rating": row["id"] if row["rating"] else action.rating_update_id,
        "a_now": work.now,
    }
    revision = write_changes(work, action.plan_id, changes, _POST, values)
    return Posted(row, revision, action.version, action.updates_count + 1)


def _journalled(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of a new update that hold something, without those that the entry itself says."""
    return {name: value for name, value in row.items() if value not in (None, [], False) and name not in _IMPLIED}


_IMPLIED = frozenset({"id", "created_at", "updated_at", "version"})
