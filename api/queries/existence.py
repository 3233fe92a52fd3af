"""Whether the objects that a path names exist: asked when a request is wrong in another way too, so that 404 comes first (API 3.5)."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from api.domain.errors import NotFound
from api.models import Account, Agency, NamedGroup, PartnerToken, Passkey, Person, PersonMerge, Session

_OF_EVERYBODY: dict[str, type[Any]] = {
    "account": Account,
    "agency": Agency,
    "group": NamedGroup,
    "merge": PersonMerge,
    "partner_token": PartnerToken,
    "person": Person,
}
_OWN: dict[str, type[Any]] = {"passkey": Passkey, "session": Session}
_KINDS = _OF_EVERYBODY | _OWN
NAMED = frozenset(_KINDS)
"""What stands in a path and is not found at the door with its plan."""


def check_there(session: OrmSession, name: str, thing_id: UUID, account_id: UUID) -> None:
    """Raise NotFound when no object has this id, or when it must be this account's own and is not. 1 SELECT."""
    kind = _KINDS[name]
    query = select(kind.id).where(kind.id == thing_id)
    if name in _OWN:
        query = query.where(kind.account_id == account_id)
    if session.execute(query).first() is None:
        raise NotFound(f"There is no such {name.replace('_', ' ')}.")
