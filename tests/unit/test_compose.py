"""docker-compose.yml: no secret by default, nothing as root, nothing that can write where it need not."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SECRETS = {"POSTGRES_PASSWORD", "PLAN_OWNER_PASSWORD", "PLAN_WEB_PASSWORD", "SECRET_KEY"}
VARIABLE = re.compile(r"\$\{(\w+)([^}]*)\}")


def test_services() -> None:
    assert set(SERVICES) == {"db", "migrate", "api", "front", "backup", "restore"}


@pytest.mark.parametrize("name", SERVICES)
def test_hardened(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("privileged")
    assert str(service["user"]).split(":")[0] not in {"", "0", "root"}
    assert any(mount.startswith("/tmp") for mount in service["tmpfs"])


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_secret_has_no_default(name: str) -> None:
    rests = [rest for found, rest in VARIABLE.findall(TEXT) if found == name]
    assert rests
    assert all(rest.startswith(":?set ") for rest in rests)


def test_no_other_default_is_a_secret() -> None:
    defaults = {name: rest for name, rest in VARIABLE.findall(TEXT) if name not in SECRETS}
    assert defaults == {
        "SECRET_KEY_PREVIOUS": ":-",
        "PUBLIC_URL": ":-",
        "SECOND_FACTOR_ROLES": ":-",
        "BREACHED_PASSWORDS": ":-",
        "NOT_CASE_DATA": ":-",
        "PLAN_LANGUAGE": ":-",
        "TRUSTED_PROXIES": ":-1",
        "OIDC_ISSUER": ":-",
        "OIDC_CLIENT_ID": ":-",
        "OIDC_CLIENT_SECRET": ":-",
        "OIDC_NAME": ":-",
        "OIDC_SECOND_FACTOR": ":-",
        "RATE_LIMIT": ":-1200",
        "RATE_LIMIT_ADDRESS": ":-12000",
        **dict.fromkeys(
            ("PUBLIC_URL", "SMTP_HOST", "SMTP_PORT", "SMTP_TLS", "SMTP_USER", "SMTP_PASSWORD", "MAIL_FROM"), ":-"
        ),
        "WORKERS": ":-2",
        "THREADS": ":-4",
        "FRONT_ADDRESS": ":-127.0.0.1:8080",
        "BACKUPS": ":-backups",
        "RETENTION_AUDIT_DAYS": ":-",
        "RETENTION_SESSION_DAYS": ":-",
        "RETENTION_CONTACT_DAYS": ":-",
        "RETENTION_LEAVERS": ":-",
    }


def test_no_value_is_a_literal_secret() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or "SECRET" in name:
                assert VARIABLE.fullmatch(value), f"{name} is written out"
            assert not re.search(r"://[^/@]+:[^/@]+@", value), f"{name} has a password in its address"


def test_only_the_front_is_published() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["front"]
    assert all(COMPOSE["networks"][name]["internal"] for name in ("data", "web"))
    assert "outside" not in SERVICES["api"]["networks"]
    assert SERVICES["db"]["networks"] == ["data"]


def test_api_waits_for_a_migrated_database() -> None:
    assert SERVICES["api"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert "plan_owner@" in SERVICES["migrate"]["environment"]["DATABASE_URL"]
    assert "plan_web@" in SERVICES["api"]["environment"]["DATABASE_URL"]
    assert "PLAN_OWNER_PASSWORD" not in str(SERVICES["api"]["environment"])
    assert "/api/v1/health/ready" in SERVICES["api"]["healthcheck"]["test"][-1]


def test_backups_are_made_by_the_owner_and_restored_by_the_administrator_when_somebody_says_so() -> None:
    made, restored = SERVICES["backup"], SERVICES["restore"]
    assert made["profiles"] == restored["profiles"] == ["backup"]
    assert "plan_owner@" in made["environment"]["DATABASE_URL"]
    assert "postgres@" in restored["environment"]["ADMIN_DATABASE_URL"]
    assert "POSTGRES_PASSWORD" not in str(made["environment"])
    assert restored["volumes"] == [f"{made['volumes'][0]}:ro"]


def test_database_is_durable_and_sorts_alike_everywhere() -> None:
    said = SERVICES["db"]["command"]
    assert {"-cfsync=on", "-cfull_page_writes=on", "-csynchronous_commit=on"} <= set(said)
    made = SERVICES["db"]["environment"]["POSTGRES_INITDB_ARGS"]
    for option in ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"):
        assert option in made


def test_every_mounted_file_is_there_and_read_only() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", []) if mount.startswith("./")]
    assert len(mounts) == 2
    for mount in mounts:
        source, _, mode = mount.split(":")
        assert (ROOT / source).is_file()
        assert mode == "ro"


def test_image_is_named_for_this_release() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert version
    assert SERVICES["api"]["image"] == f"partnership-plan:{version[1]}"


def test_dockerfile_runs_as_nobody_in_particular_and_checks_hashes() -> None:
    said = (ROOT / ".docker" / "Dockerfile").read_text("utf-8")
    assert "--require-hashes" in said
    assert re.search(r"^USER 10001:10001$", said, re.MULTILINE)
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignored
    assert {line for line in ignored if line.startswith("!")} == {
        "!.requirements/run.txt", "!api", "!migrations", "!seed", "!frontend",
    }  # fmt: skip
