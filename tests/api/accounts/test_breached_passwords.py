"""BREACHED_PASSWORDS: no way to set a password takes one that was stolen elsewhere (ASVS 6.2.12)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha1
from pathlib import Path

import pytest

from api.app import create_app
from api.config import SettingsError
from api.services.accounts.breached import MARK, WIDTH
from tests.client import Api
from tests.conftest import PASSWORD, SECRET, Databases, Seeded, api_over, email_of, settings_for
from tests.integration.serving import REPO
from tests.letters import settled, text_of, token_in, with_outbox

STOLEN = "four words nobody joins"
GOOD = "seven others that are here"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "breached"
    path.write_bytes(MARK + sha1(STOLEN.encode(), usedforsecurity=False).digest()[:WIDTH])
    return path


@pytest.fixture
def strict(databases: Databases, seeded: Seeded, listed: Path) -> Iterator[Api]:
    with api_over(databases, seeded, settings={"breached_passwords": listed}) as api:
        yield api
        settled(api)


def link(api: Api, folder: Path, kind: str) -> str:
    outbox = with_outbox(api, folder)
    if kind == "reset":
        api.nobody.post("/auth/reset-request", {"email": email_of("lucy")})
    else:
        api.confirm_all()
        body = {"email": "new@example.org", "role": "viewer", "name": "Nina Newman"}
        assert api.as_("admin").post("/accounts", body).status_code == 201
    settled(api)
    return token_in(text_of(outbox.read()[-1]))


@pytest.mark.parametrize(("path", "kind"), [("/auth/reset", "reset"), ("/auth/invitation/acceptance", "invitation")])
def test_a_link_refuses_it_and_stays_good(strict: Api, tmp_path: Path, path: str, kind: str) -> None:
    token = link(strict, tmp_path / "outbox", kind)
    refused = strict.nobody.post(path, {"token": token, "password": STOLEN})
    assert refused.status_code == 422
    assert [(each["pointer"], each["code"]) for each in refused.json["errors"]] == [("/password", "breached")]
    assert strict.nobody.post(path, {"token": token, "password": GOOD}).status_code == 204


def test_a_change_refuses_it(strict: Api) -> None:
    lucy = strict.as_("lucy")
    refused = lucy.post("/me/password", {"current": PASSWORD, "new": STOLEN})
    assert [(each["pointer"], each["code"]) for each in refused.json["errors"]] == [("/new", "breached")]
    assert lucy.post("/me/password", {"current": PASSWORD, "new": GOOD}).status_code == 204


@pytest.mark.parametrize(("password", "code"), [(STOLEN, 1), (GOOD, 0)])
def test_so_does_the_command_line(api: Api, listed: Path, tmp_path: Path, password: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "user", "new@example.org", "--name", "Nina Newman", "--role", "viewer"],
        env={
            **os.environ, "DATABASE_URL": api.url, "SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path),
            "BREACHED_PASSWORDS": str(listed),
        },
        input=password + "\n", cwd=REPO, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert ("stolen elsewhere" in done.stderr) is bool(code)


def test_without_a_list_it_is_taken(api: Api) -> None:
    assert api.as_("lucy").post("/me/password", {"current": PASSWORD, "new": STOLEN}).status_code == 204


@pytest.mark.parametrize("content", [None, b"something else"])
def test_a_file_that_is_none_stops_the_start(api: Api, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other"
    if content is not None:
        path.write_bytes(content)
    settings = replace(settings_for(api.url), breached_passwords=path)
    with pytest.raises(SettingsError, match="plan passwords"):
        create_app(settings)
