"""The directory in order of name by index: a page of people costs the same for one plan's as for a country's."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the indexes that the lists are read by."""
    op.create_index("ix_person_name_id", "person", ["name", "id"], unique=False)
    op.create_index("ix_agency_name_id", "agency", ["name", "id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_agency_name_id", table_name="agency")
    op.drop_index("ix_person_name_id", table_name="person")
