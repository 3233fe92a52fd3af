"""What somebody shows to sign in, beside a password: passkeys, recovery codes, links by e-mail, and the challenges for them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.accounts.signing_in import LinkKind, Purpose
from api.models.actions import one_of
from api.models.base import Base, Identified


class AccountLink(Identified, Base):
    """An invitation, a reset, a change of e-mail or a stop to one, a first factor: good once, until `expires_at`. Only a hash of its secret is kept (API 8.5)."""

    __tablename__ = "account_link"
    __table_args__ = (
        CheckConstraint(one_of("kind", [kind.value for kind in LinkKind]), name="kind"),
        CheckConstraint("octet_length(secret_hash) = 32", name="secret_hash"),
        CheckConstraint("(kind = 'email') = (new_email IS NOT NULL)", name="email_with_address"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[str]
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    new_email: Mapped[str | None]
    made_by_name: Mapped[str]


class RecoveryCode(Base):
    """A code for who has lost their second factor. One that was used is deleted."""

    __tablename__ = "recovery_code"
    __table_args__ = (CheckConstraint("octet_length(code_hash) = 32", name="code_hash"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)


class Passkey(Identified, Base):
    """A key pair of which a device or password manager holds the private half (WebAuthn)."""

    __tablename__ = "passkey"
    __table_args__ = (CheckConstraint("btrim(name) <> ''", name="name_not_blank"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    last_used_at: Mapped[datetime | None]


class Challenge(Identified, Base):
    """A random value given out to be signed or sent back, once. It is deleted with its use.

    Of `totp` it is the encrypted secret that its first code has still to confirm: until then the one before counts. Of `directory`,
    `session_id` is the session that the browser had on its way there, which ends with the next.
    """

    __tablename__ = "challenge"
    __table_args__ = (CheckConstraint(one_of("purpose", [purpose.value for purpose in Purpose]), name="purpose"),)

    purpose: Mapped[str]
    value: Mapped[bytes] = mapped_column(LargeBinary)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
