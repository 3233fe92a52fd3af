"""Second factors and passkeys of an account."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session as OrmSession

from api.models import Account, Challenge, Passkey, RecoveryCode


def get_account(session: OrmSession, account_id: UUID) -> Account:
    """The account, as it stands. 1 SELECT."""
    return session.get_one(Account, account_id)


def list_passkeys(session: OrmSession, account_id: UUID) -> list[Passkey]:
    """The passkeys, oldest first. 1 SELECT."""
    return list(session.scalars(select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id)))


def count_factors(session: OrmSession, account_id: UUID) -> tuple[int, int]:
    """(recovery codes, passkeys) of an account. 1 SELECT."""
    codes = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account_id)
    passkeys = select(func.count()).select_from(Passkey).where(Passkey.account_id == account_id)
    counted = session.execute(select(codes.scalar_subquery(), passkeys.scalar_subquery())).one()
    return counted[0], counted[1]


def find_passkey(session: OrmSession, credential_id: bytes) -> Passkey | None:
    """The passkey with this id, its row locked until commit. 1 SELECT."""
    query = select(Passkey).where(Passkey.credential_id == credential_id).with_for_update(key_share=True)
    return session.scalars(query).one_or_none()


def find_offered_secret(session: OrmSession, account_id: UUID, purpose: str) -> Challenge | None:
    """An account's newest challenge for this purpose, expired or not, locked until commit. 1 SELECT."""
    query = select(Challenge).where(Challenge.account_id == account_id, Challenge.purpose == purpose)
    return session.scalars(query.order_by(Challenge.id.desc()).limit(1).with_for_update(key_share=True)).one_or_none()
