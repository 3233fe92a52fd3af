"""When each guess was made, so that a window slides; how a session was opened, and from which browser (API 8.4, 8.6).

It only adds, so the release before this one works on: it counts by `started_at` and `guesses`, which are kept true for it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the columns. What was counted before is forgotten: it was of the last five minutes."""
    times = sa.ARRAY(sa.DateTime(timezone=True))
    op.add_column("sign_in_guess", sa.Column("times", times, nullable=False, server_default="{}"))
    op.add_column("session", sa.Column("transport", sa.Text(), nullable=True))
    op.create_check_constraint(op.f("ck_session_transport"), "session", "transport IN ('cookie', 'bearer')")
    op.add_column("challenge", sa.Column("session_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_challenge_session_id"), "challenge", "session", ["session_id"], ["id"], ondelete="CASCADE"
    )


def downgrade() -> None:
    """Drop them. Lost: the instants of guesses, how sessions are carried, and which session a way to the directory began in."""
    op.drop_column("challenge", "session_id")
    op.drop_column("session", "transport")
    op.drop_column("sign_in_guess", "times")
