"""The audit, newest first, for administrators."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select
from sqlalchemy.orm import Session

from api.models import Account, AuditEvent, Person, Plan
from api.queries.folding import has_words

LATEST = 2**63 - 1

_COLUMNS = (
    AuditEvent.id,
    AuditEvent.at,
    AuditEvent.kind,
    AuditEvent.actor_name,
    AuditEvent.address,
    AuditEvent.account_id,
    AuditEvent.partner_token_id,
    AuditEvent.request_id,
    AuditEvent.detail,
)


@dataclass(frozen=True, slots=True)
class Which:
    """A selection of events: None does not filter. `since` is inclusive, `until` exclusive; `words` are looked for in the actor's name."""

    kinds: frozenset[str] | None = None
    account: UUID | None = None
    partner_token: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: str | None = None


def list_events(session: Session, which: Which, *, before: int = LATEST, limit: int) -> list[Row[Any]]:
    """Events with a lower id than `before`, newest first: rows of _COLUMNS. 1 SELECT."""
    query = select(*_COLUMNS).where(AuditEvent.id < before, *_conditions(which))
    return list(session.connection().execute(query.order_by(AuditEvent.id.desc()).limit(limit)))


def _conditions(which: Which) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if which.kinds is not None:
        found.append(AuditEvent.kind.in_(sorted(which.kinds)))
    if which.account is not None:
        found.append(AuditEvent.account_id == which.account)
    if which.partner_token is not None:
        found.append(AuditEvent.partner_token_id == which.partner_token)
    if which.since is not None:
        found.append(AuditEvent.at >= which.since)
    if which.until is not None:
        found.append(AuditEvent.at < which.until)
    if which.words is not None:
        # A sign-in that failed is nobody's yet; it is found by the account that was tried.
        tried = select(Account.id).where(has_words(Account.name, which.words))
        unknown = and_(AuditEvent.actor_name.is_(None), AuditEvent.account_id.in_(tried))
        # Each name is looked at once, however many events it has.
        actors = select(AuditEvent.actor_name).distinct().subquery()
        named = select(actors.c.actor_name).where(has_words(actors.c.actor_name, which.words))
        found.append(or_(AuditEvent.actor_name.in_(named), unknown))
    return found


def get_names(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    """The names of these accounts and people, by id. 1 SELECT at most."""
    if not ids:
        return {}
    accounts = select(Account.id, Account.name).where(Account.id.in_(ids))
    rows = session.execute(accounts.union_all(select(Person.id, Person.name).where(Person.id.in_(ids))))
    return {row.id: row.name for row in rows}


def is_known_address(connection: Connection, token_id: UUID, address: str) -> bool:
    """Whether an event of this partner's token came from this address before. 1 SELECT."""
    events = select(AuditEvent.id).where(AuditEvent.partner_token_id == token_id, AuditEvent.address == address)
    return connection.execute(events.limit(1)).first() is not None


def find_slug(connection: Connection, plan_id: UUID) -> str | None:
    """The slug of a plan; None when there is none. 1 SELECT."""
    return connection.execute(select(Plan.slug).where(Plan.id == plan_id)).scalar_one_or_none()
