"""Accounts and their sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.permissions import ACCOUNT_ROLES
from api.models.actions import one_of
from api.models.base import Base, Identified, Versioned


class Account(Versioned, Base):
    """Who signs in. The role opens the door; what may be done is decided per object, by the person it stands for."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint(one_of("role", [role.value for role in ACCOUNT_ROLES]), name="role"),
        CheckConstraint("email = lower(email) AND email LIKE '%_@_%'", name="email_form"),
    )

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), unique=True)
    password_hash: Mapped[str]
    disabled_at: Mapped[datetime | None]


class Session(Identified, Base):
    """A sign-in on one device. `refresh_id` is the one refresh token that works; `previous_refresh_id` the one before."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_account_id", "account_id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    refresh_id: Mapped[UUID] = mapped_column(unique=True)
    previous_refresh_id: Mapped[UUID | None]
    refreshed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInGuess(Base):
    """How often a password was guessed for one account, or from one address, since `started_at`. The key is a hash of which."""

    __tablename__ = "sign_in_guess"
    __table_args__ = (
        CheckConstraint("octet_length(key) = 32", name="key"),
        CheckConstraint("guesses >= 0", name="guesses"),
    )

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    started_at: Mapped[datetime]
    guesses: Mapped[int]
