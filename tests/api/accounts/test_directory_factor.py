"""A second factor that an agency's directory asked for: it counts for that session, at the door too, and only when it says so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from api.domain.plan.permissions import ACCOUNT_ROLES
from tests.api.accounts.test_directory_sign_in import ORIGIN, Browser
from tests.client import Api, problem
from tests.conftest import Databases, Seeded, api_over, email_of
from tests.provider import Provider, running_provider

SAID: dict[str, tuple[dict[str, Any], bool]] = {
    "nothing": ({}, False),
    "a password": ({"amr": ["pwd"]}, False),
    "two": ({"amr": ["pwd", "mfa"]}, True),
    "a class of its own": ({"acr": "urn:council:two"}, True),
    "another class": ({"acr": "urn:council:one"}, False),
    "no list": ({"amr": "mfa"}, False),
    "no words": ({"amr": [1, None, {"mfa": True}], "acr": 2}, False),
}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as found:
        yield found


@pytest.fixture(scope="module")
def strict(databases: Databases, seeded: Seeded, provider: Provider) -> Iterator[Api]:
    """Every role needs a factor, and nobody has one."""
    oidc = replace(provider.settings, second_factor=frozenset({"mfa", "urn:council:two"}))
    settings = {"oidc": oidc, "public_url": ORIGIN, "second_factor_roles": frozenset(ACCOUNT_ROLES)}
    with api_over(databases, seeded, settings=settings) as api:
        yield api


def enter(api: Api, provider: Provider, who: str = "lucy", **claims: Any) -> Browser:
    api.clock.now = datetime.now(UTC)
    provider.knows(f"sub-{who}", email_of(who), **claims)
    browser = Browser(api, provider)
    assert browser.sign_in(f"sub-{who}").status_code == 302
    return browser


@pytest.mark.parametrize("said", SAID)
def test_what_the_directory_says_of_how_it_asked_is_what_counts(strict: Api, provider: Provider, said: str) -> None:
    claims, counts = SAID[said]
    lucy = enter(strict, provider, **claims)
    answer = lucy.caller.get("/plans")
    if counts:
        assert answer.status_code == 200, answer.text
    else:
        assert problem(answer) == (403, "second-factor-needed")
    factors = lucy.caller.read("/me/factors")
    assert (factors["required"], factors["by_directory"], factors["mail_needed"]) == (True, counts, False)


def test_it_is_of_that_session_and_not_of_the_account(strict: Api, provider: Provider) -> None:
    """Who then comes by password has shown one thing only."""
    jane = enter(strict, provider, "jane", amr=["mfa"])
    assert jane.caller.get("/plans").status_code == 200
    assert problem(strict.as_("jane").get("/plans")) == (403, "second-factor-needed")
    assert strict.one("SELECT count(*) FROM account WHERE factor_since IS NOT NULL") == 0


def test_a_refreshed_session_still_has_it_and_may_write(strict: Api, provider: Provider) -> None:
    jane = enter(strict, provider, "jane", amr=["mfa"])
    csrf = jane.client.get_cookie("__Host-csrf")
    assert csrf is not None
    headers = {"X-CSRF-Token": csrf.value}
    assert jane.caller.post("/auth/refresh", headers=headers).status_code == 200
    answer = jane.caller.post(f"{strict.action('3.4')}/updates", {"text": "We met."}, headers=headers)
    assert answer.status_code == 201, answer.text


def test_the_session_says_how_it_was_opened(strict: Api, provider: Provider) -> None:
    pippa = enter(strict, provider, "pippa", amr=["mfa"])
    assert pippa.caller.read("/me/sessions")["data"][0]["method"] == "directory_second_factor"
    told = strict.one("SELECT detail ->> 'method' FROM audit_event WHERE kind = 'signed-in' ORDER BY id DESC LIMIT 1")
    assert told == "directory_second_factor"
