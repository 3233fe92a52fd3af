"""Accounts as the administrator sees them: who, in which state, since when, last used."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import Session as OrmSession

from api.domain.accounts import State, state_of
from api.domain.errors import NotFound
from api.domain.signing_in import LinkKind
from api.models import Account, AccountLink, Agency, Person, Session
from api.queries import AnySelect
from api.queries.folding import has_words

CAN_SHOW: ColumnElement[bool] = or_(
    Account.password_hash.is_not(None), Account.oidc_subject.is_not(None), Account.factor_since.is_not(None)
)
"""It has something to sign in with."""
_LAST_USED = (
    select(func.max(Session.refreshed_at)).where(Session.account_id == Account.id).correlate(Account).scalar_subquery()
)
_INVITATION = (AccountLink.account_id == Account.id, AccountLink.kind == LinkKind.INVITATION.value)
_INVITED_AT = select(func.max(AccountLink.created_at)).where(*_INVITATION).correlate(Account).scalar_subquery()
_EXPIRES = (
    select(func.max(AccountLink.expires_at))
    .where(*_INVITATION, AccountLink.used_at.is_(None))
    .correlate(Account)
    .scalar_subquery()
)
_IN_STATE: dict[str, tuple[ColumnElement[bool], ...]] = {
    State.INVITED: (Account.disabled_at.is_(None), ~CAN_SHOW),
    State.ACTIVE: (Account.disabled_at.is_(None), CAN_SHOW),
    State.DISABLED: (Account.disabled_at.is_not(None),),
}


class Listed(NamedTuple):
    """An account, the person it stands for, and their agency. Times are None where there is none; `expires_at` may be past."""

    account: Account
    person: Person | None
    agency: Agency | None
    can_show: bool
    last_used_at: datetime | None
    invited_at: datetime | None
    expires_at: datetime | None

    @property
    def state(self) -> State:
        """Invited, active or disabled."""
        return state_of(disabled_at=self.account.disabled_at, can_show=self.can_show)


def _query() -> AnySelect:
    return (
        select(Account, Person, Agency, CAN_SHOW, _LAST_USED, _INVITED_AT, _EXPIRES)
        .outerjoin(Person, Person.id == Account.person_id)
        .outerjoin(Agency, Agency.id == Person.agency_id)
    )


def list_accounts(
    session: OrmSession, *, after: tuple[str, UUID] | None, limit: int, q: str | None = None, state: str | None = None
) -> list[Listed]:
    """Accounts in order of name, after the keyset given; the words of `q` are in the name, the e-mail or the person's name. 1 SELECT."""
    query = _query()
    if after is not None:
        query = query.where(tuple_(Account.name, Account.id) > after)
    if state is not None:
        query = query.where(*_IN_STATE[state])
    if q is not None:
        query = query.where(has_words(func.concat_ws(" ", Account.name, Account.email, Person.name), q))
    rows = session.execute(query.order_by(Account.name, Account.id).limit(limit))
    return [Listed(*row) for row in rows]


def get_listed(session: OrmSession, account_id: UUID) -> Listed:
    """One of them. Raises NotFound. 1 SELECT."""
    row = session.execute(_query().where(Account.id == account_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such account.")
    return Listed(*row)


def lock_account(session: OrmSession, account_id: UUID) -> Account:
    """One account, locked until commit. Raises NotFound. 1 SELECT."""
    found = session.get(Account, account_id, with_for_update={"key_share": True}, populate_existing=True)
    if found is None:
        raise NotFound("There is no such account.")
    return found


def lock_admins(session: OrmSession) -> dict[UUID, bool]:
    """The administrators that are not disabled, and whether each can sign in; all locked, in one order. 1 SELECT."""
    query = select(Account.id, CAN_SHOW).where(Account.role == "admin", Account.disabled_at.is_(None))
    return {
        row[0]: row[1]
        for row in session.execute(query.order_by(Account.id).with_for_update(of=Account, key_share=True))
    }
