"""What may be pending on an account is told and ended: links to stop a change of address and to a first factor (API 8.5, 8.7).

It only adds and widens: the release before this one neither makes these links nor opens such sessions, and works on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

OLD_KINDS = ("invitation", "reset", "email")
OLD_METHODS = ("password", "second_factor", "passkey", "directory")
NEW_KINDS = (*OLD_KINDS, "stop", "factor")
NEW_METHODS = (*OLD_METHODS, "directory_second_factor")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Widen what links are for and how sessions are opened; note when a mailbox was shown."""
    _hold("account_link", "kind", NEW_KINDS)
    _hold("session", "method", NEW_METHODS)
    op.add_column("account", sa.Column("password_by_link_at", TIME, nullable=True))
    op.add_column("session", sa.Column("mail_shown_at", TIME, nullable=True))


def _hold(table: str, column: str, values: tuple[str, ...]) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{column}"), table)
    listed = ", ".join(f"'{value}'" for value in values)
    op.create_check_constraint(op.f(f"ck_{table}_{column}"), table, f"{column} IN ({listed})")


def downgrade() -> None:
    """Narrow them. Lost: links of the new kinds, that a directory asked for a second factor, and when a mailbox was shown."""
    op.drop_column("session", "mail_shown_at")
    op.drop_column("account", "password_by_link_at")
    op.execute("DELETE FROM account_link WHERE kind IN ('stop', 'factor')")
    op.execute("UPDATE session SET method = 'directory' WHERE method = 'directory_second_factor'")
    _hold("session", "method", OLD_METHODS)
    _hold("account_link", "kind", OLD_KINDS)
