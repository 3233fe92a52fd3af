"""Accounts as the administrator sees them: who, in which state, since when, last used."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session as OrmSession

from api.domain.accounts.accounts import Concern, State, state_of
from api.domain.accounts.signing_in import LinkKind, Method
from api.domain.errors import NotFound
from api.models import Account, AccountLink, Agency, Person, Session
from api.queries import AnySelect
from api.queries.folding import has_words

CAN_SHOW: ColumnElement[bool] = or_(
    Account.password_hash.is_not(None), Account.oidc_subject.is_not(None), Account.factor_since.is_not(None)
)
"""It has something to sign in with."""
_LAST_BY_DIRECTORY = (
    select(Session.method)
    .where(Session.account_id == Account.id, Session.method.in_((Method.DIRECTORY, Method.DIRECTORY_SECOND_FACTOR)))
    .order_by(Session.created_at.desc())
    .limit(1)
    .correlate(Account)
    .scalar_subquery()
)
FACTOR_THERE: ColumnElement[bool] = func.coalesce(Method.DIRECTORY_SECOND_FACTOR.value == _LAST_BY_DIRECTORY, False)
"""Its agency's directory asked for a second factor the last time, of the sessions that are kept."""
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


def concerned(concern: Concern, today: date) -> ColumnElement[bool]:
    """The accounts that need attention for this reason; the statement joins `Person`."""
    if concern is Concern.LEFT:
        return and_(Account.disabled_at.is_(None), Person.left_on <= today)
    return and_(*_IN_STATE[State.ACTIVE], Account.factor_since.is_(None), ~FACTOR_THERE)


class Listed(NamedTuple):
    """An account, the person it stands for, and their agency. Times are None where there is none; `expires_at` may be past."""

    account: Account
    person: Person | None
    agency: Agency | None
    can_show: bool
    last_used_at: datetime | None
    invited_at: datetime | None
    expires_at: datetime | None
    factor_there: bool

    @property
    def state(self) -> State:
        """Invited, active or disabled."""
        return state_of(disabled_at=self.account.disabled_at, can_show=self.can_show)


def _query() -> AnySelect:
    return (
        select(Account, Person, Agency, CAN_SHOW, _LAST_USED, _INVITED_AT, _EXPIRES, FACTOR_THERE)
        .outerjoin(Person, Person.id == Account.person_id)
        .outerjoin(Agency, Agency.id == Person.agency_id)
    )


def list_accounts(
    session: OrmSession,
    *,
    today: date,
    after: tuple[str, UUID] | None = None,
    limit: int | None = None,
    q: str | None = None,
    state: str | None = None,
    concern: str | None = None,
) -> list[Listed]:
    """Accounts in order of name, after the keyset given; the words of `q` are in the name, the e-mail or the person's name. 1 SELECT."""
    query = _query()
    if after is not None:
        query = query.where(tuple_(Account.name, Account.id) > after)
    if state is not None:
        query = query.where(*_IN_STATE[state])
    if concern is not None:
        query = query.where(concerned(Concern(concern), today))
    if q is not None:
        query = query.where(has_words(func.concat_ws(" ", Account.name, Account.email, Person.name), q))
    rows = session.execute(query.order_by(Account.name, Account.id).limit(limit))
    return [Listed(*row) for row in rows]


class WithoutFactor(NamedTuple):
    """Active accounts of an agency, and how many of them lack a second factor; `agency` is None for people without one."""

    agency: Agency | None
    active: int
    without: int


def count_factors_by_agency(session: OrmSession, today: date) -> list[WithoutFactor]:
    """The counts for each agency with an active account, by name; people without an agency last. 1 SELECT."""
    none = concerned(Concern.NO_FACTOR, today)
    counted = (
        select(Person.agency_id, func.count().label("active"), func.count().filter(none).label("without"))
        .select_from(Account)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(*_IN_STATE[State.ACTIVE])
        .group_by(Person.agency_id)
        .subquery()
    )
    query = select(Agency, counted.c.active, counted.c.without).select_from(counted)
    query = query.outerjoin(Agency, Agency.id == counted.c.agency_id).order_by(
        Agency.name.asc().nulls_last(), Agency.id
    )
    return [WithoutFactor(*row) for row in session.execute(query)]


def get_listed(session: OrmSession, account_id: UUID) -> Listed:
    """One account as the list shows it. Raises NotFound. 1 SELECT."""
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
