"""Partner systems: each pulls and posts under a token of its own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.accounts.partners import Scope
from api.models.base import Base, Identified

_SCOPES = ", ".join(f"'{scope}'" for scope in Scope)


class PartnerToken(Identified, Base):
    """A system of an agency, and what it may do. Only a hash of its secret is kept (API 7.3)."""

    __tablename__ = "partner_token"
    __table_args__ = (
        CheckConstraint("btrim(name) <> ''", name="name_not_blank"),
        CheckConstraint("cardinality(scopes) > 0", name="has_scopes"),
        CheckConstraint(f"scopes <@ ARRAY[{_SCOPES}]", name="scopes"),
        CheckConstraint("octet_length(secret_hash) = 32", name="secret_hash"),
        CheckConstraint("expires_at <= created_at + interval '366 days'", name="expires_within_a_year"),
    )

    name: Mapped[str]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    made_by_name: Mapped[str]
