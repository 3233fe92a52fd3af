"""Which roles need a second factor: all of them where the software is used, none where it is tried, and what was said where something was."""

from pathlib import Path

import pytest

from api import local
from api.config import read_settings
from api.domain.plan.permissions import ACCOUNT_ROLES, Role
from api.environment import SettingsError
from tests.unit.accounts.test_oidc_settings import BASE, WHOLE

ALL = frozenset(ACCOUNT_ROLES)


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        (None, ALL), ("", ALL), (" ", ALL), ("none", frozenset()), (" none ", frozenset()), ("admin", {Role.ADMIN}),
        ("all", ALL), (" all ", ALL),
        ("admin, lead_officer", {Role.ADMIN, Role.LEAD_OFFICER}),
    ],
)  # fmt: skip
def test_the_roles(said: str | None, roles: frozenset[Role]) -> None:
    environ = {**BASE, **({} if said is None else {"SECOND_FACTOR_ROLES": said})}
    assert read_settings(environ).second_factor_roles == roles


@pytest.mark.parametrize(("said", "wrong"), [("manager", "manager"), ("all,admin", "all"), ("admin,all", "all")])
def test_a_role_that_is_none_is_refused(said: str, wrong: str) -> None:
    with pytest.raises(SettingsError, match=f"has {wrong}; roles are admin.* or all, or none"):
        read_settings({**BASE, "SECOND_FACTOR_ROLES": said})


def test_a_database_of_its_own_is_used_by_nobody_for_real(tmp_path: Path) -> None:
    with local.running({"DATA_DIR": str(tmp_path)}) as (settings, embedded):
        assert (embedded, settings.second_factor_roles) == (True, frozenset())


def test_who_tries_it_can_have_it_too(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path), "SECOND_FACTOR_ROLES": "admin"}
    with local.running(environ) as (settings, _):
        assert settings.second_factor_roles == {Role.ADMIN}


def test_a_database_that_is_there_is_taken_for_real() -> None:
    with local.running(BASE) as (settings, embedded):
        assert (embedded, settings.second_factor_roles) == (False, ALL)


@pytest.mark.parametrize(
    ("said", "values"), [(None, {"mfa"}), ("", {"mfa"}), ("mfa,hwk", {"mfa", "hwk"}), ("none", set())]
)
def test_what_a_directory_says_for_a_second_factor(said: str | None, values: set[str]) -> None:
    found = read_settings({**WHOLE, **({} if said is None else {"OIDC_SECOND_FACTOR": said})}).oidc
    assert found is not None
    assert found.second_factor == values
