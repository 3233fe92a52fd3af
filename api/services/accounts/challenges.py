"""Challenges: random values given out to be signed or sent back, good once and for a few minutes."""

from secrets import token_bytes
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from api.domain.accounts.signing_in import CHALLENGE_LIFE, TOTP_SETUP_LIFE, Purpose
from api.models import Challenge
from api.services.ids import new_id
from api.services.work import Work

BYTES = 32


def give(work: Work, purpose: Purpose, account_id: UUID | None, value: bytes | None = None) -> Challenge:
    """A new challenge; random unless a value is given. Expired ones are deleted, so that nobody can fill the table. 2 statements."""
    forget_over(work)
    life = TOTP_SETUP_LIFE if purpose is Purpose.TOTP else CHALLENGE_LIFE
    given = Challenge(
        id=new_id(),
        purpose=purpose.value,
        value=value or token_bytes(BYTES),
        account_id=account_id,
        expires_at=work.now + life,
    )
    work.session.add(given)
    work.session.flush()
    return given


def take(work: Work, challenge_id: UUID, purpose: Purpose, account_id: UUID | None) -> bytes | None:
    """The challenge's value, once; None when it was used, has expired, or was made for another purpose or account. 1 statement."""
    statement = (
        delete(Challenge)
        .where(
            Challenge.id == challenge_id,
            Challenge.purpose == purpose.value,
            Challenge.account_id.is_not_distinct_from(account_id),
            Challenge.expires_at > work.now,
        )
        .returning(Challenge.value)
    )
    return work.session.execute(statement).scalar_one_or_none()


def forget_challenges(session: Session) -> None:
    """Delete challenges that have expired by the database's clock. 1 statement."""
    session.execute(delete(Challenge).where(Challenge.expires_at < func.now()))


def forget_over(work: Work) -> None:
    """Delete some expired challenges, skipping rows that another transaction holds. 1 statement."""
    over = (
        select(Challenge.id)
        .where(Challenge.expires_at <= work.now)
        .limit(100)
        .with_for_update(key_share=True, skip_locked=True)
    )
    work.session.execute(delete(Challenge).where(Challenge.id.in_(over)))
