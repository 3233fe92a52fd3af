"""Migrations, run as the owner role. The web process never does this by itself (API 11.5)."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from api import release


def alembic_config(owner_url: str) -> Config:
    """Alembic's configuration for the database at this URL."""
    config = Config()
    config.set_main_option("script_location", str(release.ROOT / "migrations").replace("%", "%%"))
    config.attributes["url"] = owner_url
    return config


def migrate(owner_url: str, revision: str = "head") -> None:
    """Bring the database to this revision; does nothing when it is there. Two at once: the second waits."""
    command.upgrade(alembic_config(owner_url), revision)


def head() -> str:
    """The newest migration that this release has."""
    return str(ScriptDirectory.from_config(alembic_config("postgresql://nowhere/")).get_current_head())
