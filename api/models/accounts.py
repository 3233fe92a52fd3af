"""Accounts and their sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, DateTime, ForeignKey, Index, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.accounts.signing_in import Method, Transport
from api.domain.plan.permissions import ACCOUNT_ROLES
from api.models.actions import one_of
from api.models.base import Base, Identified, Versioned


class Account(Versioned, Base):
    """Who signs in. The role opens the door; what may be done is decided per object, by the person it stands for.

    `password_hash` is null until an invitation is accepted, and for who signs in by passkey or their agency's directory only.
    `totp_secret` is encrypted; it counts from `totp_since`, and `totp_step` is the last step used. `factor_since`: since when
    there has been a second factor or a passkey. `oidc_subject` is who they are in their agency's directory. `password_by_link_at`:
    when a password was last chosen with a link by mail or by the operator; null: not since that is noted.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint(one_of("role", [role.value for role in ACCOUNT_ROLES]), name="role"),
        CheckConstraint("email = lower(email) AND email LIKE '%_@_%'", name="email_form"),
        CheckConstraint(
            "totp_since IS NULL OR (totp_secret IS NOT NULL AND factor_since IS NOT NULL)", name="totp_whole"
        ),
    )

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), unique=True)
    password_hash: Mapped[str | None]
    password_changed_at: Mapped[datetime | None]
    password_by_link_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_since: Mapped[datetime | None]
    totp_step: Mapped[int | None] = mapped_column(BigInteger)
    factor_since: Mapped[datetime | None]
    oidc_subject: Mapped[str | None] = mapped_column(unique=True)


class Session(Identified, Base):
    """A sign-in on one device. `refresh_id` is the one refresh token that works; `previous_refresh_id` the one before.

    `authenticated_at`: when a password, factor or passkey was last shown in it. `refreshed_at` is its last use, to ten minutes.
    `mail_shown_at`: when whoever is in it has opened a link that was sent to the account's mailbox.
    `transport` says what carries its tokens; NULL: it was opened by a release that did not write it down.
    """

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint(one_of("method", [method.value for method in Method]), name="method"),
        CheckConstraint(one_of("transport", [transport.value for transport in Transport]), name="transport"),
        Index("ix_session_account_id", "account_id"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    refresh_id: Mapped[UUID] = mapped_column(unique=True)
    previous_refresh_id: Mapped[UUID | None]
    refreshed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    authenticated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    mail_shown_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(server_default="")
    method: Mapped[str] = mapped_column(server_default=Method.PASSWORD.value)
    transport: Mapped[str | None]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInGuess(Base):
    """When passwords were guessed: for one account, by one device, from one address. The key is a hash of which.

    `times` are those of the last minutes that were looked at, the oldest first, which is `started_at`. `guesses` counts what was
    refused since, too.
    """

    __tablename__ = "sign_in_guess"
    __table_args__ = (
        CheckConstraint("octet_length(key) = 32", name="key"),
        CheckConstraint("guesses >= 0", name="guesses"),
    )

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    started_at: Mapped[datetime]
    guesses: Mapped[int]
    times: Mapped[list[datetime]] = mapped_column(ARRAY(DateTime(timezone=True)), server_default="{}")
