"""Accounts, for signing in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from api.models import Account, JournalEntry, Session


def find_account(session: OrmSession, email: str) -> Account | None:
    """The account of an e-mail address, in any case. 1 SELECT."""
    return session.scalars(select(Account).where(Account.email == email.strip().lower())).one_or_none()


def find_session(session: OrmSession, session_id: UUID) -> Session | None:
    """One sign-in, with its row locked until commit. 1 SELECT."""
    return session.scalars(
        select(Session).where(Session.id == session_id).with_for_update(key_share=True)
    ).one_or_none()


def get_method(session: OrmSession, session_id: UUID) -> str:
    """How a session was opened. 1 SELECT, none where its row was read before."""
    return session.get_one(Session, session_id).method


def session_lives(session: OrmSession, session_id: UUID) -> bool:
    """Whether a session has not been ended; whoever asks holds its account, and whoever ends what is pending waits for that. 1 SELECT."""
    return session.execute(select(Session.ended_at.is_(None)).where(Session.id == session_id)).scalar() is True


def has_accounts(session: OrmSession) -> bool:
    """Whether anybody can sign in at all. 1 SELECT."""
    return session.execute(select(Account.id).limit(1)).first() is not None


def get_email(session: OrmSession, account_id: UUID) -> str:
    """The e-mail address an account signs in with. 1 SELECT."""
    return session.execute(select(Account.email).where(Account.id == account_id)).scalar_one()


def find_change_of_email(session: OrmSession, account_id: UUID, since: datetime) -> tuple[str | None] | None:
    """The address before the first change of it since then, None where it was taken out of the history; None for no change. 1 SELECT."""
    changes = (JournalEntry.object_id == account_id, JournalEntry.verb == "email-changed", JournalEntry.at >= since)
    query = select(JournalEntry.before).where(*changes).order_by(JournalEntry.id).limit(1)
    found = session.execute(query).one_or_none()
    return ((found[0] or {}).get("email"),) if found else None


def is_bound(session: OrmSession, subject: str) -> bool:
    """Whether some account is bound to this subject of an agency's directory. 1 SELECT."""
    return session.execute(select(Account.id).where(Account.oidc_subject == subject)).first() is not None


def find_account_by_subject(session: OrmSession, subject: str) -> Account | None:
    """The account bound to this subject of an agency's directory, its row locked until commit. 1 SELECT."""
    return session.scalars(
        select(Account).where(Account.oidc_subject == subject).with_for_update(key_share=True)
    ).one_or_none()


def find_account_to_bind(session: OrmSession, email: str) -> Account | None:
    """The account with this address, if it is bound to no directory yet; its row locked until commit. 1 SELECT."""
    wanted = (Account.email == email.strip().lower(), Account.oidc_subject.is_(None))
    return session.scalars(select(Account).where(*wanted).with_for_update(key_share=True)).one_or_none()
