"""Migrations, run as the owner role. The web process never does this by itself (API 11.5)."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from api import release

FIRST = "0001"


def alembic_config(owner_url: str) -> Config:
    """Alembic's configuration for the database at this URL."""
    config = Config()
    config.set_main_option("script_location", str(release.ROOT / "migrations").replace("%", "%%"))
    config.attributes["url"] = owner_url
    return config


def migrate(owner_url: str, revision: str = "head") -> None:
    """Bring the database to this revision; does nothing when it is there. Two at once: the second waits.

    Tables of a newer release that this one works with are left as they are: going back to it is no more than starting it.
    Raises SchemaMisfit for other newer tables.
    """
    command.upgrade(alembic_config(owner_url), revision)


def head() -> str:
    """The newest migration that this release has."""
    return str(_scripts().get_current_head())


def oldest_code(revision: str) -> str:
    """The oldest code, by its newest migration, that works on the tables of this revision.

    A migration that takes something away which older code uses says so: `OLDEST_CODE = "0013"`. The others only add (ADR 19).
    """
    told = [getattr(each.module, "OLDEST_CODE", FIRST) for each in _scripts().walk_revisions("base", revision)]
    return str(max(told))


def is_ahead(found: str | None, noted: str | None) -> bool:
    """Whether these are tables of a newer release that this one works with. Raises SchemaMisfit when it does not."""
    if found is None or found <= head():
        return False
    release.check_schema(found, noted, oldest=head(), newest=head())
    return True


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config("postgresql://nowhere/"))
