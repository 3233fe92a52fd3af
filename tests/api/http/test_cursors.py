"""Cursors are signed: of every list, one changed character is 400, and what outlives a key outlives it (API 2.2, ADR 21)."""

import base64
import json
import string
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from api.app import create_app
from api.http.declare import Operation
from tests.client import PLAN, PREFIX, Api, Caller, close_app, problem
from tests.conftest import PASSWORD, SECRET, Databases, Seeded, api_over, email_of, settings_for
from tests.factories import small_seed

CHANGES = f"{PLAN}/changes"
OTHER = "another-secret-0123456789-klmnopqrst"


@pytest.fixture(scope="module")
def full(databases: Databases, seeded: Seeded) -> Iterator[Api]:
    """A database in which every list has two pages of one."""
    with api_over(databases, seeded) as api:
        admin = api.as_("admin")
        api.confirm_all()
        admin.post("/seeds", small_seed())
        admin.post("/groups", {"name": "young carers"})
        for name in ("Rio", "Liquidlogic"):
            api.partner(name=name)
        for name in ("Jon Baker", "John Baker", "Joan Baker"):
            admin.post("/people", {"name": name})
        for number in ("1.1", "1.2"):
            api.as_("lucy").say("3.4")
            admin.post(
                f"{api.action(number)}/removal", {"reason": "Elsewhere."}, headers=admin.etag(api.action(number))
            )
        for gone, kept in (("Louise Dibsdale", "Louise Dibsdall"), ("Kate Dempsey", "Lucy Goodfellow")):
            made = admin.post(f"/people/{api.person(gone)}/merge", {"into": api.person(kept)})
            assert made.status_code == 200, made.text
        for _ in range(2):
            api.nobody.post("/auth/sign-in", {"email": email_of("admin"), "password": PASSWORD})
        yield api


def lists(api: Api) -> list[Operation]:
    """Every operation that goes on by a cursor."""
    found: list[Operation] = api.app.extensions["plan_operations"]
    return [
        each
        for each in found
        if each.query and {"cursor", "since"} & set(each.query().fields) and "limit" in each.query().fields
    ]


def path_of(api: Api, operation: Operation) -> str:
    path = operation.rule.replace("/actions/<action>", api.action("3.4"))
    return path.replace("<plan>", "havering-2020-23")


def cursor_of(caller: Caller, operation: Operation, path: str) -> tuple[str, str]:
    """The parameter, and the cursor after the first item."""
    page = caller.read(f"{path}?limit=1")
    return ("since", page["cursor"]) if "cursor" in page else ("cursor", page["page"]["next_cursor"])


def twins(cursor: str) -> Iterator[str]:
    """The cursor with one character changed: at every place to its neighbour in the alphabet, at the last to all others."""
    letters = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
    for place, letter in enumerate(cursor):
        others = letters if place == len(cursor) - 1 else letters[(letters.index(letter) + 1) % 64]
        for other in set(others) - {letter}:
            yield cursor[:place] + other + cursor[place + 1 :]


def test_one_changed_character_of_a_cursor_is_400_in_every_list(full: Api) -> None:
    caller, seen = full.as_("admin"), set()
    for operation in lists(full):
        path = path_of(full, operation)
        name, cursor = cursor_of(caller, operation, path)
        assert cursor, path
        assert caller.get(f"{path}?limit=1&{name}={cursor}").status_code == 200
        wrong = [*twins(cursor), cursor[:-1], cursor + "A", cursor + "%3D", cursor + "%20", cursor[1:], cursor * 2]
        for other in wrong:
            answer = caller.get(f"{path}?limit=1&{name}={other}")
            assert problem(answer) == (400, "invalid-cursor"), (path, cursor, other)
        seen.add(path)
    assert len(seen) >= 15


def unsigned(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def parts_of(cursor: str) -> list[Any]:
    """What a cursor says, without its signature."""
    found: list[Any] = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[:-12])
    return found


def test_what_a_cursor_says_does_not_count_without_its_signature(full: Api) -> None:
    caller = full.as_("admin")
    for operation in lists(full):
        path = path_of(full, operation)
        name, cursor = cursor_of(caller, operation, path)
        answer = caller.get(f"{path}?{name}={unsigned(*parts_of(cursor))}")
        assert problem(answer) == (400, "invalid-cursor"), path


class Keyed:
    """The same database, served with other keys."""

    def __init__(self, api: Api, now: str, before: str | None = None) -> None:
        settings = replace(settings_for(api.url), secret_key=now, previous_secret_key=before)
        self.api = replace(api, app=create_app(settings, clock=api.clock))

    def __enter__(self) -> Api:
        return self.api

    def __exit__(self, *_: object) -> None:
        close_app(self.api.app)


def test_a_list_goes_on_under_the_key_before_and_not_under_a_stranger_s(full: Api) -> None:
    page = full.as_("robert").read(f"{PLAN}/actions?limit=1")
    path = page["links"]["next"].removeprefix(PREFIX)
    with Keyed(full, OTHER, SECRET) as rotated:
        assert rotated.as_("robert").get(path).status_code == 200
    with Keyed(full, OTHER) as strange:
        assert problem(strange.as_("robert").get(path)) == (400, "invalid-cursor")


def test_a_partner_s_cursor_outlives_every_key(full: Api) -> None:
    since = full.as_("robert").read(f"{CHANGES}?limit=1")["cursor"]
    with Keyed(full, OTHER) as strange:
        there = strange.as_("robert").read(f"{CHANGES}?limit=1&since={since}")
    assert there == full.as_("robert").read(f"{CHANGES}?limit=1&since={since}")


def test_a_cursor_from_before_cursors_were_signed_still_counts_and_is_replaced(full: Api) -> None:
    """Partners keep one for 400 days; the journal is asked for each place in it."""
    caller = full.as_("robert")
    since = caller.read(f"{CHANGES}?limit=1")["cursor"]
    old = ["changes", full.seeded.plan.replace("-", ""), *parts_of(since)[1:]]
    told = caller.read(f"{CHANGES}?limit=1&since={unsigned(*old)}")
    assert told == caller.read(f"{CHANGES}?limit=1&since={since}")
    assert parts_of(told["cursor"])[0] == "feed"
    other = [*old[:5], old[5] + 1, *old[6:]]
    assert problem(caller.get(f"{CHANGES}?since={unsigned(*other)}")) == (410, "cursor-expired")
