"""The declarative base: names of constraints, and the columns that every object has."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, MetaData, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

# The migration this code was made for; a test holds it to the newest file in migrations/versions.
SCHEMA_HEAD = "0018"
# The oldest tables that this code can do with (ADR 19): older ones only where a release says so, by a number here.
SCHEMA_OLDEST = SCHEMA_HEAD

# Named by convention, so that an IntegrityError maps to a field error by name.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every table; text is `text`, times are `timestamptz`, documents are `jsonb`."""

    # On the registry, not on the class: Flask-SQLAlchemy derives from this base and may not repeat the map.
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            str: Text(),
            datetime: DateTime(timezone=True),
            dict[str, Any]: JSONB(),
            list[dict[str, Any]]: JSONB(),
        },
    )


class Identified:
    """`id`, and when it was made."""

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Versioned(Identified):
    """An object that people change: `version` rises with each change of its own fields."""

    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
