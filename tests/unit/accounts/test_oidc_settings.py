"""The settings of an agency's directory: all or none, and what is wrong is said."""

import subprocess
import sys

import pytest

from api.config import Oidc, read_settings
from api.environment import SettingsError

BASE = {"DATABASE_URL": "postgresql://nowhere/", "SECRET_KEY": "0123456789abcdefghijklmnopqrstuv"}
WHOLE = {
    **BASE,
    "PUBLIC_URL": "https://plan.example.org",
    "OIDC_ISSUER": "https://login.council.example/tenant",
    "OIDC_CLIENT_ID": "plan",
    "OIDC_CLIENT_SECRET": "only the two of us know",
    "OIDC_NAME": "Havering Council",
}


def test_a_directory() -> None:
    wanted = Oidc("https://login.council.example/tenant", "plan", "only the two of us know", "Havering Council")
    assert read_settings(WHOLE).oidc == wanted


def test_none() -> None:
    assert read_settings({**BASE, "OIDC_ISSUER": "", "OIDC_NAME": " "}).oidc is None


@pytest.mark.parametrize("name", [name for name in WHOLE if name.startswith("OIDC_") or name == "PUBLIC_URL"])
def test_one_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} not set"):
        read_settings({**WHOLE, name: ""})


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9400", "http://localhost:9400", "http://[::1]:9400"])
def test_plain_http_on_this_machine(issuer: str) -> None:
    found = read_settings({**WHOLE, "OIDC_ISSUER": issuer}).oidc
    assert found is not None
    assert found.issuer == issuer


@pytest.mark.parametrize(
    "issuer",
    ["http://login.council.example", "login.council.example", "https://", "https://x.example?a=b", "https://a@x.example",
     "ftp://127.0.0.1", "http://127.0.0.1.evil.example"],
)  # fmt: skip
def test_an_issuer_that_is_none(issuer: str) -> None:
    with pytest.raises(SettingsError, match="OIDC_ISSUER"):
        read_settings({**WHOLE, "OIDC_ISSUER": issuer})


def test_the_secret_is_not_shown() -> None:
    assert "only the two of us" not in repr(read_settings(WHOLE))


def test_without_a_directory_its_libraries_are_not_loaded() -> None:
    program = "import sys, api.app; print({'authlib', 'requests', 'joserfc'} & set(sys.modules))"
    found = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
