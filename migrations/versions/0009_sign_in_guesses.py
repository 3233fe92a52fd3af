"""Guesses at passwords, counted for each account and address (API 8.4)."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table; the web role forgets what is old."""
    op.create_table(
        "sign_in_guess",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("guesses", sa.Integer(), nullable=False),
        sa.CheckConstraint("octet_length(key) = 32", name=op.f("ck_sign_in_guess_key")),
        sa.CheckConstraint("guesses >= 0", name=op.f("ck_sign_in_guess_guesses")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_guess")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_guess TO plan_web")


def downgrade() -> None:
    """Drop it. Lost: the guesses counted in the last minutes."""
    op.drop_table("sign_in_guess")
