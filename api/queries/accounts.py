"""Accounts, for signing in."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from api.models import Account, Session


def find_account(session: OrmSession, email: str) -> Account | None:
    """The account of an e-mail address, in any case. 1 SELECT."""
    return session.scalars(select(Account).where(Account.email == email.strip().lower())).one_or_none()


def find_session(session: OrmSession, session_id: UUID) -> Session | None:
    """One sign-in, with its row locked until commit. 1 SELECT."""
    return session.scalars(select(Session).where(Session.id == session_id).with_for_update()).one_or_none()


def has_accounts(session: OrmSession) -> bool:
    """Whether anybody can sign in at all. 1 SELECT."""
    return session.execute(select(Account.id).limit(1)).first() is not None


def get_email(session: OrmSession, account_id: UUID) -> str:
    """The e-mail address an account signs in with. 1 SELECT."""
    return session.execute(select(Account.email).where(Account.id == account_id)).scalar_one()
